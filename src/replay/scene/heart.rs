//! The heartbeat: a task that does nothing but wake up every so often. If it is late, somebody
//! keeps the thread.

use crate::replay::Replay;
use crate::trace::{Micros, ThreadId};

/// The name of such a task. It is drawn as a monitor, not as a person.
pub const HEARTBEAT: &str = "heartbeat";

/// How much of the past the monitor shows.
const SHOWN: Micros = Micros(3_000_000);

/// Later than this, as a multiple of the usual time between beats, and it is late.
const LATE: f64 = 1.25;

/// What the monitor shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Heart {
    /// How long ago each beat was, as a share of what the monitor shows, 0 (now) to 1.
    pub beats: Vec<f64>,
    /// Whether a beat is overdue.
    pub late: bool,
    /// Whether the task is over.
    pub over: bool,
}

/// The monitor of a thread at a time, if it has a heartbeat.
pub(super) fn at(replay: &Replay, thread: ThreadId, time: Micros) -> Option<Heart> {
    let lane = replay.thread(thread).find(|lane| lane.name == HEARTBEAT)?;
    // The latest first: a heart has one beat at a time, so what is older than the monitor shows is not looked at.
    let fetched = replay.errands_until(lane.task, time).rev().filter_map(|io| io.fetched);
    let fetched = fetched.filter(|fetched| *fetched <= time);
    let ages = fetched.map(|beat| (time - beat).seconds() / SHOWN.seconds());
    let mut beats: Vec<_> = ages.take_while(|age| *age <= 1.0).collect();
    beats.reverse();
    let waits = replay.errands_until(lane.task, time).next_back();
    let waits = waits.filter(|io| io.fetched.is_none_or(|fetched| fetched > time));
    let late = waits.is_some_and(|io| (time - io.from).seconds() > io.planned.seconds() * LATE);
    let over = lane.over().is_some_and(|over| over <= time);
    Some(Heart { beats, late: late && !over, over })
}
