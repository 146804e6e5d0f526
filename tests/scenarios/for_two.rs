//! What the lesson on concurrent burgers promises: of the line, of the number, and of the story that comes first.

use super::*;

const TURN: f64 = 0.3;
const ORDERING: f64 = 0.5;
const LOOK: f64 = 0.2;
const FETCHING: f64 = 0.5;
const EATING: f64 = 1.0;

/// An evening: people ahead, cashiers, the kitchen's time, a story's, and how many stories.
type Evening = (u32, u32, f64, f64, u32);

fn for_two(mode: &str, (ahead, cashiers, cooking, story, stories): Evening) -> Replay {
    let (ahead, cashiers, stories) = (f64::from(ahead), f64::from(cashiers), f64::from(stories));
    let knobs = [
        ("ahead", ahead),
        ("cashiers", cashiers),
        ("cooking", cooking),
        ("story", story),
        ("stories", stories),
    ];
    run("for_two", mode, &knobs)
}

/// Every evening the lesson's knobs allow is like one of these.
fn evenings() -> impl Iterator<Item = Evening> {
    let lines = (0..=12).flat_map(|ahead| (1..=4).map(move |cashiers| (ahead, cashiers)));
    let times = [(4.0, 1.5, 4), (1.0, 3.0, 2), (8.0, 0.5, 6), (2.5, 2.5, 1), (1.5, 0.5, 1)];
    lines.flat_map(move |(ahead, cashiers)| {
        times.map(|(cooking, story, stories)| (ahead, cashiers, cooking, story, stories))
    })
}

/// When you have ordered.
fn ordered((ahead, cashiers, ..): Evening) -> f64 {
    f64::from(ahead / cashiers) * TURN + ORDERING
}

/// When stories begin and end.
fn stories(replay: &Replay, (.., count): Evening) -> Vec<(Micros, Micros)> {
    let says_once = |words: String| says(replay, &words)[0];
    (1..=count)
        .map(|n| (says_once(format!("story {n} begins")), says_once(format!("story {n} ends"))))
        .collect()
}

#[test]
fn more_cashiers_shorten_the_line_and_not_the_kitchen() {
    for evening in evenings() {
        let replay = for_two("sitting", evening);
        assert_eq!(
            says(&replay, "you have a number and sit down"),
            [seconds(ordered(evening))],
            "{evening:?}"
        );
        let kitchen = replay.ios.first().expect("the burgers are asked for");
        assert_eq!(kitchen.to.map(|to| to - kitchen.from), Some(seconds(evening.2)), "{evening:?}");
        // What the lesson reads of the run, and what the wrong answer to its prediction says of one cashier.
        let (ahead, .., cooking) = (evening.0, evening.1, evening.2);
        assert_eq!(Metrics::of(&replay).longest_line, seconds(ordered(evening)));
        assert_eq!(Metrics::of(&for_two("standing", evening)).longest_line, Micros(0));
        let alone = for_two("sitting", (ahead, 1, cooking, evening.3, evening.4));
        assert_eq!(alone.ios[0].to, Some(seconds(f64::from(ahead) * 0.3 + 0.5 + cooking)));
    }
    let line = |cashiers| ordered((12, cashiers, 4.0, 1.5, 4));
    assert!((2..=4).all(|cashiers| line(cashiers) < line(cashiers - 1)));
}

#[test]
fn one_hold_for_each_turn_in_line() {
    for evening @ (ahead, cashiers, ..) in evenings() {
        for mode in ["sitting", "standing"] {
            let replay = for_two(mode, evening);
            let holds: Vec<_> =
                replay.clerks[0].spans.iter().filter(|busy| busy.state == State::Holding).collect();
            let line: Vec<_> = holds.iter().filter(|busy| busy.step.0 == 0).collect();
            assert_eq!(line.len() as u32, ahead / cashiers, "{mode} {evening:?}");
            assert!(line.iter().all(|busy| busy.to - busy.from == seconds(TURN)), "{mode} {evening:?}");
            let told =
                (0..line.len() as u32).map(|turn| format!("in line, {} ahead", ahead - turn * cashiers));
            for (busy, words) in line.iter().zip(told) {
                assert_eq!(says(&replay, &words), [busy.from], "{mode} {evening:?}");
            }
        }
    }
}

#[test]
fn the_story_is_finished_first() {
    let mut interrupted = 0;
    for evening in evenings() {
        let replay = for_two("sitting", evening);
        let number = seconds(ordered(evening) + evening.2);
        let fetched = says(&replay, "you fetch the burgers");
        let told = stories(&replay, evening);
        let meanwhile = told.iter().find(|(begins, ends)| *begins <= number && number < *ends);
        // At once, if no story is being told; otherwise exactly at its end, and before the next.
        assert_eq!(fetched, [meanwhile.map_or(number, |(_, ends)| *ends)], "{evening:?}");
        for (begins, ends) in &told {
            assert_eq!(*ends - *begins, seconds(evening.3), "a story is told in one go: {evening:?}");
        }
        let burgers = lane(&replay, "burgers");
        let ready = burgers.spans.iter().filter(|span| span.state == State::Ready && span.from >= number);
        let ready: Vec<_> = ready.map(|span| (span.from, span.to)).collect();
        let expected = meanwhile.map(|(_, ends)| (number, *ends)).filter(|(from, to)| from < to);
        assert_eq!(ready, expected.into_iter().collect::<Vec<_>>(), "{evening:?}");
        interrupted += usize::from(meanwhile.is_some());
    }
    assert!(interrupted > 100, "numbers light up in stories");
}

#[test]
fn at_the_defaults_the_number_lights_up_in_the_third_story() {
    let evening = (6, 1, 4.0, 1.5, 4);
    let replay = for_two("sitting", evening);
    let (begins, ends) = stories(&replay, evening)[2];
    let number = replay.ios[0].to.expect("the burgers are done");
    assert_eq!(number, seconds(6.3));
    // The lesson shows 6.8 s: the number is up, and the story goes on.
    assert!(begins < number && number < seconds(6.8) && seconds(6.8) < ends);
    assert_eq!(says(&replay, "you fetch the burgers"), [ends]);
    let next = stories(&replay, evening)[3].0;
    assert_eq!(next, ends + seconds(FETCHING), "the talk goes on when the burgers are on the table");
}

#[test]
fn nothing_falls_on_the_end_of_a_story_or_of_a_look() {
    // So that what a program does never hangs on which of two things is looked at first. Only the fifth story can
    // end, or begin, right when the burgers are done: then you fetch them at once.
    for cooking in (2..=16).map(|half| f64::from(half) / 2.0) {
        for story in (1..=6).map(|half| f64::from(half) / 2.0) {
            let evening = (6, 1, cooking, story, 6);
            let replay = for_two("sitting", evening);
            let number = replay.ios[0].to.expect("the burgers are done");
            for (index, (begins, ends)) in stories(&replay, evening).into_iter().enumerate() {
                let apart = begins.0.abs_diff(number.0).min(ends.0.abs_diff(number.0));
                assert!(apart >= 100_000 || index == 4, "{cooking} {story}: story {}", index + 1);
            }
        }
    }
}

#[test]
fn at_the_counter_you_are_held_for_the_kitchens_time() {
    for evening @ (ahead, cashiers, cooking, story, stories) in evenings() {
        let (sitting, standing) = (for_two("sitting", evening), for_two("standing", evening));
        let line = seconds(f64::from(ahead / cashiers) * TURN);
        assert_eq!(Metrics::of(&sitting).holding, line, "{evening:?}");
        assert_eq!(Metrics::of(&standing).holding, line + seconds(cooking), "{evening:?}");
        let work = seconds(ORDERING + f64::from(stories) * story + FETCHING + EATING);
        assert_eq!((Metrics::of(&sitting).working, Metrics::of(&standing).working), (work, work));
        assert_eq!(Metrics::of(&standing).total, line + seconds(cooking) + work);
        assert_eq!(says(&standing, "story 1 begins"), [seconds(ordered(evening) + cooking + FETCHING)]);
        assert!(
            Metrics::of(&standing).total + seconds(LOOK * f64::from(stories)) >= Metrics::of(&sitting).total
        );
    }
}

#[test]
fn the_table_saves_what_the_stories_can_hide() {
    // With one short story, hardly more than the story; with many, the whole of the kitchen's time.
    let saved = |evening| {
        let total = |mode| Metrics::of(&for_two(mode, evening)).total.seconds();
        total("standing") - total("sitting")
    };
    assert!((saved((6, 1, 4.0, 0.5, 1)) - 0.5).abs() < 1e-6);
    assert!(saved((6, 1, 4.0, 3.0, 6)) > 4.0 - 6.0 * LOOK);
}

#[test]
fn eating_together_ends_the_evening() {
    for evening in evenings() {
        for mode in ["sitting", "standing"] {
            let replay = for_two(mode, evening);
            let total = Metrics::of(&replay).total;
            assert_eq!(says(&replay, "you both get up"), [total], "{mode} {evening:?}");
            assert_eq!(says(&replay, "you eat together"), [total - seconds(EATING)], "{mode} {evening:?}");
            assert!(replay.lanes.iter().all(|lane| lane.over().is_some()), "{mode} {evening:?}");
        }
    }
}
