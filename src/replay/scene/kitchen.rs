//! The kitchen: what lies on the grill, what has just burnt, and which slip was taken off.

use crate::replay::walk::progress;
use crate::replay::{Io, Replay, State, Thing};
use crate::trace::{Micros, TaskId, ThreadId};

/// How long a burnt order smokes, and a slip that was taken off falls.
const AFTERWARDS: Micros = Micros(1_600_000);

/// A place on the grill that is in use.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grill {
    /// Which.
    pub slot: usize,
    /// Whose.
    pub task: TaskId,
    /// The ticket; none if the clerk waits for it.
    pub ticket: Option<u32>,
    /// How far it is, 0 to 1.
    pub progress: f64,
    /// What has become of it.
    pub fate: Fate,
}

/// What has become of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is being cooked.
    Cooks,
    /// It came off the grill as a failure: whoever fetched it raised an error over it.
    Burnt,
    /// Nobody wants it any more: its task was cancelled, or went on without it.
    TakenOff,
}

/// What is on the grill of a thread at a time; what cooks hides what was there before.
pub(super) fn grills(replay: &Replay, thread: ThreadId, time: Micros) -> Vec<Grill> {
    let cooks = replay.open_on(thread, time).filter(|io| io.thing == Thing::Dish);
    let on = |io: &Io, fate: Fate, at: Micros| Grill {
        slot: io.slot,
        task: io.task,
        ticket: Some(io.ticket),
        // Nobody knows how long another thread will take: its ring stays empty.
        progress: if io.planned == Micros(0) { 0.0 } else { progress(io.from, io.planned, at) },
        fate,
    };
    let mut grills: Vec<_> = cooks.map(|io| on(io, Fate::Cooks, time)).collect();
    let clerk = replay.clerks.get(usize::from(thread.0));
    if let Some(busy) = clerk.and_then(|clerk| clerk.at(time)).filter(|busy| busy.state == State::Holding) {
        let progress = progress(busy.from, busy.planned, time);
        grills.push(Grill { slot: 0, task: busy.task, ticket: None, progress, fate: Fate::Cooks });
    }
    for io in replay.spoilt_on(thread, AFTERWARDS, time) {
        let (Some(to), Some(fate)) = (io.to, fate(io, time)) else { continue };
        grills.retain(|before| before.fate == Fate::Cooks || before.slot != io.slot);
        if grills.iter().all(|before| before.slot != io.slot) {
            grills.push(on(io, fate, to));
        }
    }
    grills
}

/// What became of an order that is off the grill, as far as it is known at a time.
fn fate(io: &Io, time: Micros) -> Option<Fate> {
    match io.burnt {
        _ if !io.done => Some(Fate::TakenOff),
        Some(burnt) if burnt <= time => Some(Fate::Burnt),
        _ => None,
    }
}
