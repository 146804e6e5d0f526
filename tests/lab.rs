//! The kitchen lab's address and presets, natively.
#![cfg(not(target_arch = "wasm32"))]

use concurrent_burgers::course::address::{Address, LONGEST_QUERY, Note as Told};
use concurrent_burgers::course::lab::{Counter, Lab, MOST, Note, PRESETS, home_of, offers};
use concurrent_burgers::course::numbers;
use concurrent_burgers::lessons::{self, model::Lesson};
use concurrent_burgers::runtime::Knobs;
use concurrent_burgers::scenarios;
use concurrent_burgers::trace::Micros;
use proptest::prelude::*;

/// A counter of some lesson, mode and knobs, all of which exist.
fn counter() -> impl Strategy<Value = Counter> {
    let offered: Vec<&'static Lesson> = offers().collect();
    (prop::sample::select(offered), any::<prop::sample::Index>(), prop::collection::vec(0.0..=1.0f64, 16))
        .prop_map(|(lesson, mode, turns)| {
            let turned = lesson.knobs.iter().zip(turns).filter(|(_, turn)| *turn < 0.7);
            let knobs: Knobs = turned
                .map(|(knob, turn)| (knob.id, knob.nearest(knob.min + turn * (knob.max - knob.min) / 0.7).0))
                .collect();
            Counter::of(lesson, mode.get(lesson.modes).id, &knobs)
        })
}

fn parse(query: &str) -> (Lab, Vec<Note>) {
    let address = Address::parse(query);
    let of_lab = |note| match note {
        Told::Lab(note) => note,
        other => panic!("a note that is not the lab's: {other:?}"),
    };
    (address.lab.expect("the lab is asked for"), address.notes.into_iter().map(of_lab).collect())
}

proptest! {
    #[test]
    fn a_link_comes_back_as_it_was(
        counters in prop::collection::vec(counter(), 0..=MOST),
        hundredths in 0..400_000u32,
    ) {
        let lab = Lab { counters, at: Micros(hundredths * 10_000) };
        prop_assert!(lab.link().len() < LONGEST_QUERY);
        prop_assert_eq!(parse(&lab.link()), (lab, vec![]));
    }

    #[test]
    fn hostile_links_end_in_counters_that_exist_and_in_range(text in "(c=|&c=|page=lab|at=|[~:%&=.0-9a-z-]|sync-vs-async|customers|\\PC){0,60}") {
        let lab = Address::parse(&format!("page=lab&{text}")).lab.unwrap_or_default();
        prop_assert!(lab.counters.len() <= MOST);
        for counter in &lab.counters {
            let lesson = lessons::find(counter.lesson).expect("it exists");
            prop_assert!(lesson.modes.iter().any(|mode| mode.id == counter.mode));
            for (id, value) in counter.knobs.iter() {
                let knob = lesson.knobs.iter().find(|knob| knob.id == id).expect("it exists");
                prop_assert_eq!(knob.nearest(value), (value, true));
            }
        }
    }
}

#[test]
fn a_bad_part_is_noted_and_takes_nothing_else_with_it() {
    let lesson = lessons::find("sync-vs-async").expect("it exists");
    let knob = |id| lesson.knobs.iter().find(|knob| knob.id == id).expect("it exists");
    let (lab, notes) = parse(
        "?page=lab&c=nope~async&c=sync-vs-async~asink~customers:99~grilling:x~pickles:3~ordering:2&at=soon",
    );
    assert_eq!(lab.counters.len(), 1);
    let counter = &lab.counters[0];
    assert_eq!((counter.lesson, counter.mode), ("sync-vs-async", "blocking"));
    assert_eq!(counter.knobs.iter().collect::<Vec<_>>(), [("customers", 12.0), ("ordering", 2.0)]);
    assert_eq!(
        notes,
        [
            Note::UnknownScenario("nope".into()),
            Note::UnknownMode(lesson.title, "asink".into()),
            Note::Clamped(knob("customers"), 12.0),
            Note::NotANumber(knob("grilling"), "x".into()),
            Note::UnknownKnob(lesson.title, "pickles".into()),
            Note::NoTime("soon".into()),
        ]
    );
}

#[test]
fn a_fifth_counter_is_left_out_and_noted_once() {
    let query = format!("page=lab{}", "&c=waiting~async".repeat(7));
    let (lab, notes) = parse(&query);
    assert_eq!((lab.counters.len(), notes), (MOST, vec![Note::TooMany(3)]));
    // Those that are no counters do not take a place.
    let (lab, notes) = parse(&format!("page=lab{}{}", "&c=nope".repeat(9), "&c=waiting".repeat(4)));
    assert_eq!((lab.counters.len(), notes), (MOST, vec![Note::UnknownScenario("nope".into())]));
}

#[test]
fn a_huge_link_is_cut_and_what_was_whole_stays() {
    let address = Address::parse(&format!("page=lab&c=waiting~async&c=waiting~{}", "x".repeat(100_000)));
    assert_eq!(address.lab.expect("the lab").counters.len(), 2);
    assert_eq!(address.notes[0], Told::TooLong);
    assert!(matches!(&address.notes[1], Told::Lab(Note::UnknownMode(_, mode)) if mode.chars().count() <= 41));
}

#[test]
fn every_preset_is_valid_and_worth_comparing() {
    for preset in PRESETS {
        let lab = preset.lab();
        assert_eq!(lab.counters.len(), preset.counters.len(), "{}", preset.id);
        assert!((2..=MOST).contains(&lab.counters.len()), "{}", preset.id);
        // It is written as it is read: nothing in it was put right, nor is at its default.
        let written: Vec<_> = lab.link().split("&c=").skip(1).map(str::to_owned).collect();
        assert_eq!(written, preset.counters, "{}", preset.id);
        assert_eq!(parse(&lab.link()), (lab.clone(), vec![]), "{}", preset.id);
        let mut seen = Vec::new();
        for counter in &lab.counters {
            assert!(!seen.contains(&counter), "{}: twice the same", preset.id);
            seen.push(counter);
            let lesson = lessons::find(counter.lesson).expect("it exists");
            let mut knobs = numbers::defaults(lesson);
            counter.knobs.iter().for_each(|(id, value)| knobs.set(id, value));
            let run = numbers::simulate(lesson, counter.mode, &knobs);
            assert!((1.0..=40.0).contains(&run.end.seconds()), "{}: {}", preset.id, run.end.seconds());
        }
    }
}

#[test]
fn every_scenario_of_the_course_is_offered_once() {
    let mut offered: Vec<_> = offers().map(|lesson| lesson.scenario).collect();
    offered.sort_unstable();
    let mut used: Vec<_> = lessons::ALL.iter().map(|lesson| lesson.scenario).collect();
    used.sort_unstable();
    used.dedup();
    assert_eq!(offered, used);
    assert!(offered.iter().all(|name| scenarios::find(name).is_some()));
}

#[test]
fn every_lesson_can_be_taken_to_the_lab_as_it_stands() {
    for lesson in lessons::ALL {
        let home = home_of(lesson);
        for mode in lesson.modes {
            let taken = Counter::of(lesson, mode.id, &numbers::defaults(lesson));
            assert_eq!(taken.mode, mode.id, "{} has a mode that {} has not", lesson.slug, home.slug);
            for knob in lesson.knobs {
                let there = home.knobs.iter().find(|other| other.id == knob.id).expect(knob.id);
                let value = taken.knobs.get(knob.id).unwrap_or(there.default);
                assert_eq!(value, knob.default, "{} {}", lesson.slug, knob.id);
            }
        }
    }
}

#[test]
fn the_threads_of_a_lab_are_counted() {
    let (lab, _) =
        parse("page=lab&c=sync-vs-async~side&c=parallel-burgers~threads~threads:6&c=burger-api~pool~pool:40");
    let counts: Vec<_> = lab.counters.iter().map(|counter| counter.threads(8)).collect();
    assert_eq!(counts, [2, 6, 9]);
    assert_eq!(lab.threads(8), 17);
}
