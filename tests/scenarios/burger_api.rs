//! `GET /burgers`: who waits for whom, in each of the three handlers.

use concurrent_burgers::replay::requests::{Requests, percentile};
use concurrent_burgers::runtime::Program;
use proptest::prelude::*;

use super::*;

const MODES: [&str; 3] = ["awaits", "pool", "blocks"];
/// A rate so high that all requests arrive at once.
const AT_ONCE: f64 = 1e12;

#[derive(Clone, Copy, Debug)]
struct Knobs {
    requests: usize,
    rate: f64,
    time: f64,
    pool: usize,
    random: bool,
}

const DEFAULTS: Knobs = Knobs { requests: 8, rate: 4.0, time: 0.6, pool: 4, random: false };

fn api(mode: &str, knobs: Knobs) -> Replay {
    let Knobs { requests, rate, time, pool, random } = knobs;
    let knobs = [
        ("requests", requests as f64),
        ("rate", rate),
        ("time", time),
        ("pool", pool as f64),
        ("random", f64::from(u8::from(random))),
    ];
    run("burger_api", mode, &knobs)
}

fn summary(mode: &str, knobs: Knobs) -> concurrent_burgers::replay::requests::Summary {
    Requests::of(&api(mode, knobs)).summary()
}

/// The answers, in the order in which the requests arrived.
fn answers(replay: &Replay) -> Vec<Micros> {
    Requests::of(replay).iter().map(|request| request.answered.expect("it was answered")).collect()
}

#[test]
fn four_at_once_take_four_times_as_long_only_where_the_handler_blocks_the_loop() {
    let four = Knobs { requests: 4, rate: AT_ONCE, time: 0.3, ..DEFAULTS };
    assert_eq!(MODES.map(|mode| summary(mode, four).last), [0.3, 0.3, 1.2].map(seconds));
    assert_eq!(answers(&api("blocks", four)), [0.3, 0.6, 0.9, 1.2].map(seconds));
}

#[test]
fn the_forty_first_call_waits_for_a_thread() {
    let calls = |requests| Knobs { requests, rate: AT_ONCE, time: 0.2, pool: 40, random: false };
    assert_eq!(answers(&api("pool", calls(40))), vec![seconds(0.2); 40]);
    let mut all = vec![seconds(0.2); 40];
    all.push(seconds(0.4));
    assert_eq!(answers(&api("pool", calls(41))), all);
    assert_eq!(summary("awaits", calls(41)).last, seconds(0.2), "nobody waits for a thread who needs none");
}

#[test]
fn the_loop_is_held_by_a_handler_that_blocks_and_by_no_other() {
    let gap = |mode| Metrics::of(&api(mode, DEFAULTS)).longest_gap;
    assert_eq!((gap("awaits"), gap("pool")), (seconds(1.16), seconds(1.16)));
    assert!(gap("blocks") > seconds(2.0), "{:?}", gap("blocks"));
    let held =
        |mode| Metrics::of_thread(&api(mode, DEFAULTS), concurrent_burgers::trace::ThreadId(0)).holding;
    assert_eq!(MODES.map(held), [0.0, 0.0, 4.8].map(seconds));
}

#[test]
fn requests_come_when_they_come_even_if_nobody_listens() {
    for random in [false, true] {
        let arrivals = |mode| {
            let requests = Requests::of(&api(mode, Knobs { requests: 40, random, ..DEFAULTS }));
            requests.iter().map(|request| request.arrived).collect::<Vec<_>>()
        };
        let all = arrivals("awaits");
        assert_eq!(all.len(), 40);
        assert_eq!((arrivals("pool"), arrivals("blocks")), (all.clone(), all.clone()));
        // On average, four arrive in a second.
        let mean = all[39].seconds() / 39.0;
        assert!((mean - 0.25).abs() < if random { 0.08 } else { 1e-6 }, "{mean}");
        let even = all.windows(2).all(|pair| (pair[1] - pair[0]).0.abs_diff(250_000) <= 1);
        assert_eq!(even, !random);
    }
}

/// As the lesson's last step says.
#[test]
fn random_gaps_of_the_same_mean_make_some_wait_for_a_thread() {
    let p95 = |mode, random| summary(mode, Knobs { requests: 40, pool: 3, random, ..DEFAULTS }).p95;
    assert_eq!((p95("pool", false), p95("awaits", true)), (seconds(0.6), seconds(0.6)));
    assert!(p95("pool", true) > seconds(0.8), "{:?}", p95("pool", true));
}

/// As the lesson's last step says.
#[test]
fn of_forty_one_a_second_the_last_one_waits_for_one_of_forty_threads() {
    let replay = api("pool", Knobs { requests: 41, rate: 41.0, time: 1.5, pool: 40, random: false });
    let waits =
        |request: &concurrent_burgers::replay::requests::Request| request.latency() > Some(seconds(1.5));
    let late: Vec<_> = Requests::of(&replay)
        .iter()
        .filter(|it| waits(it))
        .map(|it| replay.trace.name(it.task).to_owned())
        .collect();
    assert_eq!(late, ["GET 41"]);
    assert_eq!(answers(&replay)[40], seconds(3.0));
}

#[test]
fn a_request_is_not_here_before_it_arrives() {
    let replay = api("blocks", DEFAULTS);
    let second = lane(&replay, "GET 2");
    assert_eq!(second.begin(), seconds(0.25));
    assert!(second.at(seconds(0.2)).is_none());
    let state = |time| second.at(seconds(time)).map(|span| span.state);
    assert_eq!([0.3, 0.7].map(state), [Some(State::Ready), Some(State::Holding)]);
    assert_eq!(second.over(), Some(seconds(1.2)));
}

#[test]
fn the_pool_has_no_more_threads_than_the_knob_says_or_than_there_are_requests() {
    let program = scenarios::find("burger_api").expect("it is registered");
    let threads = |mode: &str, requests: f64, pool: f64| {
        let knobs = [("requests", requests), ("pool", pool)].into_iter().collect();
        program.threads(&Setup { mode: mode.to_owned(), knobs })
    };
    assert_eq!(threads("pool", 8.0, 40.0).pool, 8);
    assert_eq!(threads("pool", 48.0, 40.0).pool, 40);
    assert_eq!((threads("awaits", 8.0, 4.0).pool, threads("blocks", 8.0, 4.0).pool), (0, 0));
}

#[test]
fn who_waits_for_a_thread_of_the_pool_waits_until_it_is_back() {
    let replay = api("pool", Knobs { pool: 2, ..DEFAULTS });
    for request in Requests::of(&replay).iter() {
        let spans = &replay.lane(request.task).expect("it has a lane").spans;
        let states: Vec<_> = spans.iter().map(|span| span.state).collect();
        assert_eq!(states, [State::Waiting, State::Done]);
        assert_eq!(Some(spans[0].to), request.answered);
    }
    let pooled: Vec<_> = replay.ios.iter().filter(|io| io.task.index() > 1 && io.ticket > 0).collect();
    assert_eq!(pooled.len(), 8);
    assert!(pooled.iter().all(|io| io.done && io.to == io.fetched && io.to > Some(io.from)));
}

/// When a shop with so many servers, first come, first served, is through with each.
fn first_come_first_served(arrivals: &[Micros], servers: usize, time: Micros) -> Vec<Micros> {
    let mut free = vec![Micros(0); servers];
    let serve = |arrived: &Micros| {
        let next = free.iter_mut().min().expect("there is one");
        *next = (*next).max(*arrived) + time;
        *next
    };
    arrivals.iter().map(serve).collect()
}

fn knobs() -> impl Strategy<Value = Knobs> {
    (1..=48usize, 1..=16u32, 1..=15u32, 1..=40usize, any::<bool>()).prop_map(
        |(requests, rate, time, pool, random)| Knobs {
            requests,
            rate: f64::from(rate),
            time: f64::from(time) / 10.0,
            pool,
            random,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn everybody_is_answered_when_arithmetic_says(knobs in knobs()) {
        let time = seconds(knobs.time);
        for (mode, servers) in [("awaits", knobs.requests), ("pool", knobs.pool), ("blocks", 1)] {
            let replay = api(mode, knobs);
            let requests = Requests::of(&replay);
            prop_assert_eq!(requests.iter().count(), knobs.requests, "nothing is lost");
            let arrivals = requests.arrivals_until(Micros::MAX);
            prop_assert_eq!(answers(&replay), first_come_first_served(&arrivals, servers, time), "{}", mode);
        }
    }

    #[test]
    fn never_are_more_threads_at_work_than_the_pool_has(knobs in knobs()) {
        let replay = api("pool", knobs);
        let held: Vec<_> = replay.clerks.iter().flat_map(|clerk| &clerk.spans).filter(|it| it.state == State::Holding).collect();
        prop_assert_eq!(held.len(), knobs.requests);
        for begun in &held {
            let at_once = held.iter().filter(|it| it.from <= begun.from && begun.from < it.to).count();
            prop_assert!(at_once <= knobs.pool);
        }
        prop_assert!(replay.clerks[0].spans.iter().all(|busy| busy.state != State::Holding), "the loop is free");
    }

    #[test]
    fn a_pool_of_enough_threads_is_as_good_as_awaiting_and_one_of_one_no_better_than_blocking(knobs in knobs()) {
        let enough = summary("pool", Knobs { pool: 48, ..knobs });
        prop_assert_eq!(enough, summary("awaits", knobs));
        prop_assert_eq!(summary("pool", Knobs { pool: 1, ..knobs }), summary("blocks", knobs));
        let some = summary("pool", knobs);
        prop_assert!(enough.p95 <= some.p95 && some.p95 <= summary("blocks", knobs).p95);
    }

    #[test]
    fn a_percentile_is_a_latency_that_so_many_do_not_exceed(mut times in prop::collection::vec(0..5000u32, 1..60), share in 0.0..=1.0f64) {
        times.sort_unstable();
        let times: Vec<_> = times.into_iter().map(Micros).collect();
        let at = percentile(&times, share).expect("there are some");
        prop_assert!(times.contains(&at));
        let not_more = |than: Micros| times.iter().filter(|time| **time <= than).count() as f64;
        prop_assert!(not_more(at) >= share * times.len() as f64 - 1e-6);
        let fewer = times.iter().filter(|time| **time < at).count() as f64;
        prop_assert!(fewer < (share * times.len() as f64).max(1.0), "and none shorter will do");
    }
}
