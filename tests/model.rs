//! The model that one lesson trains: its data are the simulator's, and it has learned something.
#![cfg(not(target_arch = "wasm32"))]

use std::rc::Rc;
use std::thread;

use concurrent_burgers::model::data::{Example, RushHour, examples, rush_hour};
use concurrent_burgers::model::folds::{Fold, fold, mean};
use concurrent_burgers::model::regression::{Model, dot, features, fit};
use concurrent_burgers::runtime::{Job, Program, Rt, Setup, Threads, simulated};
use concurrent_burgers::scenarios::kit::Limiter;
use concurrent_burgers::trace::{Micros, Millis, What};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;

/// A rush hour as a program for the simulated runtime: its number is its whole source.
#[derive(Clone, Copy)]
struct Counter(u32);

async fn customer(rt: Rt, grill: Rc<Limiter>, at: u32, grilling: u32) {
    rt.io("arrive", Millis(f64::from(at))).await;
    let place = grill.acquire().await;
    rt.io("grill", Millis(f64::from(grilling))).await;
    drop(place);
    rt.say("served");
}

impl Program for Counter {
    fn steps(self) -> &'static [&'static str] {
        &["arrive", "grill"]
    }
    fn threads(self, _: &Setup) -> Threads {
        Threads { programs: 1, pool: 0 }
    }
    fn start(self, rt: Rt, _: Setup, _: usize) -> LocalBoxFuture<'static, ()> {
        let RushHour { places, orders, .. } = rush_hour(self.0);
        async move {
            let grill = Limiter::new(places as usize);
            for (index, order) in orders.iter().enumerate() {
                let one = customer(rt.clone(), grill.clone(), order.at, order.grilling);
                drop(rt.spawn(&index.to_string(), one));
            }
        }
        .boxed_local()
    }
    fn job(self, _: &str) -> Option<Job> {
        None
    }
}

/// When each customer is served, by the simulated runtime, in ms.
fn simulated(number: u32) -> Vec<u32> {
    let trace = simulated::run(Counter(number), &Setup::default());
    let mut served = vec![0; rush_hour(number).orders.len()];
    for event in trace.events() {
        if let What::Say { .. } = event.what {
            // Task 0 is the program itself.
            served[event.task.index() - 1] = event.at.0 / Micros::from(Millis(1.0)).0;
        }
    }
    served
}

#[test]
fn the_data_are_what_the_simulated_runtime_says() {
    for number in (0..500).chain(900_000..900_100) {
        assert_eq!(rush_hour(number).served(), simulated(number), "rush hour {number}");
    }
}

#[test]
fn rush_hours_are_of_all_kinds_and_no_two_alike() {
    let all: Vec<_> = (0..2000).map(rush_hour).collect();
    for hour in 11..=20 {
        assert!(all.iter().any(|it| it.hour == hour), "{hour}");
    }
    for places in 1..=4 {
        assert!(all.iter().any(|it| it.places == places), "{places}");
    }
    assert!(all.iter().all(|it| (1..=12).contains(&it.orders.len())));
    assert!(all.windows(2).all(|pair| pair[0] != pair[1]));
    assert!(examples(2000).iter().any(|it| it.seen.ahead > 8));
}

fn folds(examples: &[Example], count: usize) -> Vec<Fold> {
    (0..count).filter_map(|index| fold(examples, count, index)).collect()
}

#[test]
fn the_model_beats_both_guesses_clearly_on_what_it_has_not_seen() {
    for thousands in 1..=4 {
        for count in [2, 6, 8] {
            let all = folds(&examples(thousands * 1000), count);
            assert_eq!(all.len(), count);
            let Fold { error, by_line, by_mean, .. } = mean(&all).expect("there are folds");
            assert!(by_line < 0.75 * by_mean, "{by_line} {by_mean}");
            assert!(error < 0.4 * by_line, "{error} {by_line}");
            // Every fold, not just the mean of all.
            assert!(all.iter().all(|fold| fold.error < 0.5 * fold.by_line), "{all:?}");
        }
    }
}

#[test]
fn what_it_was_tested_on_it_has_not_seen() {
    let plain = examples(600);
    let mut spoilt = plain.clone();
    spoilt.iter_mut().step_by(3).for_each(|it| it.waited += 100.0);
    let (before, after) = (fold(&plain, 3, 0), fold(&spoilt, 3, 0));
    let (before, after) = (before.expect("it has data"), after.expect("it has data"));
    assert_eq!(before.model, after.model, "fold 0 was held out");
    assert!(after.error > before.error + 90.0);
    assert_ne!(fold(&spoilt, 3, 1).expect("it has data").model, before.model);
}

#[test]
fn it_learned_how_the_grill_works() {
    let Model { weights: [_, size, rounds, rush] } = mean(&folds(&examples(4000), 5)).expect("data").model;
    // A burger takes one second on the mean; an order has 1.5 burgers on the mean, and 3 at a rush
    // hour. A round that is under way is half done.
    assert!((size - 1.0).abs() < 0.15, "{size}");
    assert!((rounds - 1.3).abs() < 0.3, "{rounds}");
    assert!((rounds + rush - 2.9).abs() < 0.4, "{rounds} {rush}");
}

#[test]
fn the_same_numbers_give_the_same_bits_on_any_number_of_threads() {
    let count = 6;
    let bits = |all: &[Fold]| -> Vec<u64> { all.iter().flat_map(Fold::numbers).map(f64::to_bits).collect() };
    let alone = folds(&examples(2000), count);
    for threads in [1, 2, 3, 6] {
        let mut all: Vec<(usize, Fold)> = thread::scope(|scope| {
            let workers: Vec<_> = (0..threads)
                .map(|worker| {
                    let mine = (worker..count).step_by(threads);
                    // Each makes its own data, as a worker does that shares no memory.
                    scope.spawn(move || {
                        let data = examples(2000);
                        mine.filter_map(|index| Some((index, fold(&data, count, index)?))).collect::<Vec<_>>()
                    })
                })
                .collect();
            workers.into_iter().flat_map(|worker| worker.join().expect("it does not panic")).collect()
        });
        all.sort_by_key(|(index, _)| *index);
        let all: Vec<_> = all.into_iter().map(|(_, fold)| fold).collect();
        assert_eq!(bits(&all), bits(&alone), "{threads} threads");
    }
}

#[test]
fn a_fit_finds_the_weights_that_made_the_data() {
    let made = [2.0, -1.0, 0.5];
    let rows = (0..1000).map(|index| {
        let x = [1.0, f64::from(index % 7), f64::from(index % 11)];
        (x, dot(&made, &x))
    });
    let found: [f64; 3] = fit(rows);
    // The penalty pulls a little.
    assert!(found.iter().zip(made).all(|(found, made)| (found - made).abs() < 0.01), "{found:?}");
}

#[test]
fn where_there_is_nothing_to_learn_from_there_is_no_model() {
    assert_eq!(fold(&[], 3, 0), None);
    assert_eq!(fold(&examples(10), 1, 0), None, "all of it is held out");
    assert_eq!(fold(&examples(2), 3, 2), None, "nothing is held out");
    assert_eq!(fold(&examples(10), 0, 0), None);
    assert_eq!(mean(&[]), None);
    // Twice the same customer is not enough for four weights, but the penalty decides.
    let twice = [examples(1)[0]; 2];
    let model = fold(&twice, 2, 0).expect("one to learn from").model;
    assert!(model.weights.iter().all(|weight| weight.is_finite()), "{model:?}");
    assert!(features(&twice[0].seen).iter().all(|it| it.is_finite()));
}

#[test]
fn folds_travel_as_plain_numbers() {
    let one = fold(&examples(100), 4, 2).expect("it has data");
    assert_eq!(Fold::from_numbers(&one.numbers()), Some(one));
    assert_eq!(Fold::from_numbers(&[]), None);
    assert_eq!(Fold::from_numbers(&[0.0; 6]), None);
    assert_eq!(Fold::from_numbers(&[0.0; 8]), None);
}
