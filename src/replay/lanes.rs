//! The lanes of a run: what each task, each thread and each errand in the kitchen did, when.
//!
//! Built once from a trace, in one pass; every question about a time is a binary search.

use crate::trace::{Event, Micros, StepId, TaskId, ThreadId, Trace, What};

use super::scene::HEARTBEAT;
use super::state::{During, State, after};

/// A trace with its lanes.
#[derive(Clone, Debug, Default)]
pub struct Replay {
    /// The record.
    pub trace: Trace,
    /// A lane for each task, in the order of their ids.
    pub lanes: Vec<Lane>,
    /// What each thread did.
    pub clerks: Vec<Clerk>,
    /// Everything that was asked for elsewhere, in the order in which it was asked for.
    pub ios: Vec<Io>,
    /// When the last thing happened.
    pub end: Micros,
}

/// How long the states last in which a trace leaves its tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lasts {
    /// To the last event: the run is over.
    ToTheEnd,
    /// Until the run was cut short.
    Until(Micros),
    /// As long as nothing else is heard: the run goes on.
    On,
}

/// The life of a task.
#[derive(Clone, Debug)]
pub struct Lane {
    /// The task.
    pub task: TaskId,
    /// What it was called.
    pub name: String,
    /// Its states, one after another without a gap; none shorter than a microsecond, but the last.
    pub spans: Vec<Span>,
    /// How often it was polled.
    pub polls: u32,
    /// Whether it ever worked, held or asked for something itself.
    pub acts: bool,
    /// Whether it ever waited for other tasks.
    pub joins: bool,
    /// What became of it, if it is a coroutine that was made apart from any task.
    pub slip: Option<Slip>,
    /// The values its local variables took, and when: `name = value`, in order of time.
    pub locals: Vec<(Micros, String)>,
}

/// A coroutine that was made, and is no task of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slip {
    /// Who made it, if a task did.
    pub by: Option<TaskId>,
    /// When it was awaited: from then on it is a part of the task that did so.
    pub entered: Option<Micros>,
    /// When it was thrown away, unawaited.
    pub dropped: Option<Micros>,
}

/// A stretch of one state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// When it began.
    pub from: Micros,
    /// When it ended; see [`Lasts`] for the last.
    pub to: Micros,
    /// The state.
    pub state: State,
    /// The step at which the task stood.
    pub step: StepId,
}

/// What a thread did: the stretches in which it polled somebody.
#[derive(Clone, Debug, Default)]
pub struct Clerk {
    /// In order of time, without overlap.
    pub spans: Vec<Busy>,
}

/// A stretch in which a thread was kept by a task.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Busy {
    /// When it began.
    pub from: Micros,
    /// When it ended.
    pub to: Micros,
    /// Who kept it.
    pub task: TaskId,
    /// At which step.
    pub step: StepId,
    /// Working or Holding.
    pub state: State,
    /// How long the hold was meant to last; zero outside a hold.
    pub planned: Micros,
    /// The how-manieth poll of the task it was, from 1.
    pub poll: u32,
}

/// Something asked for elsewhere: a ticket.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Io {
    /// Who asked.
    pub task: TaskId,
    /// At which step.
    pub step: StepId,
    /// The number on the ticket, from 1, in the order of asking on that thread; 0 for what is not cooked.
    pub ticket: u32,
    /// What it is.
    pub thing: Thing,
    /// The place on the grill, from 0.
    pub slot: usize,
    /// When it was asked for.
    pub from: Micros,
    /// When it was there, or no longer wanted.
    pub to: Option<Micros>,
    /// How long it was meant to take; zero where nobody knows.
    pub planned: Micros,
    /// Whether it was there in the end.
    pub done: bool,
    /// When the task was next polled after it was there, or was over.
    pub fetched: Option<Micros>,
    /// When the task raised an error over it, in the poll that fetched it.
    pub burnt: Option<Micros>,
}

/// What was asked for, as far as it is told apart: by the name of the task, and of the step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// Something from the kitchen: it lies on the grill, and has a ticket.
    Dish,
    /// A step called `call`: a phone call, made at a table.
    Call,
    /// A step called `deadline`: a clock that runs out.
    Deadline,
    /// What a heartbeat waits for.
    Beat,
    /// A step called `arrive`: the task is a request, which is not here before.
    Arrival,
    /// A step called `open`: a program waits until its thread has been started.
    Opening,
}

/// The step at which a program waits for its thread: nobody is served then, and nothing is cooked.
pub(super) const OPENING: &str = "open";

/// The step at which a request is on its way. A task that waits there is a request: its life begins when that wait is
/// over, whether or not its thread has time for it then (see [`super::requests`]).
pub(super) const ARRIVE: &str = "arrive";

impl Replay {
    /// Reads a trace.
    pub fn new(trace: Trace, lasts: Lasts) -> Self {
        let mut reader = Reader::default();
        for event in trace.events() {
            reader.read(&trace, *event);
        }
        reader.finish(trace, lasts)
    }

    /// The lane of a task.
    pub fn lane(&self, task: TaskId) -> Option<&Lane> {
        let index = self.lanes.binary_search_by_key(&task, |lane| lane.task).ok()?;
        self.lanes.get(index)
    }

    /// The lanes of a thread.
    pub fn thread(&self, thread: ThreadId) -> impl Iterator<Item = &Lane> {
        self.lanes.iter().filter(move |lane| lane.task.thread() == thread)
    }

    /// The times at which anything happened: where stepping stops. What happens within a
    /// millisecond is one step, at its last moment: a real clock tells microseconds apart that no
    /// eye does.
    pub fn moments(&self) -> Vec<Micros> {
        const ONE_STEP: Micros = Micros(1_000);
        let mut moments: Vec<Micros> = Vec::new();
        let mut began = Micros(0);
        for event in self.trace.events() {
            match moments.last_mut() {
                Some(last) if event.at - began < ONE_STEP => *last = event.at,
                _ => {
                    began = event.at;
                    moments.push(event.at);
                }
            }
        }
        moments
    }
}

impl Lane {
    /// The stretch the task is in at a time; `None` before it exists, and after it has become a part of another.
    pub fn at(&self, time: Micros) -> Option<&Span> {
        if self.slip.and_then(|slip| slip.entered).is_some_and(|entered| entered <= time) {
            return None;
        }
        let after = self.spans.partition_point(|span| span.from <= time);
        after.checked_sub(1).map(|index| &self.spans[index])
    }

    /// Forgets what was before a time: the task was not here yet.
    fn begin_at(&mut self, time: Micros) {
        let over = self.over();
        self.spans.retain(|span| span.to > time || over == Some(span.from));
        self.spans.iter_mut().for_each(|span| span.from = span.from.max(time));
    }

    /// When it came into being.
    pub fn begin(&self) -> Micros {
        self.spans.first().map_or(Micros(0), |span| span.from)
    }

    /// When it was over, if it is.
    pub fn over(&self) -> Option<Micros> {
        self.spans.last().filter(|span| span.state.is_over()).map(|span| span.from)
    }
}

impl Clerk {
    /// Who keeps the thread at a time.
    pub fn at(&self, time: Micros) -> Option<&Busy> {
        let after = self.spans.partition_point(|span| span.from <= time);
        let span = &self.spans[after.checked_sub(1)?];
        (time < span.to).then_some(span)
    }
}

/// Builds lanes event by event.
#[derive(Default)]
struct Reader {
    lanes: Vec<(Lane, Open)>,
    clerks: Vec<Clerk>,
    ios: Vec<Io>,
    /// The errands that are done and have not been fetched.
    called: Vec<usize>,
    tickets: Vec<u32>,
    /// When each thread began its latest poll.
    polled: Vec<Micros>,
}

/// The stretch a task is in while events are read.
struct Open {
    since: Micros,
    state: State,
    step: StepId,
    during: During,
    planned: Micros,
}

impl Reader {
    fn read(&mut self, trace: &Trace, event: Event) {
        let thread = usize::from(event.task.thread().0);
        if self.clerks.len() <= thread {
            self.clerks.resize_with(thread + 1, Clerk::default);
            self.tickets.resize(thread + 1, 0);
            self.polled.resize(thread + 1, Micros(0));
        }
        let Some(index) = self.lane(trace, event) else { return };
        let (lane, open) = &mut self.lanes[index];
        let step = match event.what {
            What::HoldStart { step, .. } | What::IoStart { step, .. } | What::At { step } => step,
            _ => open.step,
        };
        match event.what {
            What::PollStart => {
                lane.polls += 1;
                self.polled[thread] = event.at;
            }
            What::HoldStart { .. } => lane.acts = true,
            What::IoStart { step, .. } => lane.acts |= trace.step(step) != OPENING,
            What::At { .. } => lane.joins = true,
            What::Local { text } => {
                lane.locals.push((event.at, trace.text(event.task, text).to_owned()));
            }
            What::Entered { .. } => lane.slip.iter_mut().for_each(|slip| slip.entered = Some(event.at)),
            What::Dropped => lane.slip.iter_mut().for_each(|slip| slip.dropped = Some(event.at)),
            _ => {}
        }
        let next = after(open.state, event.what, &mut open.during);
        let hold = matches!(event.what, What::HoldStart { .. });
        if next.is_some_and(|next| next != open.state) || step != open.step || hold {
            let clerk = &mut self.clerks[thread];
            open.close(event.at, lane, clerk);
            let planned = match event.what {
                What::HoldStart { planned, .. } => planned,
                _ => Micros(0),
            };
            let state = next.unwrap_or(open.state);
            *open = Open { since: event.at, state, step, during: open.during, planned };
        }
        match event.what {
            What::IoStart { step, planned } => self.start_io(trace.step(step), event, step, planned),
            What::IoEnd { step, done } => self.end_io(event, step, done),
            What::PollStart | What::PollEnd { ready: true } | What::Dropped => self.fetch(event),
            What::Raised { .. } => self.burn(event),
            _ => {}
        }
    }

    /// The lane of an event's task, made if it is the task's first; tasks begin with being made
    /// or spawned, anything else of an unknown task is ignored.
    fn lane(&mut self, trace: &Trace, event: Event) -> Option<usize> {
        match self.lanes.binary_search_by_key(&event.task, |(lane, _)| lane.task) {
            Ok(index) => Some(index),
            Err(index) => {
                let state = after(State::NeverStarted, event.what, &mut During::default())?;
                let lane = Lane {
                    task: event.task,
                    name: trace.name(event.task).to_owned(),
                    spans: Vec::new(),
                    polls: 0,
                    acts: false,
                    joins: false,
                    slip: match event.what {
                        What::Made { by } => Some(Slip { by: by.task(), entered: None, dropped: None }),
                        _ => None,
                    },
                    locals: Vec::new(),
                };
                let open = Open {
                    since: event.at,
                    state,
                    step: StepId::NONE,
                    during: During::default(),
                    planned: Micros(0),
                };
                self.lanes.insert(index, (lane, open));
                Some(index)
            }
        }
    }

    fn start_io(&mut self, label: &str, event: Event, step: StepId, planned: Micros) {
        let thread = usize::from(event.task.thread().0);
        let (task, from) = (event.task, event.at);
        let thing = match label {
            _ if self.beats(task) => Thing::Beat,
            "call" => Thing::Call,
            "deadline" => Thing::Deadline,
            ARRIVE => Thing::Arrival,
            OPENING => Thing::Opening,
            _ => Thing::Dish,
        };
        // What is cooked takes a place on the grill and a table; a call takes a table.
        let takes_place = matches!(thing, Thing::Dish | Thing::Call);
        let mut slot = 0;
        if takes_place {
            let here = |io: &&Io| {
                matches!(io.thing, Thing::Dish | Thing::Call)
                    && io.task.thread() == event.task.thread()
                    && io.to.is_none()
            };
            let taken = |slot: usize| self.ios.iter().filter(here).any(|io| io.slot == slot);
            slot = (0..).find(|slot| !taken(*slot)).unwrap_or(0);
        }
        self.tickets[thread] += u32::from(thing == Thing::Dish);
        let ticket = if thing == Thing::Dish { self.tickets[thread] } else { 0 };
        let (to, done, fetched, burnt) = (None, false, None, None);
        self.ios.push(Io { task, step, ticket, thing, slot, from, to, planned, done, fetched, burnt });
    }

    /// Whether a task only beats: what it waits for is not cooked, and has no ticket.
    fn beats(&self, task: TaskId) -> bool {
        let lane = self.lanes.binary_search_by_key(&task, |(lane, _)| lane.task);
        lane.is_ok_and(|index| self.lanes[index].0.name == HEARTBEAT)
    }

    /// Of several errands of a task at one step, the one that ends is the one that was due; where
    /// nobody knows, the oldest.
    fn end_io(&mut self, event: Event, step: StepId, done: bool) {
        let open = |(_, io): &(usize, &mut Io)| io.task == event.task && io.step == step && io.to.is_none();
        let due = |io: &Io| if io.planned == Micros(0) { event.at } else { io.from + io.planned };
        let open = self.ios.iter_mut().enumerate().filter(open);
        if let Some((index, io)) = open.min_by_key(|(_, io)| due(io).0.abs_diff(event.at.0)) {
            io.to = Some(event.at);
            io.done = done;
            if done {
                self.called.push(index);
            }
        }
    }

    fn fetch(&mut self, event: Event) {
        let ios = &mut self.ios;
        self.called.retain(|index| {
            let other = ios[*index].task != event.task;
            if !other {
                ios[*index].fetched = Some(event.at);
            }
            other
        });
    }

    /// An error was raised: what the task has just fetched, the last of it, came to nothing.
    fn burn(&mut self, event: Event) {
        let polled = self.polled[usize::from(event.task.thread().0)];
        let just = |io: &&mut Io| io.task == event.task && io.done && io.fetched == Some(polled);
        if let Some(io) = self.ios.iter_mut().filter(just).max_by_key(|io| io.to) {
            io.burnt = Some(event.at);
        }
    }

    fn finish(self, trace: Trace, lasts: Lasts) -> Replay {
        let (end, last) = match lasts {
            Lasts::ToTheEnd => (trace.end(), trace.end()),
            Lasts::Until(cut) => (trace.end().max(cut), trace.end().max(cut)),
            Lasts::On => (trace.end(), Micros::MAX),
        };
        let mut clerks = self.clerks;
        let close = |(mut lane, open): (Lane, Open)| {
            let clerk = &mut clerks[usize::from(lane.task.thread().0)];
            if let Some(entered) = lane.slip.and_then(|slip| slip.entered) {
                open.close(entered, &mut lane, clerk);
                return lane;
            }
            open.close(last, &mut lane, clerk);
            // The last state is kept even if it began at the very end.
            if lane.spans.last().is_none_or(|span| span.state != open.state || span.step != open.step) {
                let Open { since, state, step, .. } = open;
                lane.spans.push(Span { from: since, to: last, state, step });
            }
            lane
        };
        let mut lanes: Vec<_> = self.lanes.into_iter().map(close).collect();
        for io in self.ios.iter().filter(|io| io.thing == Thing::Arrival) {
            if let Ok(index) = lanes.binary_search_by_key(&io.task, |lane| lane.task) {
                lanes[index].begin_at(io.to.unwrap_or(Micros::MAX));
            }
        }
        for clerk in &mut clerks {
            clerk.spans.sort_by_key(|span| span.from);
        }
        Replay { trace, lanes, clerks, ios: self.ios, end }
    }
}

impl Open {
    /// Writes down the stretch that ends now, if it was one.
    fn close(&self, now: Micros, lane: &mut Lane, clerk: &mut Clerk) {
        let Open { since, state, step, planned, .. } = *self;
        if now <= since {
            return;
        }
        lane.spans.push(Span { from: since, to: now, state, step });
        if state.is_running() {
            let (task, poll) = (lane.task, lane.polls);
            clerk.spans.push(Busy { from: since, to: now, task, step, state, planned, poll });
        }
    }
}
