//! What a runtime is asked to run: a program for each thread, with a mode and knobs.

use futures_util::future::LocalBoxFuture;

use super::Rt;
use crate::trace::Millis;

/// A knob that no scenario has. In a live run with it, work is no time but an amount: so many rounds
/// of arithmetic stand for a millisecond, and take as long as they take.
pub const PACE: &str = "pace";

/// The learner's numbers, by name. A handful, so a list is the quickest map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Knobs(Vec<(String, f64)>);

impl Knobs {
    /// Sets a knob. Values that are no numbers are not taken.
    pub fn set(&mut self, id: &str, value: f64) {
        if !value.is_finite() {
            return;
        }
        match self.0.iter_mut().find(|(name, _)| name == id) {
            Some(knob) => knob.1 = value,
            None => self.0.push((id.to_owned(), value)),
        }
    }

    /// The value of a knob, if it is set.
    pub fn get(&self, id: &str) -> Option<f64> {
        self.0.iter().find(|(name, _)| name == id).map(|(_, value)| *value)
    }

    /// A knob that counts, or the number that stands in the program.
    pub fn count(&self, id: &str, otherwise: usize) -> usize {
        self.get(id).map_or(otherwise, |value| value.max(0.0).round() as usize)
    }

    /// A knob in seconds, or the number that stands in the program.
    pub fn seconds(&self, id: &str, otherwise: f64) -> Millis {
        Millis::from_seconds(self.get(id).unwrap_or(otherwise).max(0.0))
    }

    /// All that are set, in the order in which they were set first.
    pub fn iter(&self) -> impl Iterator<Item = (&str, f64)> {
        self.0.iter().map(|(id, value)| (id.as_str(), *value))
    }
}

impl<S: Into<String>> FromIterator<(S, f64)> for Knobs {
    fn from_iter<I: IntoIterator<Item = (S, f64)>>(knobs: I) -> Self {
        let mut all = Self::default();
        knobs.into_iter().for_each(|(id, value)| all.set(&id.into(), value));
        all
    }
}

/// How to run a scenario.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Setup {
    /// One of the scenario's modes.
    pub mode: String,
    /// The knobs that differ from what stands in the program.
    pub knobs: Knobs,
}

/// The threads a scenario wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Threads {
    /// Threads that run a program from the start.
    pub programs: usize,
    /// Further threads that do the jobs the programs offload.
    pub pool: usize,
}

impl Threads {
    /// How many threads there are in all.
    pub fn all(self) -> usize {
        self.programs + self.pool
    }
}

/// A job that programs may offload: it runs on a thread of the pool, which it holds. Threads share no
/// memory: a number goes in, and numbers come out.
pub type Job = fn(&Rt, &Setup, f64) -> Vec<f64>;

/// A runnable scenario, as far as a runtime needs to know it.
pub trait Program: Copy + 'static {
    /// Its step labels.
    fn steps(self) -> &'static [&'static str];

    /// The threads it wants.
    fn threads(self, setup: &Setup) -> Threads;

    /// The program of one of its threads.
    fn start(self, rt: Rt, setup: Setup, thread: usize) -> LocalBoxFuture<'static, ()>;

    /// A job by its name.
    fn job(self, name: &str) -> Option<Job>;
}
