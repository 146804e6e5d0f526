//! The threads of the pool: jobs are begun in the order in which they were asked for.

use std::collections::VecDeque;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

use futures_channel::oneshot;

use super::{Agenda, Program, Rt, Runtime, Setup, Thread, World, lock};
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
    result: oneshot::Sender<(Micros, Option<f64>)>,
}

/// Asks for a job and waits for its result.
pub(super) async fn offload(
    world: Rc<World>,
    log: Recorder,
    index: usize,
    name: &'static str,
    argument: f64,
) -> Option<f64> {
    let (result, answer) = oneshot::channel();
    let idle = {
        let mut jobs = world.jobs.borrow_mut();
        jobs.waiting.push_back(Job { at: log.now(), name, argument, result });
        jobs.idle.pop_front()
    };
    idle.into_iter().for_each(Waker::wake);
    // Whoever does the job is ahead of us: its answer is on its way until our clock is where its clock is now.
    let mut answer = pin!(answer);
    let relayed = poll_fn(|context| {
        let relay = Relay { agenda: world.agenda.clone(), thread: index, waker: context.waker().clone() };
        answer.as_mut().poll(&mut Context::from_waker(&Waker::from(Arc::new(relay))))
    });
    let (at, value) = relayed.await.ok()?;
    // Polled for another reason, it may see the answer before it has been given.
    let early = at - log.now();
    if early > Micros(0) {
        Thread { world, index, log }.timer(early.into()).await;
    }
    value
}

/// Calls a waker of a thread when that thread's clock is where the caller's is now.
struct Relay {
    agenda: Arc<Mutex<Agenda>>,
    thread: usize,
    waker: Waker,
}

impl Wake for Relay {
    fn wake(self: Arc<Self>) {
        let mut agenda = lock(&self.agenda);
        if let Some(other) = agenda.running.filter(|other| *other != self.thread) {
            let now = agenda.clock(other);
            agenda.add(now, self.thread, self.waker.clone());
            return;
        }
        drop(agenda);
        self.waker.wake_by_ref();
    }
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
