//! What scenarios have in common: small pieces of ordinary futures code.
//!
//! A library would have them: AnyIO's `CapacityLimiter`, `move_on_after` and `fail_after`, a cancel
//! scope. Here they can be read. None of them knows more of the runtime than a future does.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Poll, Waker};

use futures_channel::oneshot;
use futures_util::future::{Either, select};

use crate::runtime::Cancelled;

/// The deadline was there first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeoutError;

impl fmt::Display for TimeoutError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("TimeoutError")
    }
}

/// What `future` gives, or `None` if `deadline` is there first: then `future` is dropped, and with
/// it all it waits for. The deadline is asked first, so that it counts from here.
pub async fn move_on_after<T>(deadline: impl Future, future: impl Future<Output = T>) -> Option<T> {
    match select(pin!(deadline), pin!(future)).await {
        Either::Left(_) => None,
        Either::Right((result, _)) => Some(result),
    }
}

/// The same, but a deadline that was there first is an error.
pub async fn fail_after<T>(
    deadline: impl Future,
    future: impl Future<Output = T>,
) -> Result<T, TimeoutError> {
    move_on_after(deadline, future).await.ok_or(TimeoutError)
}

/// A number of tokens: whoever wants one waits until one is free, first come, first served.
pub struct Limiter {
    free: Cell<usize>,
    line: RefCell<VecDeque<oneshot::Sender<Token>>>,
}

/// Leave to go on; dropping it gives it back.
pub struct Token(Rc<Limiter>);

impl Limiter {
    /// With so many tokens. Without any, nobody would ever go on, so there is at least one.
    pub fn new(tokens: usize) -> Rc<Self> {
        Rc::new(Self { free: Cell::new(tokens.max(1)), line: RefCell::default() })
    }

    /// Waits for a token.
    pub async fn acquire(self: &Rc<Self>) -> Token {
        if self.free.get() > 0 {
            self.free.set(self.free.get() - 1);
            return Token(self.clone());
        }
        let (sender, token) = oneshot::channel();
        self.line.borrow_mut().push_back(sender);
        match token.await {
            Ok(token) => token,
            // A limiter never forgets who waits; if it did, nobody would be held up by that.
            Err(oneshot::Canceled) => Token(self.clone()),
        }
    }
}

impl Drop for Token {
    /// Hands the token to whoever has waited longest, if that one still waits.
    fn drop(&mut self) {
        let next = self.0.line.borrow_mut().pop_front();
        match next {
            // If nobody is there to take it, it is dropped in turn, and comes back here.
            Some(waiting) => drop(waiting.send(Token(self.0.clone()))),
            None => self.0.free.set(self.0.free.get() + 1),
        }
    }
}

/// How often somebody who is cancelled is told so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cancellation {
    /// Once, at the wait at which it happens (asyncio). Who swallows it goes on.
    Edge,
    /// Again at every wait, until the task has left (AnyIO).
    Level,
}

/// A cancellation that a task can hear and swallow, as in Python. In Rust a task that is cancelled is
/// dropped and hears nothing, so this is a flag that its waits look at.
pub struct CancelScope {
    cancellation: Cancellation,
    cancelled: Cell<bool>,
    waiting: Cell<Option<Waker>>,
}

impl CancelScope {
    /// For one task, which is not cancelled yet.
    pub fn new(cancellation: Cancellation) -> Rc<Self> {
        Rc::new(Self { cancellation, cancelled: Cell::new(false), waiting: Cell::new(None) })
    }

    /// Cancels.
    pub fn cancel(&self) {
        self.cancelled.set(true);
        if let Some(waiting) = self.waiting.take() {
            waiting.wake();
        }
    }

    /// Waits for `future`, and stops waiting if the task is cancelled.
    pub async fn wait<T>(&self, future: impl Future<Output = T>) -> Result<T, Cancelled> {
        let mut future = pin!(future);
        poll_fn(|context| {
            let told = self.cancelled.get();
            if told {
                self.cancelled.set(self.cancellation == Cancellation::Level);
                return Poll::Ready(Err(Cancelled));
            }
            self.waiting.set(Some(context.waker().clone()));
            future.as_mut().poll(context).map(Ok)
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use futures_util::FutureExt;

    use super::*;

    #[test]
    fn a_token_for_somebody_who_has_left_goes_to_the_next() {
        let limiter = Limiter::new(1);
        let token = limiter.acquire().now_or_never().expect("one is free");
        let mut waiting = [0; 3].map(|_| Box::pin(limiter.acquire()));
        assert!(waiting.iter_mut().all(|it| it.now_or_never().is_none()), "and only one");
        let [leaves, called, mut last] = waiting;
        drop(leaves);
        drop(token);
        // The next is called, but leaves before looking.
        drop(called);
        let token = (&mut last).now_or_never().expect("it is the last one's turn");
        assert!(limiter.acquire().now_or_never().is_none());
        drop(token);
        assert!(limiter.acquire().now_or_never().is_some());
    }

    #[test]
    fn a_deadline_drops_what_is_late() {
        let dropped = Rc::new(());
        let kept = dropped.clone();
        let late = async move {
            pending::<()>().await;
            drop(kept);
        };
        assert_eq!(fail_after(ready(()), late).now_or_never(), Some(Err(TimeoutError)));
        assert_eq!(Rc::strong_count(&dropped), 1);
        assert_eq!(move_on_after(pending::<()>(), ready(7)).now_or_never(), Some(Some(7)));
    }

    #[test]
    fn an_edge_is_told_once_and_a_level_at_every_wait() {
        for (how, then) in [(Cancellation::Edge, Ok(())), (Cancellation::Level, Err(Cancelled))] {
            let scope = CancelScope::new(how);
            assert_eq!(scope.wait(ready(())).now_or_never(), Some(Ok(())), "not cancelled yet");
            scope.cancel();
            assert_eq!(scope.wait(ready(())).now_or_never(), Some(Err(Cancelled)));
            assert_eq!(scope.wait(ready(())).now_or_never(), Some(then), "{how:?}");
        }
    }
}
