//! Ridge regression: the weights that make the squared errors, and a little of their own size, least.
//!
//! It is solved exactly, by the normal equations: sum up `x xᵀ` and `x y` over the examples, add
//! the penalty to the diagonal, and eliminate.

use super::data::{Seen, is_rush};

/// How many numbers the model is told about a customer.
pub const FEATURES: usize = 4;

/// How much large weights cost. The constant costs nothing.
const PENALTY: f64 = 1.0;

/// Weights for a customer's features: a prediction is their weighted sum, in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Model {
    /// Seconds for each unit of each feature; see [`features`].
    pub weights: [f64; FEATURES],
}

/// What the model is told: a constant; the order's size; the rounds of the grill before it is its
/// turn, which is who must leave the grill first, shared by its places; and the same at rush hours.
pub fn features(seen: &Seen) -> [f64; FEATURES] {
    let (ahead, places) = (f64::from(seen.ahead), f64::from(seen.places));
    let rounds = (ahead + 1.0 - places).max(0.0) / places;
    let rush = f64::from(u8::from(is_rush(seen.hour)));
    [1.0, f64::from(seen.size), rounds, rush * rounds]
}

impl Model {
    /// How long a customer who sees this will wait, in seconds.
    pub fn predict(&self, seen: &Seen) -> f64 {
        dot(&self.weights, &features(seen))
    }
}

/// The sum of the products, from the first to the last.
pub fn dot<const N: usize>(a: &[f64; N], b: &[f64; N]) -> f64 {
    a.iter().zip(b).fold(0.0, |sum, (a, b)| sum + a * b)
}

/// Fits weights to rows of features and the value that belongs to each. The first feature must be
/// the constant 1; with the penalty on all others, the equations have exactly one solution for any
/// rows, if there are any.
pub fn fit<const N: usize>(rows: impl Iterator<Item = ([f64; N], f64)>) -> [f64; N] {
    let mut matrix = [[0.0; N]; N];
    let mut values = [0.0; N];
    for (index, row) in matrix.iter_mut().enumerate().skip(1) {
        row[index] = PENALTY;
    }
    for (x, y) in rows {
        for i in 0..N {
            for j in 0..N {
                matrix[i][j] += x[i] * x[j];
            }
            values[i] += x[i] * y;
        }
    }
    solve(matrix, values)
}

/// Gauss's elimination. The matrix is symmetric and positive definite, so no pivot is zero.
fn solve<const N: usize>(mut matrix: [[f64; N]; N], mut values: [f64; N]) -> [f64; N] {
    for i in 0..N {
        let pivot = matrix[i];
        for row in i + 1..N {
            let factor = matrix[row][i] / pivot[i];
            matrix[row].iter_mut().zip(pivot).skip(i).for_each(|(cell, above)| *cell -= factor * above);
            values[row] -= factor * values[i];
        }
    }
    let mut weights = [0.0; N];
    for i in (0..N).rev() {
        let known = (i + 1..N).fold(0.0, |sum, column| sum + matrix[i][column] * weights[column]);
        weights[i] = (values[i] - known) / matrix[i][i];
    }
    weights
}
