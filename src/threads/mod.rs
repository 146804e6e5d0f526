//! Live runs: a program's threads as web workers, and their messages.
//!
//! - [`message`]: what page and threads say to each other
//! - [`worker`]: the thread's side: one wasm binary, started again inside a worker
//! - [`hands`]: the page's side of one worker: starting it, talking to it, ending it
//! - [`run`]: a live run: starts the threads, gathers the trace, notices when one dies
//! - [`gate`]: several runs that begin at one moment
//! - `jobs`: what threads hand over to the pool; `lost`: threads of the pool that die, and their replacement
//! - [`here`]: the same on the page's own event loop, where workers cannot start
//!
//! It knows traces, runtimes and scenarios. It knows no lesson and draws nothing.

pub mod gate;
pub mod hands;
pub mod here;
mod jobs;
mod lost;
pub mod message;
pub mod run;
pub mod worker;

/// How long a worker may take to be ready, in ms, before it counts as one that cannot start.
pub const STARTING_MS: f64 = 15_000.0;

/// How long a thread may be silent beyond the hold it announced, in ms, before it counts as dead.
pub const SILENCE_MS: f64 = 3_000.0;

/// The same in a run whose work is an amount ([`PACE`](crate::runtime::PACE)): how long that takes, nobody can announce.
pub const SILENCE_AT_WORK_MS: f64 = 30_000.0;
