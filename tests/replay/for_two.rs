//! FastAPI's story as it is drawn, held against the record: where you are, who is alone, what is on the board.

use concurrent_burgers::replay::for_two::{Burgers, Doing, Evening, Figure, Hall, Spot, Steps, View, WALK};
use concurrent_burgers::replay::scene::{Floor, Mood, Point};
use concurrent_burgers::runtime::Setup;
use proptest::sample::Index;

use super::*;

const STORY: Scenario = scenarios::for_two::SCENARIO;

#[derive(Clone, Debug)]
struct Knobs {
    mode: &'static str,
    ahead: usize,
    cashiers: usize,
    times: (f64, f64),
    stories: usize,
}

const DEFAULTS: Knobs = Knobs { mode: "sitting", ahead: 6, cashiers: 1, times: (4.0, 1.5), stories: 4 };

fn evening(knobs: &Knobs) -> Replay {
    let (cooking, story) = knobs.times;
    let knob = |id: &'static str, value: f64| (id, value);
    let all = [
        knob("ahead", knobs.ahead as f64),
        knob("cashiers", knobs.cashiers as f64),
        knob("cooking", cooking),
        knob("story", story),
        knob("stories", knobs.stories as f64),
    ];
    whole(simulated::run(STORY, &Setup { mode: knobs.mode.to_owned(), knobs: all.into_iter().collect() }))
}

fn view(knobs: &Knobs, width: f64, walks: bool) -> View {
    let hall = Hall { width, cashiers: knobs.cashiers };
    View { steps: Steps::of(STORY.steps), hall, ahead: knobs.ahead, walks }
}

fn evenings() -> impl Strategy<Value = Knobs> {
    let times =
        (2..=16u32, 1..=6u32).prop_map(|(cooking, story)| (f64::from(cooking) / 2.0, f64::from(story) / 2.0));
    (any::<bool>(), 0..=12usize, 1..=4usize, times, 1..=6usize).prop_map(
        |(sits, ahead, cashiers, times, stories)| {
            let mode = if sits { "sitting" } else { "standing" };
            Knobs { mode, ahead, cashiers, times, stories }
        },
    )
}

fn width() -> impl Strategy<Value = f64> {
    prop::sample::select(vec![Floor::WIDE, Floor::NARROW])
}

fn distance(a: Point, b: Point) -> f64 {
    (a.x - b.x).hypot(a.y - b.y)
}

/// The name of the step at which the thread is kept, if it is.
fn step(replay: &Replay, time: Micros) -> &'static str {
    let busy = replay.clerks[0].at(time);
    busy.and_then(|busy| STORY.steps.get(usize::from(busy.step.0)).copied()).unwrap_or("")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn same_time_same_picture(knobs in evenings(), times in prop::collection::vec(any::<Index>(), 8)) {
        let replay = evening(&knobs);
        let view = view(&knobs, Floor::WIDE, true);
        let times: Vec<_> = times.iter().map(|time| Micros(time.index(replay.end.0 as usize) as u32)).collect();
        let forth: Vec<_> = times.iter().map(|time| view.at(&replay, *time)).collect();
        let again = evening(&knobs);
        let back: Vec<_> = times.iter().rev().map(|time| view.at(&again, *time)).collect();
        prop_assert!(forth.iter().eq(back.iter().rev()));
    }

    #[test]
    fn what_was_shown_before_the_end_of_a_record_stays_true(knobs in evenings(), cut in any::<Index>()) {
        let all = evening(&knobs);
        let events = all.trace.events();
        let part = with_events(&all.trace, &events[..cut.index(events.len()) + 1]);
        let end = part.end();
        let part = Replay::new(part, Lasts::On);
        let view = view(&knobs, Floor::WIDE, true);
        for time in moments(&all).into_iter().filter(|time| *time < end) {
            prop_assert_eq!(view.at(&part, time), view.at(&all, time), "{:?}", time);
        }
    }

    #[test]
    fn you_are_where_the_errand_that_has_you_takes_place(knobs in evenings(), width in width()) {
        let replay = evening(&knobs);
        let view = view(&knobs, width, false);
        for time in moments(&replay) {
            let evening = view.at(&replay, time);
            let doing = match step(&replay, time) {
                "queue" => matches!(evening.doing, Doing::InLine(_)),
                "order" => evening.doing == Doing::Ordering,
                "wait_here" => evening.doing == Doing::Standing,
                "talk" => evening.doing == Doing::Talking,
                "fetch" => evening.doing == Doing::Fetching,
                "eat" => evening.doing == Doing::Eating,
                _ => matches!(evening.doing, Doing::Sitting | Doing::Gone),
            };
            prop_assert!(doing, "{:?} at {:?}, {}", evening.doing, time, step(&replay, time));
            let seat = view.hall.place(Spot::Seat).0;
            let at_table = matches!(evening.doing, Doing::Talking | Doing::Sitting | Doing::Eating);
            if evening.doing != Doing::Fetching {
                prop_assert_eq!(evening.you.at == seat, at_table);
            }
            prop_assert_eq!(evening.you.sits, evening.you.at == seat);
            prop_assert_eq!(evening.alone.is_none(), at_table || evening.doing == Doing::Gone);
            prop_assert_eq!(evening.errand, replay.clerks[0].at(time).map(|busy| busy.task));
            prop_assert_eq!(evening.story.is_some(), evening.doing == Doing::Talking);
        }
    }

    #[test]
    fn the_number_is_lit_from_the_kitchen_to_the_counter(knobs in evenings()) {
        let replay = evening(&knobs);
        let view = view(&knobs, Floor::WIDE, false);
        let kitchen = replay.ios.iter().find(|io| STORY.steps[usize::from(io.step.0)] == "kitchen");
        prop_assert_eq!(kitchen.is_some(), knobs.mode == "sitting");
        for time in moments(&replay) {
            let evening = view.at(&replay, time);
            let Some(kitchen) = kitchen else {
                prop_assert_eq!((evening.number, evening.called), (None, None));
                continue;
            };
            let up = kitchen.to.expect("burgers are done");
            let fetched = kitchen.fetched.expect("burgers are fetched");
            let number = knobs.ahead as u32 + 1;
            prop_assert_eq!(evening.number, (kitchen.from <= time && time < fetched).then_some(number));
            if time < fetched {
                prop_assert_eq!(evening.called, (up <= time).then_some(number));
                prop_assert_eq!(evening.burgers == Burgers::Done, up <= time);
            }
            let burgers = replay.lanes.iter().find(|lane| lane.name == "burgers").expect("an errand");
            if up <= time && time < fetched {
                prop_assert!(evening.ready.contains(&burgers.task), "lit and not fetched is ready");
            }
        }
    }

    #[test]
    fn people_ahead_are_served_in_order_and_nobody_stands_on_anybody_else(knobs in evenings(), width in width()) {
        let replay = evening(&knobs);
        let view = view(&knobs, width, false);
        for time in moments(&replay) {
            let evening = view.at(&replay, time);
            let Doing::InLine(left) = evening.doing else { continue };
            prop_assert_eq!(evening.guests.len(), left);
            prop_assert_eq!(evening.tills.iter().filter(|busy| **busy).count(), knobs.cashiers.min(left + 1));
            let all: Vec<Figure> =
                evening.guests.iter().map(|guest| guest.figure).chain([evening.you, evening.friend]).collect();
            // The first of those who are left are at the tills, the others in line without a gap, you the last of all.
            let tills = (0..knobs.cashiers).map(Spot::Till);
            let expected = tills.chain((0..).map(Spot::Line)).map(|spot| view.hall.place(spot).0);
            let standing = all[..=left].iter().map(|figure| figure.at);
            prop_assert!(standing.eq(expected.take(left + 1)), "{:?}", all);
            for (index, one) in all.iter().enumerate() {
                for other in &all[index + 1..] {
                    let room = 30.0 * one.scale.min(other.scale);
                    prop_assert!(distance(one.at, other.at) >= room, "{:?} {:?}", one, other);
                }
                prop_assert!(one.at.x > 0.0 && one.at.x < width, "{:?} is outside", one);
            }
        }
    }

    #[test]
    fn nobody_jumps(knobs in evenings(), width in width(), times in prop::collection::vec(any::<Index>(), 12)) {
        const STEP: Micros = Micros(10_000);
        let replay = evening(&knobs);
        let view = view(&knobs, width, true);
        let most = 1.5 * STEP.seconds() / WALK.seconds() * (width + 200.0);
        let happens = times.iter().map(|time| *time.get(&replay.moments()) - Micros(1)).collect::<Vec<_>>();
        let somewhere = times.iter().map(|time| Micros(time.index(replay.end.0 as usize + 500_000) as u32));
        for time in somewhere.chain(happens) {
            let (before, after) = (view.at(&replay, time), view.at(&replay, time + STEP));
            prop_assert!(distance(before.you.at, after.you.at) <= most, "you at {:?}", time);
            prop_assert!(distance(before.friend.at, after.friend.at) <= most, "your friend at {:?}", time);
            for guest in &before.guests {
                match after.guests.iter().find(|other| other.index == guest.index) {
                    Some(other) => prop_assert!(distance(guest.figure.at, other.figure.at) <= most, "{:?}", guest),
                    None => prop_assert!(guest.there < 0.05, "{:?} vanishes at {:?}", guest, time),
                }
            }
            prop_assert!(after.guests.iter().all(|guest| before.guests.iter().any(|it| it.index == guest.index)));
        }
    }
}

fn at(knobs: &Knobs, seconds: f64) -> Evening {
    view(knobs, Floor::WIDE, true).at(&evening(knobs), Micros::from_seconds(seconds))
}

#[test]
fn a_number_that_lights_up_in_a_story_is_seen_and_the_story_goes_on() {
    let picture = at(&DEFAULTS, 6.8);
    assert_eq!((picture.called, picture.number, picture.burgers), (Some(7), Some(7), Burgers::Done));
    let (story, progress) = picture.story.expect("a story is being told");
    assert!(story == 3 && (0.5..0.8).contains(&progress));
    assert!(picture.you.sits && picture.friend.sits && picture.mood == Mood::Happy);
}

#[test]
fn the_kitchen_is_done_when_it_is_even_if_you_have_not_heard_of_it() {
    // A live thread is told of a timer only when it is let go: in a story, the record does not know it yet.
    let all = evening(&DEFAULTS);
    let story =
        all.trace.events().iter().rposition(|event| event.at < Micros::from_seconds(6.3)).expect("events");
    let part = Replay::new(with_events(&all.trace, &all.trace.events()[..=story]), Lasts::On);
    assert!(part.ios[0].to.is_none());
    let seen = |seconds| {
        let evening = view(&DEFAULTS, Floor::WIDE, true).at(&part, Micros::from_seconds(seconds));
        (evening.called, evening.burgers, evening.cooking.is_some(), evening.doing)
    };
    assert_eq!(seen(6.2), (None, Burgers::None, true, Doing::Talking));
    assert_eq!(seen(6.8), (Some(7), Burgers::Done, false, Doing::Talking));
}

#[test]
fn you_come_back_with_the_burgers_and_eat_them() {
    // The third story ends at 7.4 s, and the way takes 0.5 s.
    let burgers = |seconds| at(&DEFAULTS, seconds).burgers;
    assert_eq!(burgers(7.55), Burgers::Done);
    assert_eq!(burgers(7.75), Burgers::Carried);
    assert_eq!(burgers(9.0), Burgers::Served(1.0));
    assert!(matches!(burgers(9.9), Burgers::Served(left) if (0.3..0.7).contains(&left)));
    assert_eq!(at(&DEFAULTS, 11.0).doing, Doing::Gone);
}

#[test]
fn at_the_counter_your_friend_is_bored() {
    let standing = Knobs { mode: "standing", ..DEFAULTS };
    let mood = |seconds| at(&standing, seconds).mood;
    assert_eq!([1.0, 3.0, 5.0, 7.2].map(mood), [Mood::Happy, Mood::Patient, Mood::Cross, Mood::Happy]);
    let picture = at(&standing, 5.3);
    assert_eq!(picture.doing, Doing::Standing);
    let cooking = picture.cooking.expect("the burgers are on the grill");
    assert!(cooking.watched && (cooking.progress - 0.75).abs() < 1e-6);
    // At the table, the same time is spent together.
    assert_eq!(at(&DEFAULTS, 5.0).mood, Mood::Happy);
}
