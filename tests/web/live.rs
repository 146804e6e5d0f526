//! Live runs on the page's own event loop, held against the simulation.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use concurrent_burgers::lessons;
use concurrent_burgers::replay::{Lasts, Metrics, Replay};
use concurrent_burgers::runtime::live::{Live, Port, Start, clock_ms};
use concurrent_burgers::runtime::{Knobs, Rt, Setup, Threads, simulated};
use concurrent_burgers::scenarios::{self, Scenario};
use concurrent_burgers::threads::run::{Phase, Run, Where};
use concurrent_burgers::trace::{Batch, Event, Micros, Millis, ThreadId, Trace, What};
use futures_channel::oneshot;

use super::*;
use closure::Try;

/// On a busy machine a thread may be late now and then, so late that something else comes first.
/// It may not be so every time.
const ATTEMPTS: usize = 8;

/// The longest run that is tried.
const LONGEST: Micros = Micros(1_500_000);

/// Things that happen closer to each other than this may change places on a busy machine.
const CLOSE: Micros = Micros(20_000);

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

async fn live(scenario: Scenario, setup: &Setup) -> Trace {
    let run = Run::start(scenario, setup.clone(), Where::Page, Rc::new(|| {}));
    assert_eq!(end(&run).await, Phase::Finished);
    run.trace()
}

/// What happened on a thread, in words that are the same however long it took.
fn told(trace: &Trace, thread: usize) -> Vec<(Event, String)> {
    let of_thread = |event: &&Event| usize::from(event.task.thread().0) == thread;
    let tell = |event: &Event| {
        let what = match event.what {
            What::Say { text } => trace.text(event.task, text).to_owned(),
            what => format!("{what:?}"),
        };
        (*event, format!("{}: {what}", trace.name(event.task)))
    };
    trace.events().iter().filter(of_thread).map(tell).collect()
}

/// Whether a live thread did what the simulated one did: the same things, each task its own in the
/// same order, and all in the same order where simulated times differ.
fn same_order(simulated: &Trace, live: &Trace, thread: usize) -> Result<(), String> {
    let (expected, found) = (told(simulated, thread), told(live, thread));
    for lane in Replay::new(simulated.clone(), Lasts::ToTheEnd).thread(ThreadId(thread as u8)) {
        let of_task = |all: &[(Event, String)]| -> Vec<String> {
            all.iter().filter(|(event, _)| event.task == lane.task).map(|(_, text)| text.clone()).collect()
        };
        let (expected, found) = (of_task(&expected), of_task(&found));
        if expected != found {
            return Err(format!("{}: {expected:#?}\nbut live {found:#?}", lane.name));
        }
    }
    if expected.len() != found.len() {
        return Err(format!("{} events, but live {}", expected.len(), found.len()));
    }
    // The how-manieth saying of a thing happens at its simulated time.
    let mut count: HashMap<&str, usize> = HashMap::new();
    let mut times = HashMap::new();
    for (event, text) in &expected {
        let nth = count.entry(text).or_default();
        times.insert((text.as_str(), *nth), event.at);
        *nth += 1;
    }
    count.clear();
    let mut last = None;
    for (_, text) in &found {
        let nth = count.entry(text).or_default();
        let time = times.get(&(text.as_str(), *nth)).copied();
        if time < last {
            let found: Vec<_> = found.iter().map(|(event, text)| format!("{} {text}", event.at.0)).collect();
            return Err(format!("{text} comes too late: {found:#?}"));
        }
        *nth += 1;
        last = time;
    }
    Ok(())
}

/// Whether the live total is the simulated one, within 5 % + 50 ms; it is never early.
fn same_total(simulated: &Trace, live: &Trace) -> Result<(), String> {
    let total =
        |trace: &Trace| Millis::from(Metrics::of(&Replay::new(trace.clone(), Lasts::ToTheEnd)).total).0;
    let (simulated, live) = (total(simulated), total(live));
    assert!(live > simulated - 2.0, "{live} ms is too early for {simulated} ms");
    let late = live > simulated * 1.05 + 50.0;
    if late { Err(format!("{live} ms is too late for {simulated} ms")) } else { Ok(()) }
}

/// Knobs with which a run is short and no two things that matter are close in time, so that a
/// little lateness changes no order: a good one of many. Where there are such, one with which an
/// errand ends while somebody else has the thread, and one with which none does.
fn knobs(scenario: Scenario, mode: &str) -> Vec<Knobs> {
    let lesson = lessons::ALL.iter().find(|lesson| lesson.scenario == scenario.name);
    let is_time = |id: &str| {
        let spec = lesson.and_then(|lesson| lesson.knobs.iter().find(|knob| knob.id == id));
        spec.map_or(id != "customers", |knob| !knob.unit.is_empty())
    };
    let mut best = [const { None::<(Micros, Knobs)> }; 2];
    let mut seed = 2_463_534_242;
    for _ in 0..1500 {
        let mut value = |id| {
            let random = scrambled(&mut seed);
            if is_time(id) { f64::from(3 + random % 40) / 100.0 } else { f64::from(2 + random % 2) }
        };
        let knobs = scenario.knobs.iter().map(|id| (*id, value(id))).collect();
        let setup = Setup { mode: mode.to_owned(), knobs };
        let replay = Replay::new(simulated::run(scenario, &setup), Lasts::ToTheEnd);
        let gap = (0..replay.trace.threads()).filter_map(|thread| gap(&replay, ThreadId(thread as u8))).min();
        let place = &mut best[usize::from(is_late_news(&replay))];
        if let Some(gap) = gap
            && replay.end < LONGEST
            && place.as_ref().is_none_or(|(best, _)| gap > *best)
        {
            *place = Some((gap, setup.knobs));
        }
    }
    best.into_iter().flatten().filter(|(gap, _)| *gap >= CLOSE).map(|(_, knobs)| knobs).collect()
}

/// The shortest time between two ends of work or of errands on a thread, and between two tasks'
/// hearing of such: all else follows these. A browser lets a task run after each timer, where the
/// simulation first looks for others that are due, so two must not be heard of at once.
fn gap(replay: &Replay, thread: ThreadId) -> Option<Micros> {
    let events = replay.trace.events().iter().filter(|event| event.task.thread() == thread);
    let ends = events.filter(|event| matches!(event.what, What::HoldEnd | What::IoEnd { .. }));
    let heard = replay.ios.iter().filter(|io| io.task.thread() == thread).filter_map(|io| io.fetched);
    let shortest = |mut times: Vec<Micros>| {
        times.sort();
        times.windows(2).map(|pair| pair[1] - pair[0]).min()
    };
    [shortest(ends.map(|event| event.at).collect()), shortest(heard.collect())].into_iter().flatten().min()
}

/// Whether anything ends while another task has the thread, which hears of it only afterwards.
fn is_late_news(replay: &Replay) -> bool {
    replay.ios.iter().any(|io| {
        let clerk = &replay.clerks[usize::from(io.task.thread().0)];
        io.to.and_then(|to| clerk.at(to).filter(|busy| busy.from < to && busy.task != io.task)).is_some()
    })
}

async fn holds(scenario: Scenario, setup: &Setup) {
    let simulated = simulated::run(scenario, setup);
    let mut wrong = String::new();
    for _ in 0..ATTEMPTS {
        match agree(&simulated, &live(scenario, setup).await) {
            Ok(()) => return,
            Err(what) => wrong = what,
        }
    }
    panic!("{} {setup:?}: {wrong}", scenario.name);
}

fn agree(simulated: &Trace, live: &Trace) -> Result<(), String> {
    for thread in 0..simulated.threads() {
        same_order(simulated, live, thread)?;
    }
    // On the page, two counters share the one real thread: each waits for the other, so only
    // their orders can be as simulated.
    if simulated.threads() == 1 { same_total(simulated, live) } else { Ok(()) }
}

#[wasm_bindgen_test]
async fn every_scenario_runs_live_as_it_is_simulated() {
    let mut late_news = 0;
    for scenario in scenarios::ALL {
        for mode in scenario.modes {
            let all = knobs(*scenario, mode);
            assert!(!all.is_empty(), "{} {mode}: no knobs leave room between its events", scenario.name);
            for knobs in all {
                let setup = Setup { mode: (*mode).to_owned(), knobs };
                let simulated = simulated::run(*scenario, &setup);
                late_news += usize::from(is_late_news(&Replay::new(simulated, Lasts::ToTheEnd)));
                holds(*scenario, &setup).await;
            }
        }
    }
    assert!(late_news > 0, "threads that hear late were tried, too");
}

#[wasm_bindgen_test]
fn another_order_would_be_noticed() {
    let of = |mode, knobs| simulated::run(scenarios::counter::SCENARIO, &setup(mode, knobs));
    let simulated = of("async", (3.0, 60.0, 240.0));
    assert_eq!(same_order(&simulated, &simulated, 0), Ok(()));
    assert!(same_order(&simulated, &of("blocking", (3.0, 60.0, 240.0)), 0).is_err());
    assert!(same_order(&simulated, &of("async", (2.0, 60.0, 240.0)), 0).is_err());
    assert!(same_order(&simulated, &of("async", (3.0, 100.0, 150.0)), 0).is_err());
    assert!(same_total(&simulated, &of("async", (3.0, 60.0, 330.0))).is_err());
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
    fn offload(&self, _: &'static str, _: f64) -> oneshot::Receiver<Option<f64>> {
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
    let thread = Live::new(program, &Start { thread: ThreadId(0), origin_ms: clock_ms() }, kept.clone());
    thread.start(program, Setup::default());
    (thread, kept)
}

async fn finished(kept: &Kept) {
    for _ in 0..1000 {
        if kept.finished.get() > 0 {
            return;
        }
        sleep(5).await;
    }
    panic!("it does not end");
}

fn count(trace: &Trace, is: impl Fn(What) -> bool) -> usize {
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
