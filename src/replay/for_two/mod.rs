//! FastAPI's story: where you are at a time, which errand has you, and who sits alone.
//!
//! Another mapping than [`scene`](super::scene)'s: the thread is you, tasks are your errands, the cashiers and the
//! kitchen are the outside world. Everything that moves is read from the trace. Only the furniture is not: how many
//! people were ahead and how many cashiers there are is told by the knobs of the run that is shown, for the trace
//! knows of them no more than you do: how many turns you stood in line.

mod evening;
mod hall;

use crate::trace::{Micros, StepId};

use super::lanes::Busy;
use super::scene::Mood;
use super::walk::{self, progress, settled};
use super::{Io, Replay, State};

pub use evening::{Burgers, Cooking, Doing, Evening, Figure, Guest};
pub use hall::{Hall, Spot};

/// How long a walk takes, in run time.
pub const WALK: Micros = Micros(400_000);
/// How long the number stays lit after you got up for it.
const CALLED: Micros = Micros(600_000);
/// Alone this long, your friend stops smiling; with the second, your friend is bored.
const PATIENCE: [Micros; 2] = [Micros(2_000_000), Micros(4_500_000)];

/// The steps of the story, as the trace names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Steps {
    queue: StepId,
    order: StepId,
    kitchen: StepId,
    standing: StepId,
    talk: StepId,
    fetch: StepId,
    eat: StepId,
}

impl Steps {
    /// From the labels of a scenario, in its order.
    pub fn of(labels: &[&str]) -> Self {
        let step = |label: &str| {
            let index = labels.iter().position(|known| *known == label);
            index.map_or(StepId::NONE, |index| StepId(index as u16))
        };
        Self {
            queue: step("queue"),
            order: step("order"),
            kitchen: step("kitchen"),
            standing: step("wait_here"),
            talk: step("talk"),
            fetch: step("fetch"),
            eat: step("eat"),
        }
    }

    fn all(&self) -> [StepId; 6] {
        [self.queue, self.order, self.standing, self.talk, self.fetch, self.eat]
    }
}

/// What stays the same while a run is looked at.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// The steps.
    pub steps: Steps,
    /// The room.
    pub hall: Hall,
    /// How many people were ahead at the start.
    pub ahead: usize,
    /// Whether people walk; otherwise they are where they are sent.
    pub walks: bool,
}

impl View {
    /// The picture at a time.
    pub fn at(&self, replay: &Replay, time: Micros) -> Evening {
        let (doing, stretch) = self.doing(replay, time);
        let changes = self.changes(replay, time);
        let figure = |spot: &dyn Fn(Micros) -> Spot| self.figure(&changes, time, spot);
        let you = figure(&|time| self.spot(replay, time));
        let friend = figure(&|time| match self.doing(replay, time).0 {
            Doing::Gone => Spot::FriendExit,
            _ => Spot::FriendSeat,
        });
        let alone = self.alone_since(replay, time).map(|since| time - since);
        let mood = match alone {
            Some(alone) if alone >= PATIENCE[1] => Mood::Cross,
            Some(alone) if alone >= PATIENCE[0] => Mood::Patient,
            _ => Mood::Happy,
        };
        let busy = busy(replay).iter().find(|busy| busy.from <= time && time < busy.to);
        let errands = |state: State| {
            let tasks = replay.lanes.iter().filter(|lane| lane.task.index() > 0);
            let here = tasks.filter(|lane| lane.at(time).is_some_and(|span| span.state == state));
            here.map(|lane| lane.task).collect::<Vec<_>>()
        };
        let kitchen = self.kitchen(replay, time);
        let fetched = |io: &&Io| io.fetched.is_some_and(|fetched| fetched <= time);
        let number = kitchen.filter(|io| !fetched(io)).map(|_| self.ahead as u32 + 1);
        let called = kitchen.filter(|io| is_done(io, time));
        let called = called.filter(|io| io.fetched.is_none_or(|fetched| time < fetched + CALLED));
        let stories = || self.spans(replay, time).filter(|busy| busy.step == self.steps.talk);
        Evening {
            doing,
            errand: busy.map(|busy| busy.task),
            ready: errands(State::Ready),
            rest: errands(State::Waiting),
            you,
            friend,
            mood,
            alone,
            guests: (0..self.ahead).filter_map(|index| self.guest(replay, &changes, index, time)).collect(),
            tills: self.tills(replay, time),
            cooking: self.cooking(replay, time),
            number,
            called: called.map(|_| self.ahead as u32 + 1),
            story: match (doing, stretch) {
                (Doing::Talking, Some(busy)) => {
                    Some((stories().count(), progress(busy.from, busy.planned, time)))
                }
                _ => None,
            },
            told: stories().filter(|busy| busy.to <= time).count(),
            burgers: self.burgers(replay, time, &you),
        }
    }

    /// What has been done up to a time, as far as it is of the story.
    fn spans<'a>(
        &self,
        replay: &'a Replay,
        time: Micros,
    ) -> impl DoubleEndedIterator<Item = &'a Busy> + use<'a> {
        let known = self.steps.all();
        let begun = busy(replay).partition_point(|busy| busy.from <= time);
        busy(replay)[..begun].iter().filter(move |busy| known.contains(&busy.step))
    }

    /// What you do at a time, and the stretch that it is, if it is one of the thread.
    fn doing<'a>(&self, replay: &'a Replay, time: Micros) -> (Doing, Option<&'a Busy>) {
        let steps = &self.steps;
        let over = replay.lanes.first().and_then(|lane| lane.over()).is_some_and(|over| over <= time);
        let Some(last) = self.spans(replay, time).next_back() else {
            return (if over { Doing::Gone } else { Doing::InLine(self.ahead) }, None);
        };
        let now = time < last.to;
        let doing = match last.step {
            _ if over => Doing::Gone,
            step if step == steps.queue => Doing::InLine(self.left(replay, time)),
            step if step == steps.standing => Doing::Standing,
            step if step == steps.order && now => Doing::Ordering,
            step if step == steps.fetch && now => Doing::Fetching,
            step if step == steps.talk && now => Doing::Talking,
            step if step == steps.eat => Doing::Eating,
            _ => Doing::Sitting,
        };
        (doing, now.then_some(last))
    }

    /// How many turns of the line are over.
    fn turns(&self, replay: &Replay, time: Micros) -> usize {
        let turn =
            |busy: &&Busy| busy.step == self.steps.queue && busy.state == State::Holding && busy.to <= time;
        self.spans(replay, time).filter(turn).count()
    }

    /// How many people are ahead, those at the tills included.
    fn left(&self, replay: &Replay, time: Micros) -> usize {
        self.ahead.saturating_sub(self.turns(replay, time) * self.hall.cashiers)
    }

    /// Whether you have ordered: the line is no more of interest.
    fn ordered(&self, replay: &Replay, time: Micros) -> bool {
        let after =
            |busy: &Busy| busy.step != self.steps.queue && (busy.step != self.steps.order || busy.to <= time);
        self.spans(replay, time).next_back().is_some_and(after)
    }

    /// Where the `index`-th of the line is sent: you come after those who are ahead.
    fn in_line(&self, replay: &Replay, index: usize, time: Micros) -> Spot {
        let cashiers = self.hall.cashiers;
        let served = self.turns(replay, time) * cashiers;
        match index.checked_sub(served) {
            None => Spot::Away(index % cashiers),
            Some(place) if place >= cashiers => Spot::Line(place - cashiers),
            Some(place) if self.ordered(replay, time) => Spot::Away(place),
            Some(place) => Spot::Till(place),
        }
    }

    /// Where you are sent.
    fn spot(&self, replay: &Replay, time: Micros) -> Spot {
        match self.doing(replay, time) {
            (Doing::InLine(_) | Doing::Ordering, _) => self.in_line(replay, self.ahead, time),
            (Doing::Standing, _) => Spot::Counter,
            (Doing::Fetching, Some(busy)) if time < halfway(busy) => Spot::Counter,
            (Doing::Gone, _) => Spot::Exit,
            _ => Spot::Seat,
        }
    }

    /// The times in the last moments at which somebody may have been sent elsewhere; before all, how it was then.
    fn changes(&self, replay: &Replay, time: Micros) -> Vec<Micros> {
        if !self.walks {
            return vec![time];
        }
        let begin = time - WALK;
        let spans = self.spans(replay, time);
        let ends = spans.flat_map(|busy| [busy.from, busy.to, halfway(busy)]);
        let over = replay.lanes.first().and_then(|lane| lane.over());
        let mut changes: Vec<_> = ends.chain(over).filter(|at| begin < *at && *at <= time).collect();
        changes.push(begin);
        changes.sort();
        changes.dedup();
        changes
    }

    fn figure(&self, changes: &[Micros], time: Micros, spot: &dyn Fn(Micros) -> Spot) -> Figure {
        let target = |time| Some(self.hall.place(spot(time)));
        let (at, scale) = walk::average(changes, time, WALK, target);
        let here = spot(time);
        let there = self.hall.place(here).0;
        let walks = (there.x - at.x).hypot(there.y - at.y) > 2.0;
        let sits = !walks && matches!(here, Spot::Seat | Spot::FriendSeat);
        Figure { at, scale, walks, sits }
    }

    fn guest(&self, replay: &Replay, changes: &[Micros], index: usize, time: Micros) -> Option<Guest> {
        let spot = |time| self.in_line(replay, index, time);
        // Since when it has been away, if it is: it goes while one looks.
        let away = |time: &Micros| matches!(spot(*time), Spot::Away(_));
        let there = match changes.iter().find(|time| away(time)) {
            Some(since) if *since == changes[0] => 0.0,
            Some(since) => 1.0 - settled(time - *since, WALK),
            None => 1.0,
        };
        (there > 0.0).then(|| Guest { index, figure: self.figure(changes, time, &spot), there })
    }

    /// At which tills somebody is.
    fn tills(&self, replay: &Replay, time: Micros) -> Vec<bool> {
        let sent: Vec<_> = (0..=self.ahead).map(|index| self.in_line(replay, index, time)).collect();
        (0..self.hall.cashiers).map(|till| sent.contains(&Spot::Till(till))).collect()
    }

    /// What was asked of the kitchen, once it has been.
    fn kitchen<'a>(&self, replay: &'a Replay, time: Micros) -> Option<&'a Io> {
        replay.ios.iter().find(|io| io.step == self.steps.kitchen && io.from <= time)
    }

    fn cooking(&self, replay: &Replay, time: Micros) -> Option<Cooking> {
        let open = |io: &&Io| !is_done(io, time) && io.to.is_none_or(|to| time < to);
        let open = self.kitchen(replay, time).filter(open);
        let asked = open.map(|io| Cooking { progress: progress(io.from, io.planned, time), watched: false });
        let (doing, busy) = self.doing(replay, time);
        let watched = busy.filter(|_| doing == Doing::Standing);
        let watched =
            watched.map(|busy| Cooking { progress: progress(busy.from, busy.planned, time), watched: true });
        asked.or(watched)
    }

    fn burgers(&self, replay: &Replay, time: Micros, you: &Figure) -> Burgers {
        let last = |step: StepId| self.spans(replay, time).rfind(|busy| busy.step == step);
        let eaten = last(self.steps.eat).map_or(0.0, |busy| progress(busy.from, busy.planned, time));
        let done = self.kitchen(replay, time).is_some_and(|io| is_done(io, time));
        match last(self.steps.fetch) {
            Some(busy) if time < halfway(busy) => Burgers::Done,
            Some(busy) if time < busy.to || (you.walks && eaten == 0.0) => Burgers::Carried,
            Some(_) => Burgers::Served(1.0 - eaten),
            None if done => Burgers::Done,
            None => Burgers::None,
        }
    }

    /// Since when your friend has been alone, if so.
    fn alone_since(&self, replay: &Replay, time: Micros) -> Option<Micros> {
        match self.doing(replay, time) {
            (Doing::InLine(_) | Doing::Ordering | Doing::Standing, _) => Some(Micros(0)),
            // With a number, you have been at the table meanwhile.
            (Doing::Fetching, busy) if self.kitchen(replay, time).is_some() => busy.map(|busy| busy.from),
            (Doing::Fetching, _) => Some(Micros(0)),
            _ => None,
        }
    }
}

/// What the thread did: you.
fn busy(replay: &Replay) -> &[Busy] {
    replay.clerks.first().map_or(&[], |clerk| &clerk.spans)
}

/// Whether the kitchen is done. You hear of it only when you look up, so while a record grows the kitchen may be
/// done and the record not know it yet: then it is when it said it would be.
fn is_done(io: &Io, time: Micros) -> bool {
    match io.to {
        Some(to) => io.done && to <= time,
        None => io.planned > Micros(0) && io.from + io.planned <= time,
    }
}

/// The middle of a stretch, as it was planned.
fn halfway(busy: &Busy) -> Micros {
    Micros(busy.from.0 + busy.planned.0 / 2)
}
