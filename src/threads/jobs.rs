//! Jobs that threads hand over: who does which, and which nobody does yet.

use std::collections::VecDeque;

use super::message::ToThread;
use super::run::Shared;

/// The jobs of a run.
#[derive(Default)]
pub(super) struct Jobs {
    waiting: VecDeque<Job>,
    doing: Vec<Option<Job>>,
}

/// A job, and who asked for it.
#[derive(Clone)]
pub(super) struct Job {
    pub from: usize,
    pub id: f64,
    pub name: String,
    pub argument: f64,
}

impl Jobs {
    /// For a pool of so many threads.
    pub fn new(pool: usize) -> Self {
        Self { waiting: VecDeque::new(), doing: vec![None; pool] }
    }
}

impl Shared {
    /// A thread asks for a job to be done.
    pub(super) fn ask(&self, job: Job) {
        self.jobs.borrow_mut().waiting.push_back(job);
        self.hand_out_jobs();
    }

    /// Gives waiting jobs to threads of the pool that have nothing to do, the oldest first.
    fn hand_out_jobs(&self) {
        let mut jobs = self.jobs.borrow_mut();
        let Jobs { waiting, doing } = &mut *jobs;
        for (index, place) in doing.iter_mut().enumerate().filter(|(_, job)| job.is_none()) {
            let Some(job) = waiting.pop_front() else { return };
            if let Some(hand) = self.hands.borrow().get(self.threads.programs + index) {
                hand.tell(&ToThread::Job { id: job.id, name: job.name.clone(), argument: job.argument });
                *place = Some(job);
            }
        }
        if doing.is_empty() {
            // There is no pool: nobody can do it.
            waiting.drain(..).for_each(|job| self.answer(&job, None));
        }
    }

    /// A thread of the pool has done its job.
    pub(super) fn job_done(&self, thread: usize, value: Option<Vec<f64>>) {
        let index = thread.checked_sub(self.threads.programs);
        let job = index.and_then(|index| self.jobs.borrow_mut().doing.get_mut(index)?.take());
        if let Some(job) = job {
            self.answer(&job, value);
        }
        self.hand_out_jobs();
    }

    fn answer(&self, job: &Job, value: Option<Vec<f64>>) {
        if let Some(hand) = self.hands.borrow().get(job.from) {
            hand.tell(&ToThread::Answer { id: job.id, value });
        }
    }
}
