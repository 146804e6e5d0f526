//! How tall a frame wants to be, and when it stops asking.
//!
//! A host that gives the frame what it asks for may, by that, make it want more: content that
//! hangs on the height of its own window grows for ever. [`Height`] sees such a loop and falls
//! silent until the width changes. It measures nothing and posts nothing.

/// A smaller change than this, in px, is not worth a message.
pub const LEAST_CHANGE: f64 = 4.0;
/// So many changes in one direction, one upon the other, are a loop.
pub const MOST_CHANGES: u32 = 20;
/// Changes further apart than this, in ms, are not one upon the other. A loop has one change for
/// each pause between two messages (100 ms) and an answer of the host: twenty take about 2 s.
pub const APART: f64 = 500.0;

/// What was said of the frame's height so far.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Height {
    /// Width and height of the last message, in px.
    sent: Option<(f64, f64)>,
    /// Whether the last change made it taller.
    grows: bool,
    /// How many changes went that way, one upon the other.
    changes: u32,
    /// When the last one was, in ms.
    at: f64,
    stopped: bool,
}

/// What to do with a height that was measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Say {
    /// Tell the host: this many px.
    Tell(u32),
    /// Nothing.
    Nothing,
    /// Nothing, from now on: it is a loop. Said once.
    Loop,
}

impl Height {
    /// Takes a measured size, in px, at a time in ms.
    pub fn take(&mut self, width: f64, height: f64, now: f64) -> Say {
        let Some((sent_width, sent_height)) = self.sent else { return self.tell(width, height, now) };
        if width != sent_width {
            *self = Self::default();
            return self.tell(width, height, now);
        }
        let change = height - sent_height;
        if self.stopped || change.abs() < LEAST_CHANGE {
            return Say::Nothing;
        }
        let goes_on = (change > 0.0) == self.grows && now - self.at <= APART;
        self.changes = if goes_on { self.changes + 1 } else { 1 };
        self.grows = change > 0.0;
        if self.changes >= MOST_CHANGES {
            self.stopped = true;
            return Say::Loop;
        }
        self.tell(width, height, now)
    }

    fn tell(&mut self, width: f64, height: f64, now: f64) -> Say {
        self.sent = Some((width, height));
        self.at = now;
        Say::Tell(height.ceil().clamp(0.0, f64::from(u32::MAX)) as u32)
    }
}
