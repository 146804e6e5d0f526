//! The handle on a spawned task.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Waker, ready};

use pin_project_lite::pin_project;

use crate::trace::traced::TaskWaker;
use crate::trace::{Outcome, TaskId, Traced};

/// A spawned task: await it for its result. Dropping the handle lets the task go on alone.
pub struct Task<T> {
    task: Arc<TaskWaker>,
    result: Rc<Handover<T>>,
}

/// The task was cancelled: it has no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

impl fmt::Display for Cancelled {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("cancelled")
    }
}

/// Where a task leaves its result for whoever awaits it. There is one for each task, so it is small.
struct Handover<T> {
    result: Cell<Option<T>>,
    is_over: Cell<bool>,
    waiting: RefCell<Option<Waker>>,
}

impl<T> Handover<T> {
    /// The task is over, with this result or none.
    fn over(&self, result: Option<T>) {
        self.result.set(result);
        self.is_over.set(true);
        let waiting = self.waiting.take();
        waiting.into_iter().for_each(Waker::wake);
    }
}

pin_project! {
    /// What an executor polls: the task, and then its result is handed over.
    struct Run<F: Future> {
        #[pin]
        traced: Traced<F>,
        result: Rc<Handover<F::Output>>,
    }

    impl<F: Future> PinnedDrop for Run<F> {
        fn drop(this: Pin<&mut Self>) {
            if !this.result.is_over.get() {
                this.project().result.over(None);
            }
        }
    }
}

impl<F: Future<Output: Outcome>> Future for Run<F> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let this = self.project();
        let output = ready!(this.traced.poll(context));
        this.result.over(output);
        Poll::Ready(())
    }
}

impl<T: Outcome> Task<T> {
    /// The handle, and the future an executor must poll.
    pub(super) fn new<F: Future<Output = T>>(traced: Traced<F>) -> (Self, impl Future<Output = ()>) {
        let result = Rc::new(Handover {
            result: Cell::new(None),
            is_over: Cell::new(false),
            waiting: RefCell::new(None),
        });
        let task = traced.task();
        (Self { task, result: result.clone() }, Run { traced, result })
    }

    /// What its executor knows it by.
    pub(super) fn waker(&self) -> &Arc<TaskWaker> {
        &self.task
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

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.result.is_over.get() {
            return Poll::Ready(self.result.result.take().ok_or(Cancelled));
        }
        let mut waiting = self.result.waiting.borrow_mut();
        match &mut *waiting {
            Some(waker) => waker.clone_from(context.waker()),
            None => *waiting = Some(context.waker().clone()),
        }
        Poll::Pending
    }
}
