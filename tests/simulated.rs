//! The simulated runtime: what holds for every program, and what the counter must come to.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::HashMap;
use std::future::Future;

use concurrent_burgers::replay::{Lasts, Metrics, Replay, State};
use concurrent_burgers::runtime::{Rt, Setup, Threads, simulated};
use concurrent_burgers::scenarios::{counter, get_burgers};
use concurrent_burgers::trace::{Event, Micros, Millis, TaskId, Trace, What};
use futures_util::future::join_all;
use proptest::prelude::*;

#[path = "common/closure.rs"]
mod closure;
mod common;

use closure::Try;
use common::{random_trace, setup, times, verbs};

fn total(trace: &Trace) -> Micros {
    Metrics::of(&Replay::new(trace.clone(), Lasts::ToTheEnd)).total
}

#[test]
fn three_customers_take_twelve_seconds_blocking_and_six_waiting() {
    assert_eq!(
        total(&simulated::run(counter::SCENARIO, &setup("blocking", &[]))),
        Micros::from_seconds(12.0)
    );
    assert_eq!(total(&simulated::run(counter::SCENARIO, &setup("async", &[]))), Micros::from_seconds(6.0));
    assert_eq!(total(&simulated::run(counter::SCENARIO, &setup("side", &[]))), Micros::from_seconds(12.0));
}

#[test]
fn await_in_a_row_is_sequential_and_gathering_overlaps() {
    let sequence = simulated::run(get_burgers::SCENARIO, &setup("sequence", &[]));
    assert_eq!(total(&sequence), Micros::from_seconds(12.0));
    assert!(sequence.events().iter().all(|event| event.task.index() == 0), "one task does it all");
    let together = simulated::run(get_burgers::SCENARIO, &setup("together", &[]));
    assert_eq!(total(&together), Micros::from_seconds(6.0));
}

#[test]
fn ready_is_not_running() {
    // Ada's grill is done at 4 s, in the middle of Ben's long story at the till.
    let knobs = [("customers", 2.0), ("ordering", 2.5), ("grilling", 1.0)];
    let replay = Replay::new(simulated::run(counter::SCENARIO, &setup("async", &knobs)), Lasts::ToTheEnd);
    let ada = replay.lanes.iter().find(|lane| lane.name == "Ada").expect("Ada came");
    let state = |seconds| ada.at(Micros::from_seconds(seconds)).map(|span| span.state);
    assert_eq!(state(3.0), Some(State::Waiting));
    assert_eq!(state(4.0), Some(State::Ready));
    assert_eq!(state(4.9), Some(State::Ready));
    assert_eq!(ada.over(), Some(Micros::from_seconds(5.0)));
}

fn try_out<R: Future<Output = ()> + 'static>(pool: usize, start: impl Fn(Rt) -> R + Copy + 'static) -> Trace {
    simulated::run(Try { start, threads: Threads { programs: 1, pool } }, &Setup::default())
}

fn said(trace: &Trace) -> Vec<(f64, String)> {
    let texts = trace.events().iter().filter_map(|event| match event.what {
        What::Say { text } => Some((event.at.seconds(), trace.text(event.task, text).to_owned())),
        _ => None,
    });
    texts.collect()
}

#[test]
fn an_aborted_task_is_cancelled_and_its_errand_with_it() {
    let trace = try_out(0, |rt| async move {
        let inner = rt.clone();
        let task = rt.spawn("late", async move {
            inner.io("one", Millis(5000.0)).await;
            inner.say("never said");
        });
        rt.io("two", Millis(1000.0)).await;
        task.abort();
        rt.say(format!("{:?}", task.await));
    });
    assert_eq!(said(&trace), [(1.0, "Err(Cancelled)".to_owned())]);
    let replay = Replay::new(trace, Lasts::ToTheEnd);
    assert_eq!(replay.lanes[1].spans.last().map(|span| span.state), Some(State::Cancelled));
    assert!(!replay.ios[1].done);
    assert_eq!(replay.end, Micros::from_seconds(1.0), "nobody waits for a slip taken off the grill");
}

#[test]
fn a_task_aborted_before_its_first_poll_never_runs() {
    let trace = try_out(0, |rt| async move {
        let inner = rt.clone();
        rt.spawn("late", async move { inner.say("never said") }).abort();
    });
    assert!(said(&trace).is_empty());
    assert!(trace.events().iter().any(|event| event.what == What::Dropped));
}

#[test]
fn a_failed_task_is_failed() {
    let trace = try_out(0, |rt| async move {
        let _ = rt.spawn("burnt", async { Err::<(), _>("burnt") }).await;
    });
    let replay = Replay::new(trace, Lasts::ToTheEnd);
    assert_eq!(replay.lanes[1].spans.last().map(|span| span.state), Some(State::Failed));
}

#[test]
fn a_dropped_handle_lets_the_task_go_on() {
    let trace = try_out(0, |rt| async move {
        let inner = rt.clone();
        drop(rt.spawn("alone", async move {
            inner.io("one", Millis(1000.0)).await;
            inner.say("still here");
        }));
    });
    assert_eq!(said(&trace), [(1.0, "still here".to_owned())]);
}

#[test]
fn jobs_run_on_the_pool_first_come_first_served() {
    let trace = try_out(2, |rt| async move {
        let jobs = (1..=3).map(|n| {
            let inner = rt.clone();
            rt.spawn(&format!("job {n}"), async move {
                let value = inner.offload("one", "double", f64::from(n)).await;
                inner.say(format!("{n}: {value:?}"));
            })
        });
        join_all(jobs.collect::<Vec<_>>()).await;
    });
    // Jobs of 1, 2 and 3 s on two threads: the third begins when the first is done.
    let expected = [(1.0, "1: Some([2.0])"), (2.0, "2: Some([4.0])"), (4.0, "3: Some([6.0])")];
    assert_eq!(said(&trace), expected.map(|(at, text)| (at, text.to_owned())));
}

#[test]
fn a_job_nobody_knows_has_no_result() {
    let trace = try_out(1, |rt| async move {
        let value = rt.offload("one", "unknown", 1.0).await;
        rt.say(format!("{value:?}"));
    });
    assert_eq!(said(&trace), [(0.0, "None".to_owned())]);
}

#[test]
fn a_program_that_never_ends_is_cut_short() {
    let trace = try_out(0, |rt| async move {
        loop {
            rt.io("one", Millis(0.0)).await;
        }
    });
    assert!(trace.events().len() >= simulated::MOST_POLLS);
}

/// The polls of each thread, in order, must neither overlap nor run backwards.
fn polls_do_not_overlap(trace: &Trace) -> Result<(), TestCaseError> {
    let mut running: HashMap<u8, TaskId> = HashMap::new();
    let mut last: HashMap<u8, Micros> = HashMap::new();
    for event in trace.events() {
        let thread = event.task.thread().0;
        match event.what {
            What::PollStart => {
                prop_assert!(last.get(&thread).is_none_or(|last| *last <= event.at));
                prop_assert_eq!(running.insert(thread, event.task), None, "one task runs per thread");
            }
            What::PollEnd { .. } => {
                prop_assert_eq!(running.remove(&thread), Some(event.task));
                last.insert(thread, event.at);
            }
            _ => {}
        }
    }
    prop_assert!(running.is_empty());
    Ok(())
}

/// After every wake of a task that is not over, it is polled or dropped.
fn no_wake_goes_missing(events: &[Event]) -> Result<(), TestCaseError> {
    let mut woken: HashMap<TaskId, bool> = HashMap::new();
    for event in events {
        match event.what {
            What::Wake { .. } | What::Spawned { .. } => {
                woken.insert(event.task, true);
            }
            What::PollStart | What::Dropped => {
                woken.insert(event.task, false);
            }
            What::PollEnd { ready: true } => {
                woken.remove(&event.task);
            }
            _ => {}
        }
    }
    prop_assert!(woken.values().all(|woken| !woken), "somebody was called and never polled");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn the_blocking_counter_adds_everything_up(n in 1..=12usize, order in 0..3000u32, grill in 0..6000u32) {
        let trace = simulated::run(counter::SCENARIO, &setup("blocking", &times(n, order, grill)));
        prop_assert_eq!(total(&trace), Micros((order + grill) * 1000 * n as u32));
    }

    #[test]
    fn the_async_counter_takes_what_arithmetic_says(n in 1..=12usize, order in 0..3000u32, grill in 0..6000u32) {
        let trace = simulated::run(counter::SCENARIO, &setup("async", &times(n, order, grill)));
        // The last one orders at n x ordering and waits for the grill; nobody else is later.
        prop_assert_eq!(total(&trace), Micros((order * n as u32 + grill) * 1000));
    }

    #[test]
    fn the_order_of_events_is_sound(verbs in verbs(), programs in 1..3usize, pool in 1..3usize) {
        let trace = random_trace(&verbs, programs, pool);
        polls_do_not_overlap(&trace)?;
        no_wake_goes_missing(trace.events())?;
        prop_assert!(trace.events().is_sorted_by_key(|event| event.at));
    }

    #[test]
    fn a_task_stays_on_its_thread(verbs in verbs(), programs in 1..3usize) {
        let trace = random_trace(&verbs, programs, 1);
        for event in trace.events() {
            prop_assert!(usize::from(event.task.thread().0) < programs + 1);
        }
        // What a clerk did is what the tasks of this thread did, and nothing overlaps.
        let replay = Replay::new(trace, Lasts::ToTheEnd);
        for (thread, clerk) in replay.clerks.iter().enumerate() {
            prop_assert!(clerk.spans.windows(2).all(|pair| pair[0].to <= pair[1].from));
            prop_assert!(clerk.spans.iter().all(|busy| usize::from(busy.task.thread().0) == thread));
        }
    }

    #[test]
    fn states_partition_each_life(verbs in verbs(), pool in 1..3usize) {
        let replay = Replay::new(random_trace(&verbs, 1, pool), Lasts::ToTheEnd);
        for lane in &replay.lanes {
            prop_assert!(lane.spans.windows(2).all(|pair| pair[0].to == pair[1].from));
            prop_assert!(lane.spans.windows(2).all(|pair| !pair[0].state.is_over()));
            // A coroutine that is awaited goes on as a part of another task; a run of no time at all leaves no span.
            match lane.slip.and_then(|slip| slip.entered) {
                Some(entered) => prop_assert!(lane.spans.last().is_none_or(|span| span.to == entered)),
                None => prop_assert!(lane.spans.last().is_some_and(|span| span.to == replay.end)),
            }
        }
    }

    #[test]
    fn the_same_program_gives_the_same_trace(verbs in verbs(), programs in 1..3usize, pool in 1..3usize) {
        let words = |trace: &Trace| trace.events().iter().flat_map(|event| event.encode()).collect::<Vec<_>>();
        let (one, two) = (random_trace(&verbs, programs, pool), random_trace(&verbs, programs, pool));
        prop_assert_eq!(words(&one), words(&two));
        prop_assert_eq!(one, two);
    }
}

#[test]
fn a_task_that_yields_does_not_hold_the_thread_all_the_while() {
    let trace = try_out(0, |rt| async move {
        for _ in 0..3 {
            rt.work("one", Millis(1000.0));
            rt.io("two", Millis(0.0)).await;
        }
    });
    let metrics = Metrics::of(&Replay::new(trace, Lasts::ToTheEnd));
    assert_eq!(metrics.longest_hold.map(|(time, ..)| time), Some(Micros::from_seconds(1.0)));
}

#[test]
fn an_answer_is_there_when_the_other_thread_has_it() {
    // While it waits, the thread that asked does something else, and is free in between.
    let trace = try_out(1, |rt| async move {
        let inner = rt.clone();
        let other = rt.spawn("other", async move {
            inner.io("two", Millis(500.0)).await;
            inner.work("two", Millis(100.0));
        });
        let asked = rt.spawn("asked", {
            let rt = rt.clone();
            async move { rt.offload("one", "double", 1.0).await.map_or((), drop) }
        });
        let _ = (other.await, asked.await);
    });
    let of_asked = trace.events().iter().filter(|event| trace.name(event.task) == "asked");
    let ends: Vec<_> =
        of_asked.filter(|event| matches!(event.what, What::IoEnd { .. } | What::Wake { .. })).collect();
    let there = Micros::from_seconds(1.0);
    assert!(ends.len() >= 2 && ends.iter().all(|event| event.at == there), "{ends:?}");
}
