//! What needs a browser's event loop: many futures that yield, and many timers.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::rc::Rc;
use std::task::Poll;

use concurrent_burgers::runtime::live::{Live, Port, Start, clock_ms};
use concurrent_burgers::trace::{Batch, Event, Millis, ThreadId};
use futures_channel::oneshot;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::counter::Counter;
use super::json;

/// How often each future yields.
const YIELDS: usize = 10;

/// Keeps what it is handed, or only counts it.
#[derive(Default)]
struct Kept {
    batches: RefCell<Vec<Batch>>,
    keeps: bool,
    finished: Cell<Option<oneshot::Sender<()>>>,
}

impl Port for Kept {
    fn send(&self, batch: Batch) {
        if self.keeps {
            self.batches.borrow_mut().push(batch);
        }
    }

    fn offload(&self, _: &'static str, _: f64) -> oneshot::Receiver<Option<Vec<f64>>> {
        oneshot::channel().1
    }

    fn finished(&self) {
        self.finished.take().map(|sender| sender.send(()));
    }
}

/// Gives the executor a turn.
async fn yield_now() {
    let mut yielded = false;
    poll_fn(|context| {
        if std::mem::replace(&mut yielded, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

async fn yields() {
    for _ in 0..YIELDS {
        yield_now().await;
    }
}

fn memory_bytes() -> f64 {
    let memory: js_sys::WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
    f64::from(memory.buffer().unchecked_into::<js_sys::ArrayBuffer>().byte_length())
}

/// So many tasks of the live runtime, recorded.
async fn tasks<F: Future<Output = ()> + 'static>(
    (n, keeps): (usize, bool),
    task: impl Fn(&concurrent_burgers::runtime::Rt) -> F,
) -> String {
    let kept = Rc::new(Kept { keeps, ..Kept::default() });
    let (sender, finished) = oneshot::channel();
    kept.finished.set(Some(sender));
    let (memory, begin) = (memory_bytes(), clock_ms());
    let start = Start { thread: ThreadId(0), origin_ms: begin, is_alone: true };
    let live = Live::new(Counter { customers: 0, rounds: 0 }, &start, kept.clone());
    let rt = live.rt();
    for _ in 0..n {
        drop(rt.spawn("task", task(&rt)));
    }
    let spawned = clock_ms() - begin;
    let _ = finished.await;
    let ms = clock_ms() - begin;
    let batches = kept.batches.borrow();
    let told: usize = batches.iter().flat_map(|batch| &batch.events).map(Event::told).sum();
    json(&[
        ("ms", ms),
        ("spawn_ms", spawned),
        ("events", told as f64),
        ("memory_bytes", memory_bytes() - memory),
    ])
}

/// Futures that yield, each a task, every poll recorded.
#[wasm_bindgen]
pub async fn traced(n: usize) -> String {
    tasks((n, true), |_| yields()).await
}

/// The same, and nobody keeps the record: what memory grows by afterwards when it is kept, is the record's.
#[wasm_bindgen]
pub async fn unkept(n: usize) -> String {
    tasks((n, false), |_| yields()).await
}

/// The same futures, by nothing but `spawn_local`.
#[wasm_bindgen]
pub async fn bare(n: usize) -> String {
    let (sender, finished) = oneshot::channel();
    let (sender, left) = (Rc::new(Cell::new(Some(sender))), Rc::new(Cell::new(n)));
    let begin = clock_ms();
    for _ in 0..n {
        let (sender, left) = (sender.clone(), left.clone());
        spawn_local(async move {
            yields().await;
            left.set(left.get() - 1);
            if left.get() == 0 {
                sender.take().map(|sender| sender.send(()));
            }
        });
    }
    let _ = finished.await;
    json(&[("ms", clock_ms() - begin)])
}

/// Tasks that each wait 100 ms for a timer.
#[wasm_bindgen]
pub async fn timers(n: usize) -> String {
    tasks((n, true), |rt| rt.io("grill", Millis(100.0))).await
}
