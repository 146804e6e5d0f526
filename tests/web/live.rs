//! Tasks on the browser's own event loop.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use concurrent_burgers::course::speed_up;
use concurrent_burgers::replay::{Lasts, Metrics, Replay, State};
use concurrent_burgers::runtime::live::{Live, Port, Start, clock_ms};
use concurrent_burgers::runtime::{Rt, Setup, Threads};
use concurrent_burgers::scenarios::{burger_api, parallel, web_and_ml};
use concurrent_burgers::threads::run::{Phase, Run, Where};
use concurrent_burgers::trace::{Batch, Millis, ThreadId, Trace, What};
use futures_channel::oneshot;

use super::*;
use closure::Try;

/// The counter with so many customers, and ordering and grilling in ms.
pub fn setup(mode: &str, (customers, ordering, grilling): (f64, f64, f64)) -> Setup {
    let knobs = [("customers", customers), ("ordering", ordering / 1000.0), ("grilling", grilling / 1000.0)];
    Setup { mode: mode.to_owned(), knobs: knobs.into_iter().collect() }
}

/// Waits until a run is over, but not for ever.
pub async fn end(run: &Run) -> Phase {
    for _ in 0..1000 {
        if !matches!(run.phase(), Phase::Starting | Phase::Running) {
            break;
        }
        sleep(10).await;
    }
    run.phase()
}

/// Keeps what a thread hands over.
#[derive(Default)]
pub struct Kept {
    pub trace: RefCell<Trace>,
    pub batches: Cell<usize>,
    pub finished: Cell<usize>,
}

impl Port for Kept {
    fn send(&self, batch: Batch) {
        // An empty one is a mere sign of life.
        self.batches.set(self.batches.get() + usize::from(!batch.is_empty()));
        self.trace.borrow_mut().add(0, batch);
    }
    fn offload(&self, _: &'static str, _: f64) -> oneshot::Receiver<Option<Vec<f64>>> {
        oneshot::channel().1
    }
    fn finished(&self) {
        self.finished.set(self.finished.get() + 1);
    }
}

/// Starts a program on the page, as a thread of its own.
pub fn start<R>(program: impl Fn(Rt) -> R + Copy + 'static) -> (Live, Rc<Kept>)
where
    R: Future<Output = ()> + 'static,
{
    let kept = Rc::new(Kept::default());
    let program = Try { start: program, threads: Threads { programs: 1, pool: 0 } };
    let thread = Live::new(
        program,
        &Start { thread: ThreadId(0), origin_ms: clock_ms(), is_alone: true },
        kept.clone(),
    );
    thread.start(program, Setup::default());
    (thread, kept)
}

pub async fn finished(kept: &Kept) {
    for _ in 0..1000 {
        if kept.finished.get() > 0 {
            return;
        }
        sleep(5).await;
    }
    panic!("it does not end");
}

pub fn count(trace: &Trace, is: impl Fn(What) -> bool) -> usize {
    trace.events().iter().filter(|event| is(event.what)).count()
}

#[wasm_bindgen_test]
async fn a_live_task_records_its_name_its_wakes_and_what_it_says() {
    let (_thread, kept) = start(|rt| async move {
        let inner = rt.clone();
        let ada = rt.spawn("Ada", async move {
            inner.io("one", Millis(20.0)).await;
            inner.say("ä 🍔 \u{0}");
            inner.io("two", Millis(20.0)).await;
        });
        let _ = ada.await;
        rt.say("closed");
    });
    finished(&kept).await;
    let trace = kept.trace.borrow();
    let ada = trace.events().iter().map(|event| event.task).max().expect("two tasks");
    assert_eq!((trace.name(ada), trace.threads()), ("Ada", 1));
    // Ada twice by her timers, main once by Ada's end.
    assert_eq!(count(&trace, |what| matches!(what, What::Wake { .. })), 3);
    assert_eq!(count(&trace, |what| what == What::PollStart), 5);
    let said = trace.events().iter().filter_map(|event| match event.what {
        What::Say { text } => Some((trace.name(event.task), trace.text(event.task, text))),
        _ => None,
    });
    assert_eq!(said.collect::<Vec<_>>(), [("Ada", "ä 🍔 \u{0}"), ("main", "closed")]);
    let (start, end) = (trace.events()[0].at, trace.end());
    assert!(Millis::from(end - start).0 >= 39.0, "two errands of 20 ms, one after the other");
}

#[wasm_bindgen_test]
async fn an_aborted_live_task_is_cancelled_at_once() {
    let (_thread, kept) = start(|rt| async move {
        let inner = rt.clone();
        let late = rt.spawn("late", async move { inner.io("one", Millis(60_000.0)).await });
        rt.io("two", Millis(10.0)).await;
        late.abort();
        rt.say(format!("{:?}", late.await));
    });
    finished(&kept).await;
    let trace = kept.trace.borrow();
    assert_eq!(count(&trace, |what| what == What::Dropped), 1);
    assert_eq!(count(&trace, |what| matches!(what, What::IoEnd { done: false, .. })), 1);
}

#[wasm_bindgen_test]
async fn a_job_is_answered_when_all_that_it_did_is_told() {
    let kept = Rc::new(Kept::default());
    let start = Start { thread: ThreadId(0), origin_ms: clock_ms(), is_alone: true };
    let thread = Live::new(web_and_ml::SCENARIO, &start, kept.clone());
    thread.wait_for_jobs();
    let (sender, answer) = oneshot::channel();
    let told = kept.clone();
    let knobs = [("folds", 2.0), ("samples", 5.0)].into_iter().collect();
    thread.do_job(
        web_and_ml::SCENARIO,
        Setup { mode: "one".to_owned(), knobs },
        ("fold", 0.0),
        move |numbers| {
            let trace = told.trace.borrow();
            let worked = count(&trace, |what| what == What::HoldEnd);
            let over = count(&trace, |what| what == What::PollEnd { ready: true });
            let _ = sender.send((numbers.is_some_and(|it| !it.is_empty()), worked, over));
        },
    );
    assert_eq!(answer.await, Ok((true, 1, 1)));
}

#[wasm_bindgen_test]
async fn what_there_is_to_tell_is_told_before_the_thread_is_held() {
    let (_thread, kept) = start(|rt| async move {
        rt.say("before");
        rt.work("one", Millis(30.0));
        rt.say("between");
        rt.blocking_io("two", Millis(30.0));
        rt.say("after");
    });
    finished(&kept).await;
    let trace = kept.trace.borrow();
    let hold = trace.events().iter().filter(|event| matches!(event.what, What::HoldStart { .. }));
    assert_eq!(hold.count(), 2);
    // One batch before each hold, one at the end.
    assert_eq!((kept.batches.get(), kept.finished.get()), (3, 1));
}

#[wasm_bindgen_test]
async fn on_the_page_nobody_does_jobs_and_whoever_asks_is_told() {
    let (_thread, kept) = start(|rt| async move {
        let value = rt.offload("one", "double", 1.0).await;
        rt.say(format!("{value:?}"));
    });
    finished(&kept).await;
    let trace = kept.trace.borrow();
    let said = trace.events().iter().filter(|event| matches!(event.what, What::Say { .. }));
    assert_eq!(said.map(|event| trace.text(event.task, 0)).collect::<Vec<_>>(), ["None"]);
}

#[wasm_bindgen_test]
async fn without_workers_the_page_does_the_jobs_of_the_pool_one_at_a_time() {
    let knobs = [("requests", 4.0), ("rate", 20.0), ("time", 0.1), ("pool", 3.0)];
    let setup = Setup { mode: "pool".to_owned(), knobs: knobs.into_iter().collect() };
    let run = Run::start(burger_api::SCENARIO, setup, Where::Page, Rc::new(|| {}));
    assert_eq!(end(&run).await, Phase::Finished);
    let replay = Replay::new(run.trace(), Lasts::ToTheEnd);
    let answered = replay.trace.events().iter().filter(|event| match event.what {
        What::Say { text } => replay.trace.text(event.task, text).ends_with("is answered"),
        _ => false,
    });
    assert_eq!(answered.count(), 4);
    let holds = |thread: usize| {
        let clerk = &replay.clerks[thread];
        clerk.spans.iter().filter(|busy| busy.state == State::Holding).map(|busy| (busy.from, busy.to))
    };
    assert_eq!(holds(0).count(), 0, "the event loop itself holds nothing");
    let mut pool: Vec<_> = (1..4).flat_map(holds).collect();
    pool.sort();
    assert_eq!(pool.len(), 4, "each job is done by a thread of the pool");
    assert!(pool.is_sorted_by(|one, next| one.1 <= next.0), "at one time, one: {pool:?}");
}

#[wasm_bindgen_test]
async fn with_a_pace_work_is_an_amount_and_not_a_time() {
    let took = async |pace: f64| {
        let setup = speed_up::one_room(pace);
        let run = Run::start(parallel::SCENARIO, setup, Where::Page, Rc::new(|| {}));
        assert_eq!(end(&run).await, Phase::Finished);
        Metrics::of(&Replay::new(run.trace(), Lasts::ToTheEnd)).total.seconds()
    };
    // Without a pace, it would be a tenth of a second each time.
    assert!(took(1.0).await < 0.08, "a hundred rounds are no work");
    took(20_000.0).await;
    let (some, more) = (took(20_000.0).await, took(400_000.0).await);
    assert!(more > 5.0 * some, "twenty times the work: {more} s, not {some} s");
}
