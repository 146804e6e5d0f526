//! What the lessons promise of their scenarios, at many settings of the knobs.
#![cfg(not(target_arch = "wasm32"))]

use concurrent_burgers::replay::{Lane, Lasts, Metrics, Replay, State};
use concurrent_burgers::runtime::{Setup, simulated};
use concurrent_burgers::scenarios;
use concurrent_burgers::trace::{Micros, What};

#[path = "scenarios/burger_api.rs"]
mod burger_api;
#[path = "scenarios/crowd.rs"]
mod crowd;
#[path = "scenarios/for_two.rs"]
mod for_two;

fn run(scenario: &str, mode: &str, knobs: &[(&str, f64)]) -> Replay {
    let program = scenarios::find(scenario).expect("it is registered");
    let setup = Setup { mode: mode.to_owned(), knobs: knobs.iter().copied().collect() };
    Replay::new(simulated::run(program, &setup), Lasts::ToTheEnd)
}

fn lane<'a>(replay: &'a Replay, name: &str) -> &'a Lane {
    replay.lanes.iter().find(|lane| lane.name == name).expect("there is such a task")
}

/// When a task says something.
fn says(replay: &Replay, words: &str) -> Vec<Micros> {
    let trace = &replay.trace;
    let said = trace.events().iter().filter(|event| match event.what {
        What::Say { text } => trace.text(event.task, text) == words,
        _ => false,
    });
    said.map(|event| event.at).collect()
}

fn seconds(seconds: f64) -> Micros {
    Micros::from_seconds(seconds)
}

#[path = "scenarios/parallel.rs"]
mod parallel;
#[path = "scenarios/web_and_ml.rs"]
mod web_and_ml;

#[path = "scenarios/structured.rs"]
mod structured;

mod waiting {
    use super::*;

    /// Settings to try: how many customers, and the times of an order and of a grill.
    fn settings() -> impl Iterator<Item = (u32, f64, f64)> {
        let times = [(1.0, 3.0), (0.1, 6.0), (3.0, 0.5), (0.7, 0.0)];
        (1..=6).flat_map(move |customers| times.map(|(ordering, grilling)| (customers, ordering, grilling)))
    }

    fn waiting(mode: &str, (customers, ordering, grilling): (u32, f64, f64)) -> Replay {
        let knobs = [("customers", f64::from(customers)), ("ordering", ordering), ("grilling", grilling)];
        run("waiting", mode, &knobs)
    }

    #[test]
    fn the_second_order_waits_for_the_first_grill_only_if_that_blocks() {
        for setting @ (customers, ordering, grilling) in settings().filter(|(customers, ..)| *customers > 1) {
            let (blocking, relaxed) = (waiting("blocking", setting), waiting("async", setting));
            assert_eq!(says(&blocking, "Ben orders"), [seconds(ordering + grilling)]);
            assert_eq!(says(&relaxed, "Ben orders"), [seconds(ordering)]);
            // The lesson reads it off the line: everybody in it waits as long for the one before.
            let others = customers - 1;
            assert_eq!(Metrics::of(&blocking).longest_line.0 / others, seconds(ordering + grilling).0);
            assert_eq!(Metrics::of(&relaxed).longest_line.0 / others, seconds(ordering).0);
        }
    }

    #[test]
    fn async_saves_waiting_and_no_work() {
        for setting @ (customers, ordering, grilling) in settings() {
            let (blocking, relaxed) =
                (Metrics::of(&waiting("blocking", setting)), Metrics::of(&waiting("async", setting)));
            let work = seconds(f64::from(customers) * ordering);
            assert_eq!((blocking.working, relaxed.working), (work, work));
            assert_eq!(blocking.holding, seconds(f64::from(customers) * grilling));
            assert_eq!(relaxed.holding, Micros(0));
            assert_eq!(blocking.total, work + blocking.holding);
            assert_eq!(relaxed.total, work + seconds(grilling));
        }
    }
}

mod event_loop {
    use super::*;

    const ORDERING: f64 = 0.1;
    const COOKING: f64 = 2.4;
    const TALK: f64 = 3.0;
    const BEAT: f64 = 1.0;

    fn event_loop(mode: &str, knobs: &[(&str, f64)]) -> Replay {
        run("event_loop", mode, knobs)
    }

    /// When anybody is polled after one time and before another.
    fn polls_between(replay: &Replay, from: Micros, to: Micros) -> Vec<Micros> {
        let polled = replay.trace.events().iter().filter(|event| event.what == What::PollStart);
        polled.map(|event| event.at).filter(|at| from < *at && *at < to).collect()
    }

    #[test]
    fn while_everyone_awaits_the_heart_beats_on_time() {
        let replay = event_loop("fair", &[]);
        let beats = says(&replay, "beat");
        assert_eq!(beats, (1..=8).map(|beat| seconds(f64::from(beat) * BEAT)).collect::<Vec<_>>());
        assert_eq!(Metrics::of(&replay).longest_hold.map(|(time, ..)| time), Some(seconds(ORDERING)));
        assert_eq!(Metrics::of(&replay).total, seconds(8.0));
    }

    #[test]
    fn the_heart_stops_for_as_long_as_ada_keeps_the_clerk() {
        let begins = ORDERING + COOKING;
        for mode in ["story", "blocked"] {
            for talk in [0.6, 1.5, TALK, 5.4] {
                let replay = event_loop(mode, &[("talk", talk)]);
                let (from, to) = (seconds(begins), seconds(begins + talk));
                let beats = says(&replay, "beat");
                assert!(!beats.iter().any(|beat| (from..to).contains(beat)), "{mode} {talk}: {beats:?}");
                assert!(polls_between(&replay, from, to).is_empty(), "{mode} {talk}: nobody is polled");
            }
        }
        // The beat that was due half a second into the block comes when the block is over.
        let beats = says(&event_loop("blocked", &[]), "beat");
        assert_eq!(beats[..4], [1.0, 2.0, begins + TALK, begins + TALK + BEAT].map(seconds));
    }

    #[test]
    fn a_heart_that_is_due_when_the_block_begins_is_late_by_the_block() {
        let replay = event_loop("blocked", &[("cooking", 1.9)]);
        let block = 2.0..5.0;
        let beats = says(&replay, "beat");
        assert_eq!(beats[..2], [seconds(1.0), seconds(block.end)]);
        let late = |mode| says(&event_loop(mode, &[("cooking", 1.9)]), "beat")[1];
        assert_eq!(late("blocked") - late("fair"), seconds(block.end - block.start));
    }

    #[test]
    fn an_await_of_what_never_waits_lets_nobody_else_run() {
        let replay = event_loop("story", &[]);
        let parts = (1..=3).map(|part| says(&replay, &format!("Ada tells part {part}"))[0]);
        assert_eq!(parts.collect::<Vec<_>>(), [2.5, 3.5, 4.5].map(seconds));
        assert!(polls_between(&replay, seconds(2.5), seconds(5.5)).is_empty());
        let (time, task, _) = Metrics::of(&replay).longest_hold.expect("someone ran");
        assert_eq!((time, replay.trace.name(task)), (seconds(TALK), "Ada"));
    }

    #[test]
    fn the_record_names_the_culprit_and_its_line() {
        let replay = event_loop("blocked", &[]);
        let (time, task, step) = Metrics::of(&replay).longest_hold.expect("someone ran");
        assert_eq!((time, replay.trace.name(task)), (seconds(TALK), "Ada"));
        let steps = scenarios::find("event_loop").expect("it is registered").steps;
        assert_eq!(steps[usize::from(step.0)], "block");
        assert_eq!(Metrics::of(&replay).holding, seconds(TALK));
        assert_eq!(Metrics::of(&event_loop("fair", &[])).holding, Micros(0));
        assert_eq!(Metrics::of(&event_loop("story", &[])).holding, Micros(0), "a story is work");
    }

    #[test]
    fn ben_is_ready_when_his_number_lights_up_and_runs_when_ada_is_through() {
        for mode in ["story", "blocked"] {
            for customers in 2..=6 {
                for (ordering, cooking, talk) in [(0.1, 2.4, 3.0), (0.6, 1.0, 3.0), (0.3, 6.0, 5.4)] {
                    let knobs = [
                        ("customers", f64::from(customers)),
                        ("ordering", ordering),
                        ("cooking", cooking),
                        ("talk", talk),
                    ];
                    let replay = event_loop(mode, &knobs);
                    // As the lesson puts it.
                    let number = seconds(2.0 * ordering + cooking);
                    let orders = f64::from(customers) * ordering;
                    let served = seconds((ordering + cooking).max(orders) + talk);
                    let ben = lane(&replay, "Ben");
                    let ready = ben.spans.iter().rfind(|span| span.state == State::Ready).expect("he waited");
                    assert_eq!((ready.from, ready.to), (number, served), "{mode} {knobs:?}");
                    assert_eq!(says(&replay, "Ben has burgers"), [served]);
                }
            }
        }
    }

    #[test]
    fn at_the_end_of_the_block_all_are_served_in_the_order_of_their_numbers() {
        let replay = event_loop("blocked", &[("customers", 6.0), ("cooking", 2.45)]);
        let end = seconds(ORDERING + 2.45 + TALK);
        let names = ["Ben", "Cy", "Dee", "Eli"].map(|name| format!("{name} has burgers"));
        let wanted: Vec<&str> = names.iter().map(String::as_str).chain(["beat"]).collect();
        let trace = &replay.trace;
        let said =
            trace.events().iter().filter(|event| event.at == end).filter_map(|event| match event.what {
                What::Say { text } => Some(trace.text(event.task, text)),
                _ => None,
            });
        let served: Vec<_> = said.filter(|text| wanted.contains(text)).collect();
        assert_eq!(served, wanted);
    }

    #[test]
    fn every_run_ends_by_itself() {
        for mode in ["fair", "story", "blocked"] {
            for beat in [0.7, BEAT, 2.0] {
                let replay = event_loop(mode, &[("beat", beat)]);
                let last = |lane: &Lane| lane.spans.last().map(|span| span.state);
                assert!(replay.lanes.iter().all(|lane| last(lane) == Some(State::Done)), "{mode} {beat}");
                // The heart sees at its next beat that the shop is closed.
                let served = seconds(ORDERING + COOKING + TALK + COOKING);
                assert_eq!(says(&replay, "Ada has fries"), [served]);
                let total = Metrics::of(&replay).total;
                assert!(served < total && total <= served + seconds(beat), "{mode} {beat}: {total:?}");
            }
        }
    }
}

mod io_bound {
    use super::*;

    /// Settings to try: how many jobs, the long part of each, and the short one.
    fn settings() -> impl Iterator<Item = (u32, f64, f64)> {
        let times = [(2.4, 0.1), (1.0, 0.1), (1.9, 0.3), (4.0, 0.7), (1.0, 1.0)];
        [1, 2, 4, 10, 12].into_iter().flat_map(move |jobs| times.map(|(long, short)| (jobs, long, short)))
    }

    fn io_bound(mode: &str, (jobs, long, short): (u32, f64, f64)) -> Replay {
        run("io_bound", mode, &[("jobs", f64::from(jobs)), ("long", long), ("short", short)])
    }

    fn total(mode: &str, setting: (u32, f64, f64)) -> Micros {
        Metrics::of(&io_bound(mode, setting)).total
    }

    #[test]
    fn in_a_row_a_job_that_waits_and_one_that_computes_take_the_same_time() {
        for setting @ (jobs, long, short) in settings() {
            let whole = seconds(f64::from(jobs) * (long + short));
            assert_eq!((total("io_row", setting), total("cpu_row", setting)), (whole, whole), "{setting:?}");
        }
    }

    #[test]
    fn together_the_waits_overlap_and_the_work_does_not() {
        for setting @ (jobs, long, short) in settings() {
            let jobs = f64::from(jobs);
            // As the lesson puts it: all the work, and then the last one's wait.
            assert_eq!(total("io_together", setting), seconds(jobs * short + long), "{setting:?}");
            assert_eq!(total("cpu_together", setting), seconds(jobs * long + short), "{setting:?}");
        }
    }

    #[test]
    fn async_changes_when_the_clerk_works_not_how_much() {
        for setting @ (jobs, long, short) in settings() {
            let working = |mode| Metrics::of(&io_bound(mode, setting)).working;
            let (ordering, chopping) = (seconds(f64::from(jobs) * short), seconds(f64::from(jobs) * long));
            assert_eq!([working("io_row"), working("io_together")], [ordering; 2], "{setting:?}");
            assert_eq!([working("cpu_row"), working("cpu_together")], [chopping; 2], "{setting:?}");
        }
    }

    #[test]
    fn ada_is_through_last_but_one_when_all_compute_together() {
        for setting @ (jobs, long, short) in
            settings().filter(|(jobs, long, short)| *jobs > 2 && short < long)
        {
            let served = |mode| says(&io_bound(mode, setting), "Ada has salad");
            assert_eq!(served("cpu_row"), [seconds(long + short)]);
            // Her number is up long before, but she stands behind all who have not yet begun.
            assert_eq!(served("cpu_together"), [seconds(f64::from(jobs) * long)], "{setting:?}");
        }
    }
}
