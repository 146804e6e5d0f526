//! The scene: who stands where at a time, what lies on the grill, which number is up.
//!
//! The metaphor is one fixed mapping: thread = clerk, task = customer, running = at the till,
//! ready = in line, waiting = at a table with a ticket, I/O = the kitchen, wake = the number
//! lights up. Positions between places are the recent past, averaged: a person who was sent
//! elsewhere a moment ago is on the way. So the picture needs no memory of the one before.

mod floor;
mod heart;
mod kitchen;
pub mod layers;
mod past;
mod slips;

use crate::trace::{Micros, TaskId, ThreadId};

use super::crowd::is_crowd;
use super::walk;
use super::{Lane, Replay, State, Thing};

pub use floor::{Floor, Place, Point};
pub use heart::{HEARTBEAT, Heart};
pub use kitchen::{Fate, Grill};
use past::Past;
pub use slips::Slip;

/// How long a walk takes, in run time.
pub const WALK: Micros = Micros(600_000);
/// How long a called number stays on the board after it was fetched.
const CALLED: Micros = Micros(900_000);
/// What begins this early was there from the start.
const START: Micros = Micros(50_000);
/// In line this long, people stop smiling; twice as long, they are cross.
const PATIENCE: Micros = Micros(2_500_000);

/// A counter at a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// The clerk.
    pub clerk: Clerk,
    /// The people, those at the back first.
    pub people: Vec<Person>,
    /// What lies on the grill.
    pub grills: Vec<Grill>,
    /// Coroutines that were made and have not started.
    pub slips: Vec<Slip>,
    /// The number on the board.
    pub number: Option<u32>,
    /// How many stand in line.
    pub in_line: usize,
    /// Everybody has gone, and got what they came for.
    pub all_served: bool,
    /// Everybody has gone.
    pub closed: bool,
    /// The monitor of the task that only beats, where there is one.
    pub heart: Option<Heart>,
}

/// The thread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clerk {
    /// Where.
    pub at: Point,
    /// Working, Holding (asleep at the grill), or free.
    pub state: Option<State>,
    /// For whom.
    pub task: Option<TaskId>,
}

/// A task.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Person {
    /// Who.
    pub task: TaskId,
    /// Where.
    pub at: Point,
    /// How large, 1 for full size.
    pub scale: f64,
    /// The state.
    pub state: State,
    /// The ticket in hand.
    pub ticket: Option<u32>,
    /// How it looks.
    pub mood: Mood,
    /// On the way from one place to another.
    pub walks: bool,
    /// Sits at a table.
    pub sits: bool,
    /// Carries burgers.
    pub burgers: bool,
    /// Makes a phone call.
    pub calls: bool,
    /// How much is left of the time it has, 1 to 0, if it has a deadline.
    pub deadline: Option<f64>,
}

/// The face of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// Served, or talking.
    Happy,
    /// In line for a while.
    Patient,
    /// In line for long.
    Cross,
    /// Went without burgers.
    Sad,
}

/// The most places on the grill that are ever in use at once on a thread.
pub fn slots(replay: &Replay, thread: ThreadId) -> usize {
    let takes_place = |io: &&super::Io| matches!(io.thing, Thing::Dish | Thing::Call);
    let here = replay.ios.iter().filter(|io| io.task.thread() == thread).filter(takes_place);
    here.map(|io| io.slot + 1).max().unwrap_or(0)
}

/// So many places a room has where `slots` are needed. One for many gets a few at a time: while a knob is turned, or a live run turns out to
/// need more than was thought, not every frame furnishes it anew.
pub fn furnished(slots: usize) -> usize {
    const FEW: usize = 12;
    if slots > FEW { slots.next_multiple_of(5) } else { slots }
}

/// What stays the same while a run is looked at.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// Which thread's counter.
    pub thread: ThreadId,
    /// Its room.
    pub floor: Floor,
    /// Whether the program's own task is drawn.
    pub shows_main: bool,
    /// Whether people walk; otherwise they are where they are sent.
    pub walks: bool,
}

impl View {
    /// The picture at a time.
    pub fn at(&self, replay: &Replay, time: Micros) -> Scene {
        let clerk = replay.clerks.get(usize::from(self.thread.0));
        let busy = clerk.and_then(|clerk| clerk.at(time));
        let past = Past::of(self, replay, time);
        let in_line = self.line(replay, time);
        let closed = self.people(replay).all(|lane| lane.over().is_some_and(|over| over <= time));
        let mut people: Vec<_> =
            self.people(replay).filter_map(|lane| self.person(replay, lane, &past)).collect();
        people.sort_by(|a, b| a.at.y.total_cmp(&b.at.y));
        Scene {
            clerk: Clerk {
                at: past.average(|time| Some((self.clerk(replay, time), 1.0))).0,
                state: busy.map(|busy| busy.state),
                task: busy.map(|busy| busy.task),
            },
            people,
            grills: kitchen::grills(replay, self.thread, time),
            slips: slips::slips(self, replay, time),
            number: self.number(replay, time),
            in_line: in_line.len(),
            heart: heart::at(replay, self.thread, time),
            all_served: closed && !self.any_without(replay, time),
            closed,
        }
    }

    /// The lanes that are people. In a crowd nobody can be told apart, and looking for each among all others would take
    /// for ever: it is drawn from [`super::crowd`].
    fn people<'a>(&'a self, replay: &'a Replay) -> impl Iterator<Item = &'a Lane> {
        let lanes = (!is_crowd(replay)).then(|| replay.thread(self.thread));
        lanes.into_iter().flatten().filter(|lane| self.is_person(lane))
    }

    /// Whether a task is a person: no monitor, no slip of paper, and not behind the scene.
    fn is_person(&self, lane: &Lane) -> bool {
        lane.name != HEARTBEAT && lane.slip.is_none() && (lane.task.index() > 0 || self.shows_main)
    }

    /// Where a person is, and how large it is drawn; none if it is not there.
    fn place(&self, replay: &Replay, lane: &Lane, time: Micros) -> Option<(Point, f64)> {
        lane.at(time)?;
        let past = Past::of(self, replay, time);
        Some(past.average(|time| self.target(replay, lane, time, &past)))
    }

    /// Whether anybody has gone without burgers by then.
    fn any_without(&self, replay: &Replay, time: Micros) -> bool {
        let bad =
            |lane: &Lane| matches!(lane.at(time).map(|it| it.state), Some(State::Failed | State::Cancelled));
        // Somebody has left without what they had asked for, or a slip lies on the floor.
        let by_then = |at: Option<Micros>| at.is_some_and(|at| at <= time);
        let missed = |lane: &Lane| by_then(lane.over()) && by_then(lane.asked) && !by_then(lane.got);
        let lost = |lane: &Lane| lane.slip.and_then(|it| it.dropped).is_some_and(|dropped| dropped <= time);
        self.people(replay).any(|lane| bad(lane) || missed(lane)) || replay.thread(self.thread).any(lost)
    }

    /// Who is in line, in order.
    fn line(&self, replay: &Replay, time: Micros) -> Vec<TaskId> {
        let ready = self.people(replay).filter_map(|lane| {
            let span = lane.at(time).filter(|span| span.state == State::Ready)?;
            Some((span.from, lane.task))
        });
        let mut line: Vec<_> = ready.collect();
        line.sort();
        line.into_iter().map(|(_, task)| task).collect()
    }

    fn person(&self, replay: &Replay, lane: &Lane, past: &Past) -> Option<Person> {
        let time = past.time;
        let span = lane.at(time)?;
        if lane.over().is_some_and(|over| time > over + WALK) {
            return None;
        }
        let (at, scale) = past.average(|time| self.target(replay, lane, time, past));
        let target = self.target(replay, lane, time, past).map_or(at, |(point, _)| point);
        let walks = (target.x - at.x).hypot(target.y - at.y) > 2.0;
        let waited = time - span.from;
        let mood = match span.state {
            State::Failed | State::Cancelled => Mood::Sad,
            State::Ready | State::Holding if waited > PATIENCE + PATIENCE => Mood::Cross,
            State::Ready | State::Holding if waited > PATIENCE => Mood::Patient,
            _ => Mood::Happy,
        };
        let ticket = replay.in_hand(lane.task, time).map(|io| io.ticket);
        let open = |thing: Thing| replay.open_errands(lane.task, time).find(move |io| io.thing == thing);
        let (calls, clock) = (open(Thing::Call).is_some(), open(Thing::Deadline));
        let deadline = clock.map(|io| 1.0 - walk::progress(io.from, io.planned, time));
        let sits = span.state == State::Waiting && !walks;
        let (task, state) = (lane.task, span.state);
        // Somebody brought them: the kitchen, a clerk who stood there, or the others.
        let got = || {
            lane.holds
                || lane.got.is_some_and(|got| got <= time)
                || (lane.joins && !self.any_without(replay, time))
        };
        let burgers = state == State::Done && got();
        Some(Person { task, at, scale, state, ticket, mood, walks, sits, burgers, calls, deadline })
    }

    /// Where a person is sent at a time.
    fn target(&self, replay: &Replay, lane: &Lane, time: Micros, past: &Past) -> Option<(Point, f64)> {
        let place = match lane.at(time) {
            None if lane.begin() <= START => return self.target(replay, lane, lane.begin(), past),
            None => Place::Door,
            Some(span) => match span.state {
                State::NeverStarted => Place::Door,
                State::Ready => {
                    let place = |line: &[TaskId]| line.iter().position(|task| *task == lane.task);
                    Place::Line(past.in_line(time, || self.line(replay, time), place).unwrap_or(0))
                }
                State::Working | State::Holding => Place::Till,
                State::Waiting => {
                    let table = table(replay, lane.task, time).map(Place::Table);
                    table.unwrap_or_else(|| Place::Party(self.before_at_party(replay, lane, time)))
                }
                State::Done => Place::Exit,
                State::Failed | State::Cancelled => Place::Door,
            },
        };
        Some(self.floor.place(place))
    }

    /// How many of those who wait for others, and not for the kitchen, sat down before this one.
    fn before_at_party(&self, replay: &Replay, lane: &Lane, time: Micros) -> usize {
        let since = |lane: &Lane| lane.at(time).filter(|span| span.state == State::Waiting).map(|it| it.from);
        let mine = (since(lane), lane.task);
        let others = self.people(replay).filter(|other| since(other).is_some());
        let others = others.filter(|other| table(replay, other.task, time).is_none());
        others.filter(|other| (since(other), other.task) < mine).count()
    }

    /// The clerk is at the till, or asleep at the grill.
    fn clerk(&self, replay: &Replay, time: Micros) -> Point {
        let clerk = replay.clerks.get(usize::from(self.thread.0));
        let holds = clerk.and_then(|clerk| clerk.at(time)).is_some_and(|busy| busy.state == State::Holding);
        if holds { self.floor.beside_grill() } else { self.floor.clerk() }
    }

    /// The last number called that nobody has fetched, or that was fetched a moment ago.
    fn number(&self, replay: &Replay, time: Micros) -> Option<u32> {
        replay.called_on(self.thread, CALLED, time).map(|io| io.ticket)
    }
}

/// The table at which a task waits at a time, if it waits for something that has one.
fn table(replay: &Replay, task: TaskId, time: Micros) -> Option<usize> {
    let has_table = |io: &&super::Io| matches!(io.thing, Thing::Dish | Thing::Call);
    replay.open_errands(task, time).find(has_table).map(|io| io.slot)
}
