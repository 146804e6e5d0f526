//! The threads of the pool: jobs are begun in the order in which they were asked for.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use futures_channel::oneshot;

use super::{Program, Rt, Setup, World, lock};
use crate::trace::{Micros, Recorder};

/// Jobs nobody has begun, and the threads that would.
#[derive(Default)]
pub(super) struct Jobs {
    waiting: VecDeque<Job>,
    idle: VecDeque<Waker>,
}

pub(super) struct Job {
    at: Micros,
    from: usize,
    name: &'static str,
    argument: f64,
    result: Result,
}

type Result = oneshot::Sender<Option<Vec<f64>>>;

/// Asks for a job and waits for its result.
pub(super) async fn offload(
    world: Rc<World>,
    log: Recorder,
    from: usize,
    name: &'static str,
    argument: f64,
) -> Option<Vec<f64>> {
    let (result, answer) = oneshot::channel();
    let idle = {
        let mut jobs = world.jobs.borrow_mut();
        jobs.waiting.push_back(Job { at: log.now(), from, name, argument, result });
        jobs.idle.pop_front()
    };
    idle.into_iter().for_each(Waker::wake);
    answer.await.ok().flatten()
}

/// What a thread of the pool does all day: the oldest job that has been asked for, then the next.
pub(super) async fn do_jobs(world: Rc<World>, thread: usize, rt: Rt, program: impl Program, setup: Setup) {
    loop {
        let Job { from, name, argument, result, .. } =
            poll_fn(|context| world.next_job(thread, context)).await;
        let (world, job_rt, setup) = (world.clone(), rt.clone(), setup.clone());
        let done = rt.spawn(name, async move {
            let value = program.job(name).map(|job| job(&job_rt, &setup, argument));
            let answer = Answer(Mutex::new(Some((result, value))));
            lock(&world.agenda).add(job_rt.now().into(), from, Waker::from(Arc::new(answer)));
        });
        let _ = done.await;
    }
}

/// An answer on its way to another thread: it is there when that thread's time has come.
struct Answer(Mutex<Option<(Result, Option<Vec<f64>>)>>);

impl Wake for Answer {
    fn wake(self: Arc<Self>) {
        let answer = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some((result, value)) = answer {
            // Whoever asked may be gone.
            let _ = result.send(value);
        }
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
