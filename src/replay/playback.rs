//! The cursor: which time of a run is shown, and how it moves.
//!
//! Playback reads a record. It may trail behind the end of a run that is still going on; it can
//! not pass it. Speed, pause and steps belong to it, never to the run.

use crate::trace::Micros;

/// Where the cursor is, and whether it moves by itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Playback {
    /// The time shown, in microseconds of the run. A fraction, for slow speeds.
    micros: f64,
    /// Whether it moves.
    pub playing: bool,
    /// Run time per real time, 1/8 to 4.
    pub speed: f64,
}

/// The speeds on offer.
pub const SPEEDS: [f64; 6] = [0.125, 0.25, 0.5, 1.0, 2.0, 4.0];

/// The longest step of real time that moves the cursor, in ms: after a hidden tab or a slow
/// frame it goes on where it was, without a burst.
pub const LONGEST_FRAME_MS: f64 = 100.0;

impl Default for Playback {
    fn default() -> Self {
        Self { micros: 0.0, playing: false, speed: 1.0 }
    }
}

impl Playback {
    /// The time shown.
    pub fn time(&self) -> Micros {
        Micros(self.micros as u32)
    }

    /// Shows another time.
    pub fn seek(&mut self, time: Micros) {
        self.micros = f64::from(time.0);
    }

    /// Sets the speed; what is no speed is clamped.
    pub fn set_speed(&mut self, speed: f64) {
        self.speed = if speed.is_finite() { speed.clamp(SPEEDS[0], SPEEDS[5]) } else { 1.0 };
    }

    /// Lets real time pass. `end` is the end of the record so far; `growing` says whether more
    /// may come. It stops at the end of a record that is whole.
    pub fn advance(&mut self, real_ms: f64, end: Micros, growing: bool) {
        if !self.playing {
            return;
        }
        self.micros += real_ms.clamp(0.0, LONGEST_FRAME_MS) * 1000.0 * self.speed;
        let end = f64::from(end.0);
        if self.micros >= end {
            self.micros = end;
            self.playing = growing;
        }
    }

    /// The time for what is read, not watched: sentences, numbers, charts. While the cursor moves, it takes a step to the
    /// `time` that is shown every so many `ms`; when the cursor stands, it is there. `before` is what this gave the time
    /// before. Parts with different `part`s take their steps one after another, so that no frame has to bear all.
    pub fn calm(&self, time: Micros, before: Option<Micros>, part: u32, ms: u32) -> Micros {
        let beat = (f64::from(ms.max(1)) * 1000.0 * self.speed) as u32;
        let into_beat = (time.0 + part * (beat / 6)) % beat;
        let kept = before.filter(|before| self.playing && *before <= time && time.0 - before.0 <= into_beat);
        kept.unwrap_or(time)
    }

    /// Shows the next moment of the list, and pauses.
    pub fn step_forward(&mut self, moments: &[Micros]) {
        self.playing = false;
        let next = moments.partition_point(|moment| *moment <= self.time());
        if let Some(moment) = moments.get(next) {
            self.seek(*moment);
        }
    }

    /// Shows the moment before, and pauses.
    pub fn step_back(&mut self, moments: &[Micros]) {
        self.playing = false;
        let here = moments.partition_point(|moment| *moment < self.time());
        if let Some(moment) = here.checked_sub(1).and_then(|before| moments.get(before)) {
            self.seek(*moment);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn playing() -> Playback {
        Playback { playing: true, ..Playback::default() }
    }

    #[test]
    fn it_cannot_pass_the_live_end_but_waits_there() {
        let mut cursor = playing();
        cursor.advance(50.0, Micros(20_000), true);
        assert_eq!((cursor.time(), cursor.playing), (Micros(20_000), true));
        cursor.advance(50.0, Micros(90_000), true);
        assert_eq!(cursor.time(), Micros(70_000));
    }

    #[test]
    fn it_stops_at_the_end_of_a_whole_record() {
        let mut cursor = playing();
        cursor.advance(50.0, Micros(20_000), false);
        assert!(!cursor.playing);
    }

    #[test]
    fn a_hidden_tab_causes_no_burst() {
        let mut cursor = playing();
        cursor.advance(60_000.0, Micros(9_000_000), false);
        assert_eq!(cursor.time(), Micros(100_000));
    }

    #[test]
    fn what_is_read_follows_in_steps_and_is_exact_at_rest() {
        let mut cursor = playing();
        let mut shown = Vec::new();
        let mut before = None;
        for frame in 0..60 {
            before = Some(cursor.calm(Micros(frame * 16_667), before, 1, 200));
            shown.extend(before);
        }
        shown.dedup();
        assert_eq!(shown.len(), 6, "the first, and five a second: {shown:?}");
        cursor.playing = false;
        assert_eq!(cursor.calm(Micros(999_999), before, 1, 200), Micros(999_999));
        // Played from there on, it does not fall behind what was shown.
        cursor.playing = true;
        assert_eq!(cursor.calm(Micros(1_000_100), Some(Micros(999_999)), 1, 200), Micros(999_999));
    }

    #[test]
    fn nonsense_speeds_are_clamped() {
        let mut cursor = playing();
        for (speed, becomes) in [(f64::NAN, 1.0), (1e9, 4.0), (-1.0, 0.125)] {
            cursor.set_speed(speed);
            assert_eq!(cursor.speed, becomes);
        }
    }

    #[test]
    fn steps_go_from_moment_to_moment_and_back() {
        let moments = [Micros(0), Micros(10), Micros(25)];
        let mut cursor = playing();
        cursor.step_forward(&moments);
        cursor.step_forward(&moments);
        cursor.step_forward(&moments);
        assert_eq!((cursor.time(), cursor.playing), (Micros(25), false));
        cursor.step_back(&moments);
        assert_eq!(cursor.time(), Micros(10));
        cursor.step_back(&moments);
        cursor.step_back(&moments);
        assert_eq!(cursor.time(), Micros(0));
    }
}
