//! Runs on workers, as far as the page has a part in them. Real workers need the built site, and
//! are tested on it.

use std::cell::Cell;
use std::rc::Rc;

use concurrent_burgers::runtime::Setup;
use concurrent_burgers::scenarios::counter::SCENARIO;
use concurrent_burgers::scenarios::{self, web_and_ml};
use concurrent_burgers::threads::STARTING_MS;
use concurrent_burgers::threads::message::{FromThread, ToThread};
use concurrent_burgers::threads::run::{Phase, Run, Trouble, Where};
use concurrent_burgers::trace::{Batch, Event, Hold, Micros, StepId, TaskId, ThreadId, What};
use js_sys::Function;
use wasm_bindgen::JsValue;

use super::fake::{Fakes, Link};
use super::live::{end, setup};
use super::*;

fn start(mode: &str) -> (Run, Rc<Cell<usize>>) {
    let heard = Rc::new(Cell::new(0));
    let hear = heard.clone();
    let notify = Rc::new(move || hear.set(hear.get() + 1));
    (Run::start(SCENARIO, knobs(mode), Where::Workers, notify), heard)
}

fn knobs(mode: &str) -> Setup {
    setup(mode, (2.0, 100.0, 200.0))
}

fn batch(what: What) -> FromThread {
    let event = |what| Event { at: Micros(1000), task: TaskId::new(ThreadId(0), 0), what };
    let spawned = event(What::Spawned { by: None.into() });
    FromThread::Batch(Batch {
        events: vec![spawned, event(what)],
        names: vec!["main".into()],
        ..Batch::default()
    })
}

fn cannot_start(phase: Phase) -> String {
    match phase {
        Phase::Failed(Trouble::CannotStart(reason)) => reason,
        other => panic!("{other:?}"),
    }
}

#[wasm_bindgen_test]
fn a_page_that_does_not_say_where_its_program_is_cannot_start_threads() {
    let (run, heard) = start("async");
    assert!(!cannot_start(run.phase()).is_empty());
    assert_eq!(heard.get(), 1, "whoever shows it is told");
    assert!(run.trace().events().is_empty());
}

#[wasm_bindgen_test]
fn a_browser_that_refuses_workers_is_quoted() {
    let (_link, _fakes) = (Link::new(), Fakes::refused());
    assert_eq!(cannot_start(start("side").0.phase()), "not in here");
}

#[wasm_bindgen_test]
async fn a_script_that_is_not_there_is_noticed() {
    // A real worker, whose script does not exist.
    let _link = Link::new();
    let (run, _) = start("async");
    assert_eq!(run.phase(), Phase::Starting);
    assert!(!cannot_start(end(&run).await).is_empty());
}

#[wasm_bindgen_test]
fn threads_begin_together_when_all_are_ready() {
    let (_link, fakes) = (Link::new(), Fakes::new());
    let (run, _) = start("side");
    assert_eq!(fakes.count(), 2);
    let (glue, program) = fakes.program(0);
    assert!(glue.as_string().is_some_and(|glue| glue.ends_with("/nowhere/glue.js")));
    assert!(program.is_object(), "the compiled program");
    fakes.say(1, &FromThread::Ready);
    assert_eq!((run.phase(), fakes.heard(1)), (Phase::Starting, vec![]));
    fakes.say(0, &FromThread::Ready);
    assert_eq!(run.phase(), Phase::Running);
    let starts: Vec<_> = (0..2).flat_map(|index| fakes.heard(index)).collect();
    let [
        ToThread::Start { scenario, setup, thread: 0, epoch_ms },
        ToThread::Start { thread: 1, epoch_ms: other, .. },
    ] = &starts[..]
    else {
        panic!("{starts:?}")
    };
    assert_eq!((scenario.as_str(), setup, epoch_ms), ("counter", &knobs("side"), other));
    let ahead = epoch_ms - js_sys::Date::now();
    assert!((0.0..200.0).contains(&ahead), "in the near future: in {ahead} ms");
}

#[wasm_bindgen_test]
fn as_many_threads_as_the_knob_says_are_as_many_workers() {
    for threads in [1, 3, 8] {
        let (_link, fakes) = (Link::new(), Fakes::new());
        let setup =
            Setup { mode: "both".into(), knobs: [("threads", f64::from(threads))].into_iter().collect() };
        let run = Run::start(scenarios::parallel::SCENARIO, setup, Where::Workers, Rc::new(|| {}));
        assert_eq!(fakes.count(), threads);
        (0..threads).for_each(|index| fakes.say(index, &FromThread::Ready));
        assert_eq!(run.phase(), Phase::Running);
        for index in 0..threads {
            let heard = fakes.heard(index);
            let [ToThread::Start { thread, .. }] = &heard[..] else { panic!("one start: {heard:?}") };
            assert_eq!(u32::from(*thread), index);
        }
    }
}

#[wasm_bindgen_test]
fn what_is_no_message_is_ignored() {
    let (_link, fakes) = (Link::new(), Fakes::new());
    let (run, heard) = start("async");
    fakes.say(0, &FromThread::Ready);
    let before = heard.get();
    for nonsense in ["null", "42", "({})", "['unknown']", "['batch', 1]", "new Array(4294967295)"] {
        let value = Function::new_no_args(&format!("return {nonsense}")).call0(&JsValue::NULL);
        fakes.say_anything(0, &value.expect("it is JavaScript"));
    }
    assert_eq!((run.phase(), heard.get()), (Phase::Running, before));
    fakes.say(0, &batch(What::PollStart));
    assert_eq!((run.trace().events().len(), heard.get()), (2, before + 1));
}

/// No thread sends these at such times; a confused one might.
#[wasm_bindgen_test]
fn messages_at_the_wrong_time_do_no_harm() {
    let (_link, fakes) = (Link::new(), Fakes::new());
    let (run, _) = start("async");
    fakes.say(0, &FromThread::Done { id: 1.0, value: None });
    fakes.say(0, &batch(What::PollStart));
    fakes.say(0, &FromThread::Ready);
    fakes.say(0, &FromThread::Ready);
    fakes.say(0, &FromThread::Done { id: 1.0, value: Some(vec![1.0]) });
    fakes.say(0, &FromThread::Offload { id: 5.0, name: "double".into(), argument: 1.0 });
    assert_eq!(run.phase(), Phase::Running);
    let heard = fakes.heard(0);
    let [ToThread::Start { .. }, ToThread::Answer { id: 5.0, value: None }] = heard[..] else {
        panic!("one start, and nobody to do the job: {heard:?}")
    };
}

#[wasm_bindgen_test]
fn a_thread_that_fails_ends_the_run() {
    let (_link, fakes) = (Link::new(), Fakes::new());
    let (run, _) = start("side");
    fakes.say(0, &FromThread::Ready);
    fakes.say(1, &FromThread::Ready);
    fakes.say(1, &FromThread::Failed("boom".into()));
    assert_eq!(run.phase(), Phase::Failed(Trouble::Died(1, "boom".into())));
    assert!(fakes.is_terminated(0) && fakes.is_terminated(1));
}

#[wasm_bindgen_test]
fn an_error_in_a_worker_ends_the_run() {
    let (_link, fakes) = (Link::new(), Fakes::new());
    let (run, _) = start("async");
    fakes.fail(0, None);
    assert!(!cannot_start(run.phase()).is_empty());
    let (run, _) = start("async");
    fakes.say(1, &FromThread::Ready);
    fakes.fail(1, Some("boom"));
    assert_eq!(run.phase(), Phase::Failed(Trouble::Died(0, "boom".into())));
    assert!(fakes.is_terminated(0) && fakes.is_terminated(1));
}

#[wasm_bindgen_test]
fn stopping_terminates_the_workers() {
    let (_link, fakes) = (Link::new(), Fakes::new());
    let (run, heard) = start("side");
    fakes.say(0, &FromThread::Ready);
    fakes.say(1, &FromThread::Ready);
    run.stop();
    assert_eq!(run.phase(), Phase::Stopped);
    assert!(fakes.is_terminated(0) && fakes.is_terminated(1));
    let count = heard.get();
    fakes.say(0, &batch(What::PollStart));
    fakes.fail(1, Some("too late"));
    assert_eq!((run.phase(), heard.get()), (Phase::Stopped, count));
    assert!(run.trace().events().is_empty());
    let (starting, _) = start("async");
    drop(starting);
    assert!(fakes.is_terminated(2), "a run that is dropped, too");
}

#[wasm_bindgen_test]
fn a_worker_that_has_finished_serves_the_next_run() {
    let (_link, fakes) = (Link::new(), Fakes::new());
    let (first, _) = start("async");
    fakes.say(0, &FromThread::Ready);
    fakes.say(0, &batch(What::PollStart));
    fakes.say(0, &FromThread::Finished);
    assert_eq!(first.phase(), Phase::Finished);
    assert_eq!(fakes.heard(0).last(), Some(&ToThread::End));
    assert!(!fakes.is_terminated(0));
    let (second, _) = start("blocking");
    assert_eq!((second.phase(), fakes.count()), (Phase::Running, 1), "it is ready at once");
    drop(first);
    assert!(second.trace().events().is_empty(), "and has forgotten the run before");
    fakes.say(0, &batch(What::PollStart));
    assert_eq!(second.trace().events().len(), 2);
    second.stop();
    assert!(fakes.is_terminated(0));
}

#[wasm_bindgen_test]
async fn a_worker_that_never_answers_counts_as_one_that_cannot_start() {
    let (_link, fakes) = (Link::new(), Fakes::new());
    let (run, _) = start("async");
    let run_js = |code: &str| Function::new_no_args(code).call0(&JsValue::NULL).expect("it is JavaScript");
    // Nobody waits that long in a test: the clock is put forward.
    run_js(&format!(
        "performance.now = () => Performance.prototype.now.call(performance) + {STARTING_MS} + 1"
    ));
    sleep(400).await;
    run_js("delete performance.now");
    assert!(!cannot_start(run.phase()).is_empty());
    assert!(fakes.is_terminated(0));
}

/// A thread that is held says nothing, and is not dead.
#[wasm_bindgen_test]
async fn a_thread_may_be_silent_as_long_as_it_is_held_and_not_much_longer() {
    let (_link, fakes) = (Link::new(), Fakes::new());
    let (held, _) = start("async");
    let (silent, _) = start("async");
    fakes.say(0, &FromThread::Ready);
    fakes.say(1, &FromThread::Ready);
    let (hold, step, planned) = (Hold::Work, StepId(0), Micros(60_000_000));
    fakes.say(0, &batch(What::HoldStart { hold, step, planned }));
    assert_eq!(end(&silent).await, Phase::Failed(Trouble::Silent(0)));
    assert_eq!(held.phase(), Phase::Running);
    assert!(fakes.is_terminated(1) && !fakes.is_terminated(0));
}

/// A program that hands over jobs: one thread, and one that trains.
fn start_with_pool() -> (Run, Fakes) {
    let fakes = Fakes::new();
    let setup = Setup { mode: "one".to_owned(), ..Setup::default() };
    let run = Run::start(web_and_ml::SCENARIO, setup, Where::Workers, Rc::new(|| {}));
    fakes.say(0, &FromThread::Ready);
    fakes.say(1, &FromThread::Ready);
    assert_eq!((run.phase(), fakes.count()), (Phase::Running, 2));
    fakes.say(0, &FromThread::Offload { id: 3.0, name: "fold".into(), argument: 2.0 });
    (run, fakes)
}

fn job() -> ToThread {
    ToThread::Job { id: 3.0, name: "fold".into(), argument: 2.0 }
}

fn answers(fakes: &Fakes) -> Vec<ToThread> {
    fakes.heard(0).into_iter().filter(|message| matches!(message, ToThread::Answer { .. })).collect()
}

#[wasm_bindgen_test]
fn a_job_whose_thread_dies_is_done_by_another() {
    let _link = Link::new();
    let (run, fakes) = start_with_pool();
    assert_eq!(fakes.heard(1)[1..], [job()]);
    fakes.fail(1, Some("out of memory"));
    assert_eq!((run.phase(), fakes.count()), (Phase::Running, 3), "the run goes on with a new thread");
    assert!(fakes.is_terminated(1) && !fakes.is_terminated(0));
    assert_eq!(fakes.heard(2), [], "it is not ready yet");
    fakes.say(2, &FromThread::Ready);
    // It begins at the same moment as the others, as a thread that was not there before.
    let heard = fakes.heard(2);
    let [ToThread::Start { thread: 2, epoch_ms, .. }, again] = &heard[..] else { panic!("{heard:?}") };
    let first = fakes.heard(0);
    let [ToThread::Start { epoch_ms: begun, .. }, ..] = &first[..] else { panic!("{first:?}") };
    assert_eq!((again, epoch_ms), (&job(), begun));
    assert_eq!(answers(&fakes), []);
    let value = Some(vec![0.7, 2.0]);
    fakes.say(2, &FromThread::Done { id: 3.0, value: value.clone() });
    assert_eq!(answers(&fakes), [ToThread::Answer { id: 3.0, value }]);
}

#[wasm_bindgen_test]
fn a_job_that_two_threads_died_of_is_given_back_without_an_answer() {
    let _link = Link::new();
    let (run, fakes) = start_with_pool();
    fakes.fail(1, None);
    fakes.say(2, &FromThread::Ready);
    assert_eq!(answers(&fakes), []);
    fakes.say(2, &FromThread::Failed("boom".into()));
    assert_eq!(answers(&fakes), [ToThread::Answer { id: 3.0, value: None }]);
    // The pool is as large as before, for the jobs to come.
    assert_eq!((run.phase(), fakes.count()), (Phase::Running, 4));
    fakes.say(3, &FromThread::Ready);
    fakes.say(0, &FromThread::Offload { id: 4.0, name: "fold".into(), argument: 0.0 });
    assert_eq!(fakes.heard(3)[1..], [ToThread::Job { id: 4.0, name: "fold".into(), argument: 0.0 }]);
}

#[wasm_bindgen_test]
fn a_pool_whose_threads_cannot_be_replaced_gives_everything_back() {
    let _link = Link::new();
    let (run, fakes) = start_with_pool();
    fakes.say(0, &FromThread::Offload { id: 5.0, name: "fold".into(), argument: 1.0 });
    fakes.fail(1, None);
    // The one that should replace it never comes to life.
    fakes.fail(2, None);
    let given_back = |id| ToThread::Answer { id, value: None };
    assert_eq!(answers(&fakes), [given_back(3.0), given_back(5.0)]);
    assert_eq!((run.phase(), fakes.count()), (Phase::Running, 3));
}

#[wasm_bindgen_test]
fn what_a_thread_did_when_it_died_is_marked_as_cut_short() {
    let _link = Link::new();
    let (run, fakes) = start_with_pool();
    let event = |what| Event { at: Micros(1000), task: TaskId::new(ThreadId(1), 0), what };
    let events = vec![event(What::Spawned { by: None.into() }), event(What::PollStart)];
    fakes.say(1, &FromThread::Batch(Batch { events, names: vec!["fold".into()], ..Batch::default() }));
    fakes.fail(1, None);
    let last = run.trace().events().last().copied().expect("there are some");
    assert_eq!((last.task, last.what), (TaskId::new(ThreadId(1), 0), What::Dropped));
}
