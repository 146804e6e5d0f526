//! The state of a stage, and what can be done with it.
//!
//! A stage shows one record: the simulated run of the mode and knobs that are set, or, once there
//! is one, the measured run. The cursor chooses the time. Every command is a method here, so that
//! buttons, keys and steps of a lesson do the same thing.

use std::ops::Deref;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::reactive::owner::LocalStorage;
use wasm_bindgen_futures::spawn_local;

use super::frame::Frames;
use crate::course::numbers::{self, Numbers};
use crate::lessons::model::{Lesson, StageSettings};
use crate::replay::playback::Playback;
use crate::replay::scene::WALK;
use crate::replay::{Lasts, Metrics, Replay};
use crate::runtime::{Knobs, Setup};
use crate::scenarios;
use crate::threads::run::{Phase, Run, Trouble, Where};
use crate::trace::{Micros, ThreadId};

/// Events of a live run are on their way for a moment: the cursor stays this far behind.
const LAG: Micros = Micros(60_000);

/// Something shared that is the same only if it is the same thing.
pub struct Same<T>(pub Arc<T>);

impl<T> Clone for Same<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for Same<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

/// Something the learner must be told of a run.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// It was stopped on request.
    Stopped,
    /// It was stopped because a knob was turned.
    Stale,
    /// The page was hidden meanwhile.
    Hidden,
    /// It happens on the page's own event loop.
    Here,
    /// It could not go on.
    Trouble(Trouble),
}

/// What a learner said before a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Guess {
    /// The index of the choice.
    pub choice: usize,
    /// As it was written then.
    pub text: String,
    /// Whether it was right at the knobs of that moment.
    pub right: bool,
}

/// A stage: one counter, or two side by side.
#[derive(Clone, Copy)]
pub struct Stage {
    /// The lesson it belongs to.
    pub lesson: &'static Lesson,
    /// The mode that is set.
    pub mode: RwSignal<&'static str>,
    /// The knobs as they are set.
    pub knobs: RwSignal<Knobs>,
    /// The simulated run.
    pub simulated: Memo<Same<Replay>>,
    /// The live run, as far as it has come.
    pub measured: RwSignal<Option<Same<Replay>>>,
    /// Whether the learner wants to see the simulated run although there is a measured one.
    pub prefers_simulated: RwSignal<bool>,
    /// The record that is shown.
    pub shown: Memo<Same<Replay>>,
    /// How far the live run is; none if there was none since mode or knobs were set.
    pub phase: RwSignal<Option<Phase>>,
    /// How far a live run can be shown.
    pub live_end: RwSignal<Micros>,
    /// The cursor.
    pub playback: RwSignal<Playback>,
    /// The time that is shown.
    pub time: Memo<Micros>,
    /// The time of the scene: it goes on for a moment after the end, until the last one is out.
    pub scene_time: Memo<Micros>,
    /// Whether the cursor has reached the end of a whole record since the stage was set.
    pub seen_to_the_end: RwSignal<bool>,
    /// The name of the task that is lit up everywhere.
    pub lit: RwSignal<Option<String>>,
    /// What the learner said.
    pub guess: RwSignal<Option<Guess>>,
    /// Whether the step asks for a guess.
    asks: RwSignal<bool>,
    /// What must be told.
    pub notice: RwSignal<Option<Notice>>,
    /// The numbers of the lesson's text, at the knobs as they are set.
    pub numbers: Memo<Same<Numbers>>,
    run: StoredValue<Option<Run>, LocalStorage>,
    frames: StoredValue<Option<Frames>, LocalStorage>,
}

impl Stage {
    /// A stage with everything at its default.
    pub fn new(lesson: &'static Lesson) -> Self {
        let mode = RwSignal::new(lesson.modes[0].id);
        let knobs = RwSignal::new(numbers::defaults(lesson));
        let simulated =
            Memo::new(move |_| Same(Arc::new(knobs.with(|knobs| numbers::simulate(lesson, mode.get(), knobs)))));
        let measured = RwSignal::new(None::<Same<Replay>>);
        let prefers_simulated = RwSignal::new(false);
        let shown = Memo::new(move |_| match measured.get() {
            Some(measured) if !prefers_simulated.get() => measured,
            _ => simulated.get(),
        });
        let playback = RwSignal::new(Playback::default());
        let phase = RwSignal::new(None);
        let stage = Self {
            lesson,
            mode,
            knobs,
            simulated,
            measured,
            prefers_simulated,
            shown,
            phase,
            live_end: RwSignal::new(Micros(0)),
            playback,
            time: Memo::new(move |_| {
                let end = if phase.get() == Some(Phase::Running) { Micros::MAX } else { shown.with(|it| it.end) };
                playback.with(Playback::time).min(end)
            }),
            scene_time: Memo::new(move |_| playback.with(Playback::time)),
            seen_to_the_end: RwSignal::new(false),
            lit: RwSignal::new(None),
            guess: RwSignal::new(None),
            asks: RwSignal::new(false),
            notice: RwSignal::new(None),
            numbers: Memo::new(move |_| Same(Arc::new(Numbers::new(lesson, knobs.get())))),
            run: StoredValue::new_local(None),
            frames: StoredValue::new_local(None),
        };
        stage.mark_hidden_runs();
        stage
    }

    // ---- what is so --------------------------------------------------------------------------

    /// Whether a live run is starting or going on.
    pub fn runs(&self) -> bool {
        matches!(self.phase.get(), Some(Phase::Starting | Phase::Running))
    }

    /// Whether what is shown was measured.
    pub fn shows_measured(&self) -> bool {
        self.measured.with(Option::is_some) && !self.prefers_simulated.get()
    }

    /// Whether what is to come is kept back: a guess is asked for, and nothing has been run.
    pub fn keeps_secret(&self) -> bool {
        self.asks.get()
            && self.guess.with(Option::is_none)
            && self.phase.with(Option::is_none)
            && !self.seen_to_the_end.get()
    }

    /// How far the cursor can go now.
    pub fn end(&self) -> Micros {
        if self.shows_measured() && self.runs() { self.live_end.get() } else { self.shown.with(|shown| shown.end) }
    }

    /// The end of the time axis: room for everything that is drawn.
    pub fn axis_end(&self) -> Micros {
        let measured = self.measured.with(|measured| measured.as_ref().map_or(Micros(0), |it| it.end));
        let longest = self.simulated.with(|it| it.end).max(measured).max(self.live_end.get());
        longest.max(Micros(100_000))
    }

    /// What the button of a mode says.
    pub fn label_of(&self, mode: &str) -> &'static str {
        self.lesson.modes.iter().find(|it| it.id == mode).map_or("", |it| it.label)
    }

    /// The modes that run now, one for each thread.
    pub fn modes_of_threads(&self) -> Vec<&'static str> {
        let modes = self.lesson.modes;
        match (self.mode.get(), modes) {
            ("side", [first, second, ..]) => vec![first.id, second.id],
            (mode, _) => vec![mode],
        }
    }

    /// The numbers with what was measured in the place of what was simulated, once a run is over,
    /// and the modes for which that is so.
    pub fn measured_numbers(&self) -> Option<(Numbers, Vec<&'static str>)> {
        let measured = self.measured.get().filter(|_| self.phase.get() == Some(Phase::Finished))?;
        let modes = self.modes_of_threads();
        let mut numbers = Numbers::new(self.lesson, self.knobs.get());
        for (thread, mode) in modes.iter().enumerate() {
            numbers = numbers.measured(mode, Metrics::of_thread(&measured, ThreadId(thread as u8)));
        }
        Some((numbers, modes))
    }

    // ---- what can be done --------------------------------------------------------------------

    /// Sets the stage as a step or a "show me" asks.
    pub fn apply(&self, settings: &StageSettings) {
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
            self.forget_run();
            self.mode.set(mode);
            self.seek(Micros(0));
        }
    }

    /// Selects the mode after the one that is set.
    pub fn next_mode(&self) {
        let modes = self.lesson.modes;
        let here = modes.iter().position(|mode| mode.id == self.mode.get_untracked()).unwrap_or(0);
        self.set_mode(modes[(here + 1) % modes.len()].id);
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
        self.knobs.update(|knobs| knobs.set(id, value));
        let end = self.simulated.with_untracked(|it| it.end);
        if self.time.get_untracked() > end {
            self.seek(end);
        }
    }

    /// Turns all knobs back.
    pub fn reset_knobs(&self) {
        for knob in self.lesson.knobs {
            self.set_knob(knob.id, knob.default);
        }
    }

    /// Starts a live run, unless one is going on.
    pub fn run(&self) {
        self.run_at(Where::Workers);
    }

    /// Starts a live run on the page's own event loop.
    pub fn run_here(&self) {
        self.run_at(Where::Page);
    }

    fn run_at(&self, place: Where) {
        if self.runs_untracked() {
            return;
        }
        let Some(scenario) = scenarios::find(self.lesson.scenario) else { return };
        self.forget_run();
        if place == Where::Page {
            self.notice.set(Some(Notice::Here));
        }
        let setup = Setup { mode: self.mode.get_untracked().to_owned(), knobs: self.knobs.get_untracked() };
        let stage = *self;
        // Heard in a turn of its own: the run may speak while it is still being made.
        let notify = Rc::new(move || spawn_local(async move { stage.hear(place) }));
        self.phase.set(Some(Phase::Starting));
        self.seen_to_the_end.set(false);
        self.prefers_simulated.set(false);
        let run = Run::start(scenario, setup, place, notify.clone());
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

    /// The one thing most wanted now: run, pause, or go on.
    pub fn run_or_pause(&self) {
        let playback = self.playback.get_untracked();
        let begun = playback.time() > Micros(0) && playback.time() < self.end();
        if self.runs_untracked() || playback.playing || begun { self.play_or_pause() } else { self.run() }
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
        let end = if self.runs_untracked() { self.end() } else { Micros::MAX };
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
        self.playback.update(|playback| playback.step_back(&moments));
    }

    fn moments(&self) -> Vec<Micros> {
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
        self.lit.set(name.map(str::to_owned));
    }

    /// Forgets the guess and what has been seen: a new step begins, which may ask for a guess.
    pub fn begin_step(&self, settings: &StageSettings, asks: bool) {
        self.guess.set(None);
        self.asks.set(asks);
        self.apply(settings);
    }

    // ---- inside ------------------------------------------------------------------------------

    fn runs_untracked(&self) -> bool {
        matches!(self.phase.get_untracked(), Some(Phase::Starting | Phase::Running))
    }

    fn forget_run(&self) {
        self.run.set_value(None);
        self.measured.set(None);
        self.phase.set(None);
        self.live_end.set(Micros(0));
        self.notice.set(None);
        self.seen_to_the_end.set(false);
        self.playback.update(|playback| playback.playing = false);
    }

    /// There is something new to see of the run. The stage may be gone by then.
    fn hear(&self, place: Where) {
        let news = self.run.try_with_value(|run| run.as_ref().map(|run| (run.phase(), run.trace())));
        let Some(Some((phase, trace))) = news else { return };
        if let (Phase::Failed(Trouble::CannotStart(_)), Where::Workers) = (&phase, place) {
            self.phase.set(Some(Phase::Stopped));
            return self.run_here();
        }
        if let Phase::Failed(trouble) = &phase {
            self.notice.set(Some(Notice::Trouble(trouble.clone())));
        }
        let began = phase == Phase::Running && self.phase.get_untracked() == Some(Phase::Starting);
        let goes_on = phase == Phase::Running;
        let lasts = if goes_on { Lasts::On } else { Lasts::ToTheEnd };
        if phase != Phase::Starting {
            self.measured.set(Some(Same(Arc::new(Replay::new(trace, lasts)))));
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

    fn want_frames(&self) {
        let stage = *self;
        self.frames.set_value(Some(Frames::start(move |passed| stage.tick(passed))));
    }

    /// A frame: the cursor moves. Says whether another is wanted.
    fn tick(&self, passed_ms: f64) -> bool {
        let Some(phase) = self.phase.try_get_untracked() else { return false };
        let goes_on = matches!(phase, Some(Phase::Running));
        if goes_on {
            let now = self.run.with_value(|run| run.as_ref().map_or(Micros(0), Run::now));
            self.live_end.set(now - LAG);
        }
        let growing = goes_on && !self.prefers_simulated.get_untracked();
        let end = untrack(|| self.end());
        let curtain = if growing { end } else { end + WALK };
        if self.playback.with_untracked(|playback| playback.playing) {
            self.playback.update(|playback| playback.advance(passed_ms, curtain, growing));
        }
        self.look_at_end();
        goes_on || self.playback.with_untracked(|playback| playback.playing)
    }

    fn look_at_end(&self) {
        let at_end = !self.runs_untracked() && self.time.get_untracked() >= untrack(|| self.end());
        if at_end && !self.seen_to_the_end.get_untracked() {
            self.seen_to_the_end.set(true);
        }
    }

    /// Browsers slow hidden pages down: a run that was hidden is marked.
    fn mark_hidden_runs(&self) {
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
