//! The picture is a function of the time alone, and what it shows is what the events say.

use concurrent_burgers::replay::Io;
use concurrent_burgers::replay::State::Waiting;
use concurrent_burgers::replay::code;
use concurrent_burgers::replay::scene::{Fate, Floor, Grill, Slip};
use proptest::sample::Index;

use super::places::view;
use super::*;

/// What is on the grill of a thread at a time.
fn open(replay: &Replay, thread: usize, time: Micros) -> Vec<&Io> {
    let here = |io: &&Io| usize::from(io.task.thread().0) == thread;
    let open = |io: &&Io| io.from <= time && io.to.is_none_or(|to| time < to);
    replay.ios.iter().filter(here).filter(open).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn going_to_any_time_and_back_gives_the_same_picture(
        Shown(replay, _) in counters(),
        walks: bool,
        times in prop::collection::vec(any::<Index>(), 1..20),
    ) {
        let times: Vec<_> = times.iter().map(|time| Micros(time.index(replay.end.0 as usize + 2_000_000) as u32)).collect();
        for thread in 0..replay.trace.threads() {
            let view = view(&replay, thread, Floor::WIDE, walks);
            let there: Vec<_> = times.iter().map(|time| view.at(&replay, *time)).collect();
            let mut back: Vec<_> = times.iter().rev().map(|time| view.at(&replay, *time)).collect();
            back.reverse();
            prop_assert_eq!(&there, &back);
            let again = whole(replay.trace.clone());
            let again: Vec<_> = times.iter().map(|time| view.at(&again, *time)).collect();
            prop_assert_eq!(&there, &again);
        }
    }

    #[test]
    fn on_the_grill_is_what_was_asked_for_and_has_not_come(Shown(trace, _) in programs()) {
        let replay = whole(trace);
        for thread in 0..replay.trace.threads() {
            let view = view(&replay, thread, Floor::WIDE, false);
            for time in moments(&replay) {
                let of_thread = |event: &&Event| usize::from(event.task.thread().0) == thread && event.at <= time;
                let count = |is: fn(What) -> bool| replay.trace.events().iter().filter(of_thread).filter(|event| is(event.what)).count();
                let asked = count(|what| matches!(what, What::IoStart { .. }));
                let came = count(|what| matches!(what, What::IoEnd { .. }));
                let scene = view.at(&replay, time);
                let cooks = |grill: &&Grill| grill.ticket.is_some() && grill.fate == Fate::Cooks;
                let slips: Vec<_> = scene.grills.iter().filter(cooks).collect();
                prop_assert_eq!(slips.len(), asked - came, "{:?}", time);
                prop_assert!(scene.grills.iter().all(|grill| (0.0..=1.0).contains(&grill.progress)));
                for (index, slip) in slips.iter().enumerate() {
                    prop_assert!(slips[..index].iter().all(|other| other.slot != slip.slot && other.ticket != slip.ticket));
                }
            }
        }
    }

    #[test]
    fn what_came_to_nothing_lies_where_it_cooked(Shown(trace, _) in programs()) {
        let replay = whole(trace);
        for thread in 0..replay.trace.threads() {
            let view = view(&replay, thread, Floor::WIDE, false);
            for time in moments(&replay) {
                let grills = view.at(&replay, time).grills;
                for grill in grills.iter().filter(|grill| grill.fate != Fate::Cooks) {
                    let io = replay.ios.iter().find(|io| io.task == grill.task && Some(io.ticket) == grill.ticket);
                    let io = io.expect("a burnt order was an order");
                    prop_assert!(io.to.is_some_and(|to| to <= time) && io.slot == grill.slot);
                    prop_assert_eq!(io.done, grill.fate == Fate::Burnt);
                    if io.done {
                        let raised = |event: &&Event| event.task == io.task && matches!(event.what, What::Raised { .. });
                        let raised = replay.trace.events().iter().find(raised).map(|event| event.at);
                        prop_assert!(raised.is_some_and(|at| at <= time && Some(at) == io.burnt && Some(at) >= io.fetched));
                    }
                    prop_assert_eq!(grills.iter().filter(|other| other.slot == grill.slot).count(), 1);
                }
            }
        }
    }

    #[test]
    fn a_slip_is_there_from_its_call_until_it_is_awaited(Shown(trace, _) in programs()) {
        let replay = whole(trace);
        for thread in 0..replay.trace.threads() {
            let view = view(&replay, thread, Floor::NARROW, false);
            for time in moments(&replay) {
                let of = |event: &&Event| usize::from(event.task.thread().0) == thread && event.at <= time;
                let past: Vec<_> = replay.trace.events().iter().filter(of).collect();
                let count = |is: fn(What) -> bool| past.iter().filter(|event| is(event.what)).count();
                let slips = view.at(&replay, time).slips;
                let made = count(|what| matches!(what, What::Made { .. }));
                prop_assert_eq!(slips.len(), made - count(|what| matches!(what, What::Entered { .. })));
                let thrown = |slip: &&Slip| {
                    past.iter().any(|event| event.task == slip.task && event.what == What::Dropped)
                };
                for slip in &slips {
                    prop_assert_eq!(slip.dropped, thrown(&slip), "{:?}", slip);
                }
                for (index, slip) in slips.iter().enumerate().filter(|(_, slip)| slip.dropped) {
                    let apart = |other: &Slip| !other.dropped || (other.at.x - slip.at.x).abs() > 40.0;
                    prop_assert!(slips[..index].iter().all(apart), "two slips on one spot");
                }
            }
        }
    }

    #[test]
    fn the_number_on_the_board_is_the_last_that_was_called(Shown(trace, _) in programs()) {
        let replay = whole(trace);
        for thread in 0..replay.trace.threads() {
            let view = view(&replay, thread, Floor::WIDE, false);
            for time in moments(&replay) {
                let here = |io: &&Io| usize::from(io.task.thread().0) == thread && io.done;
                let called: Vec<_> = replay.ios.iter().filter(here).filter(|io| io.to.is_some_and(|to| to <= time)).collect();
                let last = called.iter().filter_map(|io| io.to).max();
                let number = view.at(&replay, time).number;
                if let Some(number) = number {
                    let io = called.iter().find(|io| io.ticket == number);
                    prop_assert!(io.is_some_and(|io| io.to == last), "{} is up at {:?}", number, time);
                }
                let just_now = last.is_some_and(|last| time < last + Micros(500_000));
                prop_assert!(number.is_some() || !just_now, "a number was called at {:?}", last);
            }
        }
    }

    #[test]
    fn whoever_waits_for_the_kitchen_holds_the_ticket_of_something_on_the_grill(Shown(trace, _) in programs()) {
        let replay = whole(trace);
        for thread in 0..replay.trace.threads() {
            let view = view(&replay, thread, Floor::WIDE, false);
            for time in moments(&replay) {
                let open = open(&replay, thread, time);
                for person in view.at(&replay, time).people.iter().filter(|person| person.state == Waiting) {
                    let mine: Vec<_> = open.iter().filter(|io| io.task == person.task).map(|io| io.ticket).collect();
                    prop_assert_eq!(person.ticket.is_some(), !mine.is_empty(), "{:?} {:?}", person, time);
                    prop_assert!(person.ticket.is_none_or(|ticket| mine.contains(&ticket)), "{:?} {:?} {:?}", person, time, mine);
                }
            }
        }
    }

    #[test]
    fn an_errand_ends_when_it_was_due(Shown(trace, _) in programs()) {
        let replay = whole(trace);
        // How long a job takes is not known when it is handed over.
        for io in replay.ios.iter().filter(|io| io.done && io.planned > Micros(0)) {
            prop_assert_eq!(io.to, Some(io.from + io.planned), "{:?}", io);
        }
    }

    #[test]
    fn in_the_code_stand_those_that_have_begun_and_are_not_over(Shown(trace, _) in programs()) {
        let replay = whole(trace);
        for time in moments(&replay) {
            let standing = code::positions(&replay, time);
            for chip in &standing {
                let lane = replay.lane(chip.task).expect("whoever stands somewhere has a lane");
                let begun = replay.trace.events().iter().any(|event| {
                    event.task == chip.task && event.at <= time && event.what == What::PollStart
                });
                prop_assert!(begun && lane.over().is_none_or(|over| time < over));
                prop_assert_eq!(lane.at(time).map(|span| (span.state, span.step)), Some((chip.state, chip.step)));
            }
            // Whoever is at work, or waits for the kitchen, stands at a line.
            for io in replay.ios.iter().filter(|io| io.from <= time && io.to.is_none_or(|to| time < to)) {
                prop_assert!(standing.iter().any(|chip| chip.task == io.task), "{:?} {:?}", io, time);
            }
        }
    }
}

#[test]
fn a_blocked_clerk_watches_the_grill_and_gives_no_ticket() {
    let replay = counter(scenarios::counter::SCENARIO, "blocking", (3, 1000, 2000));
    let scene = view(&replay, 0, Floor::WIDE, false).at(&replay, Micros::from_seconds(2.0));
    assert_eq!(
        scene.grills.iter().map(|grill| (grill.ticket, grill.progress)).collect::<Vec<_>>(),
        [(None, 0.5)]
    );
    assert_eq!((scene.number, scene.in_line), (None, 2));
    assert!(scene.people.iter().all(|person| person.ticket.is_none()));
}

#[test]
fn what_comes_later_than_it_was_due_is_done_and_not_more_than_done() {
    let replay = counter(scenarios::counter::SCENARIO, "async", (1, 1000, 2000));
    let events = replay.trace.events();
    let asked = events.iter().position(|event| matches!(event.what, What::IoStart { .. })).expect("Ada asks");
    let growing = Replay::new(with_events(&replay.trace, &events[..=asked]), Lasts::On);
    let scene = view(&growing, 0, Floor::WIDE, false).at(&growing, Micros::from_seconds(9.0));
    assert_eq!(scene.grills.iter().map(|grill| grill.progress).collect::<Vec<_>>(), [1.0]);
}

/// A measured record tells apart what the simulation has at one time: it is drawn the same.
#[test]
fn in_each_way_to_hold_a_party_the_burnt_order_is_seen_and_so_is_the_fate_of_the_others() {
    for (mode, others) in [
        ("gather", Fate::Cooks),
        ("promise", Fate::Cooks),
        ("group", Fate::TakenOff),
        ("join", Fate::TakenOff),
    ] {
        let trace = simulated::run(scenarios::structured::SCENARIO, &setup(mode, &[]));
        let later =
            |(index, event): (usize, &Event)| Event { at: event.at + Micros(7 * index as u32), ..*event };
        let measured: Vec<_> = trace.events().iter().enumerate().map(later).collect();
        for trace in [with_events(&trace, &measured), trace] {
            let replay = whole(trace);
            let view = view(&replay, 0, Floor::WIDE, false);
            let fates = |seconds: f64| {
                let grills = view.at(&replay, Micros::from_seconds(seconds)).grills;
                let fate = |slot| grills.iter().find(|it| it.slot == slot).map(|it| it.fate);
                [0, 1, 2].map(fate)
            };
            // Ben, the second to order, burns after 1.4 s.
            assert_eq!(fates(1.3), [Some(Fate::Cooks); 3], "{mode}");
            assert_eq!(fates(1.5), [Some(others), Some(Fate::Burnt), Some(others)], "{mode}");
        }
    }
}

#[test]
fn all_are_served_only_if_everybody_got_what_they_came_for() {
    for (name, mode, served) in [
        ("counter", "async", true),
        ("counter", "blocking", true),
        ("coroutines", "awaited", true),
        ("coroutines", "task", true),
        ("coroutines", "forgotten", false),
        ("structured", "gather", false),
        ("structured", "timeout", false),
        ("structured", "limiter", true),
        ("event_loop", "blocked", true),
    ] {
        let scenario = scenarios::find(name).expect("it is registered");
        let replay = whole(simulated::run(scenario, &setup(mode, &[])));
        let scene = view(&replay, 0, Floor::WIDE, false).at(&replay, replay.end);
        assert!(scene.closed);
        assert_eq!(scene.all_served, served, "{name} {mode}");
    }
}
