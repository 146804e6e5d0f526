//! The cursor of all counters: every way to move it.

use crate::ui::prelude::*;

use super::Bench;
use crate::replay::playback::{Playback, SPEEDS};
use crate::replay::scene::WALK;
use crate::trace::Micros;

impl Bench {
    /// Whether the cursor moves, or will.
    pub fn moves(&self) -> bool {
        self.clock.playback.with(|playback| playback.playing) || self.runs()
    }

    /// The one thing most wanted now: run, pause, or go on.
    pub fn run_or_pause(&self) {
        let playback = self.clock.playback.get_untracked();
        let begun = playback.time() > Micros(0) && playback.time() < self.clock.reach.get_untracked();
        if untrack(|| self.runs()) || playback.playing || begun { self.play_or_pause() } else { self.run() }
    }

    /// Plays what is shown, or pauses. At the end, it plays from the start.
    pub fn play_or_pause(&self) {
        let at_end =
            self.clock.time.get_untracked() >= self.clock.reach.get_untracked() && !untrack(|| self.runs());
        self.clock.playback.update(|playback| {
            playback.playing = !playback.playing;
            if playback.playing && at_end {
                playback.seek(Micros(0));
            }
        });
    }

    pub(super) fn pause_at(&self, time: Micros) {
        self.clock.playback.update(|playback| {
            playback.playing = false;
            playback.seek(time);
        });
    }

    /// Shows a time, and pauses.
    pub fn seek(&self, time: Micros) {
        self.pause_at(time.min(self.clock.reach.get_untracked()));
    }

    pub(super) fn keep_in_reach(&self) {
        let reach = self.clock.reach.get_untracked();
        if self.clock.playback.with_untracked(Playback::time) > reach + WALK {
            self.seek(reach);
        }
    }

    /// Shows the end of what there is.
    pub fn to_end(self) {
        let curtain = if untrack(|| self.runs()) { Micros(0) } else { WALK };
        self.pause_at(self.clock.reach.get_untracked() + curtain);
    }

    /// Shows the next moment at which something happened at any counter.
    pub fn step_forward(&self) {
        let moments = self.moments();
        self.clock.playback.update(|playback| playback.step_forward(&moments));
    }

    /// Shows the moment before.
    pub fn step_back(&self) {
        let moments = self.moments();
        self.seek(self.clock.time.get_untracked());
        self.clock.playback.update(|playback| playback.step_back(&moments));
    }

    fn moments(&self) -> Vec<Micros> {
        let reach = self.clock.reach.get_untracked();
        let mut moments: Vec<_> = untrack(|| self.stages_now().flat_map(|stage| stage.moments()).collect());
        moments.retain(|moment| *moment <= reach);
        moments.sort_unstable();
        moments.dedup();
        moments
    }

    /// Plays faster or slower, by so many of the speeds on offer.
    pub fn change_speed(&self, by: isize) {
        self.clock.playback.update(|playback| {
            let at = SPEEDS.iter().position(|it| *it == playback.speed).unwrap_or(3);
            playback.set_speed(SPEEDS[at.saturating_add_signed(by).min(SPEEDS.len() - 1)]);
        });
    }
}
