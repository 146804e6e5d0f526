//! Requests, as they are counted and charted at any time of a run.

use concurrent_burgers::replay::Metrics;
use concurrent_burgers::replay::requests::{Histogram, Requests, buckets};
use concurrent_burgers::replay::story::{Tale, tell};

use super::*;

fn api(mode: &str, knobs: &[(&str, f64)]) -> Trace {
    simulated::run(scenarios::burger_api::SCENARIO, &setup(mode, knobs))
}

fn seconds(seconds: f64) -> Micros {
    Micros::from_seconds(seconds)
}

#[test]
fn arrivals_answers_and_those_between_are_counted_at_any_time() {
    let requests = Requests::of(&whole(api("blocks", &[])));
    // One every 0.25 s, and 0.6 s each, one after another.
    let at = |time| {
        let time = seconds(time);
        (requests.arrived(time), requests.answered(time), requests.inside(time))
    };
    assert_eq!(
        [0.0, 0.3, 0.6, 1.0, 2.0, 4.7, 4.8].map(at),
        [(1, 0, 1), (2, 0, 2), (3, 1, 2), (5, 1, 4), (8, 3, 5), (8, 7, 1), (8, 8, 0)]
    );
    assert_eq!(requests.most_inside(), 6);
    assert_eq!(requests.latencies(seconds(1.3)), [0.6, 0.95].map(seconds));
    assert_eq!(requests.answers_until(seconds(1.3)), [0.6, 1.2].map(seconds));
    assert_eq!(requests.arrivals_until(seconds(0.3)), [0.0, 0.25].map(seconds));
}

#[test]
fn the_summary_says_how_long_people_wait_and_how_many_are_served() {
    let summary = Metrics::of(&whole(api("blocks", &[]))).requests;
    // The k-th waits 0.6 k − 0.25 (k − 1).
    assert_eq!((summary.p50, summary.p95), (seconds(1.65), seconds(3.05)));
    assert_eq!((summary.last, summary.p99), (seconds(4.8), summary.p95));
    assert!((summary.rate - 8.0 / 4.8).abs() < 1e-9);
    let nobody = Metrics::of(&whole(simulated::run(scenarios::counter::SCENARIO, &setup("async", &[]))));
    assert_eq!(nobody.requests, Default::default());
}

#[test]
fn buckets_hold_their_lower_end_and_the_last_one_all_that_is_longer() {
    let times = [0, 99, 100, 199, 250, 999].map(Micros);
    assert_eq!(buckets(&times, Micros(100), 3), [2, 2, 2]);
    assert_eq!(buckets(&[], Micros(100), 3), [0, 0, 0]);
    assert_eq!(buckets(&[Micros(0)], Micros(0), 1), [1]);
}

#[test]
fn a_histogram_has_room_for_all_and_fills_as_requests_are_answered() {
    let [awaits, blocks] = ["awaits", "blocks"].map(|mode| Requests::of(&whole(api(mode, &[]))));
    let histogram = Histogram::for_all(&[&awaits, &blocks]);
    // The longest latency is 3.05 s.
    assert_eq!((histogram.width, histogram.count, histogram.highest), (seconds(0.5), 7, 8));
    assert_eq!(histogram.bars(&awaits, Micros(0)), [0; 7]);
    assert_eq!(histogram.bars(&awaits, seconds(0.9)), [0, 2, 0, 0, 0, 0, 0]);
    assert_eq!(histogram.bars(&blocks, Micros::MAX), [0, 2, 1, 1, 2, 1, 1]);
    // What a real clock adds to a latency does not push it into the next bucket.
    assert_eq!(
        Histogram::for_all(&[&awaits]).bars(&awaits, Micros::MAX).iter().filter(|bar| **bar > 0).count(),
        1
    );
    let nobody = Histogram::for_all(&[&Requests::default()]);
    assert!(nobody.count > 1 && nobody.highest == 1);
}

#[test]
fn a_request_comes_when_it_arrives_and_its_way_is_not_told() {
    let told = tell(&whole(api("awaits", &[])));
    let comes = |name: &str| {
        let replay = whole(api("awaits", &[]));
        let mine = told.iter().filter(|it| replay.trace.name(it.task) == name && it.what == Tale::Arrives);
        mine.map(|it| it.at).collect::<Vec<_>>()
    };
    assert_eq!(comes("GET 3"), [seconds(0.5)]);
    let sits: Vec<_> = told.iter().filter(|it| matches!(it.what, Tale::SitsDown(..))).collect();
    assert_eq!(sits.len(), 8, "only the handlers wait");
    assert!(sits.iter().all(|it| !matches!(it.what, Tale::SitsDown(0, _))), "each with a ticket");
}

proptest! {
    #[test]
    fn what_has_been_counted_stays_counted(mode in prop::sample::select(vec!["awaits", "pool", "blocks"]), times in prop::collection::vec(0..9_000_000u32, 2..6), pool in 1..5u32) {
        let trace = api(mode, &[("pool", f64::from(pool)), ("random", 1.0)]);
        let requests = Requests::of(&whole(trace));
        let mut times = times;
        times.sort_unstable();
        for pair in times.windows(2) {
            let (before, now) = (Micros(pair[0]), Micros(pair[1]));
            prop_assert!(requests.arrived(before) <= requests.arrived(now));
            prop_assert!(requests.answered(before) <= requests.answered(now));
            prop_assert!(requests.answered(now) <= requests.arrived(now));
            prop_assert!(requests.inside(now) <= requests.most_inside());
            prop_assert_eq!(requests.latencies(now).len(), requests.answered(now));
            prop_assert_eq!(buckets(&requests.latencies(now), Micros(100_000), 7).iter().sum::<usize>(), requests.answered(now));
        }
    }

    /// A record that grows: what is known of the past is what the whole record says of it.
    #[test]
    fn a_run_that_goes_on_is_counted_as_far_as_it_has_come(events in any::<prop::sample::Index>()) {
        let all = api("pool", &[("pool", 2.0)]);
        let events = &all.events()[..events.index(all.events().len()) + 1];
        let mut part = Trace::of(scenarios::burger_api::SCENARIO.steps);
        batches(&all, events).into_iter().enumerate().for_each(|(thread, batch)| part.add(thread, batch));
        let (sofar, in_the_end) = (Requests::of(&Replay::new(part.clone(), Lasts::On)), Requests::of(&whole(all)));
        prop_assume!(part.end() > Micros(0));
        // What happens at that very moment may still be on its way.
        let known = part.end() - Micros(1);
        prop_assert_eq!(sofar.arrived(known), in_the_end.arrived(known));
        prop_assert_eq!(sofar.latencies(known), in_the_end.latencies(known));
    }
}
