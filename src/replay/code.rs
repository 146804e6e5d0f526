//! Where tasks stand in the code.

use crate::trace::{Micros, StepId, TaskId};

use super::{Replay, State};

/// A task that stands at a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// Who.
    pub task: TaskId,
    /// Where.
    pub step: StepId,
    /// Doing what.
    pub state: State,
}

/// The tasks that stand at a step at a time: those that have begun and are not over.
pub fn positions(replay: &Replay, time: Micros) -> Vec<Standing> {
    let standing = |lane: &super::Lane| {
        let span = lane.at(time)?;
        let here = !span.state.is_over() && span.step != StepId::NONE;
        here.then_some(Standing { task: lane.task, step: span.step, state: span.state })
    };
    replay.lanes.iter().filter_map(standing).collect()
}
