//! The future every task is wrapped in: it does what the task does, and records it.

use std::fmt::Display;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use super::{By, Recorder, TaskId, What};

/// What a task ends with: some results are failures.
pub trait Outcome {
    /// Why it failed, if it did.
    fn failure(&self) -> Option<String>;
}

impl Outcome for () {
    fn failure(&self) -> Option<String> {
        None
    }
}

impl<T, E: Display> Outcome for Result<T, E> {
    fn failure(&self) -> Option<String> {
        self.as_ref().err().map(ToString::to_string)
    }
}

/// A task's future, recorded. Its output is `None` if it was cancelled.
pub struct Traced<F: Future> {
    inner: Option<Pin<Box<F>>>,
    task: Arc<TaskWaker>,
    waker: Waker,
}

impl<F: Future> Unpin for Traced<F> {}

/// The waker a task sees, and the way to abort it.
pub struct TaskWaker {
    id: TaskId,
    log: Recorder,
    executor: Mutex<Option<Waker>>,
    aborted: AtomicBool,
    over: AtomicBool,
}

impl<F: Future> Traced<F> {
    /// A task that is about to be given to the executor.
    pub fn spawned(log: &Recorder, name: &str, future: F) -> Self {
        let id = log.new_task(name);
        log.record(id, What::Spawned { by: By::from(log.current()) });
        Self::new(log, id, future)
    }

    fn new(log: &Recorder, id: TaskId, future: F) -> Self {
        let task = Arc::new(TaskWaker {
            id,
            log: log.clone(),
            executor: Mutex::new(None),
            aborted: AtomicBool::new(false),
            over: AtomicBool::new(false),
        });
        let waker = Waker::from(task.clone());
        Self { inner: Some(Box::pin(future)), task, waker }
    }

    /// The task's waker, through which it can be aborted.
    pub fn task(&self) -> Arc<TaskWaker> {
        self.task.clone()
    }

    /// Drops what the task is made of, as the task, and records that it was cancelled.
    fn cancel(&mut self) {
        if self.task.over.swap(true, Relaxed) {
            return;
        }
        let TaskWaker { id, log, .. } = &*self.task;
        let inner = self.inner.take();
        log.as_task(*id, || drop(inner));
        log.record(*id, What::Dropped);
    }
}

impl TaskWaker {
    /// The task.
    pub fn id(&self) -> TaskId {
        self.id
    }

    /// Cancels the task: its future is dropped when the executor next turns to it.
    pub fn abort(&self) {
        self.aborted.store(true, Relaxed);
        self.wake_executor();
    }

    fn executor(&self) -> std::sync::MutexGuard<'_, Option<Waker>> {
        self.executor.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wake_executor(&self) {
        // An executor puts the task in line, and polls nobody meanwhile: nobody else wants this lock.
        if let Some(waker) = &*self.executor() {
            waker.wake_by_ref();
        }
    }
}

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.over.load(Relaxed) {
            self.log.wake(self.id);
            self.wake_executor();
        }
    }
}

impl<F: Future> Future for Traced<F>
where
    F::Output: Outcome,
{
    type Output = Option<F::Output>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        if this.task.aborted.load(Relaxed) {
            this.cancel();
        }
        let Some(inner) = &mut this.inner else { return Poll::Ready(None) };
        let mut executor = this.task.executor();
        if !executor.as_ref().is_some_and(|waker| waker.will_wake(context.waker())) {
            *executor = Some(context.waker().clone());
        }
        drop(executor);

        let TaskWaker { id, log, over, .. } = &*this.task;
        let before = log.enter(*id);
        let polled = inner.as_mut().poll(&mut Context::from_waker(&this.waker));
        if let Poll::Ready(output) = &polled {
            over.store(true, Relaxed);
            this.inner = None;
            if let Some(reason) = output.failure() {
                log.fail(*id, reason);
            }
        }
        log.leave(*id, before, polled.is_ready());
        polled.map(Some)
    }
}

impl<F: Future> Drop for Traced<F> {
    fn drop(&mut self) {
        self.cancel();
    }
}
