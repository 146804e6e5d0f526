//! Runs as files for other programs: pure functions of the records.
//!
//! - [`chrome`]: a trace in Chrome's trace event format, which Perfetto opens
//! - [`csv`]: the lanes as a table
//! - `json`: as much of JSON as a trace needs
//!
//! It writes what the lanes say, and knows no lesson and no browser.

pub mod chrome;
pub mod csv;
pub mod json;

use super::{Lane, Replay};
use crate::trace::Micros;

/// A run to be written, and what is to be said of it.
#[derive(Clone, Debug)]
pub struct Run<'a> {
    /// What it is called, such as `1 · Blocking`.
    pub name: String,
    /// The scenario.
    pub scenario: &'a str,
    /// The mode.
    pub mode: &'a str,
    /// The knobs as they were set.
    pub knobs: Vec<(&'a str, f64)>,
    /// Whether it was measured; else it was simulated.
    pub measured: bool,
    /// What its threads are called, as far as they have names of their own.
    pub threads: Vec<String>,
    /// The record.
    pub replay: &'a Replay,
}

impl Run<'_> {
    fn kind(&self) -> &'static str {
        if self.measured { "measured" } else { "simulated" }
    }

    fn thread(&self, thread: usize) -> String {
        match self.threads.get(thread) {
            Some(name) => format!("thread {} ({name})", thread + 1),
            None => format!("thread {}", thread + 1),
        }
    }
}

/// The stretches of a lane that lasted: from, to, and which. A state that ends the task does not last; what a run that
/// goes on leaves open ends with what is known.
fn stretches<'a>(
    replay: &Replay,
    lane: &'a Lane,
) -> impl Iterator<Item = (Micros, Micros, &'a super::Span)> + use<'a> {
    let end = replay.end;
    let lasting = lane.spans.iter().filter(|span| !span.state.is_over());
    lasting.map(move |span| (span.from, span.to.min(end), span)).filter(|(from, to, _)| to > from)
}
