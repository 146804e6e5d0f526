//! What a thread records, however its executor shares readings of the clock and however long the record is.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use concurrent_burgers::replay::State;
use concurrent_burgers::trace::{Hold, Millis, Recorder, StepId};

use super::*;

/// What a task does in a poll.
#[derive(Clone, Copy, Debug)]
enum Act {
    /// Asks for another turn.
    Yield,
    /// Wakes another task.
    Wake(u8),
    /// Holds the thread.
    Hold(u16),
    Asks,
    Gets,
    Says,
    /// Something that is not recorded takes so many µs.
    Silent(u8),
}

/// What happens on the thread.
#[derive(Clone, Debug)]
enum Step {
    Poll(u8, Vec<Act>, bool),
    /// Somebody else wakes a task; polls no longer follow each other at once.
    Pause(u8, u8),
    HandOver,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let act = prop_oneof![
        6 => Just(Act::Yield),
        1 => (0..4u8).prop_map(Act::Wake),
        1 => (0..900u16).prop_map(Act::Hold),
        1 => Just(Act::Asks),
        1 => Just(Act::Gets),
        1 => Just(Act::Says),
        3 => (0..9u8).prop_map(Act::Silent),
    ];
    let over = prop_oneof![12 => Just(false), 1 => Just(true)];
    let poll = (0..4u8, prop::collection::vec(act, 0..3), over);
    let step = prop_oneof![
        9 => poll.prop_map(|(task, acts, over)| Step::Poll(task, acts, over)),
        1 => (0..4u8, any::<u8>()).prop_map(|(task, time)| Step::Pause(task, time)),
        1 => Just(Step::HandOver),
    ];
    prop::collection::vec(step, 0..160)
}

fn act(log: &Recorder, time: &AtomicU32, task: TaskId, tasks: &[TaskId], act: Act) {
    let step = StepId(0);
    match act {
        Act::Yield => log.wake(task),
        Act::Wake(other) => log.wake(tasks[usize::from(other)]),
        Act::Hold(us) => {
            let planned = Micros(us.into());
            log.record(task, What::HoldStart { hold: Hold::Work, step, planned });
            time.fetch_add(us.into(), Relaxed);
            log.record(task, What::HoldEnd);
        }
        Act::Asks => log.record(task, What::IoStart { step, planned: Millis(1.0).into() }),
        Act::Gets => log.record(task, What::IoEnd { step, done: true }),
        Act::Says => log.say("hello".into()),
        Act::Silent(us) => drop(time.fetch_add(us.into(), Relaxed)),
    }
}

/// Records all that; polls in which nothing happens are left out after so many events.
fn record(steps: &[Step], shares: bool, thin_after: usize) -> Trace {
    let time = Arc::new(AtomicU32::new(0));
    let clock = time.clone();
    let log = Recorder::new(ThreadId(0), &["grill"], Box::new(move || Micros(clock.load(Relaxed))));
    log.thin_after(thin_after);
    let mut trace = Trace::of(&["grill"]);
    let tasks: Vec<_> = (0..4)
        .map(|_| {
            let task = log.new_task("task");
            log.record(task, What::Spawned { by: None.into() });
            task
        })
        .collect();
    let mut over = [false; 4];
    log.goes_on(shares);
    for step in steps {
        match step {
            Step::Poll(index, acts, ends) if !over[usize::from(*index)] => {
                let task = tasks[usize::from(*index)];
                let before = log.enter(task);
                acts.iter().for_each(|it| act(&log, &time, task, &tasks, *it));
                log.leave(task, before, *ends);
                over[usize::from(*index)] = *ends;
            }
            Step::Poll(..) => {}
            Step::Pause(task, us) => {
                log.goes_on(false);
                time.fetch_add(u32::from(*us), Relaxed);
                log.wake(tasks[usize::from(*task)]);
                log.goes_on(shares);
            }
            Step::HandOver => trace.add(0, log.take()),
        }
    }
    trace.add(0, log.take());
    trace
}

/// Polls begin and end in turns, and no time is earlier than the one before.
fn is_well_formed(trace: &Trace) -> Result<(), TestCaseError> {
    prop_assert!(trace.events().is_sorted_by_key(|event| event.at));
    let mut polled: Option<TaskId> = None;
    for event in trace.events() {
        match event.what {
            What::PollStart => prop_assert_eq!(polled.replace(event.task), None),
            What::PollEnd { .. } => prop_assert_eq!(polled.take(), Some(event.task)),
            What::HoldStart { .. } | What::HoldEnd => prop_assert_eq!(polled, Some(event.task)),
            _ => {}
        }
    }
    prop_assert_eq!(polled, None);
    Ok(())
}

/// Which polls do nothing but ask for turns: their first and last event.
fn silent(events: &[Event]) -> Vec<(usize, usize)> {
    let mut silent = Vec::new();
    for (first, begin) in events.iter().enumerate().filter(|(_, event)| event.what == What::PollStart) {
        let turn = |event: &&Event| {
            event.task == begin.task && event.what == What::Wake { by: Some(begin.task).into() }
        };
        let turns = events[first + 1..].iter().take_while(turn).count();
        let last = first + 1 + turns;
        if turns > 0 && events.get(last).is_some_and(|event| event.what == What::PollEnd { ready: false }) {
            silent.push((first, last));
        }
    }
    silent
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn time_never_goes_back_and_no_poll_begins_before_the_last_has_ended(steps in steps(), shares: bool) {
        is_well_formed(&record(&steps, shares, usize::MAX))?;
    }

    #[test]
    fn readings_are_shared_only_by_polls_in_which_nothing_happens(steps in steps()) {
        let (shared, exact) = (record(&steps, true, usize::MAX), record(&steps, false, usize::MAX));
        let silent = silent(exact.events());
        prop_assert_eq!(shared.events().len(), exact.events().len());
        for (index, (one, other)) in shared.events().iter().zip(exact.events()).enumerate() {
            prop_assert_eq!((one.task, one.what), (other.task, other.what));
            // What is told of begins, ends and turns may be earlier; everything else is as it was.
            let in_silence = silent.iter().any(|(first, last)| (*first..=*last).contains(&index));
            let of_polls = matches!(one.what, What::PollStart | What::PollEnd { .. } | What::Wake { .. });
            prop_assert!(one.at <= other.at);
            prop_assert!(one.at == other.at || in_silence || of_polls, "{:?} is not {:?}", one, other);
        }
    }

    #[test]
    fn a_thinned_record_lacks_whole_polls_only_and_says_how_many(steps in steps(), shares: bool, room in 0..200usize) {
        let (all, thin) = (record(&steps, shares, usize::MAX), record(&steps, shares, room));
        is_well_formed(&thin)?;
        let (all, kept) = (all.events(), thin.events());
        let silent = silent(all);
        // Recorded whole up to a place; from there on without the polls in which nothing happens, but for the first of a task
        // after something has.
        let (mut left, mut expected, mut quiet, mut index) = (0, Vec::new(), [false; 4], 0);
        while let Some(event) = all.get(index) {
            let poll = silent.iter().find(|(first, _)| *first == index).filter(|_| expected.len() >= room);
            let (next, quiet) = (poll.map_or(index, |poll| poll.1) + 1, &mut quiet[event.task.index()]);
            if poll.is_some() && *quiet {
                left += 1;
            } else {
                expected.extend_from_slice(&all[index..next]);
            }
            *quiet = poll.is_some();
            index = next;
        }
        prop_assert_eq!(kept, &expected[..]);
        prop_assert_eq!(thin.left_out(), left);
    }

    #[test]
    fn a_thinned_record_shows_the_same_states_but_for_the_polls_it_lacks(steps in steps(), room in 0..80usize) {
        let (all, thin) = (whole(record(&steps, true, usize::MAX)), whole(record(&steps, true, room)));
        prop_assert_eq!(&all.ios, &thin.ios);
        prop_assert_eq!(all.lanes.len(), thin.lanes.len());
        for (one, other) in all.lanes.iter().zip(&thin.lanes) {
            prop_assert_eq!((one.over(), one.acts, one.begin()), (other.over(), other.acts, other.begin()));
            for event in thin.trace.events() {
                let [one, other] = [one, other].map(|lane| lane.at(event.at).map(|span| span.state));
                // Whoever is at the till only to ask for another turn stands in line.
                let in_turn = one == Some(State::Working) && other == Some(State::Ready);
                prop_assert!(one == other || in_turn, "{:?}: {:?}, {:?}", event.at, one, other);
            }
        }
    }
}
