//! The errands of a run, found by task, by thread and by time, without looking through all of them.
//!
//! What always holds: every answer is the one a search through [`Replay::ios`] from the start would give. A question takes as
//! long as a binary search, and as what it finds. Knows nothing of pictures.

use std::ops::Range;

use super::{Io, Replay, Thing};
use crate::trace::{Micros, TaskId, ThreadId};

/// How the errands of a record are found.
#[derive(Clone, Debug, Default)]
pub(super) struct Errands {
    /// The places of all errands in the record, those of one task together, in the order of asking.
    of_tasks: Vec<u32>,
    /// Until when each is open, in that order.
    open: Ends,
    /// Until when each has not been fetched, in that order; only what is cooked.
    in_hand: Ends,
    /// Until when each is open, in the order of asking.
    all_open: Ends,
    /// When each came off the grill that was not wanted or came to nothing, in the order of asking.
    spoilt: Ends,
    /// The places of what was cooked and is done, in the order in which it was done.
    called: Vec<u32>,
    /// Until when each of those has not been fetched.
    waits: Ends,
}

impl Errands {
    pub(super) fn of(ios: &[Io]) -> Self {
        let all = 0..ios.len() as u32;
        let mut of_tasks: Vec<u32> = all.clone().collect();
        // Stable: those of one task stay in the order of asking.
        of_tasks.sort_by_key(|index| ios[*index as usize].task);
        let is_called = |index: &u32| ios[*index as usize].thing == Thing::Dish && ios[*index as usize].done;
        let mut called: Vec<u32> = all.filter(is_called).collect();
        called.sort_by_key(|index| ios[*index as usize].to);
        let ends = |places: &[u32], end: fn(&Io) -> Option<Micros>| {
            Ends::new(places.iter().map(|index| end(&ios[*index as usize])))
        };
        let spoilt = |io: &Io| {
            let spoilt = io.thing == Thing::Dish && (!io.done || io.burnt.is_some());
            // A microsecond later than it came off: zero is never.
            if spoilt { io.to.map(|to| to + Micros(1)) } else { Some(Micros(0)) }
        };
        Self {
            open: ends(&of_tasks, |io| io.to),
            in_hand: ends(&of_tasks, |io| if io.thing == Thing::Dish { io.gone() } else { Some(Micros(0)) }),
            all_open: Ends::new(ios.iter().map(|io| io.to)),
            spoilt: Ends::new(ios.iter().map(spoilt)),
            waits: ends(&called, |io| io.fetched),
            of_tasks,
            called,
        }
    }
}

impl Io {
    /// When nobody waited for it any more: it was fetched, or dropped.
    fn gone(&self) -> Option<Micros> {
        self.fetched.or(self.to.filter(|_| !self.done))
    }

    /// Whether it has been fetched, or dropped, by a time.
    pub fn is_gone(&self, time: Micros) -> bool {
        self.gone().is_some_and(|gone| gone <= time)
    }

    /// Whether it has been asked for at a time, and has not ended.
    pub fn is_open(&self, time: Micros) -> bool {
        self.from <= time && self.to.is_none_or(|to| time < to)
    }
}

impl Replay {
    /// What a task has asked for, in the order of asking.
    pub fn errands(&self, task: TaskId) -> impl DoubleEndedIterator<Item = &Io> {
        self.places(task).map(|place| self.errand(place))
    }

    /// What a task had asked for by a time, in the order of asking.
    pub fn errands_until(&self, task: TaskId, time: Micros) -> impl DoubleEndedIterator<Item = &Io> {
        self.asked(task, time).map(|place| self.errand(place))
    }

    /// What a task asked for at a time, in the order of asking.
    pub fn asked_at(&self, task: TaskId, time: Micros) -> impl Iterator<Item = &Io> {
        self.errands_until(task, time)
            .rev()
            .take_while(move |io| io.from == time)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
    }

    /// What a task asked for that was done at a time, in the order of asking.
    pub fn done_at(&self, task: TaskId, time: Micros) -> impl Iterator<Item = &Io> {
        let asked = self.asked(task, time);
        // Whatever ends now ends later than a microsecond ago; only at zero there is no such time.
        let all = if time == Micros(0) { asked.clone() } else { 0..0 };
        let late = self.found.open.after(asked, time - Micros(1));
        let places = all.chain(late.filter(move |_| time > Micros(0)));
        places.map(|place| self.errand(place)).filter(move |io| io.done && io.to == Some(time))
    }

    /// What a task waits for at a time, in the order of asking.
    pub fn open_errands(&self, task: TaskId, time: Micros) -> impl Iterator<Item = &Io> {
        self.found.open.after(self.asked(task, time), time).map(|place| self.errand(place))
    }

    /// The first dish that a task has asked for and not fetched at a time.
    pub fn in_hand(&self, task: TaskId, time: Micros) -> Option<&Io> {
        let place = self.found.in_hand.after(self.asked(task, time), time).next();
        place.map(|place| self.errand(place))
    }

    /// What the tasks of a thread wait for at a time, in the order of asking.
    pub fn open_on(&self, thread: ThreadId, time: Micros) -> impl Iterator<Item = &Io> {
        let asked = 0..self.ios.partition_point(|io| io.from <= time);
        let open = self.found.all_open.after(asked, time).map(|index| &self.ios[index]);
        open.filter(move |io| io.task.thread() == thread)
    }

    /// The dishes of a thread that came off the grill by a time, less than `ago` before it, and were not wanted or came to
    /// nothing, in the order of asking.
    pub fn spoilt_on(&self, thread: ThreadId, ago: Micros, time: Micros) -> impl Iterator<Item = &Io> {
        let asked = 0..self.ios.partition_point(|io| io.from <= time);
        let since = if time < ago { Micros(0) } else { time - ago + Micros(1) };
        let spoilt = self.found.spoilt.after(asked, since).map(|index| &self.ios[index]);
        spoilt.filter(move |io| io.task.thread() == thread && io.to.is_some_and(|to| to <= time))
    }

    /// The last dish of a thread that was done by a time, less than `ago` before it, or is not fetched.
    pub fn called_on(&self, thread: ThreadId, ago: Micros, time: Micros) -> Option<&Io> {
        let found = &self.found;
        let done = |ago: Micros| {
            let is_done = |index: &u32| self.ios[*index as usize].to.is_some_and(|to| to + ago <= time);
            found.called.partition_point(is_done)
        };
        let (early, all) = (done(ago), done(Micros(0)));
        let of = |place: usize| &self.ios[found.called[place] as usize];
        let here = |io: &&Io| io.task.thread() == thread;
        let late = (early..all).rev().map(of).find(here);
        late.or_else(|| found.waits.before(0..early, time).map(of).find(here))
    }

    fn errand(&self, place: usize) -> &Io {
        &self.ios[self.found.of_tasks[place] as usize]
    }

    fn task_at(&self, index: u32) -> TaskId {
        self.ios[index as usize].task
    }

    fn places(&self, task: TaskId) -> Range<usize> {
        let places = &self.found.of_tasks;
        let from = places.partition_point(|index| self.task_at(*index) < task);
        let count = places[from..].partition_point(|index| self.task_at(*index) == task);
        from..from + count
    }

    fn asked(&self, task: TaskId, time: Micros) -> Range<usize> {
        let places = &self.found.of_tasks;
        let from = places.partition_point(|index| self.task_at(*index) < task);
        let asked = |index: &u32| {
            let io = &self.ios[*index as usize];
            io.task == task && io.from <= time
        };
        from..from + places[from..].partition_point(asked)
    }
}

/// When things end, in any order: a tree, in which each node knows the latest end below it.
#[derive(Clone, Debug, Default)]
struct Ends {
    /// The root at 1, below `n` its children at `2 n` and `2 n + 1`; the second half are the ends themselves.
    latest: Vec<Micros>,
}

impl Ends {
    /// Of things that end then; without an end, never.
    fn new(ends: impl ExactSizeIterator<Item = Option<Micros>>) -> Self {
        let width = ends.len().next_power_of_two();
        let mut latest = vec![Micros(0); 2 * width];
        for (leaf, end) in latest[width..].iter_mut().zip(ends) {
            *leaf = end.unwrap_or(Micros::MAX);
        }
        for node in (1..width).rev() {
            latest[node] = latest[2 * node].max(latest[2 * node + 1]);
        }
        Self { latest }
    }

    /// Those in a range that end after a time, in order.
    fn after(&self, mut range: Range<usize>, time: Micros) -> impl Iterator<Item = usize> {
        std::iter::from_fn(move || {
            let next = self.find(1, 0..self.latest.len() / 2, &range, time, false)?;
            range.start = next + 1;
            Some(next)
        })
    }

    /// The same, the last first.
    fn before(&self, mut range: Range<usize>, time: Micros) -> impl Iterator<Item = usize> {
        std::iter::from_fn(move || {
            let next = self.find(1, 0..self.latest.len() / 2, &range, time, true)?;
            range.end = next;
            Some(next)
        })
    }

    /// The first, or the last, in a range that ends after a time, below a node that knows those of `below`.
    fn find(
        &self,
        node: usize,
        below: Range<usize>,
        range: &Range<usize>,
        time: Micros,
        last: bool,
    ) -> Option<usize> {
        let outside = below.end <= range.start || range.end <= below.start;
        if outside || self.latest.get(node).is_none_or(|latest| *latest <= time) {
            return None;
        }
        if below.len() == 1 {
            return Some(below.start);
        }
        let middle = below.start + below.len() / 2;
        let children = [(2 * node, below.start..middle), (2 * node + 1, middle..below.end)];
        let [one, other] = if last {
            let [a, b] = children;
            [b, a]
        } else {
            children
        };
        self.find(one.0, one.1, range, time, last).or_else(|| self.find(other.0, other.1, range, time, last))
    }
}
