//! The run, told: what happened to whom, in the order in which it happened.
//!
//! This gives facts; the page puts them into sentences.

use rustc_hash::FxHashSet;

use super::lanes::{ARRIVE, OPENING};
use super::scene::HEARTBEAT;
use crate::trace::{Hold, Micros, StepId, TaskId, What};

use super::{Io, Replay, Thing};

/// A thing worth telling.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// When.
    pub at: Micros,
    /// Of whom.
    pub task: TaskId,
    /// What.
    pub what: Tale,
}

/// What can be told.
#[derive(Clone, Debug, PartialEq)]
pub enum Tale {
    /// Came, and stands in line.
    Arrives,
    /// Is worked for, at this step.
    Works(StepId),
    /// Keeps the thread while it waits, at this step.
    Blocks(StepId),
    /// Waits elsewhere: sits down with this ticket.
    SitsDown(u32, StepId),
    /// Its number is up; whoever keeps the thread meanwhile, if anyone does.
    NumberUp(u32, Option<TaskId>),
    /// Printed a line.
    Says(String),
    /// Waits for other tasks, at this step.
    Awaits(StepId),
    /// A coroutine: was made, and nothing of it runs.
    IsMade,
    /// A coroutine: is awaited, and runs as a part of this task.
    IsAwaited(Option<TaskId>),
    /// A coroutine: was thrown away and never started.
    NeverStarts,
    /// Picks up a phone.
    Calls,
    /// Is done.
    Leaves,
    /// Ended with an error.
    Fails(String),
    /// Was cancelled.
    IsCancelled,
}

impl Tale {
    /// Who else is mentioned.
    pub fn other(&self) -> Option<TaskId> {
        match self {
            Self::NumberUp(_, other) | Self::IsAwaited(other) => *other,
            _ => None,
        }
    }
}

/// Everything worth telling of a run.
pub fn tell(replay: &Replay) -> Vec<Told> {
    let trace = &replay.trace;
    let mut told: Vec<Told> = Vec::new();
    // Several errands of a task may begin, or end, at one time: each is told once.
    let (mut given, mut called) = (FxHashSet::default(), FxHashSet::default());
    let mut failed = FxHashSet::default();
    for event in trace.events() {
        let task = event.task;
        let beats = replay.lane(task).is_some_and(|lane| lane.name == HEARTBEAT);
        if beats && !matches!(event.what, What::Say { .. }) {
            continue;
        }
        let what = match event.what {
            What::Spawned { .. } if task.index() == 0 || is_request(replay, task) => continue,
            What::Spawned { .. } => Tale::Arrives,
            What::IoStart { step, .. } if trace.step(step) == ARRIVE => continue,
            What::IoEnd { step, done: true } if trace.step(step) == ARRIVE => Tale::Arrives,
            What::Made { .. } => Tale::IsMade,
            What::Entered { by } => Tale::IsAwaited(by.task()),
            What::Dropped if replay.lane(task).is_some_and(|lane| lane.slip.is_some()) => Tale::NeverStarts,
            What::HoldStart { hold: Hold::Work, step, .. } => Tale::Works(step),
            What::HoldStart { hold: Hold::BlockingIo, step, .. } => Tale::Blocks(step),
            What::IoStart { step, .. } | What::IoEnd { step, done: true }
                if matches!(trace.step(step), "deadline" | OPENING) =>
            {
                continue;
            }
            What::IoStart { step, .. } if trace.step(step) == "call" => Tale::Calls,
            What::IoEnd { step, .. } if trace.step(step) == "call" => continue,
            What::IoStart { step, .. } => {
                let begun = replay.asked_at(task, event.at).filter(|io| io.step == step);
                Tale::SitsDown(next_ticket(begun, &mut given), step)
            }
            What::IoEnd { step, done: true } => {
                let ended = replay.done_at(task, event.at).filter(|io| io.step == step);
                let ticket = next_ticket(ended, &mut called);
                let clerk = replay.clerks.get(usize::from(task.thread().0));
                let kept = clerk
                    .and_then(|clerk| clerk.at(event.at))
                    .filter(|busy| busy.from < event.at && busy.task != task);
                Tale::NumberUp(ticket, kept.map(|busy| busy.task))
            }
            What::Say { text } => Tale::Says(trace.text(task, text).to_owned()),
            What::At { step } => Tale::Awaits(step),
            What::Failed { text } => Tale::Fails(trace.text(task, text).to_owned()),
            What::PollEnd { ready: true } if failed.contains(&task) => continue,
            What::PollEnd { ready: true } => Tale::Leaves,
            What::Dropped => Tale::IsCancelled,
            _ => continue,
        };
        match what {
            Tale::Fails(_) => failed.insert(task),
            _ => failed.remove(&task),
        };
        told.push(Told { at: event.at, task, what });
    }
    told
}

/// The ticket of the first of some errands that has not been told yet.
fn next_ticket<'a>(mut errands: impl Iterator<Item = &'a Io>, told: &mut FxHashSet<*const Io>) -> u32 {
    let next = errands.find(|io| told.insert(std::ptr::from_ref(*io)));
    next.map_or(0, |io| io.ticket)
}

/// Whether a task is a request: it comes when it arrives, not when it is spawned.
fn is_request(replay: &Replay, task: TaskId) -> bool {
    replay.errands(task).any(|io| io.thing == Thing::Arrival)
}
