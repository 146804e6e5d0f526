//! What a thread hands over.

use std::sync::Arc;

use super::super::Event;

/// Events on their way from a thread to whoever looks at them, with the names and texts they
/// mention. Names and texts are numbered in the order in which they come.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Batch {
    /// In the order in which the thread recorded them.
    pub events: Vec<Event>,
    /// The names of the tasks that are new in this batch, in the order of their ids. Tasks of one name that are made one right
    /// after another share it.
    pub names: Vec<Arc<str>>,
    /// The texts that are new in this batch.
    pub texts: Vec<String>,
    /// How many polls were left out since the batch before; see [`MOST_EVENTS`](super::MOST_EVENTS).
    pub left_out: u32,
}

impl Batch {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty() && self.names.is_empty() && self.texts.is_empty() && self.left_out == 0
    }
}
