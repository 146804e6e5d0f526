//! Parties: what becomes of the others, when the host hears of it, and that nothing outlives a group.

use concurrent_burgers::trace::TaskId;

use super::*;

const ORDERING: f64 = 0.2;
const GRILLING: f64 = 3.0;
const BURNS: f64 = 1.0;
const PATIENCE: f64 = 2.0;
const BURNT: f64 = 2.0 * ORDERING + BURNS;

fn party(mode: &str, knobs: &[(&str, f64)]) -> Replay {
    run("structured", mode, knobs)
}

fn four(mode: &str) -> Replay {
    party(mode, &[("customers", 4.0)])
}

/// How a task ended, and when.
fn ended(replay: &Replay, name: &str) -> (State, Micros) {
    let lane = lane(replay, name);
    (lane.spans.last().expect("it began").state, lane.over().expect("it is over"))
}

/// When the first thing was said that begins like this, and what it was.
fn first(replay: &Replay, words: &str) -> (Micros, String) {
    let trace = &replay.trace;
    let said = trace.events().iter().find_map(|event| match event.what {
        What::Say { text } => {
            let text = trace.text(event.task, text);
            text.starts_with(words).then(|| (event.at, text.to_owned()))
        }
        _ => None,
    });
    said.unwrap_or_else(|| panic!("nobody says: {words}"))
}

/// What was on the grill, for whom, from when to when, and whether it was done.
fn dishes(replay: &Replay) -> Vec<(TaskId, Micros, Micros, bool)> {
    let label = |label| {
        scenarios::find("structured").expect("it is registered").steps.iter().position(|it| *it == label)
    };
    let (grill, insist) = (label("grill"), label("insist"));
    let is_dish = |step: u16| [grill, insist].contains(&Some(usize::from(step)));
    let dishes = replay.ios.iter().filter(|io| is_dish(io.step.0));
    dishes.map(|io| (io.task, io.from, io.to.expect("it ends"), io.done)).collect()
}

/// How many dishes are on the grill at most.
fn most_at_once(replay: &Replay) -> usize {
    let dishes = dishes(replay);
    let at = |time: Micros| dishes.iter().filter(|(_, from, to, _)| (*from..*to).contains(&time)).count();
    dishes.iter().map(|(_, from, ..)| at(*from)).max().unwrap_or(0)
}

#[test]
fn gather_tells_the_host_at_once_and_the_others_nothing() {
    for mode in ["gather", "promise"] {
        let replay = four(mode);
        let heard = (seconds(BURNT), "the host gets Burnt".to_owned());
        assert_eq!(first(&replay, "the host"), heard, "{mode}");
        assert_eq!(ended(&replay, "Ben"), (State::Failed, seconds(BURNT)));
        assert_eq!(first(&replay, "the party is over").1, "the party is over, 3 still inside");
        for (name, turn) in [("Ada", 1.0), ("Cy", 3.0), ("Dee", 4.0)] {
            let served = seconds(turn * ORDERING + GRILLING);
            assert_eq!(ended(&replay, name), (State::Done, served), "{mode} {name}");
            assert_eq!(says(&replay, &format!("{name} has burgers")), [served]);
        }
        assert!(dishes(&replay).iter().all(|(.., done)| *done), "nothing is taken off the grill");
    }
}

#[test]
fn promise_all_is_gather_by_another_name() {
    let told = |mode| four(mode).trace.events().to_vec();
    assert_eq!(told("gather"), told("promise"));
}

#[test]
fn a_task_group_sends_the_others_home_and_then_tells_the_host() {
    let replay = four("group");
    let burnt = seconds(BURNT);
    assert_eq!(ended(&replay, "Ben"), (State::Failed, burnt));
    for name in ["Ada", "Cy", "Dee"] {
        assert_eq!(ended(&replay, name), (State::Cancelled, burnt), "{name}");
        assert!(says(&replay, &format!("{name} has burgers")).is_empty());
    }
    assert_eq!(dishes(&replay).iter().filter(|(.., to, done)| !done && *to == burnt).count(), 3);
    assert_eq!(first(&replay, "the host"), (burnt, "the host gets ExceptionGroup: Burnt".to_owned()));
    // The host hears of it after the last of them has left.
    let events = replay.trace.events();
    let last_left = events.iter().rposition(|event| event.what == What::Dropped).expect("some are cancelled");
    let heard = events.iter().rposition(|event| matches!(event.what, What::Say { .. })).expect("it is said");
    assert!(last_left < heard);
}

#[test]
fn try_join_is_one_task_that_drops_its_other_branches_at_once() {
    let replay = four("join");
    let burnt = seconds(BURNT);
    assert_eq!(replay.lanes.len(), 1, "the host is the only task");
    let ends: Vec<_> = dishes(&replay).iter().map(|(.., to, done)| (*to, *done)).collect();
    assert_eq!(ends, [false, true, false, false].map(|done| (burnt, done)));
    assert_eq!(first(&replay, "the host"), (burnt, "the host gets Burnt".to_owned()));
    // All within the poll that saw the failure.
    assert_eq!(ended(&replay, "main"), (State::Done, burnt));
}

#[test]
fn nothing_outlives_a_group() {
    for mode in ["group", "join", "timeout", "limiter", "edge", "level"] {
        for customers in 2..=4 {
            for (grilling, burns, patience) in
                [(3.0, 1.0, 2.0), (1.5, 0.5, 0.5), (2.0, 6.0, 6.0), (6.0, 5.5, 3.5)]
            {
                let knobs = [
                    ("customers", f64::from(customers)),
                    ("grilling", grilling),
                    ("burns", burns),
                    ("patience", patience),
                ];
                let replay = party(mode, &knobs);
                let (over, inside) = first(&replay, "the party is over");
                assert_eq!(inside, "the party is over, 0 still inside", "{mode} {knobs:?}");
                assert!(replay.lanes.iter().all(|lane| lane.over().is_some_and(|end| end <= over)));
                assert!(dishes(&replay).iter().all(|(_, _, to, _)| *to <= over), "{mode} {knobs:?}");
            }
        }
    }
}

#[test]
fn if_nothing_burns_all_four_ways_are_the_same() {
    for mode in ["gather", "promise", "group", "join"] {
        let replay = party(mode, &[("burns", 6.0)]);
        let last = seconds(3.0 * ORDERING + GRILLING);
        assert_eq!(first(&replay, "the host"), (last, "the host has 6 burgers".to_owned()), "{mode}");
        assert_eq!(Metrics::of(&replay).total, last);
    }
}

#[test]
fn who_was_served_before_the_failure_is_not_cancelled() {
    // Ben's burn before Ada's are done, or just after.
    let replay = party("group", &[("grilling", 3.0), ("burns", 2.5), ("customers", 3.0)]);
    assert_eq!(ended(&replay, "Ada").0, State::Cancelled);
    let replay = party("group", &[("grilling", 3.0), ("burns", 2.9), ("customers", 3.0)]);
    assert_eq!(ended(&replay, "Ada"), (State::Done, seconds(ORDERING + 3.0)));
    assert_eq!(ended(&replay, "Cy").0, State::Cancelled);
}

#[test]
fn move_on_leaves_quietly_and_fail_takes_the_group_along() {
    let replay = four("timeout");
    let (ada, ben) = (seconds(PATIENCE), seconds(ORDERING + PATIENCE));
    assert_eq!(says(&replay, "Ada leaves without burgers"), [ada]);
    assert_eq!(ended(&replay, "Ada"), (State::Done, ada));
    assert_eq!(ended(&replay, "Ben"), (State::Failed, ben));
    assert_eq!(ended(&replay, "Cy"), (State::Cancelled, ben));
    assert_eq!(first(&replay, "the host"), (ben, "the host gets ExceptionGroup: TimeoutError".to_owned()));
    let off: Vec<_> = dishes(&replay).iter().map(|(.., to, done)| (*to, *done)).collect();
    assert_eq!(
        off,
        [(ada, false), (ben, false), (ben, false), (ben, false)],
        "the slips are taken off the grill"
    );
}

#[test]
fn a_deadline_that_is_not_reached_changes_nothing() {
    let patience = GRILLING + 0.5;
    let replay = party("timeout", &[("patience", patience)]);
    assert_eq!(first(&replay, "the host").1, "the host has 6 burgers");
    assert_eq!(Metrics::of(&replay).total, seconds(3.0 * ORDERING + GRILLING));
}

#[test]
fn no_more_dishes_than_grills_and_first_come_first_served() {
    for grills in 1..=3 {
        for customers in 2..=4 {
            let replay =
                party("limiter", &[("grills", f64::from(grills)), ("customers", f64::from(customers))]);
            let wanted = grills.min(customers) as usize;
            assert_eq!(most_at_once(&replay), wanted, "{grills} grills, {customers} guests");
            let begun: Vec<_> =
                dishes(&replay).iter().map(|(task, ..)| replay.trace.name(*task).to_owned()).collect();
            assert_eq!(begun, ["Ada", "Ben", "Cy", "Dee"][..customers as usize]);
            assert_eq!(first(&replay, "the host").1, format!("the host has {} burgers", 2 * customers));
        }
    }
    assert_eq!(most_at_once(&party("gather", &[("customers", 4.0), ("burns", 6.0)])), 4, "without a limiter");
}

#[test]
fn a_guest_without_a_grill_comes_to_the_till_when_one_is_free() {
    let replay = four("limiter");
    let clean = seconds(ORDERING + GRILLING + 0.1);
    assert_eq!(says(&replay, "Cy orders"), [clean]);
    let cy = lane(&replay, "Cy");
    assert_eq!(cy.at(seconds(1.0)).map(|span| span.state), Some(State::Waiting));
}

#[test]
fn a_swallowed_edge_lets_the_task_live_and_a_level_does_not() {
    let off = seconds(PATIENCE);
    for mode in ["edge", "level"] {
        let replay = four(mode);
        assert_eq!(says(&replay, "the host calls it off"), [off]);
        for name in ["Ada", "Cy", "Dee"] {
            assert_eq!(ended(&replay, name), (State::Cancelled, off), "{mode} {name}");
        }
    }
    let (edge, level) = (four("edge"), four("level"));
    let again = "Ben is cancelled, and waits again";
    assert_eq!(says(&edge, again), [off]);
    assert_eq!(ended(&edge, "Ben"), (State::Done, seconds(PATIENCE + GRILLING)));
    assert_eq!(says(&level, again), [off, off]);
    assert_eq!(says(&level, "Ben is cancelled, and leaves"), [off]);
    assert_eq!(ended(&level, "Ben"), (State::Cancelled, off));
}

#[test]
fn who_has_left_before_is_not_called_off() {
    for mode in ["edge", "level"] {
        let replay = party(mode, &[("patience", 5.0)]);
        for (name, turn) in [("Ada", 1.0), ("Ben", 2.0), ("Cy", 3.0)] {
            assert_eq!(ended(&replay, name), (State::Done, seconds(turn * ORDERING + GRILLING)), "{mode}");
        }
        assert_eq!(Metrics::of(&replay).total, seconds(5.0));
    }
}

/// Two things of a thread at one moment would leave their order to chance.
#[test]
fn at_the_lessons_knobs_no_two_things_end_at_one_moment() {
    for mode in scenarios::find("structured").expect("it is registered").modes {
        let settings: [&[(&str, f64)]; 4] = [
            &[],
            &[("customers", 4.0)],
            &[("grilling", 2.5), ("burns", 2.0), ("patience", 2.0)],
            &[("customers", 2.0), ("grilling", 1.5), ("burns", 0.5), ("patience", 0.5), ("grills", 1.0)],
        ];
        for knobs in settings {
            let replay = party(mode, knobs);
            let ends = replay.trace.events().iter();
            let ends =
                ends.filter(|event| matches!(event.what, What::HoldEnd | What::IoEnd { done: true, .. }));
            let mut ends: Vec<_> = ends.map(|event| event.at).collect();
            ends.sort();
            let count = ends.len();
            ends.dedup();
            assert_eq!(ends.len(), count, "{mode} {knobs:?}");
        }
    }
}
