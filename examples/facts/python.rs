//! What Python has and Rust has not, in terms of futures: an await that raises, and groups that wait for their tasks.

use std::cell::{Cell, RefCell};
use std::fmt::{Display, Formatter, Result as Written};
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Poll, Waker};

use concurrent_burgers::runtime::{Cancelled, Rt, Task};
use concurrent_burgers::trace::Millis;
use futures_util::future::{Either, select};
use futures_util::stream::{FuturesUnordered, StreamExt};

/// What a Python function may raise, by the name of its class.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Raised {
    CancelledError,
    ExceptionGroup,
    PendingValueException,
    TimeoutError,
    ValueError,
}

impl Display for Raised {
    fn fmt(&self, out: &mut Formatter<'_>) -> Written {
        write!(out, "{self:?}")
    }
}

impl From<Cancelled> for Raised {
    fn from(_: Cancelled) -> Self {
        Self::CancelledError
    }
}

/// `asyncio.sleep(0)`: gives way once to everybody who is in line.
pub async fn give_way() {
    let mut gave_way = false;
    poll_fn(|context| {
        if std::mem::replace(&mut gave_way, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// Python's cancellation: an exception, raised in a task at its next await.
#[derive(Clone)]
pub struct Cancel(Rc<Request>);

struct Request {
    raised_again: bool,
    asked: Cell<bool>,
    waiting: RefCell<Option<Waker>>,
}

impl Cancel {
    /// asyncio's: raised once for each request (edge).
    pub fn once() -> Self {
        Self::new(false)
    }

    /// AnyIO's: raised at every await from the request on (level).
    pub fn again_and_again() -> Self {
        Self::new(true)
    }

    fn new(raised_again: bool) -> Self {
        Self(Rc::new(Request { raised_again, asked: Cell::new(false), waiting: RefCell::default() }))
    }

    /// Asks the task to stop.
    pub fn ask(&self) {
        self.0.asked.set(true);
        self.0.waiting.take().into_iter().for_each(Waker::wake);
    }

    /// Awaits, and raises if the task was asked to stop.
    pub async fn wait<F: Future>(&self, future: F) -> Result<F::Output, Raised> {
        let mut future = pin!(future);
        poll_fn(|context| {
            if self.0.asked.get() {
                self.0.asked.set(self.0.raised_again);
                return Poll::Ready(Err(Raised::CancelledError));
            }
            self.0.waiting.replace(Some(context.waker().clone()));
            future.as_mut().poll(context).map(Ok)
        })
        .await
    }
}

/// The end of a task group: the first failure cancels the rest, and everybody is waited for.
pub async fn leave_together(group: Vec<(Cancel, Task<Result<(), Raised>>)>) -> Result<(), Raised> {
    let (cancels, tasks): (Vec<_>, FuturesUnordered<_>) = group.into_iter().unzip();
    let mut tasks = tasks;
    let mut outcome = Ok(());
    while let Some(ended) = tasks.next().await {
        if matches!(ended, Ok(Err(raised)) if raised != Raised::CancelledError) && outcome.is_ok() {
            outcome = Err(Raised::ExceptionGroup);
            cancels.iter().for_each(Cancel::ask);
        }
    }
    outcome
}

/// `move_on_after`: what it awaits is dropped when the time is over.
pub async fn move_on_after<F: Future>(rt: &Rt, time: Millis, future: F) -> Option<F::Output> {
    match select(pin!(future), rt.io("", time)).await {
        Either::Left((output, _)) => Some(output),
        Either::Right(_) => None,
    }
}

/// Says something when it is dropped, as a `finally` would.
pub struct Finally(pub Rt, pub &'static str);

impl Drop for Finally {
    fn drop(&mut self) {
        self.0.say(self.1);
    }
}
