//! How time grows with the number of customers: what is run, and what came of it.

use crate::replay::{Lane, Lasts, Metrics, Replay};
use crate::runtime::{Setup, simulated};
use crate::scenarios::crowd::SCENARIO;
use crate::trace::Micros;

/// How many customers there are, one run after another.
pub const SIZES: [usize; 9] = [1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000];
/// A blocking run that would take longer is only simulated.
pub const LONGEST: Micros = Micros(3_200_000);
/// An order, in seconds.
pub const ORDERING: f64 = 0.0005;
/// A grill, in seconds.
pub const GRILLING: f64 = 0.3;

/// What is known of one number of customers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// How long it takes in the simulation, blocking and async.
    pub simulated: [Micros; 2],
    /// How long it took in this browser.
    pub measured: [Option<Micros>; 2],
    /// The most futures that were alive at once in the async run, as its record says.
    pub alive: Option<usize>,
    /// The memory of the thread's program after the async run, in bytes. It never shrinks.
    pub memory: Option<f64>,
}

/// What is known so far: a point for each of [`SIZES`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Growth(pub [Point; SIZES.len()]);

/// The modes, in the order of the pairs above.
pub const MODES: [&str; 2] = ["blocking", "async"];

/// How so many customers are served.
pub fn setup(mode: &str, customers: usize) -> Setup {
    let knobs = [("customers", customers as f64), ("ordering", ORDERING), ("grilling", GRILLING)];
    Setup { mode: mode.to_owned(), knobs: knobs.into_iter().collect() }
}

impl Growth {
    /// Every size simulated, nothing measured.
    pub fn simulated() -> Self {
        Self(SIZES.map(|size| {
            let total = |mode| {
                let trace = simulated::run(SCENARIO, &setup(mode, size));
                Metrics::of(&Replay::new(trace, Lasts::ToTheEnd)).total
            };
            Point { simulated: MODES.map(total), ..Point::default() }
        }))
    }

    /// The runs to make, as places in [`SIZES`] and in [`MODES`]: those that do not take too long.
    pub fn runs(&self) -> Vec<(usize, usize)> {
        let all = (0..SIZES.len()).flat_map(|size| [(size, 0), (size, 1)]);
        all.filter(|(size, mode)| *mode == 1 || self.0[*size].simulated[*mode] <= LONGEST).collect()
    }
}

/// How long a run takes: blocking one after another, async all waits at once. A test holds it against the simulation.
fn expected(size: usize) -> [Micros; 2] {
    let customers = size as f64;
    [customers * (ORDERING + GRILLING), customers * ORDERING + GRILLING].map(Micros::from_seconds)
}

/// How long all the runs take that are made, one after another, in seconds.
pub fn planned() -> f64 {
    let times = SIZES.into_iter().flat_map(|size| {
        let [blocking, fast] = expected(size);
        [blocking, fast].into_iter().filter(move |time| *time == fast || *time <= LONGEST)
    });
    times.map(Micros::seconds).sum()
}

/// The most tasks of a record that were alive at once, apart from the program itself.
pub fn most_alive(replay: &Replay) -> usize {
    let lanes = || replay.lanes.iter().filter(|lane| lane.task.index() > 0);
    let mut begins: Vec<_> = lanes().map(Lane::begin).collect();
    let mut ends: Vec<_> = lanes().filter_map(Lane::over).collect();
    begins.sort_unstable();
    ends.sort_unstable();
    let alive = |(begun, at): (usize, &Micros)| begun + 1 - ends.partition_point(|end| end <= at);
    begins.iter().enumerate().map(alive).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn async_is_always_measured_and_blocking_as_long_as_it_is_short() {
        let growth = Growth::simulated();
        let runs = growth.runs();
        assert_eq!(runs.iter().filter(|(_, mode)| *mode == 1).count(), SIZES.len());
        assert_eq!(runs.iter().filter(|(_, mode)| *mode == 0).count(), 3, "1, 3 and 10 customers");
        for (size, point) in SIZES.iter().zip(&growth.0) {
            assert_eq!(point.simulated, expected(*size));
        }
        let all: f64 = runs.iter().map(|(size, mode)| growth.0[*size].simulated[*mode].seconds()).sum();
        assert!((planned() - all).abs() < 1e-6, "{} s, not {all} s", planned());
    }

    #[test]
    fn futures_alive_are_counted_at_their_most() {
        for (mode, size) in [("async", 30), ("blocking", 3)] {
            let trace = simulated::run(SCENARIO, &setup(mode, size));
            assert_eq!(most_alive(&Replay::new(trace, Lasts::ToTheEnd)), size, "all are spawned at once");
        }
    }
}
