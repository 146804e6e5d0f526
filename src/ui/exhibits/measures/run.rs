//! Runs the jobs, each as a task of the browser's event loop that records its own polls.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_channel::oneshot;
use futures_util::future::{LocalBoxFuture, try_join_all};
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;

use super::jobs::Tool;
use super::refusal::{Outcome, in_time, missing};
use crate::course::measures::{Job, Measured, Part, Refused, Report, TIMES, TRIES};
use crate::runtime::live::clock_ms;
use crate::trace::traced::TaskWaker;
use crate::trace::{Micros, Millis, Recorder, ThreadId, Trace, Traced};

/// A pause before each measurement, in ms: what the page draws meanwhile is not in it.
const PAUSE_MS: u32 = 30;

async fn pause() {
    TimeoutFuture::new(PAUSE_MS).await;
}

/// Measures all jobs, and tells what it finds. Dropped, it stops, and leaves nothing behind.
pub async fn measure(mut report: impl FnMut(Report)) {
    for job in Job::ALL {
        report(Report::Begins(job));
        if let Err(refused) = measure_one(job, &mut report).await {
            report(Report::Refused(job, refused));
        }
    }
}

async fn measure_one(job: Job, report: &mut impl FnMut(Report)) -> Outcome {
    let (tool, place) = in_time(Tool::ready(job)).await?;
    if let Some(place) = place {
        report(Report::Place(place));
    }
    // Once for nothing: the first time, a browser has to load and compile what the job needs.
    in_time(take(&tool, Part::Once)).await?;
    pause().await;
    report(Report::Took(job, Part::Once, in_time(take(&tool, Part::Once)).await?));
    for _ in 0..TRIES {
        for part in [Part::Row, Part::Together] {
            pause().await;
            report(Report::Took(job, part, in_time(take(&tool, part)).await?));
        }
    }
    Ok(())
}

/// Runs a part of what is measured of a job, and reads the record.
pub async fn take(tool: &Tool, part: Part) -> Result<Measured, Refused> {
    let origin = clock_ms();
    let clock = move || Micros::from(Millis(clock_ms() - origin));
    let log = Recorder::new(ThreadId(0), &[], Box::new(clock));
    match part {
        Part::Once => Task::spawn(&log, tool.job(0)).await?,
        Part::Row => {
            for number in 0..TIMES {
                Task::spawn(&log, tool.job(number)).await?;
            }
        }
        Part::Together => {
            let tasks: Vec<_> = (0..TIMES).map(|number| Task::spawn(&log, tool.job(number))).collect();
            try_join_all(tasks).await?;
        }
    }
    let mut trace = Trace::default();
    trace.add(0, log.take());
    Ok(Measured::of(trace))
}

/// A task of the event loop; dropped, it is cancelled.
struct Task {
    task: Arc<TaskWaker>,
    result: oneshot::Receiver<Option<Outcome>>,
}

impl Task {
    fn spawn(log: &Recorder, job: LocalBoxFuture<'static, Outcome>) -> Self {
        let traced = Traced::spawned(log, "job", job);
        let task = traced.task();
        let (sender, result) = oneshot::channel();
        spawn_local(async move {
            // If nobody waits for it any more, it has been cancelled.
            let _ = sender.send(traced.await);
        });
        Self { task, result }
    }
}

impl Future for Task {
    type Output = Outcome;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Outcome> {
        let polled = Pin::new(&mut self.result).poll(context);
        // A task that was cancelled has no outcome; but then nobody asks for it.
        polled.map(|outcome| outcome.ok().flatten().unwrap_or_else(|| Err(missing())))
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The shortest time that the browser's clock can tell. It is asked until it has moved on a few times.
pub fn grain() -> Micros {
    let (mut least, mut last, begun) = (f64::INFINITY, clock_ms(), clock_ms());
    for _ in 0..5 {
        let mut now = clock_ms();
        while now <= last && now - begun < 20.0 {
            now = clock_ms();
        }
        if now > last {
            least = least.min(now - last);
        }
        last = now;
    }
    // Where the clock is as fine as this program's own, a microsecond is the least.
    Micros::from(Millis(if least.is_finite() { least } else { 1.0 })).max(Micros(1))
}
