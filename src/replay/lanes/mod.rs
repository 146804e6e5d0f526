//! The lanes of a run: what each task, each thread and each errand in the kitchen did, when.
//!
//! Built once from a trace, in one pass; every question about a time is a binary search.

mod errands;
mod reader;

use crate::trace::{Micros, StepId, TaskId, ThreadId, Trace};

use super::state::State;
use errands::Errands;
use reader::Reader;

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
    found: Errands,
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
    /// Whether it ever kept its thread while it waited.
    pub holds: bool,
    /// When it first asked for something from the kitchen.
    pub asked: Option<Micros>,
    /// When it first asked for something from the kitchen that came.
    pub got: Option<Micros>,
    /// What became of it, if it is a coroutine that was made apart from any task.
    pub slip: Option<Slip>,
    /// The values its local variables took, and when: `name = value`, in order of time.
    pub locals: Vec<(Micros, String)>,
    /// The places in `locals` of the values of each variable, those first that had a value first.
    variables: Vec<Vec<u32>>,
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
        Reader::read_all(trace, lasts)
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

    /// The values that its local variables have at a time, `name = value`, in the order in which they first got one.
    pub fn locals_at(&self, time: Micros) -> impl Iterator<Item = &str> {
        let value = move |places: &Vec<u32>| {
            let known = places.partition_point(|place| self.locals[*place as usize].0 <= time);
            Some(self.locals[*places.get(known.checked_sub(1)?)? as usize].1.as_str())
        };
        self.variables.iter().filter_map(value)
    }

    /// Writes down that a local variable has a value.
    fn local(&mut self, at: Micros, local: &str) {
        let name = local.split(' ').next().unwrap_or_default();
        let place = self.locals.len() as u32;
        let is_same = |places: &&mut Vec<u32>| {
            let first = places.first().map(|place| self.locals[*place as usize].1.as_str());
            first.and_then(|first| first.split(' ').next()) == Some(name)
        };
        match self.variables.iter_mut().find(is_same) {
            Some(places) => places.push(place),
            None => self.variables.push(vec![place]),
        }
        self.locals.push((at, local.to_owned()));
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
