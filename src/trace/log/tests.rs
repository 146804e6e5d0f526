//! When what is recorded: readings that polls share, and timers that are heard of late.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use super::super::Event;
use super::readings::{CLOSE, MOST_SHARED, SHARED};
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

/// A log whose clock is moved by hand and counts its readings.
fn by_hand() -> (Recorder, Arc<AtomicU32>, Arc<AtomicU32>) {
    let (time, readings) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
    let (clock, counted) = (time.clone(), readings.clone());
    let clock = move || {
        counted.fetch_add(1, Relaxed);
        Micros(clock.load(Relaxed))
    };
    (Recorder::new(ThreadId(0), &[], Box::new(clock)), time, readings)
}

/// What a log tells of.
fn told(log: &Recorder) -> Vec<Event> {
    log.take().events.into_iter().flat_map(Event::unpacked).collect()
}

/// The times of a run of polls without a pause, each of which takes so many µs and does `act` in its middle, and how often the clock
/// was read.
fn polls(count: u32, micros: u32, act: impl Fn(&Recorder, TaskId)) -> (Vec<Micros>, u32) {
    let (log, time, readings) = by_hand();
    let task = log.new_task("main");
    log.goes_on(true);
    for _ in 0..count {
        let before = log.enter(task);
        act(&log, task);
        time.fetch_add(micros, Relaxed);
        log.leave(task, before, false);
    }
    log.goes_on(false);
    log.wake(task);
    (told(&log).iter().map(|event| event.at).collect(), readings.load(Relaxed))
}

/// Checks that silent polls which take so many µs are told of in order, and early by so many polls at most.
fn are_early_by(polls_at_most: u32, micros: u32, times: &[Micros]) {
    assert!(times.is_sorted());
    for (poll, events) in times.as_chunks::<3>().0.iter().enumerate() {
        let ends = micros * (poll as u32 + 1);
        assert!(
            ends >= events[2].0 && ends - events[2].0 <= micros * polls_at_most,
            "poll {poll}: {events:?}"
        );
    }
}

#[test]
fn polls_in_which_nothing_happens_share_readings_and_are_never_far_off() {
    let (times, readings) = polls(90, 10, Recorder::wake);
    assert_eq!(readings, 2 + 90 / (SHARED + 1), "one for several polls, one before and one after");
    are_early_by(SHARED, 10, &times[..270]);
    assert_eq!(times[270], Micros(900), "after a pause, the clock is read");
}

#[test]
fn ever_more_polls_share_a_reading_while_the_clock_hardly_moves() {
    for (micros, most) in [(0, MOST_SHARED), (1, 2 * CLOSE.0)] {
        let (times, readings) = polls(3000, micros, Recorder::wake);
        are_early_by(most, micros, &times[..9000]);
        assert!(readings <= 3000 / SHARED / 2, "{readings} for polls of {micros} µs");
    }
}

#[test]
fn a_poll_in_which_nothing_happens_takes_one_entry_where_it_takes_one_moment() {
    let (log, _, _) = by_hand();
    let tasks = [log.new_task("one"), log.new_task("two")];
    let poll = |act: &dyn Fn()| {
        let before = log.enter(tasks[0]);
        act();
        log.leave(tasks[0], before, false);
    };
    log.goes_on(true);
    poll(&|| log.wake(tasks[0]));
    let wake = |task| What::Wake { by: By::from(Some(task)) };
    let (begin, end) = (What::PollStart, What::PollEnd { ready: false });
    let batch = log.take();
    assert_eq!(batch.events.iter().map(|event| event.what).collect::<Vec<_>>(), [What::Yielded]);
    let whats = |events: Vec<Event>| events.iter().map(|event| event.what).collect::<Vec<_>>();
    assert_eq!(
        whats(batch.events.into_iter().flat_map(Event::unpacked).collect()),
        [begin, wake(tasks[0]), end]
    );
    // Anything else is written down as it happens.
    poll(&|| (0..2).for_each(|_| log.wake(tasks[0])));
    assert_eq!(whats(log.take().events), [begin, wake(tasks[0]), wake(tasks[0]), end]);
    poll(&|| log.wake(tasks[1]));
    assert_eq!(whats(log.take().events), [begin, wake(tasks[0]), end], "by the one, of the other");
    poll(&|| log.as_task(tasks[1], || log.wake(tasks[1])));
    assert_eq!(whats(log.take().events), [begin, wake(tasks[1]), end], "by the other, of itself");
}

#[test]
fn tasks_that_are_spawned_one_right_after_another_share_readings() {
    let (log, time, readings) = by_hand();
    log.spawned("first");
    log.turn_comes();
    for _ in 1..1000 {
        time.fetch_add(1, Relaxed);
        log.spawned("next");
    }
    let spawned = log.take();
    let times: Vec<_> = spawned.events.iter().map(|event| event.at.0).collect();
    assert!(
        times.iter().enumerate().all(|(index, at)| *at <= index as u32 && index as u32 - at <= 2 * CLOSE.0)
    );
    assert!(readings.load(Relaxed) < 30 && spawned.names.len() == 1000);
    // Where nobody has said that a turn is on its way, or something has happened in between, the clock is read.
    let (log, time, _) = by_hand();
    for at in [3, 4] {
        time.store(at, Relaxed);
        log.spawned("one by one");
    }
    log.turn_comes();
    time.store(7, Relaxed);
    let task = log.spawned("shared");
    log.record(task, What::Dropped);
    log.spawned("after it");
    let times: Vec<_> = log.take().events.iter().map(|event| event.at.0).collect();
    assert_eq!(times, [3, 4, 4, 7, 7]);
}

#[test]
fn a_poll_in_which_something_happens_has_readings_of_its_own() {
    let (times, _) = polls(20, 1, |log, task| log.record(task, What::HoldEnd));
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
