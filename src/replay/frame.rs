//! What a paused coroutine keeps: its local variables, and the step at which it will go on.

use crate::trace::{Micros, StepId, TaskId};

use super::{Replay, State};

/// A coroutine in the middle of its life.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame<'a> {
    /// The task that runs it.
    pub task: TaskId,
    /// The coroutine that the task awaits, if it was made apart from it.
    pub awaits: Option<&'a str>,
    /// What the task is doing.
    pub state: State,
    /// Where it stands; waiting, where it will go on.
    pub step: StepId,
    /// Its local variables, `name = value`, in the order in which they first got one.
    pub locals: Vec<&'a str>,
}

/// The coroutines at a time that have begun, are not over, and have told of a variable.
pub fn frames(replay: &Replay, time: Micros) -> Vec<Frame<'_>> {
    let frame = |lane: &'_ super::Lane| {
        // Looking for what a task awaits is a search through all of them: only for one that has told of a variable.
        if lane.locals.is_empty() {
            return None;
        }
        let span = lane.at(time).filter(|span| !span.state.is_over())?;
        let lane = replay.lane(lane.task)?;
        let locals: Vec<&str> = lane.locals_at(time).collect();
        let entered = |slip: &super::Lane| {
            let entered = slip.slip.filter(|slip| slip.entered.is_some_and(|at| at <= time));
            entered.is_some_and(|slip| slip.by == Some(lane.task))
        };
        let awaits = replay.lanes.iter().rfind(|slip| entered(slip)).map(|slip| slip.name.as_str());
        let (task, state, step) = (lane.task, span.state, span.step);
        (!locals.is_empty()).then_some(Frame { task, awaits, state, step, locals })
    };
    replay.lanes.iter().filter_map(frame).collect()
}
