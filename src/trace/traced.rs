//! The future every task is wrapped in: it does what the task does, and records it.

use std::fmt::Display;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use pin_project_lite::pin_project;

use super::{Recorder, TaskId, What};

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

/// Who polls tasks, and knows them by their ids: such an executor needs no waker for each.
pub trait Executor: Send + Sync {
    /// A task wants to be polled. [`TaskWaker::lines_up`] says whether it was in line already.
    fn wake(&self, task: &Arc<TaskWaker>);
}

pin_project! {
    /// A task's future, recorded. Its output is `None` if it was cancelled.
    pub struct Traced<F: Future> {
        #[pin]
        inner: Option<F>,
        task: Arc<TaskWaker>,
        waker: Waker,
    }

    impl<F: Future> PinnedDrop for Traced<F> {
        fn drop(this: Pin<&mut Self>) {
            this.cancel();
        }
    }
}

/// The waker a task sees, and the way to abort it.
pub struct TaskWaker {
    id: TaskId,
    log: Recorder,
    polled_by: PolledBy,
    in_line: AtomicBool,
    aborted: AtomicBool,
    over: AtomicBool,
}

enum PolledBy {
    /// One that knows it.
    Known(Arc<dyn Executor>),
    /// Any, through the waker with which it has polled last.
    Any(Box<Mutex<Option<Waker>>>),
}

impl<F: Future> Traced<F> {
    /// A task that is about to be given to any executor.
    pub fn spawned(log: &Recorder, name: &str, future: F) -> Self {
        Self::new(log, PolledBy::Any(Box::default()), name, future)
    }

    /// A task that is about to be given to this executor.
    pub fn spawned_on(executor: Arc<dyn Executor>, log: &Recorder, name: &str, future: F) -> Self {
        Self::new(log, PolledBy::Known(executor), name, future)
    }

    fn new(log: &Recorder, polled_by: PolledBy, name: &str, future: F) -> Self {
        let task = Arc::new(TaskWaker {
            id: log.spawned(name),
            log: log.clone(),
            polled_by,
            in_line: AtomicBool::new(false),
            aborted: AtomicBool::new(false),
            over: AtomicBool::new(false),
        });
        let waker = Waker::from(task.clone());
        Self { inner: Some(future), task, waker }
    }

    /// The task's waker, through which it can be aborted.
    pub fn task(&self) -> Arc<TaskWaker> {
        self.task.clone()
    }

    /// Drops what the task is made of, as the task, and records that it was cancelled.
    fn cancel(self: Pin<&mut Self>) {
        let mut this = self.project();
        if this.task.over.swap(true, Relaxed) {
            return;
        }
        let TaskWaker { id, log, .. } = &**this.task;
        log.as_task(*id, || this.inner.set(None));
        log.record(*id, What::Dropped);
    }
}

impl TaskWaker {
    /// The task.
    pub fn id(&self) -> TaskId {
        self.id
    }

    /// Cancels the task: its future is dropped when the executor next turns to it.
    pub fn abort(self: &Arc<Self>) {
        self.aborted.store(true, Relaxed);
        self.wake_executor();
    }

    /// Takes a place in line, which the task keeps until it is polled; `false` if it has one.
    pub fn lines_up(&self) -> bool {
        !self.in_line.swap(true, Relaxed)
    }

    fn wake_executor(self: &Arc<Self>) {
        match &self.polled_by {
            PolledBy::Known(executor) => executor.wake(self),
            // An executor puts the task in line, and polls nobody meanwhile: nobody else wants this lock.
            PolledBy::Any(waker) => {
                if let Some(waker) = &*lock(waker) {
                    waker.wake_by_ref();
                }
            }
        }
    }

    /// It is polled: out of the line, and the executor's waker is kept where it is needed.
    fn is_polled(&self, context: &Context<'_>) {
        self.in_line.store(false, Relaxed);
        if let PolledBy::Any(waker) = &self.polled_by {
            let mut waker = lock(waker);
            if !waker.as_ref().is_some_and(|waker| waker.will_wake(context.waker())) {
                *waker = Some(context.waker().clone());
            }
        }
    }
}

fn lock(waker: &Mutex<Option<Waker>>) -> MutexGuard<'_, Option<Waker>> {
    waker.lock().unwrap_or_else(PoisonError::into_inner)
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

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.task.is_polled(context);
        if self.task.aborted.load(Relaxed) {
            self.as_mut().cancel();
        }
        let mut this = self.project();
        let Some(inner) = this.inner.as_mut().as_pin_mut() else { return Poll::Ready(None) };

        let TaskWaker { id, log, over, .. } = &**this.task;
        let before = log.enter(*id);
        let polled = inner.poll(&mut Context::from_waker(this.waker));
        if let Poll::Ready(output) = &polled {
            over.store(true, Relaxed);
            this.inner.set(None);
            if let Some(reason) = output.failure() {
                log.fail(*id, reason);
            }
        }
        log.leave(*id, before, polled.is_ready());
        polled.map(Some)
    }
}
