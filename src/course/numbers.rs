//! The numbers in a lesson's text: expressions over knobs and simulated runs.
//!
//! Nothing a lesson says is typed in. Each mode is simulated once for each setting of the knobs,
//! when something asks for it.

use rustc_hash::FxHashMap;
use std::sync::{Mutex, PoisonError};

use crate::decimal::fixed;
use crate::lessons::model::{Expr, Format, Lesson, Metric, Op, StageSettings};
use crate::replay::{Lasts, Metrics, Replay};
use crate::runtime::{Knobs, Setup, simulated};
use crate::scenarios;

/// The knobs of a lesson at their defaults.
pub fn defaults(lesson: &Lesson) -> Knobs {
    lesson.knobs.iter().map(|knob| (knob.id, knob.default)).collect()
}

/// The knobs as a step or a "show me" sets them.
pub fn knobs_of(lesson: &Lesson, stage: &StageSettings) -> Knobs {
    let mut knobs = defaults(lesson);
    stage.knobs.iter().for_each(|(id, value)| knobs.set(id, *value));
    knobs
}

/// The simulated run of a lesson's scenario. A scenario the registry does not know gives an
/// empty one; the lesson compiler lets none pass.
pub fn simulate(lesson: &Lesson, mode: &str, knobs: &Knobs) -> Replay {
    let setup = Setup { mode: mode.to_owned(), knobs: knobs.clone() };
    let trace = scenarios::find(lesson.scenario).map(|scenario| simulated::run(scenario, &setup));
    Replay::new(trace.unwrap_or_default(), Lasts::ToTheEnd)
}

/// Computes a lesson's expressions at one setting of the knobs.
pub struct Numbers {
    lesson: &'static Lesson,
    knobs: Knobs,
    runs: Mutex<FxHashMap<&'static str, Metrics>>,
}

impl Numbers {
    /// For these knobs.
    pub fn new(lesson: &'static Lesson, knobs: Knobs) -> Self {
        Self { lesson, knobs, runs: Mutex::default() }
    }

    /// The value of an expression. Division by zero gives what IEEE says.
    pub fn value(&self, expr: &Expr) -> f64 {
        match expr {
            Expr::Number(number) => *number,
            Expr::Knob(id) => self.knobs.get(id).unwrap_or(f64::NAN),
            Expr::Metric(metric, mode) => self.metric(*metric, mode),
            Expr::Op(op, a, b) => apply(*op, self.value(a), self.value(b)),
        }
    }

    /// With a measured run in the place of the simulated one.
    #[must_use]
    pub fn measured(self, mode: &'static str, run: Metrics) -> Self {
        self.lock().insert(mode, run);
        self
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, FxHashMap<&'static str, Metrics>> {
        self.runs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn metric(&self, metric: Metric, mode: &'static str) -> f64 {
        let mut runs = self.lock();
        let run = runs.entry(mode).or_insert_with(|| Metrics::of(&simulate(self.lesson, mode, &self.knobs)));
        read(run, metric)
    }

    /// An expression, written.
    pub fn text(&self, expr: &Expr, format: Format) -> String {
        write(self.value(expr), format)
    }
}

impl Expr {
    /// Whether all runs it speaks of are among these modes, and it speaks of any.
    pub fn speaks_only_of(&self, modes: &[&str]) -> bool {
        let mut named = Vec::new();
        self.name_modes(&mut named);
        !named.is_empty() && named.iter().all(|mode| modes.contains(mode))
    }

    fn name_modes(&self, named: &mut Vec<&'static str>) {
        match self {
            Self::Metric(_, mode) => named.push(mode),
            Self::Op(_, a, b) => {
                a.name_modes(named);
                b.name_modes(named);
            }
            Self::Number(_) | Self::Knob(_) => {}
        }
    }
}

/// A metric of a run: times in seconds, shares from 0 to 1.
pub fn read(run: &Metrics, metric: Metric) -> f64 {
    match metric {
        Metric::Total => run.total.seconds(),
        Metric::Busy => run.share(run.working),
        Metric::Holding => run.share(run.holding),
        Metric::Free => run.share(run.free),
        Metric::Line => run.longest_line.seconds(),
        Metric::Hold => run.longest_hold.map_or(0.0, |(time, ..)| time.seconds()),
        Metric::Polls => f64::from(run.polls),
        Metric::Gap => run.longest_gap.seconds(),
        Metric::Served => run.mean_served.seconds(),
        Metric::P50 => run.requests.p50.seconds(),
        Metric::P95 => run.requests.p95.seconds(),
        Metric::P99 => run.requests.p99.seconds(),
        Metric::Last => run.requests.last.seconds(),
        Metric::Rate => run.requests.rate,
        Metric::Trained => run.training.over.seconds(),
        Metric::Error => run.training.error,
        Metric::ByLine => run.training.by_line,
        Metric::ByMean => run.training.by_mean,
    }
}

/// Numbers closer than this are the same to a learner: what rounding leaves behind.
pub const CLOSE: f64 = 1e-6;

fn apply(op: Op, a: f64, b: f64) -> f64 {
    let truth = |is: bool| f64::from(u8::from(is));
    match op {
        Op::Add => a + b,
        Op::Subtract => a - b,
        Op::Multiply => a * b,
        Op::Divide => a / b,
        Op::Min => a.min(b),
        Op::Max => a.max(b),
        Op::Equal => truth((a - b).abs() < CLOSE),
        Op::Less => truth(a < b - CLOSE),
        Op::LessOrEqual => truth(a < b + CLOSE),
    }
}

/// Writes a number as a learner reads it; what is no number is a dash.
pub fn write(value: f64, format: Format) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    match format {
        // Below a hundredth of a second, there would be nothing left of it.
        Format::Seconds if value > 0.0 && value < 0.0095 => format!("{} ms", decimals(value * 1000.0, 1)),
        Format::Seconds => format!("{} s", decimals(value, 1)),
        Format::Times => format!("{}×", decimals(value, 1)),
        Format::Percent => format!("{} %", fixed(value * 100.0, 0)),
        Format::Count => decimals(value, 0),
    }
}

/// At least so many decimals, and as many more (up to two) as there are.
fn decimals(value: f64, least: usize) -> String {
    let most = fixed(value, 2).to_string();
    let short = most.trim_end_matches('0');
    let given = short.len() - short.find('.').map_or(short.len(), |point| point + 1);
    fixed(value, given.max(least)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lessons;
    use crate::lessons::model::Block;

    #[test]
    fn numbers_are_written_as_people_read_them() {
        assert_eq!(write(12.0, Format::Seconds), "12.0 s");
        assert_eq!(write(2.456, Format::Seconds), "2.46 s");
        assert_eq!(write(1.5, Format::Times), "1.5×");
        assert_eq!(write(0.75, Format::Percent), "75 %");
        assert_eq!(write(3.0, Format::Count), "3");
        assert_eq!(write(f64::NAN, Format::Seconds), "–");
    }

    /// Every block of every lesson, with the numbers of its step.
    fn blocks() -> impl Iterator<Item = (&'static Lesson, &'static str, &'static Block, Numbers)> {
        lessons::ALL.iter().flat_map(|lesson| {
            lesson.steps.iter().flat_map(move |step| {
                let numbers = move || Numbers::new(lesson, knobs_of(lesson, &step.stage));
                step.blocks.iter().map(move |block| (lesson, step.id, block, numbers()))
            })
        })
    }

    #[test]
    fn exactly_one_choice_of_every_prediction_is_right() {
        for (lesson, step, block, numbers) in blocks() {
            let Block::Predict(predict) = block else { continue };
            let answer = numbers.text(&predict.answer, predict.format);
            let choices: Vec<_> = predict.choices.iter().map(|it| numbers.text(it, predict.format)).collect();
            let right = choices.iter().filter(|choice| **choice == answer).count();
            assert_eq!(right, 1, "{} {step}: {answer} among {choices:?}", lesson.slug);
            let mut distinct = choices.clone();
            distinct.sort();
            distinct.dedup();
            assert_eq!(distinct.len(), choices.len(), "{} {step}: {choices:?}", lesson.slug);
        }
    }

    #[test]
    fn what_quizzes_claim_is_what_the_simulation_says() {
        let mut checked = 0;
        for (lesson, step, block, _) in blocks() {
            let Block::Quiz(quiz) = block else { continue };
            let numbers = Numbers::new(lesson, knobs_of(lesson, &quiz.show));
            for check in quiz.options.iter().filter_map(|option| option.check.as_ref()) {
                assert_eq!(numbers.value(check), 1.0, "{} {step}: {check:?}", lesson.slug);
                checked += 1;
            }
        }
        assert!(checked > 0, "no quiz checks anything");
    }
}
