//! When the parts of the page that are read, not watched, are written: in steps, and one after another.

use super::Stage;
use crate::trace::Micros;
use crate::ui::follow::Memo;

/// Whose turn it is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The sentences of the story.
    Story,
    /// The chips in the code.
    Code,
    /// The states beside the names.
    Names,
}

impl Turn {
    const ALL: u32 = 3;
}

impl Stage {
    /// The time for what is read, not watched: it follows the cursor in steps, and is exact when the cursor stands.
    /// Parts of the page take their steps one after another: each has a number, 0 to 5.
    pub fn calm(&self, part: u32) -> Memo<Micros> {
        self.in_steps(part, 200)
    }

    /// The same with a step every so many ms.
    pub fn in_steps(&self, part: u32, ms: u32) -> Memo<Micros> {
        let Self { time, playback, turning, .. } = *self;
        Memo::new(move |before: Option<&Micros>| {
            // What has not followed a knob yet is as it was at the time before.
            if let Some(before) = before.filter(|_| turning.is_now()) {
                return *before;
            }
            playback.with(|playback| playback.calm(time.get(), before.copied(), part, ms))
        })
    }

    /// Whether a part of the page that is read may be written in this frame. While the cursor moves, such parts take turns, and
    /// each writes only some of what is new: no frame has to bear all of it. When the cursor stands, they write everything.
    pub fn has_turn(&self, of: Turn) -> bool {
        let turn = self.turn.get();
        self.rests() || turn % Turn::ALL == of as u32 && !self.showed.get_value().1
    }

    /// Whether the cursor stands.
    pub fn rests(&self) -> bool {
        !self.playback.with(|playback| playback.playing)
    }
}
