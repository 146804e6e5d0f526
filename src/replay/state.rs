//! The states of a task, and which event leads from which to which.

use crate::trace::{Hold, What};

/// What a task is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Made, but nobody has asked for it to run.
    NeverStarted,
    /// In line: spawned or woken, and not yet polled.
    Ready,
    /// Being polled, and the thread is working for it.
    Working,
    /// Being polled, and keeping the thread while it waits: the mistake.
    Holding,
    /// Pending: at a table, with a ticket.
    Waiting,
    /// Finished.
    Done,
    /// Finished with an error.
    Failed,
    /// Dropped before it was ready.
    Cancelled,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 8] = [
        Self::NeverStarted,
        Self::Ready,
        Self::Working,
        Self::Holding,
        Self::Waiting,
        Self::Done,
        Self::Failed,
        Self::Cancelled,
    ];

    /// Whether the task is being polled.
    #[must_use]
    pub fn is_running(self) -> bool {
        matches!(self, Self::Working | Self::Holding)
    }

    /// Whether nothing can happen to the task any more.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Cancelled)
    }
}

/// What decides the state of a task at the end of a poll.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct During {
    /// It was woken while it ran.
    pub woken: bool,
    /// It ended with an error.
    pub failed: bool,
}

/// The state after an event; `None` if the event changes none.
pub(super) fn after(state: State, what: What, during: &mut During) -> Option<State> {
    use State::*;
    let next = match (state, what) {
        (_, What::Made { .. }) => NeverStarted,
        (_, What::Spawned { .. }) => Ready,
        (Ready | Waiting, What::PollStart) => {
            *during = During::default();
            Working
        }
        (Working | Holding, What::HoldStart { hold: Hold::BlockingIo, .. }) => Holding,
        (Working | Holding, What::HoldStart { hold: Hold::Work, .. } | What::HoldEnd) => Working,
        (Working | Holding, What::Wake { .. }) => {
            during.woken = true;
            return None;
        }
        (Waiting, What::Wake { .. }) => Ready,
        (Working | Holding, What::Failed { .. }) => {
            during.failed = true;
            return None;
        }
        (Working | Holding, What::PollEnd { ready: true }) if during.failed => Failed,
        (Working | Holding, What::PollEnd { ready: true }) => Done,
        (Working | Holding, What::PollEnd { ready: false }) if during.woken => Ready,
        (Working | Holding, What::PollEnd { ready: false }) => Waiting,
        // A coroutine that is thrown away unawaited has never started, and never will.
        (Ready | Waiting | Working | Holding, What::Dropped) => Cancelled,
        _ => return None,
    };
    Some(next)
}
