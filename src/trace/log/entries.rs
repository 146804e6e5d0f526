//! What a thread writes down, and in how many words: a poll in which nothing happens takes one entry, and none when there are too
//! many of them.

use super::super::{By, Event, Micros, TaskId, What};
use super::{Batch, MORE, MOST_EVENTS, MUCH};

/// The entries of a log since the last were handed over.
pub(super) struct Entries {
    pub batch: Batch,
    /// How many events of this batch are recorded whole; see [`MOST_EVENTS`].
    pub room: usize,
    /// So many events more are in this batch than it has entries: some entries stand for a whole poll.
    packed: usize,
    /// Whether there have been as many as are recorded whole.
    is_thinned: bool,
    silent: Silent,
    /// Of each task, once the record is long: whether all that is recorded of it last is a poll in which nothing happened.
    quiet: Vec<bool>,
}

/// A poll in which nothing has happened yet, but that its task has asked for turns.
struct Silent {
    /// Whether there is one.
    is_on: bool,
    is_woken: bool,
    task: TaskId,
    began: Micros,
    woken: Micros,
    /// When it has asked for a turn again. Few ever do.
    again: Vec<Micros>,
}

impl Default for Entries {
    fn default() -> Self {
        let silent = Silent {
            is_on: false,
            is_woken: false,
            task: TaskId::default(),
            began: Micros(0),
            woken: Micros(0),
            again: Vec::new(),
        };
        let (batch, quiet) = (Batch::default(), Vec::new());
        Self { batch, room: MOST_EVENTS, packed: 0, is_thinned: false, silent, quiet }
    }
}

impl Entries {
    /// Something has happened to a task.
    #[inline(always)]
    pub fn add(&mut self, at: Micros, task: TaskId, what: What) {
        if self.silent.is_on || self.is_thinned {
            self.speak(task);
        }
        self.batch.events.push(Event { at, task, what });
    }

    /// If the task is being polled, its poll has begun, and its next is recorded whole, too.
    #[inline(never)]
    fn speak(&mut self, task: TaskId) {
        if self.silent.is_on {
            self.begin();
        }
        if let Some(quiet) = self.quiet.get_mut(task.index()) {
            *quiet = false;
        }
    }

    /// The begin of the silent poll, and the turns asked for in it.
    fn begin(&mut self) {
        let Silent { is_on, is_woken, task, began, woken, again } = &mut self.silent;
        *is_on = false;
        let of = |at, what| Event { at, task: *task, what };
        self.batch.events.push(of(*began, What::PollStart));
        let wakes = is_woken.then_some(*woken).into_iter().chain(again.drain(..));
        let what = What::Wake { by: By::from(Some(*task)) };
        self.batch.events.extend(wakes.map(|at| of(at, what)));
    }

    /// A poll begins, and no other is going on. Until something happens in it, nothing is written down.
    pub fn begins(&mut self, at: Micros, task: TaskId) {
        self.silent.is_on = true;
        self.silent.is_woken = false;
        self.silent.task = task;
        self.silent.began = at;
    }

    /// A task asks for another turn in its own.
    pub fn wakes_itself(&mut self, at: Micros, task: TaskId) {
        if !self.is_silent(task) {
            self.add(at, task, What::Wake { by: By::from(Some(task)) });
        } else if self.silent.is_woken {
            self.silent.again.push(at);
        } else {
            self.silent.is_woken = true;
            self.silent.woken = at;
        }
    }

    /// A poll ends.
    pub fn ends(&mut self, at: Micros, task: TaskId, ready: bool) {
        let what = What::PollEnd { ready };
        if ready || !self.silent.is_on {
            return self.add(at, task, what);
        }
        let Silent { is_woken, began, woken, .. } = self.silent;
        if is_woken && self.quiet.get(task.index()) == Some(&true) {
            // Turns asked for, as in its poll before: it was in line, and is in line.
            self.silent.again.clear();
            self.batch.left_out += 1;
        } else if is_woken && began == at && woken == at && self.silent.again.is_empty() {
            self.batch.events.push(Event { at, task, what: What::Yielded });
            self.packed += 2;
        } else {
            self.begin();
            self.batch.events.push(Event { at, task, what });
        }
        self.silent.is_on = false;
        if self.is_thinned {
            let tasks = self.quiet.len().max(task.index() + 1);
            self.quiet.resize(tasks, false);
            self.quiet[task.index()] = is_woken;
        }
    }

    /// Whether this task is in a poll in which nothing has happened.
    pub fn is_silent(&self, task: TaskId) -> bool {
        self.silent.is_on && self.silent.task == task
    }

    /// Whether as much is recorded as is recorded whole.
    pub fn is_long(&mut self) -> bool {
        self.is_thinned |= self.batch.events.len() + self.packed >= self.room;
        self.is_thinned
    }

    /// What has happened last, if that is written down.
    pub fn last(&self) -> Option<&Event> {
        self.batch.events.last().filter(|_| !self.silent.is_on)
    }

    /// What there is to hand over.
    pub fn take(&mut self) -> Batch {
        // A thread that had much to tell will have as much again: its list need not grow anew.
        let next = if self.batch.events.len() >= MUCH { MUCH + MORE } else { 0 };
        let told = self.batch.events.len() + std::mem::take(&mut self.packed);
        self.room = self.room.saturating_sub(told);
        let empty = Batch { events: Vec::with_capacity(next), ..Batch::default() };
        std::mem::replace(&mut self.batch, empty)
    }
}
