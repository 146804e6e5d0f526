//! The live runs of the lab: all begin at one moment; where threads cannot start, one after another.

use crate::ui::prelude::*;

use super::{Bench, Told};
use crate::replay::scene::WALK;
use crate::replay::training::Training;
use crate::threads::gate::Gate;
use crate::threads::run::{MOST_POOL, Phase, Trouble};
use crate::trace::Micros;
use crate::ui::follow::{self, Memo};
use crate::ui::frame::Frames;
use crate::ui::stage::Stage;

impl Bench {
    /// Whether a live run is starting or going on.
    pub fn runs(&self) -> bool {
        self.turn.get().is_some() || self.stages().any(|stage| stage.runs())
    }

    /// Starts all programs at one moment, unless some are running.
    pub fn run(&self) {
        if untrack(|| self.runs()) {
            return;
        }
        if self.told.get_untracked() == Some(Told::OneByOne) {
            return self.run_one_by_one();
        }
        self.pause_at(Micros(0));
        self.prefers_simulated.set(false);
        let threads = untrack(|| self.state()).threads(MOST_POOL);
        let computes = self
            .stages_now()
            .any(|stage| stage.simulated.with_untracked(|replay| Training::of(replay).is_some()));
        let told = |cores| (threads > cores).then_some(Told::Cores { threads, cores, computes });
        self.told.set(cores().and_then(told));
        let gate = Gate::new(self.seats.with_untracked(Vec::len));
        self.stages_now().for_each(|stage| stage.run_together(&gate));
    }

    /// Runs the programs on the page's own event loop, one after another.
    fn run_one_by_one(&self) {
        self.stages_now().for_each(|stage| stage.forget_run());
        self.pause_at(Micros(0));
        self.prefers_simulated.set(false);
        self.told.set(Some(Told::OneByOne));
        self.turn.set(Some(0));
        self.stages_now().take(1).for_each(|stage| stage.run_here());
    }

    /// Stops every run.
    pub fn stop(&self) {
        self.leave_turns();
        self.stages_now().for_each(|stage| stage.stop());
    }

    pub(super) fn leave_turns(&self) {
        if self.turn.get_untracked().is_some() {
            self.turn.set(None);
            self.stages_now().for_each(|stage| stage.stop());
        }
    }

    pub(super) fn look_after_runs(&self) {
        let bench = *self;
        let moves = Memo::new(move |_| bench.moves());
        follow::effect(move || {
            if moves.get() {
                bench.frames.set_value(Some(Frames::start(move |passed| bench.tick(passed))));
            }
        });
        let cannot_start = Memo::new(move |_| {
            let fails =
                |stage: Stage| matches!(stage.phase.get(), Some(Phase::Failed(Trouble::CannotStart(_))));
            bench.stages().any(fails)
        });
        follow::effect(move || {
            if cannot_start.get() {
                untrack(|| bench.run_one_by_one());
            }
        });
        let over = Memo::new(move |_| {
            let stage = bench.stages().nth(bench.turn.get()?)?;
            let phase = stage.phase.get()?;
            (!matches!(phase, Phase::Starting | Phase::Running)).then_some(bench.turn.get())
        });
        follow::effect(move || {
            if let Some(Some(turn)) = over.get() {
                untrack(|| bench.next_turn(turn + 1));
            }
        });
    }

    /// The next counter's turn; after the last, all are shown from the start, together.
    fn next_turn(&self, turn: usize) {
        if let Some(stage) = self.stages_now().nth(turn) {
            self.turn.set(Some(turn));
            return stage.run_here();
        }
        self.turn.set(None);
        self.clock.playback.update(|playback| {
            playback.seek(Micros(0));
            playback.playing = true;
        });
    }

    /// A frame: the cursor moves. Says whether another is wanted.
    fn tick(&self, passed_ms: f64) -> bool {
        let mut live = false;
        for stage in self.stages_now() {
            live |= stage.follow_live().unwrap_or(false);
        }
        if self.seats.try_get_untracked().is_none() {
            return false;
        }
        let grows = untrack(|| self.stages_now().any(|stage| stage.grows()));
        let reach = self.clock.reach.get_untracked();
        let curtain = if grows { reach } else { reach + WALK };
        if self.clock.playback.with_untracked(|playback| playback.playing) {
            self.clock.playback.update(|playback| playback.advance(passed_ms, curtain, grows));
        }
        self.stages_now().for_each(|stage| stage.look_at_end());
        live || untrack(|| self.moves())
    }
}

/// How many cores the browser says there are.
fn cores() -> Option<usize> {
    let cores = window().navigator().hardware_concurrency();
    (cores >= 1.0).then_some(cores as usize)
}
