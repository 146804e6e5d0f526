//! K-fold cross-validation: each fold is held out once, and predicted by a model that was fitted to
//! the others. So the error is always that of examples the model has not seen.

use super::data::Example;
use super::regression::{FEATURES, Model, dot, features, fit};

/// What came of one fold. Errors are mean absolute errors on the examples held out, in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fold {
    /// The model's error.
    pub error: f64,
    /// The error of a guess by the length of the line alone: a straight line, fitted as well.
    pub by_line: f64,
    /// The error of guessing the mean for everybody.
    pub by_mean: f64,
    /// The model, fitted to the other folds.
    pub model: Model,
}

/// Fits a model to all examples but those of one fold, and tests it on that one. Example `i` belongs
/// to fold `i % folds`. None if there is nothing to learn from, or nothing to test on.
pub fn fold(examples: &[Example], folds: usize, fold: usize) -> Option<Fold> {
    let part = |held_out: bool| {
        let numbered = examples.iter().enumerate();
        numbered.filter(move |(index, _)| (index % folds.max(1) == fold) == held_out).map(|(_, it)| it)
    };
    let (seen, unseen) = (part(false).count(), part(true).count());
    if seen == 0 || unseen == 0 {
        return None;
    }
    let model = Model { weights: fit(part(false).map(|it| (features(&it.seen), it.waited))) };
    let line = |it: &Example| [1.0, f64::from(it.seen.ahead)];
    let straight = fit(part(false).map(|it| (line(it), it.waited)));
    let mean = part(false).fold(0.0, |sum, it| sum + it.waited) / seen as f64;
    let error = |guess: &dyn Fn(&Example) -> f64| {
        part(true).fold(0.0, |sum, it| sum + (guess(it) - it.waited).abs()) / unseen as f64
    };
    Some(Fold {
        error: error(&|it| model.predict(&it.seen)),
        by_line: error(&|it| dot(&straight, &line(it))),
        by_mean: error(&|_| mean),
        model,
    })
}

/// All folds as one: mean errors, and the mean of the models, which predicts the mean of their
/// predictions. None if there are none.
pub fn mean(folds: &[Fold]) -> Option<Fold> {
    let mean = |number: &dyn Fn(&Fold) -> f64| {
        folds.iter().fold(0.0, |sum, fold| sum + number(fold)) / folds.len() as f64
    };
    (!folds.is_empty()).then(|| Fold {
        error: mean(&|fold| fold.error),
        by_line: mean(&|fold| fold.by_line),
        by_mean: mean(&|fold| fold.by_mean),
        model: Model { weights: std::array::from_fn(|index| mean(&|fold| fold.model.weights[index])) },
    })
}

impl Fold {
    /// As plain numbers, to be sent between threads.
    pub fn numbers(&self) -> Vec<f64> {
        [self.error, self.by_line, self.by_mean].into_iter().chain(self.model.weights).collect()
    }

    /// From plain numbers; none if it is not as many as there should be.
    pub fn from_numbers(numbers: &[f64]) -> Option<Self> {
        let (errors, weights) = numbers.split_first_chunk()?;
        let [error, by_line, by_mean] = *errors;
        let weights: [f64; FEATURES] = weights.try_into().ok()?;
        Some(Self { error, by_line, by_mean, model: Model { weights } })
    }
}
