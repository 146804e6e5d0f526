//! What real jobs took in a browser: how long each was under way, and how long it kept the thread.
//!
//! Both come from the record of the job's own polls. The jobs themselves, and the drawing, are in
//! `ui::exhibits::measures`; here is what they mean, and it needs no browser.
//!
//! - [`scale`]: durations as they are written and drawn, and those that others have published

pub mod scale;

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

    /// Its place in [`Self::ALL`], from 0.
    pub fn index(self) -> usize {
        self as usize
    }

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

/// How often ten of them are measured. The quickest counts: it was disturbed least by what else the computer did.
pub const TRIES: usize = 3;

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

/// Where the file of [`Job::File`] is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the file system that the browser keeps for this site (OPFS).
    Disk,
    /// A `Blob` in memory, because there is no such file system, or the browser does not give it.
    Memory(Option<Refused>),
}

/// What is told while jobs are measured.
#[derive(Clone, Debug, PartialEq)]
pub enum Report {
    /// A job is next.
    Begins(Job),
    /// Where its file is.
    Place(Place),
    /// A part of it is done; of several tries, the quickest counts.
    Took(Job, Part, Measured),
    /// The browser does not do it.
    Refused(Job, Refused),
}

/// What is known of all jobs so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// One for each of [`Job::ALL`].
    pub found: [Found; 5],
    /// Where the file is, once known.
    pub place: Option<Place>,
    /// The shortest time that the browser's clock can tell.
    pub grain: Micros,
    /// Whether the page was hidden meanwhile: browsers slow hidden pages down.
    pub hidden: bool,
}

impl Table {
    /// What is known of a job.
    pub fn of(&self, job: Job) -> &Found {
        &self.found[job.index()]
    }

    /// Takes in what is told.
    pub fn take(&mut self, report: Report) {
        match report {
            Report::Begins(job) => self.found[job.index()] = Found::default(),
            Report::Place(place) => self.place = Some(place),
            Report::Took(job, part, took) => {
                let best = &mut self.found[job.index()].parts[part as usize];
                if best.is_none_or(|best| took.wall < best.wall) {
                    *best = Some(took);
                }
            }
            Report::Refused(job, refused) => self.found[job.index()].refused = Some(refused),
        }
    }

    /// The longest time one job took.
    pub fn longest(&self) -> Micros {
        let walls = self.found.iter().filter_map(|found| found.part(Part::Once)).map(|took| took.wall);
        walls.max().unwrap_or_default()
    }
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
        let mut job = Box::pin(Traced::spawned(&log, "job", keeps(&hand, 300, 2)));
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
        let job = |_| Box::pin(Traced::spawned(&log, "job", keeps(&hand, 100, 2)));
        let mut jobs: Vec<_> = (0..10).map(job).collect();
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
    fn a_job_that_is_refused_leaves_the_others_as_they_are() {
        let mut table = Table::default();
        let took = |wall| Measured { wall: Micros(wall), held: Micros(1) };
        let refused = Refused { why: Why::Forbidden, said: "SecurityError".into() };
        for report in [
            Report::Begins(Job::Network),
            Report::Took(Job::Network, Part::Once, took(900)),
            Report::Begins(Job::Database),
            Report::Refused(Job::Database, refused.clone()),
            Report::Begins(Job::Timer),
            Report::Took(Job::Timer, Part::Once, took(4_000)),
        ] {
            table.take(report);
        }
        assert_eq!(table.of(Job::Database).refused, Some(refused));
        assert_eq!(table.of(Job::Network).part(Part::Once), Some(took(900)));
        assert_eq!(table.longest(), Micros(4_000));
        // Of several tries, the quickest counts.
        for wall in [50_000, 30_000, 40_000] {
            table.take(Report::Took(Job::Timer, Part::Row, took(wall)));
        }
        assert_eq!(table.of(Job::Timer).part(Part::Row), Some(took(30_000)));
        // Measured again, nothing of the last time is left.
        table.take(Report::Begins(Job::Network));
        assert_eq!(table.of(Job::Network), &Found::default());
    }

    #[test]
    fn errors_are_known_by_their_names() {
        assert_eq!(Why::of("SecurityError"), Why::Forbidden);
        assert_eq!(Why::of("QuotaExceededError"), Why::Full);
        assert_eq!(Why::of("Nonsense"), Why::Other);
    }
}
