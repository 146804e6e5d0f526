//! Runs that are stopped or dropped: nothing more is heard of them.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use concurrent_burgers::scenarios::counter::SCENARIO;
use concurrent_burgers::threads::run::{Phase, Run, Where};
use concurrent_burgers::trace::{Millis, What};

use super::live::{end, setup, start};
use super::*;

/// Three short orders, then a long wait.
fn long() -> concurrent_burgers::runtime::Setup {
    setup("async", (3.0, 10.0, 400.0))
}

fn counting() -> (Rc<Cell<usize>>, Rc<dyn Fn()>) {
    let heard = Rc::new(Cell::new(0));
    let hear = heard.clone();
    (heard, Rc::new(move || hear.set(hear.get() + 1)))
}

#[wasm_bindgen_test]
async fn a_stopped_run_hands_over_nothing_more() {
    let (heard, notify) = counting();
    let run = Run::start(SCENARIO, long(), Where::Page, notify);
    sleep(120).await;
    assert_eq!(run.phase(), Phase::Running);
    let grills =
        run.trace().events().iter().filter(|event| matches!(event.what, What::IoStart { .. })).count();
    assert_eq!(grills, 3, "it was under way");
    run.stop();
    let (trace, count) = (run.trace(), heard.get());
    assert_eq!(run.phase(), Phase::Stopped);
    sleep(500).await;
    assert_eq!((run.phase(), heard.get()), (Phase::Stopped, count));
    assert_eq!(run.trace(), trace);
    // Stopped once more, it is as stopped as before.
    run.stop();
    assert_eq!(heard.get(), count);
}

#[wasm_bindgen_test]
async fn of_a_dropped_run_nothing_is_heard() {
    let (heard, notify) = counting();
    let run = Run::start(SCENARIO, long(), Where::Page, notify.clone());
    sleep(120).await;
    assert!(heard.get() > 0);
    drop(run);
    let count = heard.get();
    sleep(500).await;
    assert_eq!(heard.get(), count);
    assert_eq!(Rc::strong_count(&notify), 1, "nothing of the run is left");
}

#[wasm_bindgen_test]
async fn a_run_that_is_dropped_at_once_never_begins() {
    let (heard, notify) = counting();
    drop(Run::start(SCENARIO, setup("blocking", (3.0, 60.0, 60.0)), Where::Page, notify));
    let before = concurrent_burgers::runtime::live::clock_ms();
    sleep(20).await;
    assert_eq!(heard.get(), 0);
    let passed = concurrent_burgers::runtime::live::clock_ms() - before;
    assert!(passed < 60.0, "the page was held for {passed} ms");
}

/// The page hears of a hold just before it begins: it may stop the run there and then.
#[wasm_bindgen_test]
async fn a_run_can_be_stopped_from_inside_its_own_news() {
    let run: Rc<RefCell<Option<Run>>> = Rc::default();
    let stopping = run.clone();
    let notify = Rc::new(move || {
        let stopped = stopping.borrow_mut().take();
        if let Some(run) = &stopped {
            run.stop();
        }
        *stopping.borrow_mut() = stopped;
    });
    *run.borrow_mut() = Some(Run::start(SCENARIO, long(), Where::Page, notify));
    sleep(100).await;
    let run = run.borrow_mut().take().expect("it is still there");
    assert_eq!(run.phase(), Phase::Stopped);
    let ends = run.trace().events().iter().filter(|event| event.what == What::HoldEnd).count();
    assert_eq!(ends, 0, "nothing after the first hold began");
}

#[wasm_bindgen_test]
async fn a_run_that_has_finished_cannot_be_stopped() {
    let run = Run::start(SCENARIO, setup("async", (1.0, 5.0, 5.0)), Where::Page, Rc::new(|| {}));
    assert_eq!(end(&run).await, Phase::Finished);
    run.stop();
    assert_eq!(run.phase(), Phase::Finished);
}

#[wasm_bindgen_test]
async fn the_tasks_of_a_dropped_thread_are_gone() {
    struct Guard(&'static Cell<usize>);
    impl Drop for Guard {
        fn drop(&mut self) {
            self.0.set(self.0.get() + 1);
        }
    }
    let gone: &Cell<usize> = Box::leak(Box::default());
    let (thread, kept) = start(move |rt| async move {
        let guard = Guard(gone);
        let inner = rt.clone();
        rt.spawn("other", async move {
            let _guard = Guard(gone);
            inner.io("one", Millis(60_000.0)).await;
        });
        rt.io("two", Millis(60_000.0)).await;
        drop(guard);
    });
    sleep(60).await;
    assert_eq!((gone.get(), kept.finished.get()), (0, 0));
    drop(thread);
    let batches = kept.batches.get();
    sleep(60).await;
    assert_eq!(gone.get(), 2, "both tasks were dropped");
    assert_eq!((kept.batches.get(), kept.finished.get()), (batches, 0), "and nothing was said of it");
    assert_eq!(Rc::strong_count(&kept), 1, "nothing of the thread is left");
}
