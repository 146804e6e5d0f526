//! A coroutine that was made and not started: an order slip that nobody has handed in yet.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::{By, Recorder, TaskId, What};

/// A coroutine with a record of its own until it is awaited; from then on it is a part of the task
/// that awaits it, as in Python and in Rust. Dropped before, it never started.
#[must_use = "a coroutine does nothing until it is awaited"]
pub struct Coroutine<F> {
    log: Recorder,
    id: TaskId,
    future: Pin<Box<F>>,
    started: bool,
}

impl<F: Future> Coroutine<F> {
    /// Records that the running task has made it.
    pub fn made(log: &Recorder, name: &str, future: F) -> Self {
        let id = log.new_task(name);
        log.record(id, What::Made { by: By::from(log.current()) });
        Self { log: log.clone(), id, future: Box::pin(future), started: false }
    }

    /// Whether anybody has ever awaited it.
    pub fn was_started(&self) -> bool {
        self.started
    }
}

impl<F: Future> Future for Coroutine<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        if !self.started {
            self.started = true;
            self.log.record(self.id, What::Entered { by: By::from(self.log.current()) });
        }
        self.future.as_mut().poll(context)
    }
}

impl<F> Drop for Coroutine<F> {
    fn drop(&mut self) {
        if !self.started {
            self.log.record(self.id, What::Dropped);
        }
    }
}
