//! Concurrent Burgers: a course on asynchronous programming, drawn from the polls of real futures.
//!
//! # The map of the house
//!
//! ```text
//! lesson ──> scenario + knobs ──> runtime ──> trace ──> replay ──> ui
//! ```
//!
//! - [`trace`]: the contract: events, the log, the future that records itself
//! - [`runtime`]: the verbs of a program, under a virtual clock or on a browser's event loop
//! - [`scenarios`]: the programs that run, one file each
//! - [`model`]: the model that one lesson trains: data, regression, cross-validation
//! - [`replay`]: pure functions of a trace and a time: states, lanes, scene, code, log, metrics
//! - [`lessons`]: what a lesson is, and the lessons, compiled from `lessons/` by `build.rs`
//! - [`decimal`]: numbers as people write them
//! - `course`: the address, progress, storage (wasm only where it touches the browser)
//! - `threads`: live runs on web workers (wasm only)
//! - `parts`: functions that are fetched when they are needed (wasm only)
//! - `ui`: the page (wasm only)
//!
//! Dependencies point one way: `trace <- runtime <- scenarios`, `trace <- replay`, and everything
//! `<- ui`. All but the last three build without a browser.

// `view!` names what it makes by its full path, here as in the tests.
extern crate self as concurrent_burgers;

pub mod course;
pub mod decimal;
pub mod lessons;
pub mod model;
#[cfg(target_arch = "wasm32")]
pub mod parts;
pub mod replay;
pub mod runtime;
pub mod scenarios;
#[cfg(target_arch = "wasm32")]
pub mod threads;
pub mod trace;
#[cfg(target_arch = "wasm32")]
pub mod ui;
