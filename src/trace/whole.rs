//! A whole run: the events of all threads in order of time.

use std::sync::Arc;

use super::{Batch, Event, Micros, StepId, TaskId};

/// What is known of a run, so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    events: Vec<Event>,
    // Shared, so that a copy of a long record costs little.
    names: Vec<Vec<Arc<str>>>,
    texts: Vec<Vec<Arc<str>>>,
    steps: &'static [&'static str],
    left_out: u64,
}

impl Trace {
    /// Nothing yet, of a scenario with these steps.
    pub fn of(steps: &'static [&'static str]) -> Self {
        Self { steps, ..Self::default() }
    }

    /// The label of a step; empty where the scenario declares none.
    pub fn step(&self, step: StepId) -> &'static str {
        self.steps.get(usize::from(step.0)).copied().unwrap_or_default()
    }

    /// Adds what a thread has handed over. A thread's batches must come in order.
    pub fn add(&mut self, thread: usize, batch: Batch) {
        let threads = self.names.len().max(thread + 1);
        self.names.resize_with(threads, Vec::new);
        self.texts.resize_with(threads, Vec::new);
        self.names[thread].extend(batch.names);
        self.texts[thread].extend(batch.texts.into_iter().map(Arc::from));
        self.left_out += u64::from(batch.left_out);
        let Some(first) = batch.events.iter().map(|event| event.at).min() else { return };
        let settled = self.events.partition_point(|event| event.at <= first);
        // A long record grows by a quarter, not to twice its size: 20 bytes an event at most.
        let (kept, more) = (self.events.len(), batch.events.iter().map(Event::told).sum::<usize>());
        if more > batch.events.len() || kept > 0 && self.events.capacity() < kept + more {
            self.events.reserve_exact(more.max(kept / 4));
        }
        if kept == 0 && more == batch.events.len() {
            self.events = batch.events
        } else {
            self.events.extend(batch.events.into_iter().flat_map(Event::unpacked))
        }
        // Stable: what a thread recorded at one time stays in the order in which it happened.
        self.events[settled..].sort_by_key(|event| event.at);
    }

    /// All events, in order of time; of one time, in the order in which the thread recorded them.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The name a task was given.
    pub fn name(&self, task: TaskId) -> &str {
        let names = self.names.get(usize::from(task.thread().0));
        names.and_then(|names| names.get(task.index())).map_or("?", |name| &**name)
    }

    /// A text that an event of a task mentions.
    pub fn text(&self, task: TaskId, text: u32) -> &str {
        let texts = self.texts.get(usize::from(task.thread().0));
        texts.and_then(|texts| texts.get(text as usize)).map_or("", |text| &**text)
    }

    /// How many polls, in which nothing but a turn was asked for, are not in the record; see [`super::log::MOST_EVENTS`].
    pub fn left_out(&self) -> u64 {
        self.left_out
    }

    /// The number of threads that have recorded anything.
    pub fn threads(&self) -> usize {
        self.names.len()
    }

    /// When the last event happened.
    pub fn end(&self) -> Micros {
        self.events.last().map_or(Micros(0), |event| event.at)
    }
}
