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
use std::task::{Context, Poll, Wake, Waker};

use futures_util::future::LocalBoxFuture;
use wasm_bindgen_futures::spawn_local;

use crate::trace::Recorder;

/// The tasks of a thread. Dropped, they are dropped in the next turn.
pub(super) struct Turns {
    /// None while it is polled, and when it is over.
    tasks: Rc<RefCell<Vec<Option<Slot>>>>,
    line: Arc<Line>,
}

/// A task, and the waker of its place in line.
struct Slot {
    future: LocalBoxFuture<'static, ()>,
    waker: Waker,
    in_line: Arc<Place>,
}

/// After so many polls somebody is told, even if no task is over.
const POLLS: usize = 64;

/// Who stands in line. Behind a mutex, because wakers must be `Send`.
#[derive(Default)]
struct Line {
    waiting: Mutex<Waiting>,
    over: AtomicBool,
}

#[derive(Default)]
struct Waiting {
    tasks: Vec<usize>,
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

/// The place in line of a task.
struct Place {
    task: usize,
    line: Arc<Line>,
    taken: AtomicBool,
}

impl Wake for Place {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if self.taken.swap(true, Relaxed) {
            return;
        }
        let driver = {
            let mut waiting = self.line.lock();
            waiting.tasks.push(self.task);
            waiting.driver.take()
        };
        driver.into_iter().for_each(Waker::wake);
    }
}

impl Turns {
    /// Without a task yet. `polled` is told of each task that is over, and every [`POLLS`] polls that none is.
    pub(super) fn new(log: Recorder, polled: impl Fn(bool) + 'static) -> Self {
        let turns = Self { tasks: Rc::default(), line: Arc::default() };
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
    pub(super) fn add(&self, future: LocalBoxFuture<'static, ()>) {
        let mut tasks = self.tasks.borrow_mut();
        let place =
            Arc::new(Place { task: tasks.len(), line: self.line.clone(), taken: AtomicBool::new(false) });
        let waker = Waker::from(place.clone());
        tasks.push(Some(Slot { future, waker, in_line: place.clone() }));
        drop(tasks);
        place.wake();
    }
}

impl Drop for Turns {
    fn drop(&mut self) {
        self.line.over.store(true, Relaxed);
        self.line.ask_for_a_turn();
    }
}

/// Polls those who stand in line now.
fn take_turn(tasks: &RefCell<Vec<Option<Slot>>>, line: &Line, log: &Recorder, polled: &impl Fn(bool)) {
    let now = std::mem::take(&mut line.lock().tasks);
    if now.is_empty() {
        return;
    }
    log.goes_on(true);
    for (count, task) in now.into_iter().enumerate() {
        if line.over.load(Relaxed) {
            break;
        }
        let slot = tasks.borrow_mut().get_mut(task).and_then(Option::take);
        let Some(mut slot) = slot else { continue };
        slot.in_line.taken.store(false, Relaxed);
        let over = slot.future.as_mut().poll(&mut Context::from_waker(&slot.waker)).is_ready();
        if over {
            drop(slot);
        } else if let Some(place) = tasks.borrow_mut().get_mut(task) {
            *place = Some(slot);
        }
        if over || count % POLLS == POLLS - 1 {
            polled(over);
        }
    }
    log.goes_on(false);
}
