//! The last moments before a picture: when anybody may have been sent elsewhere, and who stood in line then.
//!
//! Everybody in the picture is asked for the same moments, so they are found once.

use std::cell::RefCell;

use super::{Point, View, WALK};
use crate::replay::{Replay, walk};
use crate::trace::{Micros, TaskId};

/// The time of a picture, and the moments before it that say where people are.
pub(super) struct Past {
    /// The time of the picture.
    pub time: Micros,
    /// When somebody was sent elsewhere, in order; the first stands for all that was before.
    changes: Vec<Micros>,
    /// The line at each of them, once somebody has asked for it.
    lines: RefCell<Vec<Option<Vec<TaskId>>>>,
}

impl Past {
    pub fn of(view: &View, replay: &Replay, time: Micros) -> Self {
        let begin = time - WALK;
        let mut changes = vec![begin];
        if view.walks {
            let spans = replay.thread(view.thread).flat_map(|lane| {
                let first = lane.spans.partition_point(|span| span.from <= begin);
                let last = lane.spans.partition_point(|span| span.from <= time);
                lane.spans[first..last].iter().map(|span| span.from)
            });
            changes.extend(spans);
            changes.sort();
            changes.dedup();
        } else {
            changes[0] = time;
        }
        let lines = RefCell::new(vec![None; changes.len()]);
        Self { time, changes, lines }
    }

    /// The average of where someone was sent in the last moments; those just gone count most.
    pub fn average(&self, target: impl Fn(Micros) -> Option<(Point, f64)>) -> (Point, f64) {
        walk::average(&self.changes, self.time, WALK, target)
    }

    /// What is asked of the line at a time: `line` says who stood there, if nobody has asked before.
    pub fn in_line<T>(
        &self,
        time: Micros,
        line: impl Fn() -> Vec<TaskId>,
        ask: impl Fn(&[TaskId]) -> T,
    ) -> T {
        match self.changes.binary_search(&time) {
            Ok(index) => ask(self.lines.borrow_mut()[index].get_or_insert_with(line)),
            Err(_) => ask(&line()),
        }
    }
}
