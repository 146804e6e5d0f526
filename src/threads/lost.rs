//! Threads of the pool that die while the run goes on: another one takes their place.
//!
//! A thread that runs a program cannot be replaced: what it knew is gone with it, and the run ends.
//! A thread of the pool knew nothing but its job, and that can be begun again.

use super::run::{Phase, Shared, Thread};
use super::{STARTING_MS, jobs};
use crate::runtime::live::clock_ms;
use crate::trace::{Batch, Event, TaskId, What};

impl Shared {
    /// A thread has died. Says whether the run can go on without it.
    pub(super) fn lose(&self, thread: usize) -> bool {
        let running = *self.phase.borrow() == Phase::Running;
        if !running || thread < self.threads.programs {
            return false;
        }
        let Some(state) = self.states.borrow().get(thread).copied() else { return false };
        if state.lost {
            return true;
        }
        self.states.borrow_mut()[thread].lost = true;
        self.hands.borrow().get(thread).iter().for_each(|hand| hand.terminate());
        self.cut_short(thread);
        // One that never came to life had the same script as the next would have.
        if state.ready {
            self.replace();
        }
        self.job_lost(thread);
        (self.notify)();
        true
    }

    /// What the thread was doing ends here: it cannot say so itself any more.
    fn cut_short(&self, thread: usize) {
        let at = self.now().max(self.trace.borrow().end());
        let mine = |event: &&Event| usize::from(event.task.thread().0) == thread;
        let last =
            self.trace.borrow().events().iter().rev().filter(mine).find_map(|event| match event.what {
                What::PollStart => Some(Some(event.task)),
                What::PollEnd { .. } => Some(None),
                _ => None,
            });
        let dropped = |task: TaskId| Event { at, task, what: What::Dropped };
        if let Some(task) = last.flatten() {
            let batch = Batch { events: vec![dropped(task)], ..Batch::default() };
            self.trace.borrow_mut().add(thread, batch);
        }
    }

    /// Another thread joins the pool, as one that has not been there before.
    fn replace(&self) {
        let thread = self.hands.borrow().len();
        if thread >= jobs::MOST_THREADS {
            return;
        }
        let now = clock_ms();
        let waited_for = Thread { heard_ms: now, held_until_ms: now + STARTING_MS, ..Thread::default() };
        self.states.borrow_mut().push(waited_for);
        if self.add_hand(thread).is_err() {
            // The browser gives no more: the pool is smaller from now on.
            self.states.borrow_mut().pop();
            return;
        }
        self.add_to_pool();
        let ready = self.states.borrow()[thread].ready;
        if ready {
            self.join(thread);
        }
    }

    /// A thread that replaces another is ready.
    pub(super) fn join(&self, thread: usize) {
        self.states.borrow_mut()[thread].held_until_ms = 0.0;
        if let Some(hand) = self.hands.borrow().get(thread) {
            hand.tell(&self.start_message(thread));
        }
        self.joins_pool(thread);
    }
}
