//! Jobs that threads hand over: who does which, and which nobody does yet.
//!
//! A thread of the pool that dies is replaced, and its job is begun once more by another. A job that two
//! threads have died of is given back without an answer.

use std::collections::VecDeque;

use super::message::ToThread;
use super::run::Shared;

/// A run never has more threads than this, those that have died included.
pub(super) const MOST_THREADS: usize = 128;

/// How often a job is begun before it counts as one that cannot be done.
const TRIES: u8 = 2;

/// The jobs of a run.
#[derive(Default)]
pub(super) struct Jobs {
    waiting: VecDeque<Job>,
    /// What each thread of the pool does.
    places: Vec<Place>,
}

/// What is known of a thread of the pool.
enum Place {
    /// It is being started, and gets jobs when it is ready.
    Starting,
    /// It has nothing to do.
    Free,
    /// It does a job.
    Doing(Job),
    /// It is dead.
    Lost,
}

/// A job, and who asked for it.
#[derive(Clone)]
pub(super) struct Job {
    pub from: usize,
    pub id: f64,
    pub name: String,
    pub argument: f64,
    /// How often it has been begun.
    pub tries: u8,
}

impl Jobs {
    /// For a pool of so many threads.
    pub fn new(pool: usize) -> Self {
        Self { waiting: VecDeque::new(), places: (0..pool).map(|_| Place::Free).collect() }
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
        let Jobs { waiting, places } = &mut *jobs;
        for (index, place) in places.iter_mut().enumerate().filter(|(_, it)| matches!(it, Place::Free)) {
            let Some(mut job) = waiting.pop_front() else { return };
            let message = ToThread::Job { id: job.id, name: job.name.clone(), argument: job.argument };
            self.tell(self.threads.programs + index, message);
            job.tries += 1;
            *place = Place::Doing(job);
        }
        if places.iter().all(|place| matches!(place, Place::Lost)) {
            // There is no pool, or none any more: nobody can do it.
            waiting.drain(..).for_each(|job| self.answer(&job, None));
        }
    }

    /// A thread of the pool has done its job.
    pub(super) fn job_done(&self, thread: usize, value: Option<Vec<f64>>) {
        let place = self.place(thread, |place| matches!(place, Place::Doing(_)), Place::Free);
        if let Some(Place::Doing(job)) = place {
            self.answer(&job, value);
        }
        self.hand_out_jobs();
    }

    /// A thread of the pool has died. Its job, if it had one, is begun again, or given back.
    pub(super) fn job_lost(&self, thread: usize) {
        if let Some(Place::Doing(job)) = self.place(thread, |_| true, Place::Lost) {
            if job.tries < TRIES {
                self.jobs.borrow_mut().waiting.push_front(job);
            } else {
                self.answer(&job, None);
            }
        }
        self.hand_out_jobs();
    }

    /// Another thread joins the pool: it gets jobs when it is ready.
    pub(super) fn add_to_pool(&self) {
        self.jobs.borrow_mut().places.push(Place::Starting);
    }

    /// A thread that joins the pool is ready.
    pub(super) fn joins_pool(&self, thread: usize) {
        self.place(thread, |place| matches!(place, Place::Starting), Place::Free);
        self.hand_out_jobs();
    }

    /// Puts another thing in a thread's place, if it is as it should be, and gives what was there.
    fn place(&self, thread: usize, is: impl Fn(&Place) -> bool, by: Place) -> Option<Place> {
        let index = thread.checked_sub(self.threads.programs)?;
        let mut jobs = self.jobs.borrow_mut();
        let place = jobs.places.get_mut(index).filter(|place| is(place))?;
        Some(std::mem::replace(place, by))
    }

    fn answer(&self, job: &Job, value: Option<Vec<f64>>) {
        self.tell(job.from, ToThread::Answer { id: job.id, value });
    }
}
