//! A server that learns.

use concurrent_burgers::replay::Metrics;
use concurrent_burgers::replay::requests::Requests;
use concurrent_burgers::replay::training::Training;

use super::*;

const MODES: [&str; 3] = ["loop", "one", "many"];
const FITTING: f64 = 0.0675;
const FOLDS: f64 = 6.0;
const SAMPLES: f64 = 20.0;

fn learns(mode: &str, knobs: &[(&str, f64)]) -> Replay {
    run("web_and_ml", mode, knobs)
}

/// The lines that begin with these words, without their times.
fn lines(replay: &Replay, begin: &str) -> Vec<String> {
    let trace = &replay.trace;
    let said = trace.events().iter().filter_map(|event| match event.what {
        What::Say { text } => Some(trace.text(event.task, text)),
        _ => None,
    });
    said.filter(|text| text.starts_with(begin)).map(str::to_owned).collect()
}

#[test]
fn training_takes_as_long_as_its_threads_make_it() {
    for folds in 2..=8_u32 {
        for threads in [1, 2, 3, 8_u32] {
            let knobs = [("folds", f64::from(folds)), ("threads", f64::from(threads))];
            let fold = FITTING * SAMPLES;
            let trained = |mode| Metrics::of(&learns(mode, &knobs)).training.over.seconds();
            let close = |a: f64, b: f64| assert!((a - b).abs() < 0.1, "{folds} {threads}: {a} {b}");
            close(trained("loop"), f64::from(folds) * fold);
            // Another thread is no faster: it leaves the loop free.
            close(trained("one"), f64::from(folds) * fold);
            close(trained("many"), f64::from(folds.div_ceil(threads)) * fold);
        }
    }
}

#[test]
fn what_is_learned_is_the_same_wherever_it_is_learned() {
    let told = |mode, threads| {
        let replay = learns(mode, &[("threads", threads)]);
        let Metrics { training, .. } = Metrics::of(&replay);
        let bits = [training.error, training.by_line, training.by_mean].map(f64::to_bits);
        (bits, lines(&replay, "fold "), lines(&replay, "held-out"), lines(&replay, "learned"))
    };
    let first = told("loop", 1.0);
    assert_eq!(first.1.len(), FOLDS as usize);
    for (mode, threads) in [("one", 1.0), ("many", 1.0), ("many", 2.0), ("many", 5.0), ("many", 8.0)] {
        assert_eq!(told(mode, threads), first, "{mode} {threads}");
    }
}

#[test]
fn the_lesson_may_say_that_the_model_is_good() {
    for (folds, samples) in [(2.0, 5.0), (4.0, 15.0), (6.0, 20.0), (8.0, 40.0)] {
        let training = Metrics::of(&learns("many", &[("folds", folds), ("samples", samples)])).training;
        assert!(training.error < 0.5 * training.by_line, "{training:?}");
        assert!(training.by_line < 0.8 * training.by_mean, "{training:?}");
    }
}

#[test]
fn on_the_loop_nobody_is_answered_before_the_training_is_over() {
    for (folds, every) in [(2.0, 0.3), (6.0, 0.5), (8.0, 1.0)] {
        let replay = learns("loop", &[("folds", folds), ("every", every)]);
        let over = Metrics::of(&replay).training.over;
        let requests = Requests::of(&replay);
        assert!(requests.iter().all(|it| it.answered.is_some_and(|answered| answered > over)));
        // They arrive when they arrive, whoever keeps the thread.
        let arrived: Vec<_> = requests.iter().map(|it| it.arrived).collect();
        assert_eq!(arrived, (0..12).map(|n| seconds(every * (f64::from(n) + 0.5))).collect::<Vec<_>>());
        assert!(Metrics::of(&replay).longest_gap > over);
    }
}

#[test]
fn in_other_threads_no_request_waits_for_the_training() {
    for folds in 2..=8_u32 {
        for mode in ["one", "many"] {
            let replay = learns(mode, &[("folds", f64::from(folds))]);
            let slowest = Requests::of(&replay).latencies(Micros::MAX).last().copied();
            // A handler and a query, and at most one other handler before it.
            assert!(slowest <= Some(seconds(0.05 + 0.35 + 0.1)), "{mode} {folds}: {slowest:?}");
            assert!(Metrics::of(&replay).longest_gap <= seconds(0.57 + 0.1));
        }
    }
}

#[test]
fn predictions_come_from_the_model_once_there_is_one() {
    let replay = learns("many", &[]);
    let answers = |number: u32| lines(&replay, &format!("GET {number} /predict")).concat();
    assert_eq!(answers(4), "GET 4 /predict: no model yet");
    for number in [6, 8, 10, 12] {
        // On the loop all of them come after the training: the same customers, the same model.
        assert_eq!(answers(number), lines(&learns("loop", &[]), &format!("GET {number} ")).concat());
        let seconds = answers(number).rsplit(' ').nth(1).and_then(|it| it.parse::<f64>().ok());
        assert!(seconds.is_some_and(|seconds| (0.5..30.0).contains(&seconds)), "{}", answers(number));
    }
}

#[test]
fn the_bar_counts_the_folds() {
    for (mode, threads) in [("loop", 1), ("one", 1), ("many", 3)] {
        let replay = learns(mode, &[]);
        let training = Training::of(&replay).expect("it trains");
        let fold = FITTING * SAMPLES;
        assert_eq!(
            (training.folds, training.done(Micros(0)), training.under_way(seconds(0.1))),
            (6, 0, threads)
        );
        assert_eq!(training.done(seconds(fold - 0.01)), 0);
        assert_eq!(training.done(seconds(fold + 0.01)), threads);
        assert_eq!((training.done(replay.end), training.under_way(replay.end)), (6, 0));
    }
    assert_eq!(Training::of(&run("counter", "async", &[])), None);
}

#[test]
fn every_run_ends_when_the_last_answer_is_given() {
    for mode in MODES {
        for (requests, folds) in [(4.0, 2.0), (16.0, 3.0), (4.0, 8.0)] {
            let replay = learns(mode, &[("requests", requests), ("folds", folds)]);
            let Metrics { requests: answered, training, .. } = Metrics::of(&replay);
            assert_eq!(says(&replay, "closed"), [answered.last.max(training.over)]);
            assert_eq!(Requests::of(&replay).iter().count(), requests as usize);
        }
    }
}
