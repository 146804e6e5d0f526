//! Whose turn it is on a live thread: the tasks, and the line of those that were woken.
//!
//! What always holds: in a turn of the browser's microtask queue, those are polled, in order, that stood in line when it
//! began. Whoever is woken meanwhile waits for the next. Between two polls of a turn nothing else runs, and the record is told so:
//! that is what makes it cheap. Nothing is polled, and everything is dropped, in the turn after the [`Turns`] are.

use std::cell::RefCell;
use std::collections::VecDeque;
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
    tasks: Rc<RefCell<Vec<Slot>>>,
    line: Arc<Line>,
}

/// A task, and the waker of its place in line.
struct Slot {
    future: Option<LocalBoxFuture<'static, ()>>,
    waker: Waker,
    in_line: Arc<Place>,
}

/// Who stands in line. Behind a mutex, because wakers must be `Send`.
#[derive(Default)]
struct Line {
    waiting: Mutex<Waiting>,
    over: AtomicBool,
}

#[derive(Default)]
struct Waiting {
    tasks: VecDeque<usize>,
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
            waiting.tasks.push_back(self.task);
            waiting.driver.take()
        };
        driver.into_iter().for_each(Waker::wake);
    }
}

impl Turns {
    /// Without a task yet. After each poll `polled` is told whether the task is over.
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
        tasks.push(Slot { future: Some(future), waker, in_line: place.clone() });
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
fn take_turn(tasks: &RefCell<Vec<Slot>>, line: &Line, log: &Recorder, polled: &impl Fn(bool)) {
    let count = line.lock().tasks.len();
    if count == 0 {
        return;
    }
    log.goes_on(true);
    for _ in 0..count {
        if line.over.load(Relaxed) {
            break;
        }
        let Some(task) = line.lock().tasks.pop_front() else { break };
        let taken = tasks.borrow_mut().get_mut(task).map(|slot| {
            slot.in_line.taken.store(false, Relaxed);
            (slot.future.take(), slot.waker.clone())
        });
        let Some((Some(mut future), waker)) = taken else { continue };
        let over = future.as_mut().poll(&mut Context::from_waker(&waker)).is_ready();
        if over {
            drop(future);
        } else if let Some(slot) = tasks.borrow_mut().get_mut(task) {
            slot.future = Some(future);
        }
        polled(over);
    }
    log.goes_on(false);
}
