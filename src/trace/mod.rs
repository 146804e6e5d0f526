//! The trace: what is recorded of a run, and the future that records it.
//!
//! This is the contract between whoever runs a program (`runtime`) and whoever looks at the run
//! (`replay`). The vocabulary is that of tokio-console: spawn, poll, wake, drop. Task states are
//! not recorded; `replay` derives them from these events, and nothing else may invent one.
//!
//! - [`event`]: one event, 16 bytes, and its form on the wire between threads
//! - [`coroutine`]: one that was made and not started
//! - [`log`]: where a thread records its events
//! - [`traced`]: the future every task is wrapped in
//! - [`Trace`]: the events of all threads, in order of time
//!
//! It knows no browser, no executor and no lesson.

pub mod coroutine;
pub mod event;
pub mod log;
mod time;
pub mod traced;
mod whole;

pub use coroutine::Coroutine;
pub use event::{By, Event, Hold, StepId, TaskId, ThreadId, What};
pub use log::{Batch, Log, Recorder};
pub use time::{Micros, Millis};
pub use traced::{Outcome, Traced};
pub use whole::Trace;
