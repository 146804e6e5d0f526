//! The numbers of a run.

use crate::trace::{Micros, StepId, TaskId, ThreadId};

use super::requests::{Requests, Summary};
use super::{Replay, State, training};

/// What a run, or the run of one thread, comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Metrics {
    /// When the last task was over.
    pub total: Micros,
    /// How long the threads worked, added up.
    pub working: Micros,
    /// How long the threads were held by somebody who waited, added up.
    pub holding: Micros,
    /// How long the threads were free, added up.
    pub free: Micros,
    /// How often tasks were polled.
    pub polls: u32,
    /// The longest stretch for which one task kept a thread, and whose it was.
    pub longest_hold: Option<(Micros, TaskId, StepId)>,
    /// The longest time a customer stood in line before it was first polled.
    pub longest_line: Micros,
    /// The time all tasks together were ready and not polled (tokio-console's "scheduled").
    pub scheduled: Micros,
    /// The longest time between two beats of a heartbeat, or from its start to its first.
    pub longest_gap: Micros,
    /// The mean time from arriving to leaving.
    pub mean_served: Micros,
    /// What it comes to for those who sent requests, if there were any.
    pub requests: Summary,
    /// What came of the training, if there was one.
    pub training: training::Trained,
    /// How many threads were counted.
    pub threads: u32,
}

impl Metrics {
    /// The numbers of the whole run.
    pub fn of(replay: &Replay) -> Self {
        let training = training::Training::of(replay).and_then(|training| training.result);
        Self { training: training.unwrap_or_default(), ..Self::count(replay, |_| true) }
    }

    /// The numbers of one thread.
    pub fn of_thread(replay: &Replay, thread: ThreadId) -> Self {
        Self::count(replay, |of| of == thread)
    }

    fn count(replay: &Replay, counts: impl Fn(ThreadId) -> bool) -> Self {
        let mut all = Self::default();
        let lanes: Vec<_> = replay.lanes.iter().filter(|lane| counts(lane.task.thread())).collect();
        all.total = lanes.iter().filter_map(|lane| lane.over()).max().unwrap_or(replay.end);
        all.polls = lanes.iter().map(|lane| lane.polls).sum();
        for lane in &lanes {
            let ready = lane.spans.iter().filter(|span| span.state == State::Ready);
            all.scheduled = ready.fold(all.scheduled, |sum, span| sum + (span.to - span.from));
        }
        for lane in lanes.iter().filter(|lane| lane.name == super::scene::HEARTBEAT) {
            let beats = replay.errands(lane.task).filter_map(|io| io.fetched);
            let (gap, _) =
                beats.fold((Micros(0), lane.begin()), |(gap, last), beat| (gap.max(beat - last), beat));
            all.longest_gap = all.longest_gap.max(gap);
        }
        // The customers are the tasks that do something, apart from the program that starts them.
        let customers = || lanes.iter().filter(|lane| lane.acts);
        let waits =
            customers().filter_map(|lane| lane.spans.first()).filter(|span| span.state == State::Ready);
        all.longest_line = waits.map(|span| span.to - span.from).max().unwrap_or_default();
        let served: Vec<_> =
            customers().filter_map(|lane| Some(u64::from((lane.over()? - lane.begin()).0))).collect();
        if !served.is_empty() {
            all.mean_served = Micros((served.iter().sum::<u64>() / served.len() as u64) as u32);
        }
        all.requests = Requests::on(replay, &counts).summary();
        for (thread, clerk) in replay.clerks.iter().enumerate() {
            if counts(ThreadId(thread as u8)) {
                all.count_clerk(clerk);
            }
        }
        all
    }

    fn count_clerk(&mut self, clerk: &super::Clerk) {
        let (mut working, mut holding) = (Micros(0), Micros(0));
        let mut stretch: Option<(Micros, super::lanes::Busy, (Micros, StepId))> = None;
        for busy in &clerk.spans {
            let time = busy.to - busy.from;
            match busy.state {
                State::Holding => holding = holding + time,
                _ => working = working + time,
            }
            // A poll that works and then waits keeps the thread in one stretch; a task that yields lets go.
            // It is the doing of the step that took most of it: a real clock sees the moment after it, too.
            let (from, most) = match stretch {
                Some((from, last, most)) if (last.task, last.poll) == (busy.task, busy.poll) => {
                    (from, if time > most.0 { (time, busy.step) } else { most })
                }
                _ => (busy.from, (time, busy.step)),
            };
            stretch = Some((from, *busy, most));
            let hold = busy.to - from;
            if self.longest_hold.is_none_or(|(longest, ..)| hold > longest) {
                self.longest_hold = Some((hold, busy.task, most.1));
            }
        }
        self.threads += 1;
        self.working = self.working + working;
        self.holding = self.holding + holding;
        self.free = self.free + (self.total - working - holding);
    }

    /// A part of the threads' time as a share of it, 0 to 1.
    pub fn share(&self, part: Micros) -> f64 {
        let whole = f64::from(self.total.0) * f64::from(self.threads);
        if whole > 0.0 { f64::from(part.0) / whole } else { 0.0 }
    }
}
