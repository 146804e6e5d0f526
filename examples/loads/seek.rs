//! Jumping about in a long record: everything that a frame asks of it, at random times.

use concurrent_burgers::replay::crowd::{Crowd, Dots, Hall};
use concurrent_burgers::replay::scene::{self, Floor, View};
use concurrent_burgers::replay::{Lasts, Metrics, Replay, code, frame, story};
use concurrent_burgers::runtime::{Setup, simulated};
use concurrent_burgers::trace::{Micros, StepId, ThreadId};

use super::clock_ms;
use super::counter::Counter;

/// How often the cursor jumps.
const JUMPS: usize = 200;

/// A record of about so many events, of customers who come once.
pub fn crowd(events: usize) -> Vec<(&'static str, f64)> {
    seek(Counter { customers: events / 10, rounds: 1 })
}

/// A record of about so many events, of 40 customers who come again and again.
pub fn people(events: usize) -> Vec<(&'static str, f64)> {
    // Each round is seven events.
    seek(Counter { customers: 40, rounds: events / 40 / 7 })
}

fn seek(counter: Counter) -> Vec<(&'static str, f64)> {
    let trace = simulated::run(counter, &Setup::default());
    let events = trace.events().len() as f64;
    let (replay, replay_ms) = timed(|| Replay::new(trace, Lasts::ToTheEnd));
    let (crowd, crowd_ms) = timed(|| Crowd::of(&replay));
    let (metrics, metrics_ms) = timed(|| Metrics::of(&replay));
    let (told, story_ms) = timed(|| story::tell(&replay));
    let (moments, moments_ms) = timed(|| replay.moments());
    let floor = Floor { width: Floor::WIDE, slots: scene::slots(&replay, ThreadId(0)) };
    let view = View { thread: ThreadId(0), floor, shows_main: false, walks: true };
    let mut dots = Dots::default();
    let mut seen = 0;
    let mut random = 2_463_534_242_u32;
    let mut jumps: Vec<f64> = (0..JUMPS)
        .map(|_| {
            random ^= random << 13;
            random ^= random >> 17;
            random ^= random << 5;
            let time = Micros((f64::from(replay.end.0) * f64::from(random) / f64::from(u32::MAX)) as u32);
            timed(|| {
                seen += told.partition_point(|it| it.at <= time) + moments.partition_point(|it| *it <= time);
                match &crowd {
                    Some(crowd) => {
                        let hall = Hall::new(960.0, crowd.len(), crowd.tables);
                        crowd.place(&replay, &hall, time, true, &mut dots);
                        seen += crowd.counts(time).alive() + crowd.standing(StepId(0), time) + dots.all.len();
                    }
                    None => {
                        seen += view.at(&replay, time).people.len() + code::positions(&replay, time).len()
                    }
                }
                seen += frame::frames(&replay, time).len();
            })
            .1
        })
        .collect();
    jumps.sort_by(f64::total_cmp);
    vec![
        ("ms", jumps[JUMPS * 95 / 100]),
        ("median_ms", jumps[JUMPS / 2]),
        ("events", events),
        ("replay_ms", replay_ms),
        ("crowd_ms", crowd_ms),
        ("metrics_ms", metrics_ms),
        ("story_ms", story_ms),
        ("moments_ms", moments_ms),
        ("polls", f64::from(metrics.polls)),
        ("seen", seen as f64),
    ]
}

fn timed<T>(act: impl FnOnce() -> T) -> (T, f64) {
    let begin = clock_ms();
    let result = act();
    (result, clock_ms() - begin)
}
