//! The run, told: what happened to whom, in the order in which it happened.
//!
//! This gives facts; the page puts them into sentences.

use crate::trace::{Hold, Micros, StepId, TaskId, What};

use super::Replay;

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
    /// Is done.
    Leaves,
    /// Ended with an error.
    Fails(String),
    /// Was cancelled.
    IsCancelled,
}

/// Everything worth telling of a run.
pub fn tell(replay: &Replay) -> Vec<Told> {
    let trace = &replay.trace;
    let mut told = Vec::new();
    for event in trace.events() {
        let task = event.task;
        let io = |open_at: Micros| replay.ios.iter().find(|io| io.task == task && io.from == open_at);
        let ended = || replay.ios.iter().find(|io| io.task == task && io.to == Some(event.at) && io.done);
        let what = match event.what {
            What::Spawned { .. } if task.index() > 0 => Tale::Arrives,
            What::HoldStart { hold: Hold::Work, step, .. } => Tale::Works(step),
            What::HoldStart { hold: Hold::BlockingIo, step, .. } => Tale::Blocks(step),
            What::IoStart { step, .. } => Tale::SitsDown(io(event.at).map_or(0, |io| io.ticket), step),
            What::IoEnd { done: true, .. } => {
                let clerk = replay.clerks.get(usize::from(task.thread().0));
                let kept = clerk.and_then(|clerk| clerk.at(event.at)).filter(|busy| busy.from < event.at);
                Tale::NumberUp(ended().map_or(0, |io| io.ticket), kept.map(|busy| busy.task))
            }
            What::Say { text } => Tale::Says(trace.text(task, text).to_owned()),
            What::At { step } => Tale::Awaits(step),
            What::Failed { text } => Tale::Fails(trace.text(task, text).to_owned()),
            What::PollEnd { ready: true } => Tale::Leaves,
            What::Dropped => Tale::IsCancelled,
            _ => continue,
        };
        told.push(Told { at: event.at, task, what });
    }
    told
}
