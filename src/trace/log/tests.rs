//! When what is recorded: readings that polls share, and timers that are heard of late.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use super::*;

/// When a timer is recorded that was due at 0.5 s and is heard of at 2 s. The thread polls from 0 to 1 s and, after a
/// pause of 10 ms, to 2 s; in the pause, the event loop tells `turn`, if anything.
fn heard(turn: Option<bool>) -> Micros {
    let time = Arc::new(AtomicU32::new(0));
    let clock = time.clone();
    let log = Recorder::new(ThreadId(0), &[], Box::new(move || Micros(clock.load(Relaxed))));
    let task = log.new_task("main");
    log.turned(true);
    for (from, to) in [(0, 1_000_000), (1_010_000, 2_000_000)] {
        time.store(from, Relaxed);
        if let (Some(on_time), true) = (turn, from > 0) {
            log.turned(on_time);
        }
        let before = log.enter(task);
        time.store(to, Relaxed);
        log.leave(task, before, false);
    }
    log.when_due(Micros(500_000), || log.wake(task));
    log.take().events.last().map_or(Micros(0), |event| event.at)
}

/// The times of a run of polls without a pause, each of which takes 1 µs and does `act` in its middle. The clock counts its
/// readings.
fn polls(count: u32, act: impl Fn(&Recorder, TaskId)) -> (Vec<Micros>, u32) {
    let time = Arc::new(AtomicU32::new(0));
    let readings = Arc::new(AtomicU32::new(0));
    let (clock, counted) = (time.clone(), readings.clone());
    let clock = move || {
        counted.fetch_add(1, Relaxed);
        Micros(clock.load(Relaxed))
    };
    let log = Recorder::new(ThreadId(0), &[], Box::new(clock));
    let task = log.new_task("main");
    log.goes_on(true);
    for _ in 0..count {
        let before = log.enter(task);
        act(&log, task);
        time.fetch_add(1, Relaxed);
        log.leave(task, before, false);
    }
    log.goes_on(false);
    log.wake(task);
    (log.take().events.iter().map(|event| event.at).collect(), readings.load(Relaxed))
}

#[test]
fn polls_in_which_nothing_happens_share_readings_and_are_never_far_off() {
    let (times, readings) = polls(90, Recorder::wake);
    assert_eq!(readings, 2 + 90 / (SHARED + 1), "one for several polls, one before and one after");
    assert!(times.is_sorted());
    for (poll, events) in times[..270].chunks(3).enumerate() {
        let ends = poll as u32 + 1;
        assert!(ends >= events[2].0 && ends - events[2].0 <= SHARED, "poll {poll}: {events:?}");
    }
    assert_eq!(times[270], Micros(90), "after a pause, the clock is read");
}

#[test]
fn a_poll_in_which_something_happens_has_readings_of_its_own() {
    let (times, _) = polls(20, |log, task| log.record(task, What::HoldEnd));
    for (poll, events) in times[..60].chunks(3).enumerate() {
        let poll = poll as u32;
        assert_eq!(events, [Micros(poll), Micros(poll), Micros(poll + 1)]);
    }
}

#[test]
fn a_thread_that_had_no_time_hears_as_of_when_it_was_due() {
    assert_eq!(heard(None), Micros(500_000));
    assert_eq!(heard(Some(false)), Micros(500_000));
}

#[test]
fn a_thread_that_was_free_meanwhile_hears_when_it_hears() {
    assert_eq!(heard(Some(true)), Micros(2_000_000));
}
