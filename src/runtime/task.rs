//! The handle on a spawned task.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_channel::oneshot;

use crate::trace::traced::TaskWaker;
use crate::trace::{Outcome, TaskId, Traced};

/// A spawned task: await it for its result. Dropping the handle lets the task go on alone.
pub struct Task<T> {
    task: Arc<TaskWaker>,
    result: oneshot::Receiver<T>,
}

/// The task was cancelled: it has no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

impl fmt::Display for Cancelled {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("cancelled")
    }
}

impl<T: Outcome> Task<T> {
    /// The handle, and the future an executor must poll.
    pub(super) fn new<F: Future<Output = T>>(traced: Traced<F>) -> (Self, impl Future<Output = ()>) {
        let (sender, result) = oneshot::channel();
        let task = traced.task();
        let run = async move {
            if let Some(output) = traced.await {
                // If nobody holds the handle any more, nobody wants the result.
                let _ = sender.send(output);
            }
        };
        (Self { task, result }, run)
    }

    /// The task.
    pub fn id(&self) -> TaskId {
        self.task.id()
    }

    /// Cancels the task: it is dropped when its thread next turns to it.
    pub fn abort(&self) {
        self.task.abort();
    }
}

impl<T> Future for Task<T> {
    type Output = Result<T, Cancelled>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.result).poll(context).map_err(|_| Cancelled)
    }
}
