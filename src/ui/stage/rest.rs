//! What waits until a knob rests.
//!
//! A knob that is dragged shows another preview in every frame: the scene, the lanes, its own value. Nobody reads sentences meanwhile,
//! or compares numbers; and to write them takes far longer than to draw the preview. So what is read stays as it was until the knob
//! has not been turned for a moment, and then says exactly what is shown.

use crate::ui::prelude::*;
use gloo_timers::callback::Timeout;

use super::Stage;
use crate::ui::follow::Memo;

/// A knob that has not been turned for so many ms is at rest, for whoever reads.
const RESTS_AFTER_MS: u32 = 120;

/// Whether a knob is being turned.
#[derive(Clone, Copy)]
pub struct Turning {
    now: RwSignal<bool>,
    over: StoredValue<Option<Timeout>>,
}

impl Turning {
    pub(super) fn new() -> Self {
        Self { now: RwSignal::new(false), over: StoredValue::new(None) }
    }

    /// Whether it is so, for whoever follows.
    pub(super) fn is_now(self) -> bool {
        self.now.get()
    }

    /// Follows a state, but not while a knob is being turned.
    pub(super) fn at_rest<T>(self, of: impl Fn() -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: Clone + PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |before: Option<&T>| match before {
            Some(before) if self.is_now() => before.clone(),
            Some(_) => of(),
            None => {
                self.now.track();
                of()
            }
        })
    }

    /// A knob is about to be turned.
    pub(super) fn begin(self) {
        if !self.now.get_untracked() {
            self.now.set(true);
        }
        // The stage may be gone by then.
        let rest = move || {
            let _ = self.now.try_set(false);
        };
        self.over.set_value(Some(Timeout::new(RESTS_AFTER_MS, rest)));
    }

    /// Somebody does something else: whatever is read is up to date at once.
    pub(super) fn end(self) {
        self.over.set_value(None);
        if self.now.get_untracked() {
            self.now.set(false);
        }
    }
}

impl Stage {
    /// What is read of a state: it follows, but not while a knob is being turned.
    pub fn at_rest<T>(&self, of: impl Fn() -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: Clone + PartialEq + Send + Sync + 'static,
    {
        self.turning.at_rest(of)
    }

    /// Everything that is read is up to date from here on, even if a knob has just been turned.
    pub fn rest(&self) {
        self.turning.end();
    }
}
