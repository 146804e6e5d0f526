//! A record that grows while it is looked at: what has been shown once stays true.

use concurrent_burgers::replay::lanes::Busy;
use concurrent_burgers::replay::scene::{self, Floor, View};
use proptest::sample::Index;

use super::*;

/// All that is known of a thread at a time.
fn known(replay: &Replay, thread: ThreadId, time: Micros) -> impl PartialEq + std::fmt::Debug + use<> {
    let lane = |lane: &concurrent_burgers::replay::Lane| {
        lane.at(time).map(|span| (lane.task, lane.name.clone(), span.from, span.state, span.step))
    };
    let clerk = replay.clerks.get(usize::from(thread.0)).and_then(|clerk| clerk.at(time));
    let busy = clerk.map(|Busy { task, state, from, step, .. }| (*task, *state, *from, *step));
    (replay.thread(thread).filter_map(lane).collect::<Vec<_>>(), busy)
}

/// Whether a record that is still growing says of a thread what the whole one says, up to a time.
fn agrees(part: &Replay, all: &Replay, thread: ThreadId, until: Micros) -> Result<(), TestCaseError> {
    let floor = Floor { width: Floor::WIDE, slots: scene::slots(all, thread) };
    let view = View { thread, floor, shows_main: true, walks: true };
    for time in moments(all).into_iter().filter(|time| *time < until) {
        prop_assert_eq!(known(part, thread, time), known(all, thread, time), "{:?} {:?}", thread, time);
        prop_assert_eq!(view.at(part, time), view.at(all, time), "{:?} {:?}", thread, time);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_was_shown_before_the_end_of_a_record_stays_true(Shown(trace, _) in programs(), cut in any::<Index>()) {
        let events = trace.events();
        let part = with_events(&trace, &events[..cut.index(events.len()) + 1]);
        let (end, threads) = (part.end(), part.threads());
        let (part, all) = (Replay::new(part, Lasts::On), whole(trace));
        for thread in 0..threads {
            agrees(&part, &all, ThreadId(thread as u8), end)?;
        }
    }

    /// Threads hand over at their own times: of each, what it has handed over is the truth.
    #[test]
    fn a_thread_that_is_behind_does_not_make_another_lie(Shown(trace, _) in programs(), cuts in any::<[Index; 3]>()) {
        let mut part = Trace::default();
        let mut ends = Vec::new();
        for (thread, mut batch) in batches(&trace, trace.events()).into_iter().enumerate() {
            batch.events.truncate(cuts[thread].index(batch.events.len() + 1));
            ends.push(batch.events.last().map_or(Micros(0), |event| event.at));
            part.add(thread, batch);
        }
        let (part, all) = (Replay::new(part, Lasts::On), whole(trace));
        for (thread, end) in ends.into_iter().enumerate() {
            agrees(&part, &all, ThreadId(thread as u8), end)?;
        }
    }

    #[test]
    fn in_whatever_pieces_a_record_comes_it_is_the_same(Shown(trace, _) in programs(), cuts in prop::collection::vec((0..3usize, 1..9usize), 0..60)) {
        let mut rest = batches(&trace, trace.events());
        let mut grown = Trace::default();
        let to_the_end = (0..rest.len()).map(|thread| (thread, usize::MAX));
        for (thread, count) in cuts.into_iter().chain(to_the_end) {
            let Some(batch) = rest.get_mut(thread) else { continue };
            let events = batch.events.drain(..count.min(batch.events.len())).collect();
            let (names, texts) = (std::mem::take(&mut batch.names), std::mem::take(&mut batch.texts));
            grown.add(thread, Batch { events, names, texts, left_out: 0 });
        }
        for thread in 0..trace.threads() {
            let of_thread = |event: &&Event| usize::from(event.task.thread().0) == thread;
            let events = |trace: &Trace| trace.events().iter().filter(of_thread).copied().collect::<Vec<_>>();
            prop_assert_eq!(events(&grown), events(&trace));
        }
        prop_assert!(grown.events().is_sorted_by_key(|event| event.at));
        let (grown, all) = (whole(grown), whole(trace));
        for thread in 0..all.trace.threads() {
            agrees(&grown, &all, ThreadId(thread as u8), Micros::MAX)?;
        }
    }
}

#[test]
fn an_errand_that_ended_while_the_thread_was_held_is_told_late_and_put_in_its_place() {
    // A held thread hears late of a timer: what it hands over then happened earlier.
    let replay = counter(scenarios::counter::SCENARIO, "async", (2, 2500, 1000));
    let mut events = replay.trace.events().to_vec();
    let end = events.iter().position(|event| matches!(event.what, What::IoEnd { .. })).expect("Ada's grill");
    let late: Vec<_> = events.splice(end..end + 2, []).collect();
    assert!(matches!(
        late[..],
        [Event { what: What::IoEnd { .. }, .. }, Event { what: What::Wake { .. }, .. }]
    ));
    let mut grown = with_events(&replay.trace, &events);
    grown.add(0, Batch { events: late, ..Batch::default() });
    assert_eq!(grown.events(), replay.trace.events());
}
