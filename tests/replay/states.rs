//! Which state may follow which.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::task::{Context, Waker};

use concurrent_burgers::replay::Slip;
use concurrent_burgers::replay::State::{self, *};
use concurrent_burgers::trace::{Coroutine, Outcome, Recorder, Traced};

use super::*;

/// The whole life of a task. No poll without a wake, no end but from a poll or by a drop, and a
/// thread that is held is let go before the poll ends.
const LEGAL: [(State, &[State]); 8] = [
    // A coroutine that is awaited becomes a part of another task; one that is not never starts.
    (NeverStarted, &[]),
    (Ready, &[Working, Cancelled]),
    // From one step to the next it goes on working.
    (Working, &[Working, Holding, Ready, Waiting, Done, Failed]),
    (Holding, &[Working]),
    (Waiting, &[Ready, Cancelled]),
    (Done, &[]),
    (Failed, &[]),
    (Cancelled, &[]),
];

fn is_legal(from: State, to: State) -> bool {
    LEGAL.iter().any(|(state, next)| *state == from && next.contains(&to))
}

/// The same events a millisecond apart: no state is so short that it cannot be seen.
fn apart(trace: &Trace) -> Trace {
    let later = |(index, event): (usize, &Event)| Event { at: Micros(1000 * index as u32), ..*event };
    let events: Vec<_> = trace.events().iter().enumerate().map(later).collect();
    with_events(trace, &events)
}

fn transitions(replay: &Replay) -> Vec<(State, State)> {
    let pairs = replay.lanes.iter().flat_map(|lane| lane.spans.windows(2));
    pairs.map(|pair| (pair[0].state, pair[1].state)).collect()
}

proptest! {
    #[test]
    fn only_legal_states_follow_each_other(Shown(trace, _) in programs()) {
        let replay = whole(apart(&trace));
        for (from, to) in transitions(&replay) {
            prop_assert!(is_legal(from, to), "{from:?} -> {to:?}");
        }
        for lane in &replay.lanes {
            let first = if lane.slip.is_some() { NeverStarted } else { Ready };
            prop_assert_eq!(lane.spans.first().map(|span| span.state), Some(first), "spawned is ready");
        }
    }

    #[test]
    fn a_task_is_polled_as_often_as_it_begins_to_run(Shown(trace, _) in programs()) {
        let replay = whole(apart(&trace));
        for lane in &replay.lanes {
            let begins = lane.spans.windows(2).filter(|pair| !pair[0].state.is_running() && pair[1].state.is_running());
            prop_assert_eq!(begins.count(), lane.polls as usize);
        }
    }
}

/// A log whose clock is set by hand.
fn by_hand() -> (Recorder, impl Fn(u32)) {
    let time = Arc::new(AtomicU32::new(0));
    let clock = time.clone();
    let log = Recorder::new(ThreadId(0), &[], Box::new(move || Micros(clock.load(Relaxed))));
    (log, move |micros| time.store(micros, Relaxed))
}

fn replay(log: &Recorder) -> Replay {
    let mut trace = Trace::default();
    trace.add(0, log.take());
    whole(trace)
}

fn states(log: &Recorder) -> Vec<(Micros, State)> {
    replay(log).lanes[0].spans.iter().map(|span| (span.from, span.state)).collect()
}

fn poll<F: Future<Output: Outcome>>(task: &mut Pin<Box<Traced<F>>>) {
    let _ = task.as_mut().poll(&mut Context::from_waker(Waker::noop()));
}

#[test]
fn a_coroutine_that_is_dropped_unawaited_never_started() {
    let (log, set) = by_hand();
    let slip = Coroutine::made(&log, "slip", async {});
    set(5);
    assert!(!slip.was_started());
    drop(slip);
    set(9);
    let _other = Traced::spawned(&log, "other", async {});
    let replay = replay(&log);
    let lane = &replay.lanes[0];
    assert_eq!(lane.slip, Some(Slip { by: None, entered: None, dropped: Some(Micros(5)) }));
    assert_eq!(lane.at(Micros(9)).map(|span| span.state), Some(NeverStarted), "it stays so");
    assert_eq!((lane.spans.len(), lane.over()), (1, None));
}

#[test]
fn a_coroutine_that_is_awaited_becomes_a_part_of_the_task() {
    let (log, set) = by_hand();
    let slip = Coroutine::made(&log, "slip", std::future::pending::<()>());
    set(5);
    let mut task = Box::pin(Traced::spawned(&log, "task", slip));
    set(7);
    poll(&mut task);
    set(9);
    drop(task);
    let replay = replay(&log);
    let lane = &replay.lanes[0];
    assert_eq!(lane.slip.and_then(|slip| slip.entered), Some(Micros(7)));
    assert_eq!(lane.at(Micros(6)).map(|span| span.state), Some(NeverStarted));
    assert_eq!(lane.at(Micros(7)), None, "from here on it is the task that is looked at");
    assert_eq!(replay.lanes[1].spans.last().map(|span| span.state), Some(Cancelled));
}

#[test]
fn woken_while_it_runs_it_is_ready_again_at_once() {
    let (log, set) = by_hand();
    let woken = std::future::poll_fn(|context| {
        context.waker().wake_by_ref();
        std::task::Poll::<()>::Pending
    });
    let mut task = Box::pin(Traced::spawned(&log, "eager", woken));
    set(3);
    poll(&mut task);
    assert_eq!(states(&log).last(), Some(&(Micros(0), Ready)), "ready before the poll, and after it");
}

#[test]
fn a_wake_after_the_end_changes_nothing() {
    let (log, set) = by_hand();
    let mut task = Box::pin(Traced::spawned(&log, "done", async {}));
    set(1);
    poll(&mut task);
    set(2);
    Waker::from(task.task()).wake();
    drop(task);
    assert_eq!(states(&log), [(Micros(0), Ready), (Micros(1), Done)]);
}
