//! Whose turn it is on a live thread: the tasks, and the line of those that were woken.
//!
//! What always holds: in a turn of the browser's microtask queue, those are polled, in order, that stood in line when it
//! began. Whoever is woken meanwhile waits for the next. Between two polls of a turn nothing else runs, and the record is told so:
//! that is what makes it cheap. Nothing is polled, and everything is dropped, in the turn after the [`Turns`] are.

use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use futures_util::future::LocalBoxFuture;
use wasm_bindgen_futures::spawn_local;

use crate::trace::Recorder;
use crate::trace::traced::{Executor, TaskWaker};

/// The tasks of a thread. Dropped, they are dropped in the next turn.
pub(super) struct Turns {
    tasks: Rc<Tasks>,
    line: Arc<Line>,
    log: Recorder,
}

/// A task, for whoever polls it.
type Future = LocalBoxFuture<'static, ()>;

#[derive(Default)]
struct Tasks {
    /// By the index of their ids; none there when it is over. Empty during a turn, which has them.
    all: RefCell<Vec<Option<Future>>>,
    /// Those that are new, and the index of their ids: they have no place yet.
    new: RefCell<Vec<(usize, Future)>>,
}

impl Tasks {
    /// Everyone, with a place of their own.
    fn take(&self) -> Vec<Option<Future>> {
        let (mut all, new) = (self.all.take(), self.new.take());
        let places = new.iter().map(|(index, _)| index + 1).max().unwrap_or(0);
        all.resize_with(places.max(all.len()), || None);
        new.into_iter().for_each(|(index, future)| all[index] = Some(future));
        all
    }
}

/// After so many polls somebody is told, even if no task is over.
const POLLS: usize = 64;

/// Who stands in line. Behind a mutex, because wakers must be `Send`.
#[derive(Default)]
pub(super) struct Line {
    waiting: Mutex<Waiting>,
    over: AtomicBool,
}

#[derive(Default)]
struct Waiting {
    /// The indices of their ids.
    tasks: Vec<u32>,
    /// The waker of the next turn, unless one is on its way.
    driver: Option<Waker>,
}

impl Line {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        // Nothing panics while it has the lock.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ask_for_a_turn(&self) {
        let driver = self.lock().driver.take();
        driver.into_iter().for_each(Waker::wake);
    }
}

impl Executor for Line {
    fn wake(&self, task: &Arc<TaskWaker>) {
        if task.lines_up() {
            let mut waiting = self.lock();
            waiting.tasks.push(task.id().index() as u32);
            let driver = waiting.driver.take();
            drop(waiting);
            driver.into_iter().for_each(Waker::wake);
        }
    }
}

impl Turns {
    /// Without a task yet. Tasks put themselves in the line. `polled` is told of each task that is over, and every [`POLLS`] polls that none is.
    pub(super) fn new(line: Arc<Line>, log: Recorder, polled: impl Fn(bool) + 'static) -> Self {
        let turns = Self { tasks: Rc::default(), line, log: log.clone() };
        let (tasks, line) = (turns.tasks.clone(), turns.line.clone());
        spawn_local(poll_fn(move |context| {
            take_turn(&tasks, &line, &log, &polled);
            if line.over.load(Relaxed) {
                let left = tasks.take();
                drop(left);
                return Poll::Ready(());
            }
            let mut waiting = line.lock();
            if waiting.tasks.is_empty() {
                waiting.driver = Some(context.waker().clone());
            } else {
                context.waker().wake_by_ref();
            }
            Poll::Pending
        }));
        turns
    }

    /// Puts a new task in line.
    pub(super) fn add(&self, task: &Arc<TaskWaker>, future: Future) {
        self.tasks.new.borrow_mut().push((task.id().index(), future));
        self.line.wake(task);
        self.log.turn_comes();
    }
}

impl Drop for Turns {
    fn drop(&mut self) {
        self.line.over.store(true, Relaxed);
        self.line.ask_for_a_turn();
    }
}

/// Polls those who stand in line now.
fn take_turn(tasks: &Tasks, line: &Line, log: &Recorder, polled: &impl Fn(bool)) {
    let now = std::mem::take(&mut line.lock().tasks);
    if now.is_empty() {
        return;
    }
    log.goes_on(true);
    let mut all = tasks.take();
    // Tasks put themselves in line.
    let mut context = Context::from_waker(Waker::noop());
    for (count, task) in now.into_iter().enumerate() {
        if line.over.load(Relaxed) {
            break;
        }
        let Some(place) = all.get_mut(task as usize) else { continue };
        let Some(future) = place else { continue };
        let over = future.as_mut().poll(&mut context).is_ready();
        if over {
            *place = None;
        }
        if over || count % POLLS == POLLS - 1 {
            polled(over);
        }
    }
    tasks.all.replace(all);
    log.goes_on(false);
}
