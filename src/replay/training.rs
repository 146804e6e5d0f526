//! The training of a model in a run: how many of its folds are done at a time, and what came of it.
//!
//! A training is a task named `training`, which says how many `folds` there are. Each fold is a stretch of work at a step
//! called `train`, on whichever thread. The errors are values that the task shows: they are computed in the run.

use crate::decimal;
use crate::trace::{Micros, What};

use super::Replay;

/// The name of the task.
const TRAINING: &str = "training";
/// The step at which a fold is computed.
const TRAIN: &str = "train";

/// A training.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Training {
    /// How many folds there are to do.
    pub folds: usize,
    /// When each was begun, in order.
    begun: Vec<Micros>,
    /// When each was done, in order.
    done: Vec<Micros>,
    /// What came of it, if it is over.
    pub result: Option<Trained>,
}

/// What came of a training. Errors are mean absolute errors on data that were held out, in seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Trained {
    /// When it was over.
    pub over: Micros,
    /// The model's error.
    pub error: f64,
    /// The error of a guess by the length of the line alone.
    pub by_line: f64,
    /// The error of guessing the mean for everybody.
    pub by_mean: f64,
}

impl Training {
    /// The training of a run, if it has one.
    pub fn of(replay: &Replay) -> Option<Self> {
        let lane = replay.lanes.iter().find(|lane| lane.name == TRAINING)?;
        let value = |name: &str| {
            let values = lane.locals.iter().filter_map(|(_, text)| text.split_once(" = "));
            values.filter(|(of, _)| *of == name).find_map(|(_, value)| decimal::read(value))
        };
        let mut training = Self { folds: value("folds")? as usize, ..Self::default() };
        let mut busy = Vec::new();
        for event in replay.trace.events() {
            match event.what {
                What::HoldStart { step, .. } if replay.trace.step(step) == TRAIN => {
                    busy.push(event.task);
                    training.begun.push(event.at);
                }
                What::HoldEnd if busy.contains(&event.task) => {
                    busy.retain(|task| *task != event.task);
                    training.done.push(event.at);
                }
                _ => {}
            }
        }
        training.result = lane.over().and_then(|over| {
            let (error, by_line, by_mean) = (value("error")?, value("by_line")?, value("by_mean")?);
            Some(Trained { over, error, by_line, by_mean })
        });
        Some(training)
    }

    /// How many folds are done at a time.
    pub fn done(&self, time: Micros) -> usize {
        self.done.partition_point(|done| *done <= time).min(self.folds)
    }

    /// How many folds are being computed at a time, on all threads.
    pub fn under_way(&self, time: Micros) -> usize {
        let begun = self.begun.partition_point(|begun| *begun <= time);
        begun
            .saturating_sub(self.done.partition_point(|done| *done <= time))
            .min(self.folds - self.done(time))
    }
}
