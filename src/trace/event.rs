//! One event of a run: 16 bytes in memory, four words on the wire.

use super::Micros;

/// A thread of the program: 0 is the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThreadId(pub u8);

/// A task. Ids carry the thread they run on, so that threads can hand them out without asking
/// each other, and a task can never be on two threads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(u32);

impl TaskId {
    /// The most tasks a thread can have.
    pub const MOST: u32 = (1 << 24) - 1;

    /// The `index`-th task made on a thread, from 0.
    pub fn new(thread: ThreadId, index: u32) -> Self {
        Self(u32::from(thread.0) << 24 | (index & 0xff_ffff))
    }

    /// The thread it runs on.
    pub fn thread(self) -> ThreadId {
        ThreadId((self.0 >> 24) as u8)
    }

    /// The how-manieth task of its thread it is, from 0. Task 0 is the program itself.
    pub fn index(self) -> usize {
        (self.0 & 0xff_ffff) as usize
    }
}

/// Who did it: a task, or nobody known (a timer, another thread, the browser).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct By(u32);

impl By {
    /// Whoever it was, it was no task of this thread.
    pub const NOBODY: Self = Self(u32::MAX);

    /// The task, if it was one.
    pub fn task(self) -> Option<TaskId> {
        (self != Self::NOBODY).then_some(TaskId(self.0))
    }
}

impl From<Option<TaskId>> for By {
    fn from(task: Option<TaskId>) -> Self {
        task.map_or(Self::NOBODY, |task| Self(task.0))
    }
}

/// A step label: an index into the scenario's list of steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StepId(pub u16);

impl StepId {
    /// No step yet, or one the scenario does not declare.
    pub const NONE: Self = Self(u16::MAX);
}

/// How a thread is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// CPU work.
    Work,
    /// Waiting without letting go of the thread: the mistake.
    BlockingIo,
}

/// What happened to a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the variants' texts say what their fields are")]
pub enum What {
    /// A coroutine was made; nobody has asked for it to run yet.
    Made { by: By },
    /// A coroutine that was made is awaited: from here on it runs as part of the task that awaits it.
    Entered { by: By },
    /// The task was given to the executor.
    Spawned { by: By },
    /// The executor began to poll it.
    PollStart,
    /// The poll ended: ready (it has its result) or pending.
    PollEnd { ready: bool },
    /// Its waker was called.
    Wake { by: By },
    /// A whole poll, from its begin to its end, in which the task did nothing but wake itself, all at one reading of the clock. Only on
    /// the way from a thread: see [`Event::unpacked`].
    Yielded,
    /// It was dropped before it was ready: cancelled.
    Dropped,
    /// It ended with an error; `text` is an index into the thread's texts.
    Failed { text: u32 },
    /// It began to hold its thread, for about `planned`.
    HoldStart { hold: Hold, step: StepId, planned: Micros },
    /// It stopped holding its thread.
    HoldEnd,
    /// It asked for something that takes time elsewhere; `planned` is how long, where known.
    IoStart { step: StepId, planned: Micros },
    /// What it asked for is there (`done`), or is no longer wanted.
    IoEnd { step: StepId, done: bool },
    /// It printed a line; `text` is an index into the thread's texts.
    Say { text: u32 },
    /// It now stands at this step.
    At { step: StepId },
    /// One of its local variables has this value: `text` is `name = value`.
    Local { text: u32 },
    /// An error was raised in it, whoever handles it; `text` is an index into the thread's texts.
    Raised { text: u32 },
}

/// Something that happened to a task at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// When, since the run began.
    pub at: Micros,
    /// To whom.
    pub task: TaskId,
    /// What.
    pub what: What,
}

const _: () = assert!(size_of::<Event>() == 16);

/// The number of 32-bit words an event takes on the wire.
pub const WORDS: usize = 4;

impl Event {
    /// How many events it tells of, see [`Self::unpacked`].
    pub fn told(&self) -> usize {
        if self.what == What::Yielded { 3 } else { 1 }
    }

    /// The events that it tells of, in order: itself, or a poll that was packed into one.
    pub fn unpacked(self) -> impl Iterator<Item = Self> {
        let by = By::from(Some(self.task));
        let of = |what| Self { what, ..self };
        let poll = [What::PollStart, What::Wake { by }, What::PollEnd { ready: false }];
        let all = if self.what == What::Yielded { poll.map(of) } else { [self; 3] };
        all.into_iter().take(self.told())
    }

    /// For the wire: time, task, kind and small numbers, large number.
    pub fn encode(self) -> [u32; WORDS] {
        let step = |step: StepId| u32::from(step.0) << 16;
        let (kind, large) = match self.what {
            What::Made { by } => (0, by.0),
            What::Spawned { by } => (1, by.0),
            What::PollStart => (2, 0),
            What::PollEnd { ready } => (3, ready.into()),
            What::Wake { by } => (4, by.0),
            What::Dropped => (5, 0),
            What::Failed { text } => (6, text),
            What::HoldStart { hold, step: s, planned } => {
                let kind = if hold == Hold::BlockingIo { 13 } else { 7 };
                (kind | step(s), planned.0)
            }
            What::HoldEnd => (8, 0),
            What::IoStart { step: s, planned } => (9 | step(s), planned.0),
            What::IoEnd { step: s, done } => (10 | step(s), done.into()),
            What::Say { text } => (11, text),
            What::At { step: s } => (12 | step(s), 0),
            What::Local { text } => (14, text),
            What::Entered { by } => (15, by.0),
            What::Raised { text } => (16, text),
            What::Yielded => (17, 0),
        };
        [self.at.0, self.task.0, kind, large]
    }

    /// From the wire. `None` if the words are no event.
    pub fn decode([at, task, small, large]: [u32; WORDS]) -> Option<Self> {
        let step = StepId((small >> 16) as u16);
        let by = By(large);
        let flag = large == 1;
        let what = match small & 0xffff {
            0 => What::Made { by },
            1 => What::Spawned { by },
            2 => What::PollStart,
            3 => What::PollEnd { ready: flag },
            4 => What::Wake { by },
            5 => What::Dropped,
            6 => What::Failed { text: large },
            7 => What::HoldStart { hold: Hold::Work, step, planned: Micros(large) },
            8 => What::HoldEnd,
            9 => What::IoStart { step, planned: Micros(large) },
            10 => What::IoEnd { step, done: flag },
            11 => What::Say { text: large },
            12 => What::At { step },
            13 => What::HoldStart { hold: Hold::BlockingIo, step, planned: Micros(large) },
            14 => What::Local { text: large },
            15 => What::Entered { by },
            16 => What::Raised { text: large },
            17 => What::Yielded,
            _ => return None,
        };
        Some(Self { at: Micros(at), task: TaskId(task), what })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_event_survives_the_wire() {
        let task = TaskId::new(ThreadId(3), 7);
        let step = StepId(2);
        let by = By::from(Some(TaskId::new(ThreadId(3), 1)));
        let kinds = [
            What::Made { by },
            What::Spawned { by: By::NOBODY },
            What::PollStart,
            What::PollEnd { ready: true },
            What::PollEnd { ready: false },
            What::Wake { by },
            What::Dropped,
            What::Failed { text: 9 },
            What::HoldStart { hold: Hold::Work, step, planned: Micros(8) },
            What::HoldStart { hold: Hold::BlockingIo, step, planned: Micros(9) },
            What::HoldEnd,
            What::IoStart { step, planned: Micros(123) },
            What::IoEnd { step, done: true },
            What::IoEnd { step, done: false },
            What::Say { text: 4 },
            What::At { step: StepId::NONE },
            What::Local { text: 5 },
            What::Entered { by },
            What::Raised { text: 6 },
            What::Yielded,
        ];
        for what in kinds {
            let event = Event { at: Micros(5), task, what };
            assert_eq!(Event::decode(event.encode()), Some(event));
        }
        assert_eq!(Event::decode([0, 0, 99, 0]), None);
        assert_eq!((task.thread(), task.index()), (ThreadId(3), 7));
    }
}
