//! One clerk or several: totals by arithmetic, customers dealt out, threads that leave each other alone.

use super::*;
use concurrent_burgers::scenarios::parallel::MOST;
use concurrent_burgers::trace::ThreadId;

/// Threads, customers, and the times of work, waiting and starting.
type Setting = (u32, u32, f64, f64, f64);

fn parallel(mode: &str, (threads, customers, work, wait, start): Setting) -> Replay {
    let (threads, customers) = (f64::from(threads), f64::from(customers));
    let knobs =
        [("threads", threads), ("customers", customers), ("work", work), ("wait", wait), ("start", start)];
    run("parallel", mode, &knobs)
}

fn settings() -> impl Iterator<Item = Setting> {
    let times = [(0.4, 2.2, 0.1), (1.0, 0.0, 0.1), (0.1, 6.0, 0.5), (4.0, 0.1, 0.0)];
    let counts = (1..=8).flat_map(|threads| [1, 2, 3, 8, 12].map(|customers| (threads, customers)));
    counts.flat_map(move |(threads, customers)| {
        times.map(|(work, wait, start)| (threads, customers, work, wait, start))
    })
}

fn total(replay: &Replay) -> Micros {
    Metrics::of(replay).total
}

/// How many customers a thread has: they are dealt out like cards.
fn dealt(thread: u32, (threads, customers, ..): Setting) -> u32 {
    customers / threads + u32::from(thread < customers % threads)
}

/// When the last of several clerks is through, if `day` is the time that so many customers take.
fn last(setting: Setting, day: impl Fn(f64) -> f64) -> Micros {
    let (threads, .., start) = setting;
    let ends = (0..threads).map(|thread| {
        let customers = dealt(thread, setting);
        seconds(f64::from(thread) * start + if customers > 0 { day(f64::from(customers)) } else { 0.0 })
    });
    ends.max().unwrap_or_default()
}

#[test]
fn every_total_is_arithmetic() {
    for setting @ (_, customers, work, wait, _) in settings() {
        let blocking = |customers: f64| customers * (work + wait);
        // Whose wait is over while others still work has to wait for the last of them.
        let relaxed = |customers: f64| customers * work + wait;
        let all = f64::from(customers);
        let totals = ["blocking", "async", "threads", "both"].map(|mode| total(&parallel(mode, setting)));
        let expected =
            [seconds(blocking(all)), seconds(relaxed(all)), last(setting, blocking), last(setting, relaxed)];
        assert_eq!(totals, expected, "{setting:?}");
    }
}

#[test]
fn customers_are_dealt_out_fairly_and_none_is_served_twice() {
    for setting @ (threads, customers, ..) in settings() {
        for mode in ["threads", "both"] {
            let replay = parallel(mode, setting);
            assert_eq!(replay.clerks.len(), threads as usize);
            let mut served = Vec::new();
            for thread in 0..threads {
                let lanes = replay.thread(ThreadId(thread as u8)).filter(|lane| lane.task.index() > 0);
                let names: Vec<_> = lanes.map(|lane| lane.name.clone()).collect();
                assert_eq!(names.len() as u32, dealt(thread, setting), "{mode} {setting:?}");
                served.extend(names);
            }
            served.sort();
            let all = &scenarios::CUSTOMERS[..customers as usize];
            assert_eq!(served, all, "the names are in the order of the alphabet");
        }
    }
}

#[test]
fn a_thread_knows_nothing_of_the_others() {
    // Each of four clerks has the day of a clerk alone, later by what starting took.
    for (work, wait) in [(0.4, 2.2), (1.0, 0.0), (0.3, 0.1)] {
        for (several, one) in [("threads", "blocking"), ("both", "async")] {
            let alone = parallel(one, (1, 2, work, wait, 0.0));
            let replay = parallel(several, (4, 8, work, wait, 0.1));
            let day = Metrics::of_thread(&alone, ThreadId(0));
            for thread in 0..4 {
                let run = Metrics::of_thread(&replay, ThreadId(thread));
                assert_eq!(run.total - day.total, seconds(0.1 * f64::from(thread)));
                let numbers = |run: &Metrics| {
                    let hold = run.longest_hold.map(|(time, ..)| time);
                    (run.working, run.holding, run.longest_line, run.mean_served, hold)
                };
                assert_eq!(numbers(&run), numbers(&day), "{several} {work} {wait}");
            }
        }
    }
}

#[test]
fn shares_are_of_the_time_of_all_threads() {
    let run = Metrics::of(&parallel("threads", (4, 8, 0.4, 2.2, 0.1)));
    assert_eq!((run.threads, run.total), (4, seconds(5.5)));
    assert_eq!((run.working, run.holding), (seconds(3.2), seconds(17.6)));
    assert_eq!(run.free, seconds(4.0 * 5.5 - 3.2 - 17.6));
    assert!((run.share(run.holding) - 0.8).abs() < 1e-9);
}

#[test]
fn without_a_wait_async_changes_nothing() {
    for setting @ (.., wait, _) in settings() {
        if wait == 0.0 {
            assert_eq!(total(&parallel("blocking", setting)), total(&parallel("async", setting)));
            assert_eq!(total(&parallel("threads", setting)), total(&parallel("both", setting)));
        }
    }
}

#[test]
fn the_number_of_threads_is_kept_within_bounds() {
    for (asked, threads) in [(0, 1), (1, 1), (8, 8), (50, MOST)] {
        let replay = parallel("threads", (asked, 12, 0.1, 0.1, 0.0));
        assert_eq!(replay.clerks.len(), threads);
        assert_eq!(replay.lanes.iter().filter(|lane| lane.task.index() > 0).count(), 12);
    }
}

#[test]
fn nothing_is_cooked_while_a_clerk_is_started() {
    let replay = parallel("both", (3, 3, 0.4, 1.0, 0.5));
    assert!(replay.ios.iter().filter(|io| io.task.index() == 0).all(|io| io.ticket == 0));
    let tickets = replay.ios.iter().filter(|io| io.task.index() > 0).map(|io| (io.ticket, io.slot));
    assert_eq!(tickets.collect::<Vec<_>>(), [(1, 0); 3], "a kitchen each, which counts from 1");
    assert_eq!(says(&replay, "clerk 3 opens"), [seconds(1.0)]);
}
