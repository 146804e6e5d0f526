//! What real jobs took in a browser: how long each was under way, and how long it kept the thread.
//!
//! Both come from the record of the job's own polls. The jobs themselves, and the drawing, are in
//! `ui::exhibits::measures`; here is what they mean, and it needs no browser.

use crate::replay::{Lasts, Metrics, Replay};
use crate::trace::{Micros, Trace};

/// A job that is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Job {
    /// A file of this site, over the network.
    Network,
    /// A record of a database of the browser's.
    Database,
    /// A file, written and read.
    File,
    /// A timer.
    Timer,
    /// A computation.
    Compute,
}

impl Job {
    /// All of them, in the order in which they are measured and shown.
    pub const ALL: [Self; 5] = [Self::Network, Self::Database, Self::File, Self::Timer, Self::Compute];

    /// Its name in test ids.
    pub fn id(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::Database => "database",
            Self::File => "file",
            Self::Timer => "timer",
            Self::Compute => "compute",
        }
    }
}

/// What is measured of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The job once.
    Once,
    /// [`TIMES`] of it, one after another.
    Row,
    /// [`TIMES`] of it, all at once.
    Together,
}

impl Part {
    /// All of them, in the order in which they are measured.
    pub const ALL: [Self; 3] = [Self::Once, Self::Row, Self::Together];
}

/// How many jobs there are in a row, or together.
pub const TIMES: usize = 10;

/// What one job, or several, came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measured {
    /// From the spawning of the first task to the end of the last.
    pub wall: Micros,
    /// How long the thread was kept by polls, added up.
    pub held: Micros,
}

impl Measured {
    /// Read from a record that begins at time 0 with the spawning of the first task.
    pub fn of(trace: Trace) -> Self {
        let run = Metrics::of(&Replay::new(trace, Lasts::ToTheEnd));
        Self { wall: run.total, held: run.working + run.holding }
    }
}

/// Why a browser does not do a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It does not have it.
    Missing,
    /// It does not allow it here.
    Forbidden,
    /// The other side does not answer.
    Unreachable,
    /// There is no room.
    Full,
    /// No answer came in time.
    Silent,
    /// Something else.
    Other,
}

impl Why {
    /// By the name of the error that the browser threw.
    pub fn of(error: &str) -> Self {
        match error {
            "SecurityError" | "NotAllowedError" | "InvalidStateError" => Self::Forbidden,
            "NetworkError" | "AbortError" => Self::Unreachable,
            "QuotaExceededError" => Self::Full,
            "NotSupportedError" | "ReferenceError" => Self::Missing,
            "TimeoutError" => Self::Silent,
            _ => Self::Other,
        }
    }
}

/// A job that the browser does not do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Why.
    pub why: Why,
    /// What the browser said, if anything.
    pub said: String,
}

impl std::fmt::Display for Refused {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.said)
    }
}

/// What is known of a job so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// One number for each of [`Part::ALL`], as far as it has been measured.
    pub parts: [Option<Measured>; 3],
    /// Why there is nothing more, if the browser refused.
    pub refused: Option<Refused>,
}

impl Found {
    /// What a part came to.
    pub fn part(&self, part: Part) -> Option<Measured> {
        self.parts[part as usize]
    }

    /// How many times as long it took in a row as together.
    pub fn gain(&self) -> Option<f64> {
        let (row, together) = (self.part(Part::Row)?, self.part(Part::Together)?);
        (together.wall > Micros(0)).then(|| row.wall.seconds() / together.wall.seconds())
    }
}

/// A duration that others have published.
#[derive(Clone, Copy, Debug)]
pub struct Published {
    /// How long it takes, in seconds: an order of magnitude.
    pub seconds: f64,
    /// Which of [`SOURCES`] says so.
    pub source: usize,
}

/// Where the published numbers are from: who, and the address.
pub const SOURCES: [(&str, &str); 2] = [
    (
        "Colin Scott, after Jeff Dean and Peter Norvig: Latency Numbers Every Programmer Should Know (2020)",
        "https://colin-scott.github.io/personal_website/research/interactive_latency.html",
    ),
    ("Simon Eskildsen: Napkin Math", "https://github.com/sirupsen/napkin-math"),
];

/// Main memory reference; random read from an SSD; round trip in one data centre; a query to a
/// database there; a packet from California to the Netherlands and back. Typed in: measured by
/// others, or estimated from what they measured.
pub const PUBLISHED: [Published; 5] = [
    Published { seconds: 100e-9, source: 0 },
    Published { seconds: 16e-6, source: 0 },
    Published { seconds: 500e-6, source: 0 },
    Published { seconds: 500e-6, source: 1 },
    Published { seconds: 150e-3, source: 0 },
];

/// A logarithmic scale for durations.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// The power of ten, in seconds, at its left end.
    pub from: i32,
    /// The power of ten, in seconds, at its right end.
    pub to: i32,
}

impl Scale {
    /// From 10 ns to 1 s, or further if something took longer.
    pub fn holding(longest: Micros) -> Self {
        let decades = longest.seconds().max(1.0).log10().ceil();
        Self { from: -8, to: decades as i32 }
    }

    /// How far along a duration is, 0 to 1. No time at all is at the left end.
    pub fn share(self, seconds: f64) -> f64 {
        let along = (seconds.log10() - f64::from(self.from)) / f64::from(self.to - self.from);
        // The logarithm of zero is negative infinity, which is put at the end.
        along.clamp(0.0, 1.0)
    }

    /// Every power of ten on it, and how far along it is; the ends too.
    pub fn ticks(self) -> impl Iterator<Item = (i32, f64)> {
        (self.from..=self.to).map(move |power| (power, self.share(10_f64.powi(power))))
    }
}

/// A duration as people read it: two figures and a unit.
pub fn duration(seconds: f64) -> String {
    let units = [(1e-9, "ns"), (1e-6, "µs"), (1e-3, "ms"), (1.0, "s")];
    // Chosen after rounding, so that 999.7 µs is 1 ms.
    let round = |value: f64| match value {
        value if value < 9.95 => (value * 10.0).round() / 10.0,
        value => value.round(),
    };
    let fits = |(size, _): &&(f64, &str)| round(seconds / size) < 1000.0;
    let (size, unit) = units.iter().find(fits).unwrap_or(&units[3]);
    format!("{} {unit}", round(seconds / size))
}

/// A measured duration; what is shorter than the clock can tell is said to be so.
pub fn measured(time: Micros, grain: Micros) -> String {
    if time < grain {
        return format!("< {}", duration(grain.seconds()));
    }
    duration(time.seconds())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

    use futures_util::future::poll_fn;
    use futures_util::{FutureExt, task::noop_waker_ref};

    use super::*;
    use crate::trace::{Recorder, ThreadId, Traced};
    use std::task::{Context, Poll};

    /// A clock that is put forward by hand.
    #[derive(Clone, Default)]
    struct Hand(Arc<AtomicU32>);

    impl Hand {
        fn pass(&self, micros: u32) {
            self.0.fetch_add(micros, Relaxed);
        }
        fn recorder(&self) -> Recorder {
            let hand = self.clone();
            Recorder::new(ThreadId(0), &[], Box::new(move || Micros(hand.0.load(Relaxed))))
        }
    }

    /// A future that keeps the thread for so long in each of so many polls.
    fn keeps(hand: &Hand, micros: u32, mut polls: u32) -> impl Future<Output = ()> + Unpin + use<> {
        let hand = hand.clone();
        poll_fn(move |_| {
            hand.pass(micros);
            polls -= 1;
            if polls == 0 { Poll::Ready(()) } else { Poll::Pending }
        })
    }

    fn read(log: &Recorder) -> Measured {
        let mut trace = Trace::default();
        trace.add(0, log.take());
        Measured::of(trace)
    }

    #[test]
    fn held_is_the_sum_of_the_polls_and_wall_is_all_of_it() {
        let (hand, mut context) = (Hand::default(), Context::from_waker(noop_waker_ref()));
        let log = hand.recorder();
        let mut job = Traced::spawned(&log, "job", keeps(&hand, 300, 2));
        hand.pass(20);
        assert!(job.poll_unpin(&mut context).is_pending());
        hand.pass(9_000);
        assert!(job.poll_unpin(&mut context).is_ready());
        // Neither the time before the first poll nor the wait in between kept the thread.
        assert_eq!(read(&log), Measured { wall: Micros(9_620), held: Micros(600) });
    }

    #[test]
    fn waits_that_overlap_count_once_and_polls_count_each() {
        let (hand, mut context) = (Hand::default(), Context::from_waker(noop_waker_ref()));
        let log = hand.recorder();
        let mut jobs: Vec<_> = (0..10).map(|_| Traced::spawned(&log, "job", keeps(&hand, 100, 2))).collect();
        assert!(jobs.iter_mut().all(|job| job.poll_unpin(&mut context).is_pending()));
        hand.pass(4_000);
        assert!(jobs.iter_mut().all(|job| job.poll_unpin(&mut context).is_ready()));
        assert_eq!(read(&log), Measured { wall: Micros(6_000), held: Micros(2_000) });
    }

    #[test]
    fn the_gain_is_how_many_times_as_long_a_row_took() {
        let took = |wall| Some(Measured { wall: Micros(wall), held: Micros(0) });
        let found = Found { parts: [took(4_000), took(40_000), took(5_000)], refused: None };
        assert_eq!(found.gain(), Some(8.0));
        assert_eq!(Found { parts: [took(1), took(2), None], refused: None }.gain(), None);
        assert_eq!(Found { parts: [took(0), took(0), took(0)], refused: None }.gain(), None);
    }

    #[test]
    fn durations_have_two_figures_and_a_unit() {
        let texts = [100e-9, 16e-6, 500e-6, 999.7e-6, 1.24e-3, 9.96e-3, 0.150, 12.34, 0.0].map(duration);
        assert_eq!(texts, ["100 ns", "16 µs", "500 µs", "1 ms", "1.2 ms", "10 ms", "150 ms", "12 s", "0 ns"]);
        assert_eq!(measured(Micros(0), Micros(100)), "< 100 µs");
        assert_eq!(measured(Micros(100), Micros(100)), "100 µs");
    }

    #[test]
    fn a_decade_is_everywhere_as_wide() {
        let scale = Scale::holding(Micros(400_000));
        assert_eq!(scale, Scale { from: -8, to: 0 });
        assert_eq!(scale.share(1.0), 1.0);
        assert!((scale.share(1e-4) - 0.5).abs() < 1e-12);
        assert_eq!((scale.share(0.0), scale.share(1e-12), scale.share(1e3)), (0.0, 0.0, 1.0));
        assert_eq!(scale.ticks().count(), 9);
        assert_eq!(Scale::holding(Micros(2_000_000)).to, 1);
        assert!(PUBLISHED.iter().all(|it| (0.05..0.95).contains(&scale.share(it.seconds))));
    }

    #[test]
    fn errors_are_known_by_their_names() {
        assert_eq!(Why::of("SecurityError"), Why::Forbidden);
        assert_eq!(Why::of("QuotaExceededError"), Why::Full);
        assert_eq!(Why::of("Nonsense"), Why::Other);
    }
}
