//! Where a thread records what happens to its tasks.
//!
//! One log a thread. Wakers must be `Send + Sync`, so the log is shared through a mutex; it is
//! never contended, and on wasm without threads it costs no more than a flag.

use std::sync::{Arc, Mutex, MutexGuard};

use super::{By, Event, Micros, StepId, TaskId, ThreadId, What};

/// Polls that follow each other this closely are one stretch: the event loop was not idle between.
const SAME_STRETCH: Micros = Micros(4000);

/// So many polls in which nothing happened, but that the task asked for another turn, share one reading of the clock at most:
/// a browser's clock costs more than such a poll, and most of the time it has not even moved between two of them.
const SHARED: u32 = 32;

/// So many events are much: they are better handed over now than kept (1 MiB).
pub const MUCH: usize = 1 << 16;

/// So many events of a thread are recorded whole (64 MiB, and as much again in the page that shows them). Every future of a
/// program with 100,000 of them may yield ten times within that. From then on a poll in which a task did nothing but ask for
/// another turn, as in its poll before, is left out, from its begin to its end, and counted: only a program that does little else
/// comes this far. Such a task was in line before, and is in line again. Everything else is recorded for as long as the run
/// lasts, so states, holds and errands stay true.
pub const MOST_EVENTS: usize = 1 << 22;

/// So many events more there may be before somebody looks: a list that has no room for them would grow to twice its size.
const MORE: usize = 1 << 10;

/// The clock of a thread: how long ago the run began.
pub type Clock = Box<dyn Fn() -> Micros + Send>;

/// A shared handle to a thread's log.
#[derive(Clone)]
pub struct Recorder(Arc<Mutex<Log>>);

/// What a thread has recorded and not yet handed over.
pub struct Log {
    thread: ThreadId,
    steps: &'static [&'static str],
    clock: Clock,
    pinned: Option<Micros>,
    current: Option<TaskId>,
    depth: u32,
    busy: (Micros, Micros),
    /// Whether the event loop has been idle since the last poll, where somebody tells.
    idle: Option<bool>,
    /// The last reading of the clock, while polls follow each other without a pause; see [`Recorder::goes_on`].
    read: Option<Micros>,
    /// How many polls have ended since that reading, without one of their own.
    shared: u32,
    tasks: u32,
    texts: u32,
    batch: Batch,
    /// How many events of this batch are recorded whole; see [`MOST_EVENTS`].
    room: usize,
    /// Whether there have been as many.
    is_thinned: bool,
    /// The begin of a poll that may be left out, and what its task has asked for in it: nothing but turns.
    silent: Vec<Event>,
    /// Of each task, once the record is long: whether all that is recorded of it last is a poll in which nothing happened.
    quiet: Vec<bool>,
}

/// Events on their way from a thread to whoever looks at them, with the names and texts they
/// mention. Names and texts are numbered in the order in which they come.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Batch {
    /// In the order in which the thread recorded them.
    pub events: Vec<Event>,
    /// The names of the tasks that are new in this batch, in the order of their ids.
    pub names: Vec<String>,
    /// The texts that are new in this batch.
    pub texts: Vec<String>,
    /// How many polls were left out since the batch before; see [`MOST_EVENTS`].
    pub left_out: u32,
}

impl Batch {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty() && self.names.is_empty() && self.texts.is_empty() && self.left_out == 0
    }
}

impl Recorder {
    /// An empty log for a thread of a scenario with these steps.
    pub fn new(thread: ThreadId, steps: &'static [&'static str], clock: Clock) -> Self {
        Self(Arc::new(Mutex::new(Log {
            thread,
            steps,
            clock,
            pinned: None,
            current: None,
            depth: 0,
            busy: Default::default(),
            idle: None,
            read: None,
            shared: 0,
            tasks: 0,
            texts: 0,
            batch: Batch::default(),
            room: MOST_EVENTS,
            is_thinned: false,
            silent: Vec::new(),
            quiet: Vec::new(),
        })))
    }

    /// From so many events on, counted from now, polls in which nothing happens are left out; see [`MOST_EVENTS`].
    pub fn thin_after(&self, events: usize) {
        self.lock().room = events;
    }

    fn lock(&self) -> MutexGuard<'_, Log> {
        // No code panics while it has the lock; if one ever did, the log is still whole.
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// The time since the run began.
    pub fn now(&self) -> Micros {
        self.lock().now()
    }

    /// The thread it belongs to.
    pub fn thread(&self) -> ThreadId {
        self.lock().thread
    }

    /// The task being polled now.
    pub fn current(&self) -> Option<TaskId> {
        self.lock().current
    }

    /// Gives a new task its id.
    pub fn new_task(&self, name: &str) -> TaskId {
        let mut log = self.lock();
        let id = TaskId::new(log.thread, log.tasks);
        log.tasks = (log.tasks + 1).min(TaskId::MOST);
        log.batch.names.push(name.to_owned());
        id
    }

    /// Records that something happened to a task now.
    pub fn record(&self, task: TaskId, what: What) {
        self.lock().record(task, what);
    }

    /// Records that something happened to the task being polled now; outside a poll, nothing.
    pub fn record_current(&self, what: What) {
        let mut log = self.lock();
        if let Some(task) = log.current {
            log.record(task, what);
        }
    }

    /// Records what the running task prints.
    pub fn say(&self, text: String) {
        let text = self.lock().text(text);
        self.record_current(What::Say { text });
    }

    /// Records the value of a local variable of the running task.
    pub fn local(&self, text: String) {
        let text = self.lock().text(text);
        self.record_current(What::Local { text });
    }

    /// Records that an error was raised in the running task.
    pub fn raise(&self, error: String) {
        let text = self.lock().text(error);
        self.record_current(What::Raised { text });
    }

    /// Records that a task ended with an error.
    pub fn fail(&self, task: TaskId, reason: String) {
        let mut log = self.lock();
        let text = log.text(reason);
        log.record(task, What::Failed { text });
    }

    /// Records that a task was woken by whoever runs now.
    pub fn wake(&self, task: TaskId) {
        let mut log = self.lock();
        let by = By::from(log.current);
        let what = What::Wake { by };
        // Asked for in its own turn: that changes nothing before its poll is over.
        let own = log.current == Some(task);
        let at = match log.read {
            Some(at) if own && log.pinned.is_none() => at,
            _ if own && log.is_silent(task) => log.reading(),
            _ => return log.record(task, what),
        };
        if log.is_silent(task) {
            log.silent.push(Event { at, task, what });
        } else {
            log.push(at, task, what);
        }
    }

    /// Records the begin of a poll; the answer goes to [`Self::leave`].
    pub fn enter(&self, task: TaskId) -> Option<TaskId> {
        let mut log = self.lock();
        let now = match log.read {
            // It follows at once upon the poll that ended at this reading.
            Some(read) if log.depth == 0 && log.pinned.is_none() => read,
            _ => log.reading(),
        };
        if log.depth == 0 && log.is_long() {
            log.silent.push(Event { at: now, task, what: What::PollStart });
        } else {
            log.push(now, task, What::PollStart);
        }
        if log.depth == 0 && now > log.busy.1 + SAME_STRETCH && log.idle != Some(false) {
            log.busy.0 = now;
        }
        log.depth += 1;
        log.current.replace(task)
    }

    /// Records the end of a poll.
    pub fn leave(&self, task: TaskId, before: Option<TaskId>, ready: bool) {
        let mut log = self.lock();
        let now = match log.read {
            Some(read) if log.shared < SHARED && log.pinned.is_none() => {
                log.shared += 1;
                read
            }
            _ => log.reading(),
        };
        // Its begin, and turns asked for, as in its poll before: it was in line, and is in line.
        let silent = !ready && log.silent.len() > 1;
        if silent && log.quiet.get(task.index()) == Some(&true) {
            log.silent.clear();
            log.batch.left_out += 1;
        } else {
            log.push(now, task, What::PollEnd { ready });
            if silent {
                log.is_quiet(task);
            }
        }
        log.depth -= 1;
        log.busy.1 = now;
        log.idle = log.idle.map(|_| false);
        log.current = before;
    }

    /// Whether from here on polls follow each other without a pause. Then one begins when the one before has ended, and a few
    /// in which nothing else happened share a reading of the clock. An executor that does not say so has every reading taken.
    ///
    /// So the time of a silent poll is that of the last reading before its end: it is never late, and early by no more than what
    /// the silent polls before it took, 32 of them at most. What they took is counted for the poll that follows. What is
    /// recorded in a poll, and its end if there is anything, has its own reading.
    pub fn goes_on(&self, goes_on: bool) {
        let mut log = self.lock();
        log.read = None;
        if goes_on {
            let now = (log.clock)();
            log.read = Some(now);
            log.shared = 0;
        }
    }

    /// The event loop has done something that it does regularly, `on_time` or late. If late, it had no time: the stretch of
    /// polls goes on, whatever there was between two of them.
    pub fn turned(&self, on_time: bool) {
        self.lock().idle = Some(on_time);
    }

    /// Does something as a task that is not being polled, such as dropping what it holds.
    pub fn as_task(&self, task: TaskId, act: impl FnOnce()) {
        let before = self.lock().current.replace(task);
        act();
        self.lock().current = before;
    }

    /// The number of a step label.
    pub fn step(&self, label: &str) -> StepId {
        let log = self.lock();
        let index = log.steps.iter().position(|step| *step == label);
        index.map_or(StepId::NONE, |index| StepId(index as u16))
    }

    /// Does something as of the time `due`, if the thread was busy polling when it was due.
    ///
    /// A busy thread hears late of what happens elsewhere: a timer's callback waits for the
    /// thread. The meat was done when it was done, so that is the time that is recorded. Where
    /// the thread was free, the time is the one at which it heard.
    pub fn when_due(&self, due: Micros, act: impl FnOnce()) {
        let mut log = self.lock();
        let (from, to) = log.busy;
        let shadowed = from <= due && due <= to && due < log.now();
        let before = log.pinned;
        if shadowed {
            log.pinned = Some(due);
        }
        drop(log);
        act();
        self.lock().pinned = before;
    }

    /// Hands over what was recorded since the last time.
    pub fn take(&self) -> Batch {
        let mut log = self.lock();
        // A thread that had much to tell will have as much again: its list need not grow anew.
        let next = if log.batch.events.len() >= MUCH { MUCH + MORE } else { 0 };
        log.room = log.room.saturating_sub(log.batch.events.len());
        let empty = Batch { events: Vec::with_capacity(next), ..Batch::default() };
        std::mem::replace(&mut log.batch, empty)
    }

    /// How many events wait to be handed over.
    pub fn pending(&self) -> usize {
        self.lock().batch.events.len()
    }
}

impl Log {
    fn now(&self) -> Micros {
        self.pinned.unwrap_or_else(|| (self.clock)())
    }

    /// Looks at the clock. Whoever shares readings from now on shares this one.
    fn reading(&mut self) -> Micros {
        if let Some(pinned) = self.pinned {
            return pinned;
        }
        let now = (self.clock)();
        self.shared = 0;
        if self.read.is_some() {
            self.read = Some(now);
        }
        now
    }

    fn record(&mut self, task: TaskId, what: What) {
        let at = self.reading();
        // Something has happened in this poll: how long it took is worth a reading of its own.
        self.shared = SHARED;
        self.push(at, task, what);
    }

    #[inline(always)]
    fn push(&mut self, at: Micros, task: TaskId, what: What) {
        if self.is_thinned {
            self.speak(task);
        }
        self.batch.events.push(Event { at, task, what });
    }

    /// Something has happened: a poll that might have been left out is recorded whole, and so is the task's next.
    #[cold]
    fn speak(&mut self, task: TaskId) {
        self.batch.events.append(&mut self.silent);
        if let Some(quiet) = self.quiet.get_mut(task.index()) {
            *quiet = false;
        }
    }

    /// Nothing has happened in the last poll of a task, which is recorded.
    fn is_quiet(&mut self, task: TaskId) {
        let tasks = self.quiet.len().max(task.index() + 1);
        self.quiet.resize(tasks, false);
        self.quiet[task.index()] = true;
    }

    /// Whether this task is in a poll that may be left out.
    fn is_silent(&self, task: TaskId) -> bool {
        self.silent.first().is_some_and(|begin| begin.task == task)
    }

    /// Whether as much is recorded as is recorded whole.
    fn is_long(&mut self) -> bool {
        self.is_thinned |= self.batch.events.len() >= self.room;
        self.is_thinned
    }

    fn text(&mut self, text: String) -> u32 {
        self.batch.texts.push(text);
        self.texts += 1;
        self.texts - 1
    }
}

#[cfg(test)]
mod tests;
