//! The live run behind a stage: starting it, hearing of it, moving the cursor along.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use crate::ui::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::{Notice, Same, Stage};
use crate::replay::scene::WALK;
use crate::replay::{Lasts, Replay};
use crate::runtime::live::clock_ms;
use crate::runtime::{Program, Setup};
use crate::scenarios;
use crate::threads::gate::Gate;
use crate::threads::run::{MOST_POOL, Phase, Run, Trouble, Where};
use crate::trace::Micros;
use crate::ui::frame::Frames;

/// Events of a live run are on their way for a moment: the cursor stays this far behind.
const LAG: Micros = Micros(60_000);

/// A record that takes less than this to read, in ms, is read whenever there is news of it.
const CHEAP_MS: f64 = 2.0;
/// As long as it takes two frames, in ms, what has been read of a run may wait before it is shown: less than the cursor stays behind.
const SHOW_MS: f64 = 25.0;
/// After reading a record, the page rests this many times as long.
const REST: f64 = 8.0;

impl Stage {
    /// Starts a live run, unless one is going on.
    pub fn run(&self) {
        self.run_at(Where::Workers, None);
    }

    /// Starts a live run on the page's own event loop.
    pub fn run_here(&self) {
        self.run_at(Where::Page, None);
    }

    /// Starts a live run that begins together with the others behind a gate.
    pub fn run_together(&self, gate: &Gate) {
        self.run_at(Where::Workers, Some(gate));
    }

    fn run_at(&self, place: Where, gate: Option<&Gate>) {
        if self.runs_untracked() {
            return;
        }
        let Some(scenario) = scenarios::find(self.lesson.scenario) else { return };
        self.rest();
        self.forget_run();
        if place == Where::Page {
            self.notice.set(Some(Notice::Here));
        }
        let setup = Setup { mode: self.mode.get_untracked().to_owned(), knobs: self.knobs.get_untracked() };
        if place == Where::Workers && scenario.threads(&setup).pool > MOST_POOL {
            self.notice.set(Some(Notice::FewThreads));
        }
        let stage = *self;
        // Heard in a turn of its own: the run may speak while it is still being made.
        let notify = Rc::new(move || spawn_local(async move { stage.hear(place) }));
        self.phase.set(Some(Phase::Starting));
        self.seen_to_the_end.set(false);
        self.prefers_simulated.set(false);
        let run = match gate {
            Some(gate) => Run::start_together(gate, scenario, setup, notify.clone()),
            None => Run::start(scenario, setup, place, notify.clone()),
        };
        self.run.set_value(Some(run));
        notify();
    }

    /// Stops the live run, if one is going on.
    pub fn stop(&self) {
        if self.runs_untracked() {
            self.run.with_value(|run| run.iter().for_each(Run::stop));
            self.notice.set(Some(Notice::Stopped));
        }
    }

    pub fn runs_untracked(&self) -> bool {
        matches!(self.phase.get_untracked(), Some(Phase::Starting | Phase::Running))
    }

    /// Puts the live run away, and what was measured.
    pub fn forget_run(&self) {
        self.run.set_value(None);
        self.forget_news();
        // A knob that is dragged forgets again and again: who reads these is told only if there was something.
        if self.measured.with_untracked(Option::is_some) || self.phase.with_untracked(Option::is_some) {
            self.measured.set(None);
            self.phase.set(None);
            self.live_end.set(Micros(0));
        }
        if self.notice.with_untracked(Option::is_some) {
            self.notice.set(None);
        }
        if self.seen_to_the_end.get_untracked() {
            self.seen_to_the_end.set(false);
        }
        // A clock that others share goes on.
        if self.shared.is_none() && self.playback.with_untracked(|playback| playback.playing) {
            self.playback.update(|playback| playback.playing = false);
        }
    }

    fn forget_news(&self) {
        self.showed.set_value((0.0, false));
        self.news.set_value(false);
        self.fresh.set_value(None);
    }

    /// There is something new to see of the run. The stage may be gone by then.
    fn hear(&self, place: Where) {
        let phase = self.run.try_with_value(|run| run.as_ref().map(Run::phase)).flatten();
        let goes_on = phase == Some(Phase::Running) && self.phase.try_get_untracked() == Some(phase);
        if goes_on {
            self.news.set_value(true);
            self.read_on();
        } else {
            self.look(place);
        }
    }

    /// Reads what is new of a run that goes on, in a turn in which no frame waits for it; the next frame shows it. What is written
    /// between frames can be laid out twice: before the frame, for the pointer, and in it. Only a long record, of which all that
    /// follows takes more time than a frame has, is shown at once.
    fn read_on(&self) {
        if self.reads_later() || !self.news.get_value() {
            return;
        }
        self.news.set_value(false);
        let begun = clock_ms();
        let trace = self.run.with_value(|run| run.as_ref().map(Run::trace)).unwrap_or_default();
        let read = Some(Same(Arc::new(Replay::new(trace, Lasts::On))));
        let took = clock_ms() - begun;
        self.read.set_value((begun + took, took));
        if took < CHEAP_MS {
            self.fresh.set_value(read);
        } else {
            self.fresh.set_value(None);
            self.measured.set(read);
        }
    }

    /// Reads on in a moment, in a turn of its own. The stage may be gone by then.
    fn read_soon(&self) {
        let stage = *self;
        let read = move || {
            if stage.phase.try_get_untracked() == Some(Some(Phase::Running)) {
                stage.read_on();
            }
        };
        set_timeout(read, Duration::ZERO);
    }

    /// Looks how far a run has come, and reads all of it.
    fn look(&self, place: Where) {
        let news = self.run.try_with_value(|run| run.as_ref().map(|run| (run.phase(), run.now())));
        let Some(Some((phase, now))) = news else { return };
        self.forget_news();
        if let (Phase::Failed(Trouble::CannotStart(_)), Where::Workers) = (&phase, place) {
            if self.shared.is_some() {
                // Whoever looks after the clock decides.
                return self.phase.set(Some(phase));
            }
            self.phase.set(Some(Phase::Stopped));
            return self.run_here();
        }
        if let Phase::Failed(trouble) = &phase {
            self.notice.set(Some(Notice::Trouble(trouble.clone())));
        }
        let began = phase == Phase::Running && self.phase.get_untracked() == Some(Phase::Starting);
        let lasts = match phase {
            Phase::Running => Lasts::On,
            Phase::Finished => Lasts::ToTheEnd,
            _ => Lasts::Until(now),
        };
        if phase != Phase::Starting {
            let begun = clock_ms();
            let trace = self.run.with_value(|run| run.as_ref().map(Run::trace)).unwrap_or_default();
            // Said once, when all of it is known; what went wrong is more important.
            if phase != Phase::Running && trace.left_out() > 0 && self.notice.with_untracked(Option::is_none)
            {
                self.notice.set(Some(Notice::Thinned(trace.left_out())));
            }
            self.measured.set(Some(Same(Arc::new(Replay::new(trace, lasts)))));
            let now = clock_ms();
            self.read.set_value((now, now - begun));
        }
        if self.phase.get_untracked().as_ref() != Some(&phase) {
            self.phase.set(Some(phase));
        }
        if began {
            self.playback.update(|playback| {
                playback.seek(Micros(0));
                playback.playing = true;
            });
            self.want_frames();
        }
    }

    /// Whether a record that goes on is better read in a moment: reading a long one, and all that follows from it,
    /// must not take more than a part of the time.
    fn reads_later(&self) -> bool {
        let (at, took) = self.read.get_value();
        took >= CHEAP_MS && clock_ms() < at + REST * took
    }

    pub(super) fn want_frames(&self) {
        if self.shared.is_some() {
            return;
        }
        let stage = *self;
        self.frames.set_value(Some(Frames::start(move |passed| stage.tick(passed))));
    }

    /// A frame: the cursor moves. Says whether another is wanted.
    fn tick(&self, passed_ms: f64) -> bool {
        let Some(goes_on) = self.follow_live() else { return false };
        let growing = goes_on && !self.prefers_simulated.get_untracked();
        let end = untrack(|| self.end());
        let curtain = if growing { end } else { end + WALK };
        if self.playback.with_untracked(|playback| playback.playing) {
            self.playback.update(|playback| playback.advance(passed_ms, curtain, growing));
        }
        self.look_at_end();
        goes_on || self.playback.with_untracked(|playback| playback.playing)
    }

    /// Looks how far the live run is. Says whether it goes on; nothing if the stage is gone.
    pub fn follow_live(&self) -> Option<bool> {
        let goes_on = matches!(self.phase.try_get_untracked()?, Some(Phase::Running));
        if goes_on {
            self.show_fresh();
            // Nothing may have been heard since it was too early to read.
            if self.news.get_value() && !self.reads_later() {
                self.read_soon();
            }
            let now = self.run.with_value(|run| run.as_ref().map_or(Micros(0), Run::now));
            self.live_end.set(now - LAG);
        }
        Some(goes_on)
    }

    /// Shows what has been read of a run. All that hangs on the record is worked out anew then: not in every frame, and nothing that
    /// is read is written in the same one, as long as frames follow each other quickly.
    fn show_fresh(&self) {
        let (now, (at, _)) = (clock_ms(), self.showed.get_value());
        let fresh = self
            .fresh
            .try_update_value(|fresh| if now < at + SHOW_MS { None } else { fresh.take() })
            .flatten();
        let quick = now < at + 2.0 * SHOW_MS;
        self.showed.set_value((if fresh.is_some() { now } else { at }, fresh.is_some() && quick));
        if fresh.is_some() {
            self.measured.set(fresh);
        }
    }

    /// Notes when the end of what is shown has been seen.
    pub fn look_at_end(&self) {
        let at_end = !self.runs_untracked() && self.time.get_untracked() >= untrack(|| self.end());
        if at_end && !self.seen_to_the_end.get_untracked() {
            self.seen_to_the_end.set(true);
        }
    }

    /// Browsers slow hidden pages down: a run that was hidden is marked.
    pub(super) fn mark_hidden_runs(&self) {
        let stage = *self;
        let handle = window_event_listener_untyped("visibilitychange", move |_| {
            let hidden = document().hidden();
            if hidden && stage.runs_untracked() {
                stage.notice.set(Some(Notice::Hidden));
            }
        });
        on_cleanup(move || handle.remove());
    }
}
