//! Projections of a run: what they say of it at any time, held against the events themselves.
#![cfg(not(target_arch = "wasm32"))]

use concurrent_burgers::replay::{Lasts, Replay};
use concurrent_burgers::runtime::simulated;
use concurrent_burgers::scenarios::{self, Scenario};
use concurrent_burgers::trace::{Batch, Event, Micros, TaskId, ThreadId, Trace, What};
use proptest::prelude::*;

mod common;

use common::{random_trace, setup, times, verbs};

#[path = "replay/crowd.rs"]
mod crowd;
#[path = "replay/errands.rs"]
mod errands;
#[path = "replay/for_two.rs"]
mod for_two;
#[path = "replay/growing.rs"]
mod growing;
#[path = "replay/numbers.rs"]
mod numbers;
#[path = "replay/places.rs"]
mod places;
#[path = "replay/recording.rs"]
mod recording;
#[path = "replay/requests.rs"]
mod requests;
#[path = "replay/scene.rs"]
mod scene;
#[path = "replay/states.rs"]
mod states;
#[path = "replay/story.rs"]
mod story;

fn whole(trace: Trace) -> Replay {
    Replay::new(trace, Lasts::ToTheEnd)
}

/// A scenario of the registry, simulated. Knobs: customers, and ordering and grilling in ms.
fn counter(scenario: Scenario, mode: &str, (customers, order, grill): (usize, u32, u32)) -> Replay {
    whole(simulated::run(scenario, &setup(mode, &times(customers, order, grill))))
}

/// What a random test is given, and the few words that are printed of it when it fails.
struct Shown<T>(T, String);

impl<T> std::fmt::Debug for Shown<T> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.1)
    }
}

/// Every scenario in every mode, with knobs as lessons allow them.
fn counters() -> impl Strategy<Value = Shown<Replay>> {
    let all: Vec<_> =
        scenarios::ALL.iter().flat_map(|it| it.modes.iter().map(move |mode| (*it, *mode))).collect();
    let knobs = (1..=12usize, 0..1500u32, 0..4000u32);
    (prop::sample::select(all), knobs).prop_map(|((scenario, mode), knobs)| {
        Shown(counter(scenario, mode, knobs), format!("{} {mode} {knobs:?}", scenario.name))
    })
}

/// Random programs on one or two threads, and a thread that does jobs.
fn programs() -> impl Strategy<Value = Shown<Trace>> {
    (verbs(), 1..3usize).prop_map(|(verbs, programs)| {
        Shown(random_trace(&verbs, programs, 1), format!("{verbs:?} on {programs}"))
    })
}

/// What each thread would have handed over, if these were the events of the run.
fn batches(trace: &Trace, events: &[Event]) -> Vec<Batch> {
    let batch = |thread: usize| {
        let of_thread = |event: &&Event| usize::from(event.task.thread().0) == thread;
        let tasks = trace.events().iter().filter(of_thread).map(|event| event.task.index() as u32 + 1);
        let task = |index| TaskId::new(ThreadId(thread as u8), index);
        let texts = trace.events().iter().filter(of_thread).filter_map(|event| match event.what {
            What::Say { text } | What::Failed { text } => Some(text + 1),
            _ => None,
        });
        Batch {
            events: events.iter().filter(of_thread).copied().collect(),
            names: (0..tasks.max().unwrap_or(0)).map(|index| trace.name(task(index)).into()).collect(),
            texts: (0..texts.max().unwrap_or(0)).map(|text| trace.text(task(0), text).to_owned()).collect(),
            left_out: 0,
        }
    };
    (0..trace.threads()).map(batch).collect()
}

/// The record with these events instead of its own.
fn with_events(trace: &Trace, events: &[Event]) -> Trace {
    let mut other = Trace::default();
    for (thread, batch) in batches(trace, events).into_iter().enumerate() {
        other.add(thread, batch);
    }
    other
}

/// Every time at which something happens, and one between it and the next.
fn moments(replay: &Replay) -> Vec<Micros> {
    let moments = replay.moments();
    let next = moments.iter().skip(1).chain([&replay.end]);
    moments.iter().zip(next).flat_map(|(a, b)| [*a, Micros(a.0 + (b.0 - a.0) / 2)]).collect()
}
