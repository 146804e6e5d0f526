//! The timers of a live thread: many of the program's, few of the browser's.
//!
//! What always holds: nobody is woken before the browser says that the time is over, those due first are woken first, and
//! a timer that is dropped wakes nobody and leaves nothing behind. A browser's timer costs more than a task that waits for one.
//! So up to [`EXACT`] are asked of the browser one by one; while there are as many, others may share one, which comes
//! [`LATE_MS`] late at most.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::task::{Context, Poll, Waker};

use gloo_timers::callback::Timeout;

use super::clock_ms;
use crate::trace::Millis;

/// So many of the browser's timers are each for one time. Nobody sees whether the fortieth of forty people is 1 ms late.
const EXACT: usize = 40;

/// So much later than asked for, in ms, a timer is at most that shares one of the browser's with others.
const LATE_MS: u32 = 1;

/// The longest wait that browsers know, in ms.
const LONGEST_MS: f64 = i32::MAX as f64;

/// The timers of a thread.
#[derive(Clone, Default)]
pub(super) struct Timers(Rc<RefCell<Agenda>>);

#[derive(Default)]
struct Agenda {
    waiting: BTreeMap<Turn, Waiting>,
    /// The browser's timers by when they come, in µs of the thread's clock.
    alarms: BTreeMap<u64, Alarm>,
    asked: u64,
}

/// When somebody is due, in µs of the thread's clock, and the how-manieth they were to ask.
type Turn = (u64, u64);

struct Waiting {
    waker: Waker,
    /// The browser's timer that wakes them at the latest.
    alarm: u64,
}

struct Alarm {
    /// Dropped, it never comes.
    _timeout: Timeout,
    /// How many wait for it.
    waiting: usize,
}

impl Timers {
    /// Waits so long, in whole ms and never less than asked for, from its first poll on.
    pub(super) fn after(&self, time: Millis) -> Timer {
        let ms = time.0.ceil().clamp(0.0, LONGEST_MS) as u32;
        Timer { timers: self.clone(), ms, turn: None }
    }

    fn ask(&self, ms: u32, waker: Waker) -> Turn {
        let due = micros(clock_ms()) + 1000 * u64::from(ms);
        let mut agenda = self.0.borrow_mut();
        agenda.asked += 1;
        let turn = (due, agenda.asked);
        let late = 1000 * u64::from(LATE_MS);
        let shared = agenda.alarms.range(due..=due + late).next().map(|(at, _)| *at);
        let (at, ms) = if agenda.alarms.len() < EXACT { (due, ms) } else { (due + late, ms + LATE_MS) };
        let at = shared.filter(|shared| *shared == due || agenda.alarms.len() >= EXACT).unwrap_or(at);
        let alarm = agenda.alarms.entry(at).or_insert_with(|| {
            let agenda = Rc::downgrade(&self.0);
            Alarm { _timeout: Timeout::new(ms, move || ring(&agenda, at)), waiting: 0 }
        });
        alarm.waiting += 1;
        agenda.waiting.insert(turn, Waiting { waker, alarm: at });
        turn
    }
}

/// One of the browser's timers has come: wakes everybody who is due by its time. Where the thread was kept and others have come
/// meanwhile, each is heard of in a turn of its own, as the browser has it: the tasks that one has woken run before the next.
fn ring(agenda: &Weak<RefCell<Agenda>>, at: u64) {
    let Some(agenda) = agenda.upgrade() else { return };
    let due = {
        let mut agenda = agenda.borrow_mut();
        let later = agenda.waiting.split_off(&(at + 1, 0));
        let due = std::mem::replace(&mut agenda.waiting, later);
        due.values().for_each(|waiting| agenda.leave(waiting.alarm));
        due
    };
    due.into_values().for_each(|waiting| waiting.waker.wake());
}

impl Agenda {
    /// One less waits for an alarm. When nobody does, it is not needed.
    fn leave(&mut self, at: u64) {
        if let Some(alarm) = self.alarms.get_mut(&at) {
            alarm.waiting -= 1;
            if alarm.waiting == 0 {
                self.alarms.remove(&at);
            }
        }
    }
}

/// A time of the thread's clock in whole µs.
fn micros(ms: f64) -> u64 {
    (ms * 1000.0) as u64
}

/// Somebody who waits for a time.
pub(super) struct Timer {
    timers: Timers,
    ms: u32,
    turn: Option<Turn>,
}

impl Future for Timer {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let this = self.get_mut();
        let Some(turn) = this.turn else {
            this.turn = Some(this.timers.ask(this.ms, context.waker().clone()));
            return Poll::Pending;
        };
        match this.timers.0.borrow_mut().waiting.get_mut(&turn) {
            Some(waiting) => {
                waiting.waker.clone_from(context.waker());
                Poll::Pending
            }
            None => Poll::Ready(()),
        }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        let mut agenda = self.timers.0.borrow_mut();
        if let Some(waiting) = self.turn.and_then(|turn| agenda.waiting.remove(&turn)) {
            agenda.leave(waiting.alarm);
        }
    }
}
