//! When something happened: the clock is looked at, or its last reading is good enough.

use super::super::Micros;

/// So many polls in which nothing happened, but that the task asked for another turn, share one reading of the clock at first: a
/// browser's clock costs more than such a poll, and most of the time it has not even moved between two of them.
pub(super) const SHARED: u32 = 32;

/// So many share one at most. From reading to reading their number doubles while those before have taken no more than [`CLOSE`].
pub(super) const MOST_SHARED: u32 = 512;

/// What is so close together is one moment: the steps of a browser's clock are as long.
pub(super) const CLOSE: Micros = Micros(100);

/// The clock of a thread: how long ago the run began.
pub type Clock = Box<dyn Fn() -> Micros + Send>;

/// The readings of a thread's clock.
pub(super) struct Readings {
    clock: Clock,
    /// What counts instead of the clock, for a moment.
    pub pinned: Option<Micros>,
    /// Whether the last reading may be shared: polls follow each other without a pause.
    is_shared: bool,
    last: Micros,
    /// How many polls and spawns may still share it.
    left: u32,
    /// How many may share the next.
    share: u32,
}

impl Readings {
    pub fn of(clock: Clock) -> Self {
        Self { clock, pinned: None, is_shared: false, last: Micros(0), left: 0, share: SHARED }
    }

    /// The time, shared with nobody.
    pub fn now(&self) -> Micros {
        self.pinned.unwrap_or_else(|| (self.clock)())
    }

    /// Looks at the clock. Whoever shares readings from now on shares this one.
    pub fn read(&mut self) -> Micros {
        if let Some(pinned) = self.pinned {
            return pinned;
        }
        let now = (self.clock)();
        if now > self.last + CLOSE {
            self.share = SHARED;
        } else if self.left == 0 {
            self.share = MOST_SHARED.min(2 * self.share);
        }
        self.last = now;
        self.left = self.share;
        now
    }

    /// The last reading, if one more may share it.
    pub fn shared(&mut self) -> Micros {
        if self.left == 0 || !self.is_shared() {
            return self.read();
        }
        self.left -= 1;
        self.last
    }

    /// The last reading, if it may be shared at all.
    pub fn last(&self) -> Option<Micros> {
        self.is_shared().then_some(self.last)
    }

    pub fn is_shared(&self) -> bool {
        self.is_shared && self.pinned.is_none()
    }

    /// See [`super::Recorder::goes_on`].
    pub fn goes_on(&mut self, goes_on: bool) {
        if goes_on {
            self.share = SHARED;
            self.last = (self.clock)();
            self.left = SHARED;
        }
        self.is_shared = goes_on;
    }

    /// A turn is on its way, and `at` was the last reading, if there was any.
    pub fn turn_comes(&mut self, at: Option<Micros>) {
        if let (false, Some(at)) = (self.is_shared, at) {
            self.is_shared = true;
            self.last = at;
        }
    }
}
