//! Order slips: coroutines that were made and not started. They are in the hand of whoever made
//! them; thrown away unawaited, they lie on the floor.

use super::{Point, View};
use crate::replay::{Lane, Replay};
use crate::trace::{Micros, TaskId};

/// A coroutine that has not started.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slip {
    /// The coroutine.
    pub task: TaskId,
    /// Where.
    pub at: Point,
    /// Whether it was thrown away: now it can never start.
    pub dropped: bool,
}

/// Where the hand of a person is, from the middle of the head, at full size.
const HAND: Point = Point { x: -56.0, y: 30.0 };
/// How long a slip falls.
const FALL: Micros = Micros(400_000);
/// How far apart slips lie on the floor.
const APART: f64 = 62.0;

pub(super) fn slips(view: &View, replay: &Replay, time: Micros) -> Vec<Slip> {
    let made = replay.thread(view.thread).filter(|lane| lane.slip.is_some());
    let lost = |lane: &&Lane| lane.slip.and_then(|slip| slip.dropped).is_some_and(|dropped| dropped <= time);
    let mut floor = 0;
    let mut slips = Vec::new();
    for lane in made.filter(|lane| lane.at(time).is_some()) {
        let Some(slip) = lane.slip else { continue };
        let place = if lost(&lane) {
            floor += 1;
            Some(floor - 1)
        } else {
            None
        };
        let dropped = slip.dropped.filter(|_| place.is_some());
        let at = hand(view, replay, slip.by, dropped.unwrap_or(time));
        let at = match (dropped, place) {
            (Some(dropped), Some(place)) => {
                let fallen = ((time - dropped).seconds() / FALL.seconds()).min(1.0);
                let fallen = if view.walks { fallen * fallen } else { 1.0 };
                let rest = view.floor.litter(place, APART);
                Point { x: at.x + (rest.x - at.x) * fallen, y: at.y + (rest.y - at.y) * fallen }
            }
            _ => at,
        };
        slips.push(Slip { task: lane.task, at, dropped: dropped.is_some() });
    }
    slips
}

/// The hand of whoever has made a slip; where nobody did, or they are not drawn, the till.
fn hand(view: &View, replay: &Replay, by: Option<TaskId>, time: Micros) -> Point {
    let maker = by.and_then(|by| replay.lane(by)).filter(|lane| view.is_person(lane));
    let (at, scale) =
        maker.and_then(|lane| view.place(replay, lane, time)).unwrap_or((view.floor.till(), 1.0));
    Point { x: at.x + HAND.x * scale, y: at.y + HAND.y * scale }
}
