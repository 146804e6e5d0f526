//! The requests of a run: when each arrived, when it was answered, and what follows from that.
//!
//! A request is a task that waits first at a step called `arrive`: that wait is the way to the server, and it arrives
//! when the wait is over, whether or not the thread has time for it then. It is answered when the task is done. The
//! latency is the time between: what somebody who sent it has to wait. Everything here can be asked at any time of the
//! run, and knows nothing of what comes later.

use crate::trace::{Micros, TaskId, ThreadId};

use super::{Replay, State, Thing};

/// A request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// The task.
    pub task: TaskId,
    /// When it came to the server.
    pub arrived: Micros,
    /// When it was answered, if it has been.
    pub answered: Option<Micros>,
}

impl Request {
    /// The time from its arrival to its answer, if it has been answered.
    pub fn latency(&self) -> Option<Micros> {
        Some(self.answered? - self.arrived)
    }
}

/// The requests of a run, in the order in which they arrived.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requests {
    all: Vec<Request>,
    /// When each that was answered was, in order.
    answers: Vec<Micros>,
}

/// What a run comes to for those who sent the requests.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Summary {
    /// The latency that half of the requests do not exceed.
    pub p50: Micros,
    /// The latency that 95 of 100 do not exceed.
    pub p95: Micros,
    /// The latency that 99 of 100 do not exceed.
    pub p99: Micros,
    /// When the last one was answered.
    pub last: Micros,
    /// Answers a second, from the first arrival to the last answer.
    pub rate: f64,
}

impl Requests {
    /// All that have arrived in a run.
    pub fn of(replay: &Replay) -> Self {
        Self::on(replay, |_| true)
    }

    /// Those of some threads.
    pub(super) fn on(replay: &Replay, counts: impl Fn(ThreadId) -> bool) -> Self {
        let arrivals = replay.ios.iter().filter(|io| io.thing == Thing::Arrival && counts(io.task.thread()));
        let request = |io: &super::Io| {
            let last = replay.lane(io.task)?.spans.last()?;
            let answered = (last.state == State::Done).then_some(last.from);
            Some(Request { task: io.task, arrived: io.to.filter(|_| io.done)?, answered })
        };
        let mut all: Vec<_> = arrivals.filter_map(request).collect();
        all.sort_by_key(|request| (request.arrived, request.task));
        let mut answers: Vec<_> = all.iter().filter_map(|request| request.answered).collect();
        answers.sort();
        Self { all, answers }
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Request> {
        self.all.iter()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// How many have arrived by a time.
    pub fn arrived(&self, time: Micros) -> usize {
        self.all.partition_point(|request| request.arrived <= time)
    }

    /// How many have been answered by a time.
    pub fn answered(&self, time: Micros) -> usize {
        self.answers.partition_point(|answered| *answered <= time)
    }

    /// How many are in the server at a time: they have arrived, and wait for their answer.
    pub fn inside(&self, time: Micros) -> usize {
        self.arrived(time) - self.answered(time)
    }

    /// The most that are ever in the server at once.
    pub fn most_inside(&self) -> usize {
        // It only grows when one arrives.
        self.all.iter().map(|request| self.inside(request.arrived)).max().unwrap_or(0)
    }

    /// The times of all arrivals up to a time, in order.
    pub fn arrivals_until(&self, time: Micros) -> Vec<Micros> {
        self.all[..self.arrived(time)].iter().map(|request| request.arrived).collect()
    }

    /// The times of all answers up to a time, in order.
    pub fn answers_until(&self, time: Micros) -> Vec<Micros> {
        self.answers[..self.answered(time)].to_vec()
    }

    /// The latencies of those that have been answered by a time, the shortest first.
    pub fn latencies(&self, time: Micros) -> Vec<Micros> {
        let answered = self.all.iter().filter(|it| it.answered.is_some_and(|answered| answered <= time));
        let mut all: Vec<_> = answered.filter_map(Request::latency).collect();
        all.sort();
        all
    }

    /// The whole run, in a few numbers; zeros if nothing was answered.
    pub fn summary(&self) -> Summary {
        let latencies = self.latencies(Micros::MAX);
        let at = |share| percentile(&latencies, share).unwrap_or_default();
        let last = self.answers.last().copied().unwrap_or_default();
        let time = self.all.first().map_or(0.0, |first| (last - first.arrived).seconds());
        let rate = if time > 0.0 { latencies.len() as f64 / time } else { 0.0 };
        Summary { p50: at(0.50), p95: at(0.95), p99: at(0.99), last, rate }
    }
}

/// The smallest of some times, in order, that at least this share of them (0 to 1) does not exceed.
pub fn percentile(sorted: &[Micros], share: f64) -> Option<Micros> {
    let rank = (share * sorted.len() as f64 - 1e-9).ceil().max(1.0) as usize;
    sorted.get(rank - 1).copied()
}

/// How many of some times fall into each of `count` buckets of the same width. Each holds its lower end; whatever is
/// longer than all is in the last.
pub fn buckets(times: &[Micros], width: Micros, count: usize) -> Vec<usize> {
    let mut buckets = vec![0; count];
    for time in times {
        let index = (time.0 / width.0.max(1)) as usize;
        if let Some(bucket) = buckets.get_mut(index.min(count.saturating_sub(1))) {
            *bucket += 1;
        }
    }
    buckets
}

/// A histogram of latencies: its axes stay, and its bars grow as requests are answered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Histogram {
    /// How wide each bucket is.
    pub width: Micros,
    /// How many buckets there are.
    pub count: usize,
    /// The most requests that any bucket ever holds.
    pub highest: usize,
}

impl Histogram {
    /// The most buckets that are told apart.
    const MOST: usize = 12;

    /// With room for all latencies of some runs.
    pub fn for_all(runs: &[&Requests]) -> Self {
        let all: Vec<_> = runs.iter().map(|run| run.latencies(Micros::MAX)).collect();
        let longest = all.iter().filter_map(|latencies| latencies.last()).max().copied().unwrap_or_default();
        // Half a second at least: otherwise the smallest differences would look large.
        let span = longest.seconds().max(0.5);
        let width = Micros::from_seconds(super::chart::round_step(span, Self::MOST - 1));
        let count = (longest.0.max(500_000) / width.0.max(1)) as usize + 1;
        let most = |latencies: &Vec<Micros>| buckets(latencies, width, count).into_iter().max();
        Self { width, count, highest: all.iter().filter_map(most).max().unwrap_or(0).max(1) }
    }

    /// How many of the requests that are answered by a time are in each bucket.
    pub fn bars(&self, requests: &Requests, time: Micros) -> Vec<usize> {
        buckets(&requests.latencies(time), self.width, self.count)
    }
}
