//! What a learner, a key or a lesson's step can do with a stage.

use crate::ui::prelude::*;

use super::{Notice, Stage};
use crate::course::numbers;
use crate::lessons::model::StageSettings;
use crate::replay::scene::WALK;
use crate::trace::Micros;

impl Stage {
    /// Sets the stage as a step or a "show me" asks.
    pub fn apply(&self, settings: &StageSettings) {
        self.rest();
        self.forget_run();
        self.knobs.set(numbers::knobs_of(self.lesson, settings));
        if let Some(mode) = settings.mode {
            self.mode.set(mode);
        }
        self.seek(Micros::from_seconds(settings.time.unwrap_or(0.0)));
        self.lit.set(settings.light.map(str::to_owned));
    }

    /// Selects a mode.
    pub fn set_mode(&self, mode: &'static str) {
        if self.mode.get_untracked() != mode {
            self.rest();
            self.forget_run();
            self.mode.set(mode);
            self.settle(Micros(0));
        }
    }

    /// Selects the mode after the one that is set.
    pub fn next_mode(&self) {
        let here = self.mode.get_untracked();
        let mut offered =
            self.lesson.modes.iter().map(|mode| mode.id).filter(|mode| untrack(|| self.offers(mode)));
        let first = offered.clone().next();
        let after = offered.by_ref().skip_while(|mode| *mode != here).nth(1);
        if let Some(next) = after.or(first) {
            self.set_mode(next);
        }
    }

    /// Turns a knob.
    pub fn set_knob(&self, id: &str, value: f64) {
        if self.knobs.with_untracked(|knobs| knobs.get(id)) == Some(value) {
            return;
        }
        let ran = self.runs_untracked();
        self.forget_run();
        if ran {
            self.notice.set(Some(Notice::Stale));
        }
        self.turning.begin();
        self.knobs.update(|knobs| knobs.set(id, value));
        let end = self.simulated.with_untracked(|it| it.end);
        if self.time.get_untracked() > end {
            self.settle(end);
        }
    }

    /// Another record is shown: from here. A clock that others share stays where it is.
    fn settle(&self, time: Micros) {
        if self.shared.is_none() {
            self.seek(time);
        }
    }

    /// Turns all knobs back.
    pub fn reset_knobs(&self) {
        for knob in self.lesson.knobs {
            self.set_knob(knob.id, knob.default);
        }
    }

    /// The one thing most wanted now: run, pause, or go on.
    pub fn run_or_pause(&self) {
        let playback = self.playback.get_untracked();
        let begun = playback.time() > Micros(0) && playback.time() < self.end();
        if self.runs_untracked() || playback.playing || begun { self.play_or_pause() } else { self.run() }
    }

    /// Pauses, if anything is played.
    pub fn pause(&self) {
        self.playback.update(|playback| playback.playing = false);
    }

    /// Back to the start: no run, time zero. Mode and knobs stay.
    pub fn reset(&self) {
        self.forget_run();
        self.seek(Micros(0));
    }

    /// Whether something is played, or has been run since the stage was set.
    pub fn has_begun(&self) -> bool {
        self.phase.with(Option::is_some) || self.playback.with(|playback| playback.playing)
    }

    /// Plays the record that is shown, or pauses. At the end, it plays from the start.
    pub fn play_or_pause(&self) {
        let at_end = self.time.get_untracked() >= self.end() && !self.runs_untracked();
        self.playback.update(|playback| {
            playback.playing = !playback.playing;
            if playback.playing && at_end {
                playback.seek(Micros(0));
            }
        });
        self.want_frames();
    }

    /// Shows a time, and pauses.
    pub fn seek(&self, time: Micros) {
        let end = match self.shared {
            Some(shared) => shared.reach.get_untracked(),
            None if self.runs_untracked() => self.end(),
            None => Micros::MAX,
        };
        self.playback.update(|playback| {
            playback.playing = false;
            playback.seek(time.min(end));
        });
    }

    /// Shows the start.
    pub fn to_start(&self) {
        self.seek(Micros(0));
    }

    /// Shows the end of what there is.
    pub fn to_end(&self) {
        let curtain = if self.runs_untracked() { Micros(0) } else { WALK };
        self.seek(self.end() + curtain);
        self.look_at_end();
    }

    /// Shows the next moment at which something happened.
    pub fn step_forward(&self) {
        let moments = self.moments();
        self.playback.update(|playback| playback.step_forward(&moments));
        self.look_at_end();
    }

    /// Shows the moment before.
    pub fn step_back(&self) {
        let moments = self.moments();
        let end = self.end();
        self.playback.update(|playback| {
            // From the moment after the end, the step before is the end itself no more.
            if playback.time() > end {
                playback.seek(end);
            }
            playback.step_back(&moments);
        });
    }

    /// The moments at which something happened, as far as can be shown.
    pub fn moments(&self) -> Vec<Micros> {
        let end = self.end();
        let mut moments = self.shown.with_untracked(|shown| shown.moments());
        moments.retain(|moment| *moment <= end);
        moments
    }

    /// Sets the speed of playback.
    pub fn set_speed(&self, speed: f64) {
        self.playback.update(|playback| playback.set_speed(speed));
    }

    /// Lights up a task everywhere, or none.
    pub fn light(&self, name: Option<&str>) {
        if self.lit.with_untracked(|lit| lit.as_deref() != name) {
            self.lit.set(name.map(str::to_owned));
        }
    }

    /// Forgets the guess and what has been seen: a new step begins, which may ask for a guess.
    pub fn begin_step(&self, settings: &StageSettings, asks: bool) {
        self.guess.set(None);
        self.asks.set(asks);
        self.offered.set(settings.modes);
        self.apply(settings);
    }
}
