//! How much faster the same amount of work is done by more threads: what is run, and what came of it.
//!
//! The load is the scenario of the lesson with nothing to wait for: rooms to clean, dealt out to the
//! clerks. Simulated, a room is a time; measured, it is an amount of arithmetic, the same for every
//! number of threads ([`PACE`]): if two threads had to share a core, each would take twice as long.

use crate::replay::{Lasts, Metrics, Replay};
use crate::runtime::{PACE, Setup, simulated};
use crate::scenarios::parallel::{MOST, SCENARIO};
use crate::trace::{Micros, Millis};

/// How many rooms there are to clean.
pub const ROOMS: usize = 8;
/// How long one takes one thread, at the pace that was found.
pub const ROOM: Millis = Millis(100.0);
/// How often each number of threads is tried; the best counts, for it was disturbed least.
pub const TRIES: usize = 3;
/// The pace to begin with, in rounds of arithmetic for a millisecond: better too low than too high.
pub const FIRST_PACE: f64 = 50_000.0;
/// How often the pace is put right: a browser makes a program faster while it runs for the first time.
pub const PACINGS: usize = 4;

/// What is known of a machine so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SpeedUp {
    /// How many threads the browser says can run at once; none if it does not say.
    pub cores: Option<usize>,
    /// The best time for 1, 2, … threads.
    best: Vec<Option<Micros>>,
}

impl SpeedUp {
    /// Nothing is known yet of a machine with so many cores.
    pub fn new(cores: Option<usize>) -> Self {
        let most = cores.unwrap_or(MOST).clamp(2, MOST);
        Self { cores, best: vec![None; most] }
    }

    /// The most threads that are tried: as many as there are cores, but at least two.
    pub fn most(&self) -> usize {
        self.best.len()
    }

    /// The runs to do, by their number of threads. Each number has its turn before any has another,
    /// so that a machine that is busy for a while disturbs all of them alike.
    pub fn runs(&self) -> Vec<usize> {
        (0..TRIES).flat_map(|_| 1..=self.most()).collect()
    }

    /// Takes in that so many threads took this long.
    pub fn take(&mut self, threads: usize, time: Micros) {
        if let Some(best) = threads.checked_sub(1).and_then(|index| self.best.get_mut(index)) {
            *best = Some(best.map_or(time, |best| best.min(time)));
        }
    }

    /// The best time of so many threads.
    pub fn time(&self, threads: usize) -> Option<Micros> {
        *self.best.get(threads.checked_sub(1)?)?
    }

    /// How many times as fast as one thread so many are.
    pub fn measured(&self, threads: usize) -> Option<f64> {
        let (one, time) = (self.time(1)?, self.time(threads)?);
        (time > Micros(0)).then(|| one.seconds() / time.seconds())
    }
}

/// The rooms, cleaned by so many threads: at a pace in rounds a millisecond, or by the clock.
pub fn rooms(threads: usize, pace: Option<f64>) -> Setup {
    setup(threads, ROOMS, pace)
}

/// One room and one thread: from how long it takes, the pace is put right.
pub fn one_room(pace: f64) -> Setup {
    setup(1, 1, Some(pace))
}

/// The pace at which a room takes what it should, if at this pace it took this long.
pub fn better_pace(pace: f64, took: Micros) -> f64 {
    // What is quicker than the clock can tell was far too little work.
    pace * ROOM.0 / Millis::from(took).0.max(ROOM.0 / 100.0)
}

/// How many times as fast so many threads are in the simulation, in which each has a core.
pub fn simulated(threads: usize) -> f64 {
    let total = |threads| {
        let trace = simulated::run(SCENARIO, &rooms(threads, None));
        Metrics::of(&Replay::new(trace, Lasts::ToTheEnd)).total.seconds()
    };
    total(1) / total(threads)
}

fn setup(threads: usize, rooms: usize, pace: Option<f64>) -> Setup {
    let knobs = [
        ("threads", threads as f64),
        ("customers", rooms as f64),
        ("work", ROOM.0 / 1000.0),
        ("wait", 0.0),
        ("start", 0.0),
    ];
    let mut setup = Setup { mode: "threads".to_owned(), knobs: knobs.into_iter().collect() };
    pace.iter().for_each(|pace| setup.knobs.set(PACE, *pace));
    setup
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rooms_that_cannot_be_dealt_out_evenly_cost_speed() {
        let speeds = [1.0, 2.0, 8.0 / 3.0, 4.0, 4.0, 4.0, 4.0, 8.0];
        for (threads, speed) in (1..=MOST).zip(speeds) {
            assert!((simulated(threads) - speed).abs() < 1e-9, "{threads}: {}", simulated(threads));
        }
    }

    #[test]
    fn the_best_of_several_tries_counts() {
        let mut machine = SpeedUp::new(Some(4));
        assert_eq!((machine.most(), machine.runs().len()), (4, 4 * TRIES));
        machine.take(2, Micros(500_000));
        assert_eq!(machine.measured(2), None, "there is nothing to compare it with");
        for time in [900_000, 800_000, 850_000] {
            machine.take(1, Micros(time));
        }
        assert_eq!((machine.measured(1), machine.measured(2)), (Some(1.0), Some(1.6)));
        assert_eq!((machine.measured(3), machine.measured(0), machine.measured(99)), (None, None, None));
        machine.take(0, Micros(1));
        machine.take(99, Micros(1));
        assert_eq!(machine.time(1), Some(Micros(800_000)));
    }

    #[test]
    fn at_least_two_threads_are_tried_and_at_most_eight() {
        for (cores, most) in [(Some(1), 2), (Some(2), 2), (Some(6), 6), (Some(64), 8), (None, 8)] {
            assert_eq!(SpeedUp::new(cores).most(), most);
        }
    }

    #[test]
    fn the_pace_is_put_right_by_what_a_room_took() {
        assert_eq!(better_pace(1000.0, Micros(50_000)), 2000.0);
        assert_eq!(better_pace(1000.0, Micros(200_000)), 500.0);
        assert_eq!(better_pace(1000.0, Micros(0)), 100_000.0);
        assert_eq!(one_room(7.0).knobs.get(PACE), Some(7.0));
        assert_eq!(rooms(2, None).knobs.get(PACE), None);
    }
}
