//! Waiting for something elsewhere, recorded from asking to getting it.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::task::{Context, Poll, Wake, Waker};

use futures_util::future::LocalBoxFuture;

use crate::trace::{Micros, Millis, Recorder, StepId, TaskId, What};

/// A future that waits for something elsewhere: a timer, another thread, the network.
///
/// It asks when it is first polled. Its end is recorded when its waker is called, because that
/// is when the thing is there; when the task gets round to fetching it is another matter.
pub struct Io<T> {
    log: Recorder,
    step: StepId,
    planned: Option<Micros>,
    waiting: LocalBoxFuture<'static, T>,
    asked: Option<Asked>,
}

struct Asked {
    shared: Arc<IoWaker>,
    waker: Waker,
}

struct IoWaker {
    log: Recorder,
    task: TaskId,
    step: StepId,
    /// When it should be there, where anybody knows.
    due: Option<Micros>,
    outer: Waker,
    over: AtomicBool,
}

impl<T> Io<T> {
    pub(super) fn new(
        log: &Recorder,
        step: &str,
        planned: Millis,
        waiting: LocalBoxFuture<'static, T>,
    ) -> Self {
        let planned = Some(planned.into());
        Self { log: log.clone(), step: log.step(step), planned, waiting, asked: None }
    }

    /// For something that takes nobody knows how long.
    pub(super) fn unplanned(log: &Recorder, step: &str, waiting: LocalBoxFuture<'static, T>) -> Self {
        Self { log: log.clone(), step: log.step(step), planned: None, waiting, asked: None }
    }

    fn ask(&self, outer: &Waker) -> Option<Asked> {
        let task = self.log.current()?;
        // What takes no time is there when it is heard of: it cannot be there while it is asked for.
        let due = self.planned.filter(|planned| *planned > Micros(0)).map(|planned| self.log.now() + planned);
        let planned = self.planned.unwrap_or_default();
        self.log.record(task, What::IoStart { step: self.step, planned });
        let shared = Arc::new(IoWaker {
            log: self.log.clone(),
            task,
            step: self.step,
            due,
            outer: outer.clone(),
            over: AtomicBool::new(false),
        });
        Some(Asked { waker: Waker::from(shared.clone()), shared })
    }
}

impl IoWaker {
    /// Records the end, if it is the first; says whether it was.
    fn end(&self, done: bool) -> bool {
        let first = !self.over.swap(true, Relaxed);
        if first {
            self.log.record(self.task, What::IoEnd { step: self.step, done });
        }
        first
    }
}

impl Wake for IoWaker {
    fn wake(self: Arc<Self>) {
        // What is no longer wanted wakes nobody.
        let end = || {
            if self.end(true) {
                self.outer.wake_by_ref();
            }
        };
        match self.due {
            Some(due) => self.log.when_due(due, end),
            None => end(),
        }
    }
}

impl<T> Future for Io<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let this = self.get_mut();
        // A task moved into another combinator may come with another waker: ask again with it.
        if let Some(asked) = &mut this.asked
            && !asked.shared.outer.will_wake(context.waker())
        {
            asked.renew(context.waker());
        }
        if this.asked.is_none() {
            this.asked = this.ask(context.waker());
        }
        // Outside a task there is nothing to record, but it waits all the same.
        let waker = this.asked.as_ref().map_or(context.waker(), |asked| &asked.waker);
        let polled = this.waiting.as_mut().poll(&mut Context::from_waker(waker));
        if polled.is_ready()
            && let Some(asked) = &this.asked
        {
            asked.shared.end(true);
        }
        polled
    }
}

impl Asked {
    fn renew(&mut self, outer: &Waker) {
        let IoWaker { log, task, step, due, over, .. } = &*self.shared;
        self.shared = Arc::new(IoWaker {
            log: log.clone(),
            task: *task,
            step: *step,
            due: *due,
            outer: outer.clone(),
            over: AtomicBool::new(over.load(Relaxed)),
        });
        self.waker = Waker::from(self.shared.clone());
    }
}

impl<T> Drop for Io<T> {
    fn drop(&mut self) {
        if let Some(asked) = &self.asked {
            asked.shared.end(false);
        }
    }
}
