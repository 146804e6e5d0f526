//! A server that learns: requests are answered while a model is trained.
//!
//! modes: loop, one, many
//! knobs: folds, threads, samples, requests, every
//! steps: arrive, answer, query, predict, train, fold, beat

use std::cell::Cell;
use std::rc::Rc;

use futures_util::stream::FuturesOrdered;
use futures_util::{FutureExt, StreamExt};

use super::Scenario;
use crate::model::data::{examples, rush_hour};
use crate::model::folds::{Fold, fold, mean};
use crate::model::regression::Model;
use crate::runtime::{Rt, Setup, Threads};
use crate::trace::Millis;

// @region *
/// A fold computes for so long for every hundred samples.
const FITTING: f64 = 0.0675;
/// A request keeps the server for so long.
const ANSWERING: Millis = Millis(50.0);
/// The database takes so long.
const QUERY: Millis = Millis(350.0);
/// From one heartbeat to the next.
const BEAT: Millis = Millis(570.0);
// @end

/// The most threads that train.
const MOST_THREADS: usize = 8;
/// The rush hours of those who ask for a prediction: none that the model is trained on.
const NEW: u32 = 1_000_000;

/// The learner's numbers.
#[derive(Clone, Copy)]
struct Numbers {
    folds: usize,
    samples: usize,
    requests: usize,
    every: Millis,
}

impl Numbers {
    fn of(setup: &Setup) -> Self {
        let knobs = &setup.knobs;
        // @region *
        let folds = knobs.count("folds", 6); // @knob folds
        let samples = knobs.count("samples", 20); // @knob samples
        let requests = knobs.count("requests", 12); // @knob requests
        let every = knobs.seconds("every", 0.5); // @knob every
        // @end
        Self { folds, samples, requests, every }
    }
}

/// The newest model, which the tasks of the server share: a thread of their own needs no lock.
type Newest = Rc<Cell<Option<Model>>>;

// @region *
/// CPU work: fits the model to all folds but one, and tests it on that one.
fn train_fold(rt: &Rt, numbers: Numbers, number: usize) -> Option<Fold> {
    let Numbers { folds, samples, .. } = numbers;
    let time = Millis::from_seconds(FITTING * samples as f64);
    rt.compute("train", time, || fold(&examples(100 * samples), folds, number)) // @step train
}

fn say_fold(rt: &Rt, number: usize, fold: &Fold) {
    rt.say(format!("fold {}: error {:.2} s", number + 1, fold.error));
}
// @end

// @region loop
/// Trains on the event loop. There is nothing to await.
async fn train_on_the_loop(rt: &Rt, numbers: Numbers) -> Vec<Fold> {
    let mut done = Vec::new();
    for number in 0..numbers.folds {
        if let Some(fold) = train_fold(rt, numbers, number) {
            say_fold(rt, number, &fold);
            done.push(fold);
        }
    }
    done
}
// @end

// @region one many
/// Hands the folds to the pool, all at once, and waits for them in turn.
async fn train_in_the_pool(rt: &Rt, numbers: Numbers) -> Vec<Fold> {
    let jobs = (0..numbers.folds).map(|number| rt.offload("fold", "fold", number as f64)); // @step fold
    let mut jobs: FuturesOrdered<_> = jobs.collect();
    let mut done = Vec::new();
    for number in 0..numbers.folds {
        match jobs.next().await.flatten().and_then(|numbers| Fold::from_numbers(&numbers)) {
            Some(fold) => {
                say_fold(rt, number, &fold);
                done.push(fold);
            }
            None => rt.say(format!("fold {} is lost", number + 1)),
        }
    }
    done
}
// @end

/// Trains, and gives the server the new model.
async fn training(rt: Rt, numbers: Numbers, newest: Newest, on_the_loop: bool) {
    rt.local("folds", numbers.folds);
    let folds = if on_the_loop {
        // @region loop
        train_on_the_loop(&rt, numbers).await
        // @end
    } else {
        // @region one many
        train_in_the_pool(&rt, numbers).await
        // @end
    };
    // @region *
    let Some(Fold { error, by_line, by_mean, model }) = mean(&folds) else { return };
    newest.set(Some(model));
    rt.say(format!("held-out error: {error:.2} s; by the line {by_line:.2} s; by the mean {by_mean:.2} s"));
    let [_, size, rounds, rush] = model.weights;
    rt.say(format!(
        "learned: {size:.2} s a burger, {rounds:.2} s a round, at rush hours {:.2} s",
        rounds + rush
    ));
    // @end
    for (name, value) in [("error", error), ("by_line", by_line), ("by_mean", by_mean)] {
        rt.local(name, value);
    }
}

// @region *
/// The handler of `/burgers`: it waits for the database.
async fn burgers(rt: &Rt) -> String {
    rt.work("answer", ANSWERING); // @step answer
    rt.io("query", QUERY).await; // @step query
    "/burgers: 2 burgers".to_owned()
}

/// The handler of `/predict`: it computes, but not for long.
async fn predict(rt: &Rt, number: usize, newest: &Newest) -> String {
    let customer = rush_hour(NEW + number as u32).last();
    let guess = || Some(newest.get()?.predict(&customer?.seen));
    let seconds = rt.compute("predict", ANSWERING, guess); // @step predict
    match seconds {
        Some(seconds) => format!("/predict: {seconds:.1} s"),
        None => "/predict: no model yet".to_owned(),
    }
}

/// A client sends a request, and the server answers it.
async fn request(rt: Rt, number: usize, arrives: Millis, newest: Newest) {
    rt.io("arrive", arrives).await; // @step arrive
    let answer =
        if number.is_multiple_of(2) { predict(&rt, number, &newest).await } else { burgers(&rt).await };
    rt.say(format!("GET {number} {answer}"));
}

/// Goes round with the loop, until somebody cancels it.
async fn heartbeat(rt: Rt) {
    loop {
        rt.io("beat", BEAT).await; // @step beat
    }
}
// @end

/// The program: training and serving at once.
async fn program(rt: Rt, setup: Setup) {
    let numbers = Numbers::of(&setup);
    let on_the_loop = setup.mode == "loop";
    // @region *
    let newest = Newest::default();
    let heart = rt.spawn("heartbeat", heartbeat(rt.clone()));
    let mut tasks = Vec::new();
    for number in 1..=numbers.requests {
        let arrives = Millis(numbers.every.0 * (number as f64 - 0.5));
        let request = request(rt.clone(), number, arrives, newest.clone());
        tasks.push(rt.spawn(&format!("GET {number}"), request));
    }
    tasks.push(rt.spawn("training", training(rt.clone(), numbers, newest.clone(), on_the_loop)));
    for task in tasks {
        let _ = task.await;
    }
    heart.abort();
    // @end
    rt.say("closed");
}

/// The event loop has a thread; those that train are others.
fn threads(setup: &Setup) -> Threads {
    let pool = match &*setup.mode {
        // @region one
        "one" => 1,
        // @end
        // @region many
        "many" => setup.knobs.count("threads", 3).clamp(1, MOST_THREADS), // @knob threads
        // @end
        _ => 0,
    };
    Threads { programs: 1, pool }
}

/// What the registry knows of it.
pub const SCENARIO: Scenario = Scenario {
    name: "web_and_ml",
    modes: &["loop", "one", "many"],
    knobs: &["folds", "threads", "samples", "requests", "every"],
    steps: &["arrive", "answer", "query", "predict", "train", "fold", "beat"],
    threads,
    start: |rt, setup, _| program(rt, setup).boxed_local(),
    jobs: &[("fold", |rt, setup, number| {
        let fold = train_fold(rt, Numbers::of(setup), number as usize);
        fold.map_or_else(Vec::new, |fold| fold.numbers())
    })],
};
