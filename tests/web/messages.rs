//! What page and threads say to each other: it arrives as it was sent, and nonsense is no message.

use concurrent_burgers::runtime::Setup;
use concurrent_burgers::threads::message::{FromThread, ToThread};
use concurrent_burgers::trace::{Batch, Event, Hold, Micros, StepId, TaskId, ThreadId, What};
use js_sys::{Array, Function, Uint32Array};
use wasm_bindgen::JsValue;

use super::*;

/// What the browser makes of a value on its way to a worker.
fn posted(value: &JsValue) -> JsValue {
    let clone = Function::new_with_args("value", "return structuredClone(value)");
    clone.call1(&JsValue::NULL, value).expect("messages are plain values")
}

fn batch() -> Batch {
    let task = TaskId::new(ThreadId(1), 3);
    let (step, planned) = (StepId(1), Micros(u32::MAX));
    let kinds = [
        What::Spawned { by: Some(task).into() },
        What::PollStart,
        What::HoldStart { hold: Hold::BlockingIo, step, planned },
        What::HoldEnd,
        What::IoStart { step: StepId::NONE, planned },
        What::Say { text: 0 },
        What::PollEnd { ready: true },
    ];
    let events = kinds.into_iter().map(|what| Event { at: Micros(u32::MAX), task, what }).collect();
    Batch { events, names: vec!["Ada".into(), "".into()], texts: vec!["ä 🍔 \u{0}\n".into()], left_out: 7 }
}

#[wasm_bindgen_test]
fn every_message_to_a_thread_arrives_as_it_was_sent() {
    let knobs = [("customers", 3.0), ("grilling", 0.1), ("ä", -1e300)].into_iter().collect();
    let setup = Setup { mode: "side".into(), knobs };
    let all = [
        ToThread::Start { scenario: "counter".into(), setup, thread: 255, epoch_ms: 1.7e12 + 0.125 },
        ToThread::Start { scenario: String::new(), setup: Setup::default(), thread: 0, epoch_ms: 0.0 },
        ToThread::Job { id: 4_294_967_295.0, name: "double".into(), argument: -0.5 },
        ToThread::Answer { id: 0.0, value: Some(vec![f64::INFINITY, -0.5]) },
        ToThread::Answer { id: 0.0, value: Some(vec![]) },
        ToThread::Answer { id: 1.0, value: None },
        ToThread::End,
    ];
    for message in all {
        assert_eq!(ToThread::from_js(&posted(&message.to_js())), Some(message));
    }
}

#[wasm_bindgen_test]
fn every_message_from_a_thread_arrives_as_it_was_sent() {
    let all = [
        FromThread::Ready,
        FromThread::Batch(Batch::default()),
        FromThread::Batch(batch()),
        FromThread::Offload { id: 7.0, name: "double".into(), argument: 2.0 },
        FromThread::Done { id: 7.0, value: Some(vec![4.0]) },
        FromThread::Done { id: 7.0, value: None },
        FromThread::Memory(1_114_112.0),
        FromThread::Finished,
        FromThread::Failed("panicked at 'ä'".into()),
    ];
    for message in all {
        assert_eq!(FromThread::from_js(&posted(&message.to_js())), Some(message));
    }
}

/// Values that are no message, as JavaScript.
const NONSENSE: &[&str] = &[
    "undefined",
    "null",
    "0",
    "NaN",
    "-1e308",
    "true",
    "'ready'",
    "10n",
    "Symbol('ready')",
    "{}",
    "{ 0: 'ready', length: 1 }",
    "() => 'ready'",
    "new Date()",
    "new Map([['ready', 1]])",
    "new ArrayBuffer(16)",
    "new Uint32Array(1000)",
    "[]",
    "[,]",
    "[null]",
    "[['ready']]",
    "[0, 'ready']",
    "['']",
    "['Ready']",
    "['ready ']",
    "['unknown', 1, 2, 3]",
    "['__proto__']",
    "new Array(4294967295)",
    "new Array(100000).fill('ready', 1)",
    "new Array(100000).fill(0)",
    // Known words, and what does not fit them.
    "['start']",
    "['start', 1, 'side', [], 0, 0]",
    "['start', 'counter', null, [], 0, 0]",
    "['start', 'counter', 'side', {}, 0, 0]",
    "['start', 'counter', 'side', [1], 0, 0]",
    "['start', 'counter', 'side', [['customers']], 0, 0]",
    "['start', 'counter', 'side', [['customers', '3']], 0, 0]",
    "['start', 'counter', 'side', [[3, 'customers']], 0, 0]",
    "['start', 'counter', 'side', new Array(4294967295), 0, 0]",
    "['start', 'counter', 'side', [], '0', 0]",
    "['start', 'counter', 'side', [], -1, 0]",
    "['start', 'counter', 'side', [], 256, 0]",
    "['start', 'counter', 'side', [], 0.5, 0]",
    "['start', 'counter', 'side', [], NaN, 0]",
    "['start', 'counter', 'side', [], 0]",
    "['job', 1, 'double']",
    "['job', '1', 'double', 2]",
    "['job', 1, 2, 3]",
    "['answer']",
    "['answer', '1', 2]",
    "['answer', 1, '2']",
    "['answer', 1, {}]",
    "['offload', 1, 'double', null]",
    "['offload', 1, null, 2]",
    "['done', null, 1]",
    "['done', 1, [1]]",
    "['done', 1, 1]",
    "['done', 1, new Float32Array(1)]",
    "['memory']",
    "['memory', '1']",
    "['failed']",
    "['failed', new Error('x')]",
    "['batch']",
    "['batch', [], [], [], 0]",
    "['batch', [0, 0, 2, 0], [], [], 0]",
    "['batch', new Uint8Array(16), [], [], 0]",
    "['batch', new Float64Array(4), [], [], 0]",
    "['batch', new ArrayBuffer(16), [], [], 0]",
    "['batch', new Uint32Array(4)]",
    "['batch', new Uint32Array(4), 'names', [], 0]",
    "['batch', new Uint32Array(4), [1], [], 0]",
    "['batch', new Uint32Array(4), [], [null], 0]",
    "['batch', new Uint32Array(4), new Array(4294967295), [], 0]",
    "['batch', new Uint32Array(4), [], []]",
    "['batch', new Uint32Array(4), [], [], 'many']",
    "['batch', new Uint32Array(5), [], [], 0]",
    "['batch', new Uint32Array(3), [], [], 0]",
    "['batch', Uint32Array.of(0, 0, 99, 0), [], [], 0]",
    "['batch', Uint32Array.of(0, 0, 2, 0, 0, 0, 98, 0), [], [], 0]",
    "['batch', new Uint32Array(4000000).fill(4294967295), [], [], 0]",
];

#[wasm_bindgen_test]
fn nonsense_is_no_message() {
    for text in NONSENSE {
        let value = Function::new_no_args(&format!("return ({text})"));
        let value = value.call0(&JsValue::NULL).expect("it is JavaScript");
        assert_eq!(ToThread::from_js(&value), None, "to a thread: {text}");
        assert_eq!(FromThread::from_js(&value), None, "from a thread: {text}");
    }
}

/// Whatever words come, they are events or no batch; what is read of them can be looked at.
#[wasm_bindgen_test]
fn no_words_whatever_break_the_reader() {
    use concurrent_burgers::replay::{Lasts, Metrics, Replay, story};
    use concurrent_burgers::trace::Trace;

    let mut seed = 2_463_534_242;
    let mut read = 0;
    for _ in 0..300 {
        let count = scrambled(&mut seed) % 40 * 4;
        let words: Vec<u32> = (0..count)
            .map(|index| {
                let word = scrambled(&mut seed);
                // Half of the batches have kinds that exist, so that the rest is looked at too.
                let exists = count.is_multiple_of(8) && index % 4 == 2;
                if exists { (word & 0xffff_0000) | (word % 14) } else { word }
            })
            .collect();
        let words = Uint32Array::from(words.as_slice());
        let message = Array::of5(&"batch".into(), &words, &Array::new(), &Array::new(), &0.into());
        if let Some(FromThread::Batch(batch)) = FromThread::from_js(&message) {
            read += 1;
            assert_eq!(batch.events.len() * 4, count as usize);
            let mut trace = Trace::default();
            trace.add(0, batch);
            let replay = Replay::new(trace, Lasts::On);
            let _ = (Metrics::of(&replay), story::tell(&replay));
        }
    }
    assert!(read > 100, "only {read} batches were read");
}

#[wasm_bindgen_test]
fn the_messages_of_one_side_are_none_of_the_other() {
    assert_eq!(ToThread::from_js(&FromThread::Ready.to_js()), None);
    assert_eq!(FromThread::from_js(&ToThread::End.to_js()), None);
}
