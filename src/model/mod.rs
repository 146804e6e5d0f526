//! A small, real model: the shop learns to predict how long a customer will wait.
//!
//! - [`data`]: rush hours of the counter, simulated, and what customers saw and waited
//! - [`regression`]: ridge regression, by the normal equations
//! - [`folds`]: k-fold cross-validation, one fold at a time, and the guesses it must beat
//!
//! Everything is computed from numbers alone, in one fixed order: the same numbers give the same
//! model to the last bit, on any thread. It knows no runtime, no browser and no lesson.

pub mod data;
pub mod folds;
pub mod regression;
