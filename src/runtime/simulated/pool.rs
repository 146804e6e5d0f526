//! The threads of the pool: jobs are begun in the order in which they were asked for.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use futures_channel::oneshot;

use super::{Program, Rt, Runtime, Setup, Thread, World, lock};
use crate::trace::{Micros, Recorder};

/// Jobs nobody has begun, and the threads that would.
#[derive(Default)]
pub(super) struct Jobs {
    waiting: VecDeque<Job>,
    idle: VecDeque<Waker>,
}

pub(super) struct Job {
    at: Micros,
    name: &'static str,
    argument: f64,
    result: oneshot::Sender<(Micros, Option<Vec<f64>>)>,
}

/// Asks for a job and waits for its result.
pub(super) async fn offload(
    world: Rc<World>,
    log: Recorder,
    index: usize,
    name: &'static str,
    argument: f64,
) -> Option<Vec<f64>> {
    let (result, answer) = oneshot::channel();
    let idle = {
        let mut jobs = world.jobs.borrow_mut();
        jobs.waiting.push_back(Job { at: log.now(), name, argument, result });
        jobs.idle.pop_front()
    };
    idle.into_iter().for_each(Waker::wake);
    let (at, value) = answer.await.ok()?;
    // Polled for another reason, it may see the answer before it has been given.
    let early = at - log.now();
    if early > Micros(0) {
        Thread { world, index, log }.timer(early.into()).await;
    }
    value
}

/// What a thread of the pool does all day: the oldest job that has been asked for, then the next.
pub(super) async fn do_jobs(world: Rc<World>, thread: usize, rt: Rt, program: impl Program, setup: Setup) {
    loop {
        let Job { name, argument, result, .. } = poll_fn(|context| world.next_job(thread, context)).await;
        let (job_rt, setup) = (rt.clone(), setup.clone());
        let now = move || Micros::from(job_rt.now());
        let job_rt = rt.clone();
        let done = rt.spawn(name, async move {
            let value = program.job(name).map(|job| job(&job_rt, &setup, argument));
            // Whoever asked may be gone.
            let _ = result.send((now(), value));
        });
        let _ = done.await;
    }
}

impl World {
    fn next_job(&self, thread: usize, context: &Context<'_>) -> Poll<Job> {
        let mut jobs = self.jobs.borrow_mut();
        let mut agenda = lock(&self.agenda);
        match jobs.waiting.front().map(|job| job.at) {
            Some(at) if at <= agenda.clock(thread) => {
                jobs.waiting.pop_front().map_or(Poll::Pending, Poll::Ready)
            }
            // Another thread's clock is ahead: the job has not been asked for yet.
            Some(at) => {
                agenda.add(at, thread, context.waker().clone());
                Poll::Pending
            }
            None => {
                jobs.idle.push_back(context.waker().clone());
                Poll::Pending
            }
        }
    }
}
