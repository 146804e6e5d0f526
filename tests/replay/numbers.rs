//! The metrics, held against sums over the events and against arithmetic.

use concurrent_burgers::replay::Metrics;
use concurrent_burgers::scenarios::counter::SCENARIO;
use concurrent_burgers::trace::Hold;

use super::*;

/// How long the threads were polling, and how long of it they were held by somebody who waited.
fn kept(trace: &Trace, thread: usize) -> (Micros, Micros) {
    let (mut polling, mut holding) = (Micros(0), Micros(0));
    let (mut poll, mut hold) = (Micros(0), None);
    for event in trace.events().iter().filter(|event| usize::from(event.task.thread().0) == thread) {
        match event.what {
            What::PollStart => poll = event.at,
            What::PollEnd { .. } => polling = polling + (event.at - poll),
            What::HoldStart { hold: Hold::BlockingIo, .. } => hold = Some(event.at),
            What::HoldEnd => holding = holding + hold.take().map_or(Micros(0), |since| event.at - since),
            _ => {}
        }
    }
    (polling, holding)
}

proptest! {
    #[test]
    fn a_thread_works_or_is_held_or_is_free_and_nothing_else(Shown(trace, _) in programs()) {
        let replay = whole(trace);
        let all = Metrics::of(&replay);
        let mut sum = Metrics::default();
        for thread in 0..replay.trace.threads() {
            let run = Metrics::of_thread(&replay, ThreadId(thread as u8));
            let (polling, holding) = kept(&replay.trace, thread);
            prop_assert_eq!((run.working + run.holding, run.holding), (polling, holding), "thread {}", thread);
            prop_assert_eq!(run.working + run.holding + run.free, run.total);
            sum.working = sum.working + run.working;
            sum.holding = sum.holding + run.holding;
            sum.polls += run.polls;
        }
        prop_assert_eq!((all.working, all.holding, all.polls), (sum.working, sum.holding, sum.polls));
        let threads = replay.trace.threads() as u32;
        prop_assert_eq!(all.threads, threads);
        prop_assert_eq!(all.working + all.holding + all.free, Micros(all.total.0 * threads));
        let polls = replay.trace.events().iter().filter(|event| event.what == What::PollStart).count();
        prop_assert_eq!(all.polls as usize, polls);
    }

    #[test]
    fn the_blocking_counter_by_arithmetic(n in 1..=12u32, order in 1..1500u32, grill in 1..4000u32) {
        let replay = counter(SCENARIO, "blocking", (n as usize, order, grill));
        let run = Metrics::of(&replay);
        let ms = |ms: u32| Micros(ms * 1000);
        prop_assert_eq!((run.working, run.holding, run.free), (ms(n * order), ms(n * grill), Micros(0)));
        prop_assert_eq!(run.longest_line, ms((n - 1) * (order + grill)));
        // They leave after 1, 2, ... n times (ordering + grilling).
        prop_assert_eq!(run.mean_served, Micros((order + grill) * 1000 * (n + 1) / 2));
        let (longest, who, step) = run.longest_hold.expect("somebody held the thread");
        prop_assert_eq!((longest, replay.trace.name(who)), (ms(order + grill), "Ada"));
        // At the step that took most of it.
        let most = if grill > order { "grill" } else { "order" };
        prop_assert_eq!(SCENARIO.steps[usize::from(step.0)], most);
    }

    #[test]
    fn the_async_counter_by_arithmetic(n in 1..=12u32, order in 1..1500u32, grill in 1..4000u32) {
        let run = Metrics::of(&counter(SCENARIO, "async", (n as usize, order, grill)));
        let ms = |ms: u32| Micros(ms * 1000);
        prop_assert_eq!((run.working, run.holding), (ms(n * order), Micros(0)));
        prop_assert_eq!(run.free, run.total - run.working);
        prop_assert_eq!(run.longest_line, ms((n - 1) * order));
        prop_assert_eq!(run.longest_hold.map(|(longest, ..)| longest), Some(ms(order)));
        // Whose burgers are done while others still order waits for the last of them.
        let leave = (1..=n).map(|i| u64::from((i * order + grill).max(n * order)) * 1000);
        prop_assert_eq!(u64::from(run.mean_served.0), leave.sum::<u64>() / u64::from(n));
    }

    #[test]
    fn side_by_side_is_both_counters(n in 1..=12usize, order in 0..1500u32, grill in 0..4000u32) {
        let side = counter(SCENARIO, "side", (n, order, grill));
        for (thread, mode) in ["blocking", "async"].into_iter().enumerate() {
            let alone = Metrics::of(&counter(SCENARIO, mode, (n, order, grill)));
            let side = Metrics::of_thread(&side, ThreadId(thread as u8));
            let numbers = |run: &Metrics| (run.total, run.working, run.holding, run.free, run.polls, run.mean_served);
            prop_assert_eq!(numbers(&side), numbers(&alone));
        }
    }
}

#[test]
fn an_empty_record_has_empty_numbers() {
    let run = Metrics::of(&whole(Trace::default()));
    assert_eq!(run, Metrics::default());
    assert_eq!(run.share(run.working), 0.0);
}

/// A real clock tells a moment between the end of a hold and the end of its poll; the culprit's line is the same.
#[test]
fn a_measured_record_names_the_line_of_the_longest_hold_as_the_simulated_one_does() {
    for (name, mode) in
        [("event_loop", "blocked"), ("counter", "async"), ("structured", "gather"), ("coroutines", "task")]
    {
        let scenario = scenarios::find(name).expect("it is registered");
        let trace = simulated::run(scenario, &setup(mode, &[]));
        let later =
            |(index, event): (usize, &Event)| Event { at: event.at + Micros(7 * index as u32), ..*event };
        let measured: Vec<_> = trace.events().iter().enumerate().map(later).collect();
        let step = |trace| {
            Metrics::of(&whole(trace)).longest_hold.map(|(_, _, step)| scenario.steps[usize::from(step.0)])
        };
        assert_eq!(step(with_events(&trace, &measured)), step(trace), "{name} {mode}");
    }
}
