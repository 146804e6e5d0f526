//! Several stages on one clock: the same cursor, and time axes of one length.
//!
//! A stage that shares its clock moves it no more than its own runs need. Whoever made the clock moves the cursor
//! from frame to frame, and decides what happens when threads cannot start.

use crate::ui::prelude::*;

use super::Stage;
use crate::lessons::model::Lesson;
use crate::replay::playback::Playback;
use crate::trace::Micros;
use crate::ui::follow::Memo;

/// The clock of several stages.
#[derive(Clone, Copy)]
pub struct SharedClock {
    /// Which of the stages it is: told apart from every other that was ever there.
    pub place: u32,
    /// The cursor.
    pub playback: RwSignal<Playback>,
    /// The end of everybody's time axis.
    pub axis: Memo<Micros>,
    /// How far the cursor can go now: no live run that is shown is passed.
    pub reach: Memo<Micros>,
    /// The time that is shown.
    pub time: Memo<Micros>,
}

impl Stage {
    /// A stage with everything at its default, on a clock that it shares.
    pub fn beside(lesson: &'static Lesson, clock: SharedClock) -> Self {
        Self::on(lesson, Some(clock))
    }

    /// An element's id that no other stage of the page has.
    pub fn scoped(&self, id: &str) -> String {
        self.shared.map_or_else(|| id.to_owned(), |shared| format!("{id}-{}", shared.place))
    }

    /// How far the cursor can go now.
    pub fn reach(&self) -> Micros {
        self.shared.map_or_else(|| self.end(), |shared| shared.reach.get())
    }

    /// Whether a live run that is shown is going on.
    pub fn grows(&self) -> bool {
        self.shows_measured() && self.runs()
    }
}
