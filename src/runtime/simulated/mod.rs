//! The deterministic runtime: a virtual clock, any number of threads, one event heap.
//!
//! What always holds:
//! - Of all things that could happen next, the earliest happens; of those at one time, the one
//!   that was due first. So threads see each other's messages in order of time.
//! - Each thread has its own clock and a FIFO queue of woken tasks. A hold advances the clock of
//!   its own thread only; an idle thread's clock jumps to whatever wakes one of its tasks.
//! - A task that wakes a task of another thread does so through the heap, at the waker's time.
//! - Nothing reads a real clock or a random number: the same program gives the same trace.

mod pool;

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::{BinaryHeap, VecDeque};
use std::future::poll_fn;
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use futures_util::future::LocalBoxFuture;

use super::{Program, Rt, Runtime, Setup};
use crate::trace::traced::{Executor, TaskWaker};
use crate::trace::{Micros, Millis, Recorder, TaskId, ThreadId, Trace};

/// The most polls of a simulated run before it is cut short: a program that never ends must not
/// hang the page. Room for a million customers of a counter, who are polled twice each; that takes a browser a second.
pub const MOST_POLLS: usize = 2_500_000;

/// Runs a program until nothing can happen any more, and returns the record.
pub fn run(program: impl Program, setup: &Setup) -> Trace {
    let wanted = program.threads(setup);
    let world = Rc::new(World::default());
    let logs: Vec<_> = (0..wanted.all()).map(|_| world.add_thread(program.steps())).collect();
    for (index, log) in logs.iter().enumerate() {
        let executor = Arc::new(Lines(world.agenda.clone()));
        let rt = Rt::new(Rc::new(Thread { world: world.clone(), index, log: log.clone(), executor }));
        let (program_rt, setup) = (rt.clone(), setup.clone());
        // The handle is let go: the task goes on alone.
        drop(if index < wanted.programs {
            rt.spawn("main", program.start(program_rt, setup, index))
        } else {
            rt.spawn("main", pool::do_jobs(world.clone(), index, program_rt, program, setup))
        });
    }
    while world.step() {}
    world.drop_unfinished();
    let mut trace = Trace::of(program.steps());
    logs.iter().enumerate().for_each(|(thread, log)| trace.add(thread, log.take()));
    trace
}

/// The executor of all threads.
#[derive(Default)]
struct World {
    agenda: Arc<Mutex<Agenda>>,
    /// Of each thread, by the index of their ids. None while it is polled, and when it is over.
    tasks: RefCell<Vec<Vec<Option<LocalBoxFuture<'static, ()>>>>>,
    jobs: RefCell<pool::Jobs>,
}

/// What is due, and who is in line. Behind a mutex, because wakers must be `Send`.
#[derive(Default)]
struct Agenda {
    due: BinaryHeap<Due>,
    sequence: u64,
    /// The tasks that were woken, of each thread.
    lines: Vec<VecDeque<TaskId>>,
    clocks: Vec<Arc<AtomicU32>>,
    running: Option<usize>,
    polls: usize,
}

impl Agenda {
    /// The thread that can poll first, and when.
    fn earliest_line(&self) -> Option<(Micros, usize)> {
        let waiting = self.lines.iter().enumerate().filter(|(_, line)| !line.is_empty());
        waiting.map(|(thread, _)| (self.clock(thread), thread)).min()
    }

    fn clock(&self, thread: usize) -> Micros {
        Micros(self.clocks[thread].load(Relaxed))
    }

    fn add(&mut self, at: Micros, thread: usize, waker: Waker) {
        self.sequence += 1;
        self.due.push(Due { at, sequence: self.sequence, thread, waker });
    }
}

fn lock(agenda: &Mutex<Agenda>) -> MutexGuard<'_, Agenda> {
    // Nothing panics while it has the lock.
    agenda.lock().unwrap_or_else(PoisonError::into_inner)
}

impl World {
    fn add_thread(&self, steps: &'static [&'static str]) -> Recorder {
        let clock = Arc::new(AtomicU32::new(0));
        let mut agenda = lock(&self.agenda);
        let id = ThreadId(agenda.clocks.len() as u8);
        agenda.clocks.push(clock.clone());
        agenda.lines.push(VecDeque::new());
        self.tasks.borrow_mut().push(Vec::new());
        Recorder::new(id, steps, Box::new(move || Micros(clock.load(Relaxed))))
    }

    /// Lets the next thing happen; `false` when nothing can happen any more.
    fn step(&self) -> bool {
        let mut agenda = lock(&self.agenda);
        let line = agenda.earliest_line();
        let due = agenda.due.peek().map(|due| due.at);
        if let Some((at, thread)) = line
            && due.is_none_or(|due| at < due)
        {
            let Some(task) = agenda.lines[thread].pop_front() else { return false };
            agenda.running = Some(thread);
            agenda.polls += 1;
            let enough = agenda.polls >= MOST_POLLS;
            drop(agenda);
            self.poll(task);
            lock(&self.agenda).running = None;
            return !enough;
        }
        let Some(Due { at, thread, waker, .. }) = agenda.due.pop() else { return false };
        agenda.clocks[thread].fetch_max(at.0, Relaxed);
        drop(agenda);
        waker.wake();
        true
    }

    fn poll(&self, task: TaskId) {
        let (thread, index) = (usize::from(task.thread().0), task.index());
        let future = self.tasks.borrow_mut()[thread][index].take();
        let Some(mut future) = future else { return };
        // Tasks put themselves in line.
        if future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending() {
            self.tasks.borrow_mut()[thread][index] = Some(future);
        }
    }

    fn drop_unfinished(&self) {
        let unfinished: Vec<_> = self.tasks.borrow_mut().iter_mut().map(std::mem::take).collect();
        drop(unfinished);
    }
}

/// A waker to call at a time, for a task of a thread. The greatest is the one to call first.
struct Due {
    at: Micros,
    sequence: u64,
    thread: usize,
    waker: Waker,
}

impl Ord for Due {
    fn cmp(&self, other: &Self) -> Ordering {
        (other.at, other.sequence).cmp(&(self.at, self.sequence))
    }
}

impl PartialOrd for Due {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Due {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Due {}

/// Puts tasks in line: at once on the thread that runs, through the heap on another.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Agenda>>);

impl Executor for Lines {
    fn wake(&self, task: &Arc<TaskWaker>) {
        let thread = usize::from(task.id().thread().0);
        let mut agenda = lock(&self.0);
        match agenda.running {
            Some(other) if other != thread => {
                let now = agenda.clock(other);
                let later = Later { lines: self.clone(), task: task.clone() };
                agenda.add(now, thread, Waker::from(Arc::new(later)));
            }
            _ if task.lines_up() => agenda.lines[thread].push_back(task.id()),
            _ => {}
        }
    }
}

/// A task that another thread has woken.
struct Later {
    lines: Lines,
    task: Arc<TaskWaker>,
}

impl Wake for Later {
    fn wake(self: Arc<Self>) {
        self.lines.wake(&self.task);
    }
}

/// One simulated thread: the verbs of a scenario end up here.
struct Thread {
    world: Rc<World>,
    index: usize,
    log: Recorder,
    executor: Arc<Lines>,
}

impl Runtime for Thread {
    fn log(&self) -> &Recorder {
        &self.log
    }

    fn hold(&self, time: Millis) {
        let agenda = lock(&self.world.agenda);
        let end = agenda.clock(self.index) + time.into();
        agenda.clocks[self.index].store(end.0, Relaxed);
    }

    fn compute(&self, time: Millis, calculate: &mut dyn FnMut()) {
        calculate();
        self.hold(time);
    }

    fn timer(&self, time: Millis) -> LocalBoxFuture<'static, ()> {
        let (agenda, log, thread) = (self.world.agenda.clone(), self.log.clone(), self.index);
        let mut set: Option<(Micros, Waker)> = None;
        Box::pin(poll_fn(move |context| {
            let now = log.now();
            let due = match &set {
                Some((due, _)) if now >= *due => return Poll::Ready(()),
                Some((due, waker)) if waker.will_wake(context.waker()) => return Poll::Pending,
                Some((due, _)) => *due,
                None => now + time.into(),
            };
            lock(&agenda).add(due, thread, context.waker().clone());
            set = Some((due, context.waker().clone()));
            Poll::Pending
        }))
    }

    fn executor(&self) -> Arc<dyn Executor> {
        self.executor.clone()
    }

    fn execute(&self, task: &Arc<TaskWaker>, future: LocalBoxFuture<'static, ()>) {
        let mut tasks = self.world.tasks.borrow_mut();
        let (index, tasks) = (task.id().index(), &mut tasks[self.index]);
        let places = tasks.len().max(index + 1);
        tasks.resize_with(places, || None);
        tasks[index] = Some(future);
        self.executor.wake(task);
    }

    fn offload(&self, name: &'static str, argument: f64) -> LocalBoxFuture<'static, Option<Vec<f64>>> {
        Box::pin(pool::offload(self.world.clone(), self.log.clone(), self.index, name, argument))
    }
}
