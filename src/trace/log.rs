//! Where a thread records what happens to its tasks.
//!
//! One log a thread. Wakers must be `Send + Sync`, so the log is shared through a mutex; it is
//! never contended, and on wasm without threads it costs no more than a flag.

mod batch;
mod entries;
mod readings;

use std::sync::{Arc, Mutex, MutexGuard};

use super::{By, Micros, StepId, TaskId, ThreadId, What};

use entries::Entries;
use readings::Readings;

pub use batch::Batch;
pub use readings::Clock;

/// Polls that follow each other this closely are one stretch: the event loop was not idle between.
const SAME_STRETCH: Micros = Micros(4000);

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

/// A shared handle to a thread's log.
#[derive(Clone)]
pub struct Recorder(Arc<Mutex<Log>>);

/// What a thread has recorded and not yet handed over.
pub struct Log {
    thread: ThreadId,
    steps: &'static [&'static str],
    readings: Readings,
    /// The task that is being polled.
    current: By,
    depth: u32,
    busy: (Micros, Micros),
    /// Whether the event loop has been idle since the last poll, where somebody tells.
    idle: Option<bool>,
    /// Whether more has happened in this poll than that its task has asked for another turn.
    has_news: bool,
    tasks: u32,
    texts: u32,
    entries: Entries,
}

impl Recorder {
    /// An empty log for a thread of a scenario with these steps.
    pub fn new(thread: ThreadId, steps: &'static [&'static str], clock: Clock) -> Self {
        Self(Arc::new(Mutex::new(Log {
            thread,
            steps,
            readings: Readings::of(clock),
            current: By::NOBODY,
            depth: 0,
            busy: Default::default(),
            idle: None,
            has_news: false,
            tasks: 0,
            texts: 0,
            entries: Entries::default(),
        })))
    }

    /// From so many events on, counted from now, polls in which nothing happens are left out; see [`MOST_EVENTS`].
    pub fn thin_after(&self, events: usize) {
        self.lock().entries.room = events;
    }

    fn lock(&self) -> MutexGuard<'_, Log> {
        // No code panics while it has the lock; if one ever did, the log is still whole.
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// The time since the run began.
    pub fn now(&self) -> Micros {
        self.lock().readings.now()
    }

    /// The thread it belongs to.
    pub fn thread(&self) -> ThreadId {
        self.lock().thread
    }

    /// The task being polled now.
    pub fn current(&self) -> Option<TaskId> {
        self.lock().current.task()
    }

    /// Gives a new task its id.
    pub fn new_task(&self, name: &str) -> TaskId {
        self.lock().new_task(name)
    }

    /// Gives a new task its id, and records that whoever runs now has given it to the executor.
    ///
    /// While polls follow each other without a pause, or a turn is on its way, tasks that are spawned one right after another share
    /// readings, as silent polls do (see [`Self::goes_on`]): their time is never late, and early by what making those between took.
    pub fn spawned(&self, name: &str) -> TaskId {
        let mut log = self.lock();
        let task = log.new_task(name);
        let what = What::Spawned { by: log.current };
        let at = if log.has_spawned_last() { log.readings.shared() } else { log.readings.read() };
        log.has_news = true;
        log.entries.add(at, task, what);
        task
    }

    /// A task has been put in line, so a turn is on its way, if this is not one: until then nothing goes on but whoever has spawned it.
    pub fn turn_comes(&self) {
        let mut log = self.lock();
        let last = log.entries.last().map(|event| event.at);
        log.readings.turn_comes(last);
    }

    /// Records that something happened to a task now.
    pub fn record(&self, task: TaskId, what: What) {
        self.lock().record(task, what);
    }

    /// Records that something happened to the task being polled now; outside a poll, nothing.
    pub fn record_current(&self, what: What) {
        let mut log = self.lock();
        if let Some(task) = log.current.task() {
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
        let by = log.current;
        if by.task() != Some(task) {
            return log.record(task, What::Wake { by });
        }
        // Asked for in its own turn: that changes nothing before its poll is over.
        match log.readings.last() {
            Some(at) => log.entries.wakes_itself(at, task),
            None if log.entries.is_silent(task) => {
                let at = log.readings.read();
                log.entries.wakes_itself(at, task);
            }
            None => log.record(task, What::Wake { by }),
        }
    }

    /// Records the begin of a poll; the answer goes to [`Self::leave`].
    pub fn enter(&self, task: TaskId) -> By {
        let mut log = self.lock();
        let now = match log.readings.last() {
            // It follows at once upon the poll that ended at this reading.
            Some(last) if log.depth == 0 => last,
            _ => log.readings.read(),
        };
        if log.depth == 0 && (log.entries.is_long() || log.readings.is_shared()) {
            log.entries.begins(now, task);
        } else {
            log.entries.add(now, task, What::PollStart);
        }
        if log.depth == 0 && now > log.busy.1 + SAME_STRETCH && log.idle != Some(false) {
            log.busy.0 = now;
        }
        log.depth += 1;
        std::mem::replace(&mut log.current, By::from(Some(task)))
    }

    /// Records the end of a poll.
    pub fn leave(&self, task: TaskId, before: By, ready: bool) {
        let mut log = self.lock();
        // If there was anything, how long it took is worth a reading of its own.
        let has_news = std::mem::take(&mut log.has_news);
        let now = if has_news { log.readings.read() } else { log.readings.shared() };
        log.entries.ends(now, task, ready);
        log.depth -= 1;
        log.busy.1 = now;
        log.idle = log.idle.map(|_| false);
        log.current = before;
    }

    /// Whether from here on polls follow each other without a pause. Then one begins when the one before has ended, and a few
    /// in which nothing else happened share a reading of the clock. An executor that does not say so has every reading taken.
    ///
    /// So the time of a silent poll is that of the last reading before its end: it is never late, and early by no more than what
    /// the silent polls before it took: 32 of them at most, and more, up to 512, while as many as shared the reading before took
    /// 100 µs or less. What they took is counted for the poll that follows. What is recorded in a poll, and its end if there is
    /// anything, has its own reading.
    pub fn goes_on(&self, goes_on: bool) {
        let mut log = self.lock();
        log.has_news = false;
        log.readings.goes_on(goes_on);
    }

    /// The event loop has done something that it does regularly, `on_time` or late. If late, it had no time: the stretch of
    /// polls goes on, whatever there was between two of them.
    pub fn turned(&self, on_time: bool) {
        self.lock().idle = Some(on_time);
    }

    /// Does something as a task that is not being polled, such as dropping what it holds.
    pub fn as_task(&self, task: TaskId, act: impl FnOnce()) {
        let before = std::mem::replace(&mut self.lock().current, By::from(Some(task)));
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
        let shadowed = from <= due && due <= to && due < log.readings.now();
        let before = log.readings.pinned;
        if shadowed {
            log.readings.pinned = Some(due);
        }
        drop(log);
        act();
        self.lock().readings.pinned = before;
    }

    /// Hands over what was recorded since the last time.
    pub fn take(&self) -> Batch {
        self.lock().entries.take()
    }

    /// How many events wait to be handed over.
    pub fn pending(&self) -> usize {
        self.lock().entries.batch.events.len()
    }
}

impl Log {
    fn new_task(&mut self, name: &str) -> TaskId {
        let id = TaskId::new(self.thread, self.tasks);
        self.tasks = (self.tasks + 1).min(TaskId::MOST);
        let names = &mut self.entries.batch.names;
        let name = names.last().filter(|last| ***last == *name).cloned().unwrap_or_else(|| name.into());
        names.push(name);
        id
    }

    /// Whether nothing has happened since a task was given to the executor.
    fn has_spawned_last(&self) -> bool {
        self.entries.last().is_some_and(|event| matches!(event.what, What::Spawned { .. }))
    }

    fn record(&mut self, task: TaskId, what: What) {
        let at = self.readings.read();
        self.has_news = true;
        self.entries.add(at, task, what);
    }

    fn text(&mut self, text: String) -> u32 {
        self.entries.batch.texts.push(text);
        self.texts += 1;
        self.texts - 1
    }
}

#[cfg(test)]
mod tests;
