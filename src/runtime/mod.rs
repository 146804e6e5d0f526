//! The handful of verbs a scenario may use, and the two ways to run it.
//!
//! - [`Rt`] is what a scenario holds: work, compute, blocking_io, io, spawn, offload, say, now.
//! - [`Runtime`] is what stands behind it: [`simulated`] (a virtual clock, everywhere) or `live`
//!   (a browser thread, wasm only).
//!
//! Everything else a scenario wants (join, select, timeouts, channels) is ordinary futures code
//! on top. This module knows the trace; it knows no scenario, no lesson and, but for `live`, no
//! browser.

mod io;
#[cfg(target_arch = "wasm32")]
pub mod live;
mod program;
pub mod simulated;
mod task;

use std::fmt::Display;
use std::future::Future;
use std::rc::Rc;
use std::sync::Arc;

use futures_util::future::LocalBoxFuture;

use crate::trace::traced::{Executor, TaskWaker};
use crate::trace::{Coroutine, Hold, Millis, Outcome, Recorder, Traced, What};

pub use io::Io;
pub use program::{Job, Knobs, PACE, Program, Setup, Threads};
pub use task::{Cancelled, Task};

/// What a thread must be able to do to run a scenario.
pub trait Runtime {
    /// Where it records.
    fn log(&self) -> &Recorder;

    /// Keeps the thread for this long, doing nothing else.
    fn hold(&self, time: Millis);

    /// Does what takes this long where a core is free; see [`PACE`] for live runs in which that is an
    /// amount. Otherwise it is the time itself.
    fn work(&self, time: Millis) {
        self.hold(time);
    }

    /// Computes, and keeps the thread: calls `calculate` at least once, and is done when it has computed for
    /// about this long.
    fn compute(&self, time: Millis, calculate: &mut dyn FnMut());

    /// Becomes ready this much later, without keeping the thread.
    fn timer(&self, time: Millis) -> LocalBoxFuture<'static, ()>;

    /// Who polls its tasks.
    fn executor(&self) -> Arc<dyn Executor>;

    /// Polls the task, from its own turn of the event loop on, until it is over.
    fn execute(&self, task: &Arc<TaskWaker>, future: LocalBoxFuture<'static, ()>);

    /// Does a named job of the scenario on another thread, and gives its numbers: `None` if no
    /// thread could do it.
    fn offload(&self, job: &'static str, argument: f64) -> LocalBoxFuture<'static, Option<Vec<f64>>>;
}

/// A scenario's handle on the thread it runs on.
#[derive(Clone)]
pub struct Rt(Rc<dyn Runtime>);

impl Rt {
    /// A handle on a thread.
    pub fn new(runtime: Rc<dyn Runtime>) -> Self {
        Self(runtime)
    }

    /// CPU work: holds the thread for `time` and burns it.
    pub fn work(&self, step: &str, time: Millis) {
        self.hold(Hold::Work, step, time, || self.0.work(time));
    }

    /// CPU work with a result: holds the thread while it computes, for about `time`. Live, `calculate` is
    /// called again and again until it has computed for that long: a small computation stands for a
    /// long one, and cores that have other work too are seen to be slower. Its last result counts.
    pub fn compute<T>(&self, step: &str, time: Millis, mut calculate: impl FnMut() -> T) -> T {
        let mut result = None;
        self.hold(Hold::Work, step, time, || self.0.compute(time, &mut || result = Some(calculate())));
        result.unwrap_or_else(calculate)
    }

    /// Waits for something elsewhere *without letting go of the thread*: the mistake.
    pub fn blocking_io(&self, step: &str, time: Millis) {
        self.hold(Hold::BlockingIo, step, time, || self.0.hold(time));
    }

    fn hold(&self, hold: Hold, step: &str, time: Millis, keep: impl FnOnce()) {
        let log = self.0.log();
        let step = log.step(step);
        log.record_current(What::HoldStart { hold, step, planned: time.into() });
        keep();
        log.record_current(What::HoldEnd);
    }

    /// Waits for something elsewhere that takes `time`; others may use the thread meanwhile.
    pub fn io(&self, step: &str, time: Millis) -> Io<()> {
        Io::new(self.0.log(), step, time, self.0.timer(time))
    }

    /// Starts a task. The handle can be awaited, aborted, or dropped (the task goes on alone).
    pub fn spawn<T: Outcome + 'static>(
        &self,
        name: &str,
        future: impl Future<Output = T> + 'static,
    ) -> Task<T> {
        let (task, run) = Task::new(Traced::spawned_on(self.0.executor(), self.0.log(), name, future));
        self.0.execute(task.waker(), Box::pin(run));
        task
    }

    /// Calls a coroutine function: nothing runs until somebody awaits what it gives.
    pub fn call<F: Future>(&self, name: &str, future: F) -> Coroutine<F> {
        Coroutine::made(self.0.log(), name, future)
    }

    /// Raises an error in the running task, and gives it back to be returned: whoever handles it, the record has it.
    pub fn raise<E: Display>(&self, error: E) -> E {
        self.0.log().raise(error.to_string());
        error
    }

    /// Shows the value of a local variable of the running task, from now on.
    pub fn local(&self, name: &str, value: impl Display) {
        self.0.log().local(format!("{name} = {value}"));
    }

    /// Hands a job of the scenario's list to another thread and waits for its numbers: `None` if
    /// no thread could do it.
    pub fn offload(&self, step: &str, job: &'static str, argument: f64) -> Io<Option<Vec<f64>>> {
        Io::unplanned(self.0.log(), step, self.0.offload(job, argument))
    }

    /// What `print` would show.
    pub fn say(&self, text: impl Into<String>) {
        self.0.log().say(text.into());
    }

    /// The task now stands at this step.
    pub fn at(&self, step: &str) {
        let log = self.0.log();
        log.record_current(What::At { step: log.step(step) });
    }

    /// How long ago the run began.
    pub fn now(&self) -> Millis {
        self.0.log().now().into()
    }
}
