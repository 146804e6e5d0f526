//! A gate: several live runs wait behind it until all their threads are ready, and begin at one moment.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use super::run::{LEAD_MS, Shared};
use crate::runtime::live::clock_ms;

/// What several runs wait for before they begin.
#[derive(Clone)]
pub struct Gate(Rc<Inner>);

struct Inner {
    /// The runs that have not come yet.
    missing: Cell<usize>,
    waiting: RefCell<Vec<Weak<Shared>>>,
}

impl Gate {
    /// A gate that opens when so many runs have come, or have given up.
    pub fn new(runs: usize) -> Self {
        Self(Rc::new(Inner { missing: Cell::new(runs), waiting: RefCell::default() }))
    }

    /// All threads of a run are ready.
    pub(super) fn arrive(self, run: Weak<Shared>) {
        self.0.waiting.borrow_mut().push(run);
        self.leave();
    }

    /// A run has come, or will not come any more.
    pub(super) fn leave(self) {
        self.0.missing.set(self.0.missing.get().saturating_sub(1));
        if self.0.missing.get() == 0 {
            let begin = clock_ms() + LEAD_MS;
            let waiting = self.0.waiting.take();
            waiting.iter().filter_map(Weak::upgrade).for_each(|run| run.begin(begin));
        }
    }
}
