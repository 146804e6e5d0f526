//! What is found through the index is what a search from the start finds.

use concurrent_burgers::replay::{Io, Thing};

use super::*;

/// What a kitchen shows, and a monitor: some lengths of time, with none among them.
const AGO: [Micros; 3] = [Micros(0), Micros(900), Micros(400_000)];

fn same<'a>(found: impl IntoIterator<Item = &'a Io>, searched: impl IntoIterator<Item = &'a Io>) -> bool {
    found.into_iter().eq(searched)
}

fn is_gone(io: &Io, time: Micros) -> bool {
    io.fetched.or(io.to.filter(|_| !io.done)).is_some_and(|gone| gone <= time)
}

/// Everything that can be asked about the errands of a task at a time.
fn of_task(replay: &Replay, task: TaskId, time: Micros) -> Result<(), TestCaseError> {
    let mine = || replay.ios.iter().filter(|io| io.task == task);
    let open = |io: &&Io| io.from <= time && io.to.is_none_or(|to| time < to);
    let dishes = || mine().filter(|io| io.thing == Thing::Dish);
    prop_assert!(same(replay.errands(task), mine()));
    prop_assert!(same(replay.errands_until(task, time), mine().filter(|io| io.from <= time)));
    prop_assert!(same(replay.open_errands(task, time), mine().filter(open)));
    prop_assert!(same(replay.asked_at(task, time), mine().filter(|io| io.from == time)));
    prop_assert!(same(replay.done_at(task, time), mine().filter(|io| io.done && io.to == Some(time))));
    let in_hand = dishes().find(|io| io.from <= time && !is_gone(io, time));
    prop_assert!(same(replay.in_hand(task, time), in_hand));
    if let Some(lane) = replay.lane(task) {
        prop_assert_eq!(lane.asked, dishes().map(|io| io.from).min());
        prop_assert_eq!(lane.got, dishes().filter(|io| io.done).map(|io| io.from).min());
    }
    Ok(())
}

/// Everything that can be asked about the errands of a thread at a time.
fn of_thread(replay: &Replay, thread: ThreadId, time: Micros) -> Result<(), TestCaseError> {
    let here = || replay.ios.iter().filter(|io| io.task.thread() == thread);
    let open = |io: &&Io| io.from <= time && io.to.is_none_or(|to| time < to);
    let dishes = || here().filter(|io| io.thing == Thing::Dish && io.to.is_some_and(|to| to <= time));
    let since = |io: &Io, ago: Micros| io.to.is_some_and(|to| time < to + ago);
    prop_assert!(same(replay.open_on(thread, time), here().filter(open)));
    for ago in AGO {
        let spoilt = dishes().filter(|io| since(io, ago) && (!io.done || io.burnt.is_some()));
        prop_assert!(same(replay.spoilt_on(thread, ago, time), spoilt));
        let called = dishes().filter(|io| io.done && (since(io, ago) || !is_gone(io, time)));
        prop_assert!(same(replay.called_on(thread, ago, time), called.max_by_key(|io| io.to)));
    }
    Ok(())
}

fn all(replay: &Replay) -> Result<(), TestCaseError> {
    // Just before and just after are asked, too.
    let times = replay.trace.events().iter().map(|event| event.at);
    let mut times: Vec<_> = times.flat_map(|at| [at - Micros(1), at, at + Micros(1)]).collect();
    times.dedup();
    let step = times.len() / 60 + 1;
    for time in times.into_iter().step_by(step) {
        for lane in &replay.lanes {
            of_task(replay, lane.task, time)?;
        }
        for thread in 0..replay.trace.threads() {
            of_thread(replay, ThreadId(thread as u8), time)?;
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn errands_of_scenarios_are_found_as_a_search_finds_them(Shown(replay, _) in counters()) {
        all(&replay)?;
    }

    #[test]
    fn errands_of_random_programs_are_found_as_a_search_finds_them(Shown(trace, _) in programs(), cut: prop::sample::Index) {
        let events = trace.events();
        let part = if events.is_empty() { 0 } else { cut.index(events.len()) + 1 };
        all(&Replay::new(with_events(&trace, &events[..part]), Lasts::On))?;
        all(&whole(trace))?;
    }
}
