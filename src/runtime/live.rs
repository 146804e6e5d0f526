//! The real thing: futures polled by the browser's event loop, on the thread that this is.
//!
//! What always holds: events are handed over before the thread is held, and when the run is
//! over; in between, every [`FLUSH_MS`]. A hold shorter than that is not announced if something was handed
//! over less than that ago: ten thousand short ones would be ten thousand messages. A task runs from its own turn of the microtask queue on.

mod timers;
mod turns;

use std::cell::{Cell, RefCell};
use std::hint::black_box;
use std::rc::Rc;
use std::sync::Arc;

use futures_channel::oneshot;
use futures_util::future::LocalBoxFuture;
use gloo_timers::callback::Interval;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use timers::Timers;
use turns::{Line, Turns};

use super::{PACE, Program, Rt, Runtime, Setup};
use crate::trace::log::MUCH;
use crate::trace::traced::{Executor, TaskWaker};
use crate::trace::{Batch, Micros, Millis, Recorder, ThreadId};

/// How often events are handed over while the thread is free, in ms.
pub const FLUSH_MS: u32 = 16;

/// How long computations are measured, in ms: browsers' clocks are coarse, some as coarse as 1 ms.
const MEASURED_MS: f64 = 10.0;

/// Where a live thread sends what it has to say.
pub trait Port {
    /// Takes events. An empty batch is a sign of life.
    fn send(&self, batch: Batch);

    /// Hands a job to another thread; the answer may come late, or the sender may be dropped.
    fn offload(&self, job: &'static str, argument: f64) -> oneshot::Receiver<Option<Vec<f64>>>;

    /// Every task of this thread is over.
    fn finished(&self);
}

/// The clock of this thread, read once a call: ms since some moment.
pub fn clock_ms() -> f64 {
    clock::now()
}

mod clock {
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        /// Bound once: through reflection it would cost more than a poll.
        #[wasm_bindgen(js_namespace = performance)]
        pub fn now() -> f64;
    }
}

/// A live thread. While it exists, its tasks run; dropped, they are, and it hands over nothing more.
pub struct Live(Rc<Thread>);

struct Thread {
    log: Recorder,
    line: Arc<Line>,
    port: Rc<dyn Port>,
    unfinished: Cell<usize>,
    /// Rounds of arithmetic for a millisecond of work, if work is an amount.
    pace: Cell<Option<f64>>,
    /// When the event loop has come round last, on this thread's clock.
    turned_ms: Cell<f64>,
    is_alone: bool,
    flushing: RefCell<Option<Interval>>,
    turns: RefCell<Option<Turns>>,
    timers: Timers,
    over: Cell<bool>,
    flushed_ms: Cell<f64>,
}

/// What a thread needs to know to begin.
pub struct Start {
    /// Which thread of the program this is.
    pub thread: ThreadId,
    /// When the run begins or began, on this thread's [`clock_ms`].
    pub origin_ms: f64,
    /// Whether it has its event loop to itself. If others share it, they may keep it, too.
    pub is_alone: bool,
}

impl Live {
    /// A thread that is ready to run tasks of a program.
    pub fn new(program: impl Program, start: &Start, port: Rc<dyn Port>) -> Self {
        let origin = start.origin_ms;
        let clock = move || Micros::from(Millis(clock_ms() - origin));
        let log = Recorder::new(start.thread, program.steps(), Box::new(clock));
        let line = Arc::new(Line::default());
        let thread = Rc::new(Thread {
            log,
            line: line.clone(),
            port,
            unfinished: Cell::new(0),
            pace: Cell::new(None),
            flushing: RefCell::new(None),
            turns: RefCell::default(),
            timers: Timers::default(),
            over: Cell::new(false),
            flushed_ms: Cell::new(f64::NEG_INFINITY),
            turned_ms: Cell::new(clock_ms()),
            is_alone: start.is_alone,
        });
        let flushed = Rc::downgrade(&thread);
        let interval = Interval::new(FLUSH_MS, move || {
            if let Some(thread) = flushed.upgrade() {
                thread.turn();
            }
        });
        *thread.flushing.borrow_mut() = Some(interval);
        let (log, polled) = (thread.log.clone(), Rc::downgrade(&thread));
        let turns = Turns::new(line, log, move |over| {
            if let Some(thread) = polled.upgrade() {
                thread.polled(over);
            }
        });
        *thread.turns.borrow_mut() = Some(turns);
        Self(thread)
    }

    /// The verbs of this thread.
    pub fn rt(&self) -> Rt {
        Rt::new(Rc::new(Handle(self.0.clone())))
    }

    /// Starts the program of this thread.
    pub fn start(&self, program: impl Program, setup: Setup) {
        let thread = usize::from(self.0.log.thread().0);
        let rt = self.rt();
        self.0.pace.set(setup.knobs.get(PACE));
        // The handle is let go: the task goes on alone.
        drop(rt.clone().spawn("main", program.start(rt, setup, thread)));
    }

    /// Makes this a thread of the pool, which waits for jobs as long as it exists. Its first task does no more than that.
    pub fn wait_for_jobs(&self) {
        drop(self.rt().spawn("main", std::future::pending::<()>()));
    }

    /// Does a job, as a task of its own, and hands its numbers over. Whoever hears of them may end the run: all that the task did is
    /// told before.
    pub fn do_job(
        &self,
        program: impl Program,
        setup: Setup,
        (name, argument): (&str, f64),
        done: impl FnOnce(Option<Vec<f64>>) + 'static,
    ) {
        let Some(job) = program.job(name) else { return done(None) };
        let rt = self.rt();
        let (on, thread) = (rt.clone(), self.0.clone());
        let numbers = Rc::new(Cell::new(None));
        let found = numbers.clone();
        let task = rt.spawn(name, async move { found.set(Some(job(&on, &setup, argument))) });
        spawn_local(async move {
            // A task that was dropped with its thread has no answer.
            if task.await.is_ok() {
                thread.flush();
                done(numbers.take());
            }
        });
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.0.end();
    }
}

impl Thread {
    /// The event loop has come round.
    fn turn(&self) {
        let now = clock_ms();
        let since = now - self.turned_ms.replace(now);
        if self.is_alone {
            self.log.turned(since < 1.5 * f64::from(FLUSH_MS));
        }
        self.flush();
    }

    fn flush(&self) {
        if !self.over.get() {
            self.flushed_ms.set(clock_ms());
            self.port.send(self.log.take());
        }
    }

    /// Hands over what there is before the thread is held for a time.
    fn flush_before(&self, hold: Millis) {
        let flush = f64::from(FLUSH_MS);
        if hold.0 >= flush || clock_ms() >= self.flushed_ms.get() + flush {
            self.flush();
        }
    }

    fn end(&self) {
        self.over.set(true);
        self.flushing.borrow_mut().take();
        drop(self.turns.take());
    }

    /// A task was polled, and is over or not.
    fn polled(&self, over: bool) {
        if self.log.pending() >= MUCH {
            self.flush();
        }
        if over {
            self.task_over();
        }
    }

    fn task_over(&self) {
        self.unfinished.set(self.unfinished.get() - 1);
        if self.unfinished.get() == 0 && !self.over.get() {
            self.flush();
            self.port.finished();
        }
    }
}

/// So many rounds of arithmetic, each of which needs the one before.
fn arithmetic(rounds: u64) {
    let mut number = black_box(2_463_534_242_u32);
    for _ in 0..rounds {
        number ^= number << 13;
        number ^= number >> 17;
        number ^= number << 5;
    }
    black_box(number);
}

/// Burns the CPU until a time of this thread's clock.
fn spin_until(end: f64) {
    while clock_ms() < end {
        std::hint::spin_loop();
    }
}

/// Puts this thread to sleep, as a blocking call does: it is held, and its core is free for others. A page may not
/// sleep, and some browsers have nothing to sleep on; then this returns at once.
fn sleep(time: Millis) {
    thread_local! {
        // Shared memory that is never shared: nobody will ever wake who waits on it.
        static BED: Option<js_sys::Int32Array> = bed();
    }
    fn bed() -> Option<js_sys::Int32Array> {
        let wanted = js_sys::Object::new();
        for (key, value) in [("initial", 1.into()), ("maximum", 1.into()), ("shared", JsValue::TRUE)] {
            js_sys::Reflect::set(&wanted, &key.into(), &value).ok()?;
        }
        let memory = js_sys::WebAssembly::Memory::new(&wanted).ok()?;
        Some(js_sys::Int32Array::new(&memory.buffer()))
    }
    BED.with(|bed| {
        if let Some(bed) = bed {
            // Refused on a page.
            let _ = js_sys::Atomics::wait_with_timeout(bed, 0, 0, time.0);
        }
    });
}

/// A scenario's hold on the thread.
struct Handle(Rc<Thread>);

impl Runtime for Handle {
    fn log(&self) -> &Recorder {
        &self.0.log
    }

    fn hold(&self, time: Millis) {
        // Nobody can ask this thread anything while it is held: what there is to tell is told now.
        self.0.flush_before(time);
        let end = clock_ms() + time.0;
        sleep(time);
        spin_until(end);
    }

    fn work(&self, time: Millis) {
        match self.0.pace.get() {
            None => {
                self.0.flush_before(time);
                spin_until(clock_ms() + time.0);
            }
            Some(pace) => {
                self.0.flush();
                arithmetic((pace * time.0).max(0.0) as u64);
            }
        }
    }

    /// Counts what was computed, not the time that went by: where a core is shared, the same work takes
    /// longer. A call is worth as much as it takes when nothing is in its way, which is the least it
    /// has taken so far.
    fn compute(&self, time: Millis, calculate: &mut dyn FnMut()) {
        let (mut calls, mut worth_ms) = (0.0, f64::INFINITY);
        while calls == 0.0 || calls * worth_ms < time.0 {
            // Handed over in between, too: an empty batch is a sign of life.
            self.0.flush();
            let (begin, mut some) = (clock_ms(), 0.0);
            while some == 0.0 || clock_ms() - begin < MEASURED_MS {
                calculate();
                some += 1.0;
            }
            calls += some;
            worth_ms = worth_ms.min((clock_ms() - begin) / some);
        }
    }

    fn timer(&self, time: Millis) -> LocalBoxFuture<'static, ()> {
        Box::pin(self.0.timers.after(time))
    }

    fn executor(&self) -> Arc<dyn Executor> {
        self.0.line.clone()
    }

    fn execute(&self, task: &Arc<TaskWaker>, future: LocalBoxFuture<'static, ()>) {
        self.0.unfinished.set(self.0.unfinished.get() + 1);
        if let Some(turns) = &*self.0.turns.borrow() {
            turns.add(task, future);
        }
    }

    fn offload(&self, job: &'static str, argument: f64) -> LocalBoxFuture<'static, Option<Vec<f64>>> {
        let port = self.0.port.clone();
        Box::pin(async move { port.offload(job, argument).await.ok().flatten() })
    }
}
