//! A crowd: everybody is in exactly one place, and what is counted is what the lanes say.

use super::*;
use concurrent_burgers::replay::State;
use concurrent_burgers::replay::crowd::{Counts, Crowd, Dots, Hall, MOST_PEOPLE};

fn of(mode: &str, customers: usize) -> Replay {
    let knobs = [("customers", customers as f64), ("ordering", 0.002), ("grilling", 0.1)];
    whole(simulated::run(scenarios::crowd::SCENARIO, &setup(mode, &knobs)))
}

/// What the lanes say, task by task.
fn by_hand(replay: &Replay, time: Micros) -> Counts {
    let mut counts = Counts::default();
    for lane in replay.lanes.iter().filter(|lane| lane.task.index() > 0) {
        match lane.at(time).map(|span| span.state) {
            None | Some(State::NeverStarted) => counts.coming += 1,
            Some(State::Ready) => counts.in_line += 1,
            Some(State::Working | State::Holding) => counts.at_till += 1,
            Some(State::Waiting) => counts.at_tables += 1,
            Some(State::Done) => counts.served += 1,
            Some(State::Failed | State::Cancelled) => counts.without += 1,
        }
    }
    counts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn everybody_is_counted_once_and_stands_in_one_place(
        mode in prop_oneof![Just("blocking"), Just("async")],
        customers in MOST_PEOPLE + 1..160,
        share in 0.0..1.2_f64,
        width in 280.0..1500.0_f32,
    ) {
        let replay = of(mode, customers);
        let crowd = Crowd::of(&replay).expect("they are many");
        let time = Micros((f64::from(replay.end.0) * share) as u32);
        let counts = crowd.counts(time);
        prop_assert_eq!(counts, by_hand(&replay, time));
        prop_assert_eq!(counts.all(), customers);
        let hall = Hall::new(width, crowd.len(), crowd.tables);
        let mut dots = Dots::default();
        crowd.place(&replay, &hall, time, false, &mut dots);
        prop_assert_eq!(dots.all.len(), counts.alive());
        for dot in &dots.all {
            prop_assert!((0.0..=hall.width).contains(&dot.at.0) && (0.0..=hall.height).contains(&dot.at.1));
        }
        let mut places: Vec<_> = dots.all.iter().map(|dot| (dot.at.0.to_bits(), dot.at.1.to_bits())).collect();
        places.sort_unstable();
        places.dedup();
        prop_assert_eq!(places.len(), counts.alive(), "nobody stands on anybody");
    }
}

#[test]
fn a_few_are_people_and_more_are_a_crowd() {
    assert!(Crowd::of(&of("async", MOST_PEOPLE)).is_none());
    assert_eq!(Crowd::of(&of("async", MOST_PEOPLE + 1)).map(|crowd| crowd.len()), Some(MOST_PEOPLE + 1));
}

#[test]
fn columns_hold_the_work_of_the_thread() {
    let replay = of("blocking", 50);
    let crowd = Crowd::of(&replay).expect("they are many");
    let columns = crowd.columns(&replay, 100, replay.end);
    let sum = |part: fn(&concurrent_burgers::replay::crowd::Column) -> f64| {
        columns.iter().map(part).sum::<f64>() / 100.0
    };
    assert!((sum(|it| it.working) - 0.002 / 0.102).abs() < 1e-6);
    assert!((sum(|it| it.holding) - 0.1 / 0.102).abs() < 1e-6);
    assert!(columns.iter().all(|column| column.counts.all() == 50));
}

#[test]
fn ten_thousand_fit_into_a_phone() {
    let hall = Hall::new(320.0, 10_000, 10_000);
    let (x, y) = hall.table(9_999);
    assert!(x <= hall.width && y <= hall.height, "{x} {y}");
    assert!(hall.seats.cell > 1.0);
}
