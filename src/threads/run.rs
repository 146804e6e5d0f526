//! A live run, as the page sees it: starting, running, and one of several ends.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo_timers::callback::Interval;

use super::gate::Gate;
use super::hands::Hand;
use super::here::Here;
use super::jobs::{Job, Jobs};
use super::message::{FromThread, ToThread};
use super::{SILENCE_AT_WORK_MS, SILENCE_MS, STARTING_MS};
use crate::runtime::live::clock_ms;
use crate::runtime::{PACE, Program, Setup, Threads};
use crate::scenarios::Scenario;
use crate::trace::{Batch, Micros, Millis, Trace, What};

/// Where a run happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    /// Each thread is a worker.
    Workers,
    /// On the page's own event loop, which is held when the program holds it.
    Page,
}

/// How far a run is.
#[derive(Clone, Debug, PartialEq)]
pub enum Phase {
    /// Its threads are being started.
    Starting,
    /// The program runs.
    Running,
    /// Every thread is done.
    Finished,
    /// Stopped on request.
    Stopped,
    /// It could not go on.
    Failed(Trouble),
}

/// Why a run could not go on.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// A worker could not be started; the browser's reason.
    CannotStart(String),
    /// A thread reported an error.
    Died(usize, String),
    /// A thread says nothing any more.
    Silent(usize),
}

/// A live run. Dropped, it is stopped.
pub struct Run(Rc<Shared>);

/// What happens to the run, told to whoever shows it.
pub type Notify = Rc<dyn Fn()>;

pub(super) struct Shared {
    pub scenario: Scenario,
    pub setup: Setup,
    pub threads: Threads,
    me: Weak<Self>,
    pub notify: Notify,
    pub phase: RefCell<Phase>,
    pub trace: RefCell<Trace>,
    origin_ms: Cell<f64>,
    ended: Cell<Option<Micros>>,
    memory: Cell<Option<f64>>,
    begun_ms: f64,
    /// What it waits for before it begins, and whether it stands there already.
    gate: RefCell<Option<Gate>>,
    at_gate: Cell<bool>,
    pub hands: RefCell<Vec<Hand>>,
    here: RefCell<Option<Here>>,
    pub states: RefCell<Vec<Thread>>,
    pub jobs: RefCell<Jobs>,
    watch: RefCell<Option<Interval>>,
    watched_ms: Cell<f64>,
}

/// What the page knows of a thread.
#[derive(Clone, Copy, Default)]
pub(super) struct Thread {
    pub ready: bool,
    pub finished: bool,
    pub lost: bool,
    pub heard_ms: f64,
    pub held_until_ms: f64,
}

/// The most threads of a pool that are started: each is a worker, and a browser is not made for dozens.
pub const MOST_POOL: usize = 8;

/// Threads begin this much after the last one is ready, so that all hear of it in time.
pub(super) const LEAD_MS: f64 = 30.0;
const WATCH_MS: u32 = 250;

impl Run {
    /// Starts a run. `notify` is called whenever there is something new to see.
    pub fn start(scenario: Scenario, setup: Setup, place: Where, notify: Notify) -> Self {
        Self::start_behind(None, scenario, setup, place, notify)
    }

    /// Starts a run in workers that begins together with the others behind a gate.
    pub fn start_together(gate: &Gate, scenario: Scenario, setup: Setup, notify: Notify) -> Self {
        Self::start_behind(Some(gate.clone()), scenario, setup, Where::Workers, notify)
    }

    fn start_behind(
        gate: Option<Gate>,
        scenario: Scenario,
        setup: Setup,
        place: Where,
        notify: Notify,
    ) -> Self {
        let mut threads = scenario.threads(&setup);
        threads.pool = threads.pool.min(MOST_POOL);
        let shared = Rc::new_cyclic(|me| Shared {
            me: me.clone(),
            scenario,
            setup,
            threads,
            notify,
            phase: RefCell::new(Phase::Starting),
            trace: RefCell::new(Trace::of(scenario.steps)),
            origin_ms: Cell::new(clock_ms()),
            ended: Cell::new(None),
            memory: Cell::new(None),
            begun_ms: clock_ms(),
            gate: RefCell::new(gate),
            at_gate: Cell::new(false),
            hands: RefCell::default(),
            here: RefCell::default(),
            states: RefCell::new(vec![Thread::default(); threads.all()]),
            jobs: RefCell::new(Jobs::new(threads.pool)),
            watch: RefCell::default(),
            watched_ms: Cell::new(clock_ms()),
        });
        match place {
            Where::Workers => shared.start_workers(),
            Where::Page => {
                shared.origin_ms.set(clock_ms());
                *shared.phase.borrow_mut() = Phase::Running;
                *shared.here.borrow_mut() = Some(Here::start(&shared));
            }
        }
        Self(shared)
    }

    /// How far it is.
    pub fn phase(&self) -> Phase {
        self.0.phase.borrow().clone()
    }

    /// What has been recorded so far.
    pub fn trace(&self) -> Trace {
        self.0.trace.borrow().clone()
    }

    /// The time of the run now, or when it ended.
    pub fn now(&self) -> Micros {
        self.0.ended.get().unwrap_or_else(|| self.0.now())
    }

    /// The memory of the thread that finished last, in bytes; none if it runs on the page.
    pub fn memory(&self) -> Option<f64> {
        self.0.memory.get()
    }

    /// Stops it, if it is still going on.
    pub fn stop(&self) {
        self.0.end(Phase::Stopped);
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        // Whoever dropped it does not want to hear of it any more.
        self.0.clear();
        self.0.leave_gate();
    }
}

impl Shared {
    fn start_workers(&self) {
        for thread in 0..self.threads.all() {
            if let Err(reason) = self.add_hand(thread) {
                return self.end(Phase::Failed(Trouble::CannotStart(reason)));
            }
        }
        let me = self.weak();
        let watch = Interval::new(WATCH_MS, move || me.upgrade().iter().for_each(|me| me.watch()));
        *self.watch.borrow_mut() = Some(watch);
        self.begin_if_ready();
    }

    /// A worker for a thread, the next one: an idle one, which is ready, or one that must start.
    pub(super) fn add_hand(&self, thread: usize) -> Result<(), String> {
        let me = self.weak();
        let listener = Rc::new(move |message| {
            if let Some(me) = me.upgrade() {
                me.hear(thread, message);
            }
        });
        let idle = Hand::idle(listener.clone());
        self.states.borrow_mut()[thread].ready = idle.is_some();
        self.hands.borrow_mut().push(idle.map_or_else(|| Hand::start(listener), Ok)?);
        Ok(())
    }

    fn begin_if_ready(&self) {
        let starting = *self.phase.borrow() == Phase::Starting;
        if !starting || self.at_gate.get() || !self.states.borrow().iter().all(|state| state.ready) {
            return;
        }
        let gate = self.gate.take();
        match gate {
            Some(gate) => {
                self.at_gate.set(true);
                gate.arrive(self.weak());
            }
            None => self.begin(clock_ms() + LEAD_MS),
        }
    }

    /// All threads begin at this moment of the page's clock, unless the run is over by now.
    pub(super) fn begin(&self, begin: f64) {
        if *self.phase.borrow() != Phase::Starting {
            return;
        }
        self.origin_ms.set(begin);
        self.states.borrow_mut().iter_mut().for_each(|state| state.heard_ms = begin);
        for (thread, hand) in self.hands.borrow().iter().enumerate() {
            hand.tell(&self.start_message(thread));
        }
        self.become_phase(Phase::Running);
    }

    /// What tells a thread to begin; all of a run begin at one moment.
    pub(super) fn start_message(&self, thread: usize) -> ToThread {
        let origin =
            web_sys::window().and_then(|window| window.performance()).map_or(0.0, |it| it.time_origin());
        ToThread::Start {
            scenario: self.scenario.name.to_owned(),
            setup: self.setup.clone(),
            thread: thread as u8,
            epoch_ms: origin + self.origin_ms.get(),
        }
    }

    pub(super) fn now(&self) -> Micros {
        Millis(clock_ms() - self.origin_ms.get()).into()
    }

    /// Tells a thread something, wherever it is.
    pub(super) fn tell(&self, thread: usize, message: ToThread) {
        if let Some(here) = &*self.here.borrow() {
            here.tell(thread, message);
        } else if let Some(hand) = self.hands.borrow().get(thread) {
            hand.tell(&message);
        }
    }

    fn become_phase(&self, phase: Phase) {
        *self.phase.borrow_mut() = phase;
        (self.notify)();
    }

    pub(super) fn hear(&self, thread: usize, message: FromThread) {
        if let Some(state) = self.states.borrow_mut().get_mut(thread) {
            state.heard_ms = clock_ms();
        }
        match message {
            FromThread::Ready => {
                let first = !std::mem::replace(&mut self.states.borrow_mut()[thread].ready, true);
                let running = *self.phase.borrow() == Phase::Running;
                if running && first {
                    self.join(thread);
                }
                self.begin_if_ready();
            }
            FromThread::Batch(batch) => self.add(thread, batch),
            FromThread::Offload { id, name, argument } => {
                self.ask(Job { from: thread, id, name, argument, tries: 0 });
            }
            FromThread::Done { value, .. } => self.job_done(thread, value),
            FromThread::Memory(bytes) => self.memory.set(Some(bytes)),
            FromThread::Finished => self.finished(thread),
            FromThread::Failed(_) if self.lose(thread) => {}
            FromThread::Failed(reason) => {
                let starting = *self.phase.borrow() == Phase::Starting;
                let died = Trouble::Died(thread, reason.clone());
                self.end(Phase::Failed(if starting { Trouble::CannotStart(reason) } else { died }));
            }
        }
    }

    fn add(&self, thread: usize, batch: Batch) {
        let hold = batch.events.iter().rev().find_map(|event| match event.what {
            What::HoldStart { planned, .. } => {
                Some(self.origin_ms.get() + Millis::from(event.at + planned).0)
            }
            What::HoldEnd => Some(0.0),
            _ => None,
        });
        if let Some(until) = hold {
            self.states.borrow_mut()[thread].held_until_ms = until;
        }
        if !batch.is_empty() {
            self.trace.borrow_mut().add(thread, batch);
            (self.notify)();
        }
    }

    fn finished(&self, thread: usize) {
        self.states.borrow_mut()[thread].finished = true;
        let all = self.states.borrow().iter().take(self.threads.programs).all(|state| state.finished);
        if all {
            self.end(Phase::Finished);
        }
    }

    /// Looks after threads that do not start, or say nothing any more.
    fn watch(&self) {
        let now = clock_ms();
        let slept = now - self.watched_ms.replace(now) > 4.0 * f64::from(WATCH_MS);
        if slept {
            // The page itself was away (a hidden tab, a sleeping machine): nobody is to blame.
            self.states.borrow_mut().iter_mut().for_each(|state| state.heard_ms = now);
        }
        let phase = self.phase.borrow().clone();
        match phase {
            Phase::Starting if !self.at_gate.get() && now - self.begun_ms > STARTING_MS => {
                self.end(Phase::Failed(Trouble::CannotStart("the worker does not answer".to_owned())));
            }
            Phase::Running => {
                let paced = self.setup.knobs.get(PACE).is_some();
                let most = if paced { SILENCE_AT_WORK_MS } else { SILENCE_MS };
                let silent = |state: &Thread| now - state.heard_ms.max(state.held_until_ms) > most;
                let silent = self
                    .states
                    .borrow()
                    .iter()
                    .position(|state| !state.finished && !state.lost && silent(state));
                if let Some(thread) = silent
                    && !self.lose(thread)
                {
                    // It died when it was last heard of, not when that was noticed.
                    let heard_ms = self.states.borrow()[thread].heard_ms;
                    self.ended.set(Some(Millis(heard_ms - self.origin_ms.get()).into()));
                    self.end(Phase::Failed(Trouble::Silent(thread)));
                }
            }
            _ => {}
        }
    }

    fn end(&self, phase: Phase) {
        if !matches!(*self.phase.borrow(), Phase::Starting | Phase::Running) {
            return;
        }
        self.ended.set(self.ended.get().or_else(|| Some(self.now())));
        if phase == Phase::Finished {
            self.watch.borrow_mut().take();
            let states = self.states.borrow();
            let hands = self.hands.take().into_iter().zip(states.iter());
            // Those that are dead, or not alive yet, are of no use to another run.
            hands.filter(|(_, state)| state.ready && !state.lost).for_each(|(hand, _)| hand.rest());
        }
        self.clear();
        self.become_phase(phase);
        self.leave_gate();
    }

    /// Others need not wait for this run.
    fn leave_gate(&self) {
        let gate = self.gate.take();
        gate.into_iter().for_each(Gate::leave);
    }

    /// Terminates whatever still runs.
    fn clear(&self) {
        self.watch.borrow_mut().take();
        drop(self.hands.take());
        drop(self.here.take());
    }

    /// For [`Here`]: the run, if it still exists.
    pub(super) fn weak(&self) -> Weak<Self> {
        self.me.clone()
    }
}
