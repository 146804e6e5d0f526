//! What page and threads say to each other: arrays that begin with a word.
//!
//! Anything that does not fit is no message; it is ignored, and whoever listens may count it.

use js_sys::{Array, Float64Array, Uint32Array};
use wasm_bindgen::{JsCast, JsValue};

use crate::runtime::{Knobs, Setup};
use crate::trace::event::WORDS;
use crate::trace::{Batch, Event};

/// From the page to a thread.
#[derive(Clone, Debug, PartialEq)]
pub enum ToThread {
    /// Begin a run.
    Start {
        /// The scenario's name.
        scenario: String,
        /// Mode and knobs.
        setup: Setup,
        /// Which thread of the program it is.
        thread: u8,
        /// When the run begins, in ms since 1970 (the clock all threads share).
        epoch_ms: f64,
    },
    /// Do a job (for a thread of the pool).
    Job {
        /// Repeated in the answer.
        id: f64,
        /// The job's name.
        name: String,
        /// Its argument.
        argument: f64,
    },
    /// The answer to a job this thread has offloaded; no value if nobody could do it.
    Answer {
        /// The job.
        id: f64,
        /// Its numbers.
        value: Option<Vec<f64>>,
    },
    /// Forget the run.
    End,
}

/// From a thread to the page.
#[derive(Clone, Debug, PartialEq)]
pub enum FromThread {
    /// It is ready to be told what to do.
    Ready,
    /// What it has recorded; an empty batch is a sign of life.
    Batch(Batch),
    /// It wants a job done elsewhere.
    Offload {
        /// To be repeated in the answer.
        id: f64,
        /// The job's name.
        name: String,
        /// Its argument.
        argument: f64,
    },
    /// A job it was given is done.
    Done {
        /// The job.
        id: f64,
        /// Its numbers; none if it knows no such job.
        value: Option<Vec<f64>>,
    },
    /// How much memory its program has, in bytes.
    Memory(f64),
    /// All its tasks are over.
    Finished,
    /// It cannot go on.
    Failed(String),
}

impl ToThread {
    /// For `postMessage`.
    pub fn to_js(&self) -> JsValue {
        match self {
            Self::Start { scenario, setup, thread, epoch_ms } => {
                let knobs = Array::new();
                for (id, value) in setup.knobs.iter() {
                    knobs.push(&Array::of2(&id.into(), &value.into()));
                }
                let message = array("start", &[scenario.into(), setup.mode.as_str().into()]);
                message.push(&knobs);
                message.push(&(*thread).into());
                message.push(&(*epoch_ms).into());
                message.into()
            }
            Self::Job { id, name, argument } => {
                array("job", &[(*id).into(), name.into(), (*argument).into()]).into()
            }
            Self::Answer { id, value } => array("answer", &[(*id).into(), numbers(value)]).into(),
            Self::End => array("end", &[]).into(),
        }
    }

    /// From a message event's data.
    pub fn from_js(data: &JsValue) -> Option<Self> {
        let (word, rest) = words(data)?;
        Some(match word.as_str() {
            "start" => Self::Start {
                scenario: rest.get(1).as_string()?,
                setup: Setup { mode: rest.get(2).as_string()?, knobs: knobs(&rest.get(3))? },
                thread: thread(&rest.get(4))?,
                epoch_ms: rest.get(5).as_f64()?,
            },
            "job" => Self::Job {
                id: rest.get(1).as_f64()?,
                name: rest.get(2).as_string()?,
                argument: rest.get(3).as_f64()?,
            },
            "answer" => Self::Answer { id: rest.get(1).as_f64()?, value: maybe(&rest.get(2))? },
            "end" => Self::End,
            _ => return None,
        })
    }
}

impl FromThread {
    /// For `postMessage`.
    pub fn to_js(&self) -> JsValue {
        match self {
            Self::Ready => array("ready", &[]),
            Self::Batch(batch) => {
                let words: Vec<u32> = batch.events.iter().flat_map(|event| event.encode()).collect();
                let words = Uint32Array::from(words.as_slice());
                let left_out = f64::from(batch.left_out).into();
                array("batch", &[words.into(), strings(&batch.names), strings(&batch.texts), left_out])
            }
            Self::Offload { id, name, argument } => {
                array("offload", &[(*id).into(), name.into(), (*argument).into()])
            }
            Self::Done { id, value } => array("done", &[(*id).into(), numbers(value)]),
            Self::Memory(bytes) => array("memory", &[(*bytes).into()]),
            Self::Finished => array("finished", &[]),
            Self::Failed(reason) => array("failed", &[reason.into()]),
        }
        .into()
    }

    /// From a message event's data.
    pub fn from_js(data: &JsValue) -> Option<Self> {
        let (word, rest) = words(data)?;
        Some(match word.as_str() {
            "ready" => Self::Ready,
            "batch" => Self::Batch(batch(&rest)?),
            "offload" => Self::Offload {
                id: rest.get(1).as_f64()?,
                name: rest.get(2).as_string()?,
                argument: rest.get(3).as_f64()?,
            },
            "done" => Self::Done { id: rest.get(1).as_f64()?, value: maybe(&rest.get(2))? },
            "memory" => Self::Memory(rest.get(1).as_f64()?),
            "finished" => Self::Finished,
            "failed" => Self::Failed(rest.get(1).as_string()?),
            _ => return None,
        })
    }
}

fn array(word: &str, rest: &[JsValue]) -> Array {
    let message = Array::of1(&word.into());
    for value in rest {
        message.push(value);
    }
    message
}

fn words(data: &JsValue) -> Option<(String, Array)> {
    let message: &Array = data.dyn_ref()?;
    Some((message.get(0).as_string()?, message.clone()))
}

/// Numbers, or nothing where there are none.
fn numbers(value: &Option<Vec<f64>>) -> JsValue {
    value.as_ref().map_or(JsValue::UNDEFINED, |numbers| Float64Array::from(numbers.as_slice()).into())
}

/// Numbers, or none where there are none; anything else does not fit.
fn maybe(value: &JsValue) -> Option<Option<Vec<f64>>> {
    if value.is_undefined() { Some(None) } else { Some(Some(value.dyn_ref::<Float64Array>()?.to_vec())) }
}

/// A thread's number, which is whole and small.
fn thread(value: &JsValue) -> Option<u8> {
    let number = value.as_f64()?;
    let thread = number as u8;
    (f64::from(thread) == number).then_some(thread)
}

fn strings(all: &[impl AsRef<str>]) -> JsValue {
    all.iter().map(|text| JsValue::from(text.as_ref())).collect::<Array>().into()
}

fn from_strings<T: From<String>>(value: &JsValue) -> Option<Vec<T>> {
    value.dyn_ref::<Array>()?.iter().map(|text| text.as_string().map(T::from)).collect()
}

fn batch(message: &Array) -> Option<Batch> {
    let words = message.get(1).dyn_into::<Uint32Array>().ok()?.to_vec();
    let (chunks, rest) = words.as_chunks::<WORDS>();
    if !rest.is_empty() {
        return None;
    }
    Some(Batch {
        events: chunks.iter().map(|words| Event::decode(*words)).collect::<Option<_>>()?,
        names: from_strings(&message.get(2))?,
        texts: from_strings(&message.get(3))?,
        left_out: message.get(4).as_f64()? as u32,
    })
}

fn knobs(value: &JsValue) -> Option<Knobs> {
    let pairs = value.dyn_ref::<Array>()?.iter().map(|pair| {
        let pair = pair.dyn_into::<Array>().ok()?;
        Some((pair.get(0).as_string()?, pair.get(1).as_f64()?))
    });
    pairs.collect()
}
