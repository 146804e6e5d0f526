//! Cleans the rooms on real threads, again and again, and tells how long each run took.

use std::rc::Rc;

use futures_channel::mpsc;
use futures_util::StreamExt;

use crate::course::speed_up::{FIRST_PACE, PACINGS, SpeedUp, better_pace, one_room, rooms};
use crate::replay::{Lasts, Metrics, Replay};
use crate::runtime::Setup;
use crate::scenarios::parallel::SCENARIO;
use crate::threads::run::{Phase, Run, Trouble, Where};
use crate::trace::Micros;

/// What is told while it is measured.
pub enum Report {
    /// The so-manieth run begins, on so many threads.
    Begins(usize, usize),
    /// So many threads took this long.
    Took(usize, Micros),
}

/// Measures every number of threads. Dropped, it stops, and its threads with it.
pub async fn measure(machine: &SpeedUp, mut report: impl FnMut(Report)) -> Result<(), Trouble> {
    let mut pace = FIRST_PACE;
    for _ in 0..PACINGS {
        pace = better_pace(pace, time(one_room(pace)).await?);
    }
    for (run, threads) in (1..).zip(machine.runs()) {
        report(Report::Begins(run, threads));
        report(Report::Took(threads, time(rooms(threads, Some(pace))).await?));
    }
    Ok(())
}

/// How long a live run takes, from the moment at which all its threads begin.
pub async fn time(setup: Setup) -> Result<Micros, Trouble> {
    let (tell, mut news) = mpsc::unbounded();
    // Nobody listens any more once the run is over.
    let run = Run::start(SCENARIO, setup, Where::Workers, Rc::new(move || drop(tell.unbounded_send(()))));
    loop {
        match run.phase() {
            Phase::Starting | Phase::Running => {}
            Phase::Failed(trouble) => return Err(trouble),
            Phase::Finished | Phase::Stopped => {
                return Ok(Metrics::of(&Replay::new(run.trace(), Lasts::ToTheEnd)).total);
            }
        }
        // The run holds the other end, so there is always news to wait for.
        news.next().await;
    }
}
