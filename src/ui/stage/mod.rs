//! The state of a stage, and what can be done with it.
//!
//! A stage shows one record: the simulated run of the mode and knobs that are set, or, once there
//! is one, the measured run. The cursor chooses the time. Every command is a method (`commands`),
//! so that buttons, keys and steps of a lesson do the same thing; `running` looks after the live
//! run and moves the cursor along; `rest` keeps back what is read while a knob is being turned.

mod commands;
mod counters;
mod rest;
mod running;
mod shared;
mod turns;

pub use counters::Counter;
pub use shared::SharedClock;
pub use turns::Turn;

use std::ops::Deref;
use std::sync::Arc;

use crate::ui::prelude::*;

use super::frame::Frames;
use crate::course::numbers::{self, Numbers};
use crate::lessons::model::Lesson;
use crate::replay::crowd::Crowd;
use crate::replay::playback::Playback;
use crate::replay::{Metrics, Replay};
use crate::runtime::Knobs;
use crate::threads::run::{Phase, Run, Trouble};
use crate::trace::{Micros, ThreadId};
use crate::ui::follow::Memo;

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
    /// The pool is smaller than the program asks for.
    FewThreads,
    /// It was too long to be recorded whole: so many polls are left out.
    Thinned(u64),
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

/// A stage: one counter, two side by side, or several of one program.
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
    /// The record that is told in words and numbers: the one that is shown, but not while a knob is being turned.
    pub told: Memo<Same<Replay>>,
    /// The tasks of the shown record as a crowd, if there are too many to be told apart.
    pub crowd: Memo<Option<Same<Crowd>>>,
    /// The same of the record that is told.
    pub told_crowd: Memo<Option<Same<Crowd>>>,
    /// How far the live run is; none if there was none since mode or knobs were set.
    pub phase: RwSignal<Option<Phase>>,
    /// How far a live run can be shown.
    pub live_end: RwSignal<Micros>,
    /// The clock it shares with other stages, if it does.
    pub shared: Option<SharedClock>,
    /// The cursor.
    pub playback: RwSignal<Playback>,
    /// The time that is shown.
    pub time: Memo<Micros>,
    /// Counts the frames in which the cursor moves.
    turn: Memo<u32>,
    /// The time of the scene: it goes on for a moment after the end, until the last one is out.
    pub scene_time: Memo<Micros>,
    /// Whether the cursor has reached the end of a whole record since the stage was set.
    pub seen_to_the_end: RwSignal<bool>,
    /// The name of the task that is lit up everywhere.
    pub lit: RwSignal<Option<String>>,
    /// The modes that the switch offers; empty: all of them.
    pub offered: RwSignal<&'static [&'static str]>,
    /// What the learner said.
    pub guess: RwSignal<Option<Guess>>,
    /// Whether the step asks for a guess.
    asks: RwSignal<bool>,
    /// What must be told.
    pub notice: RwSignal<Option<Notice>>,
    /// The numbers of the lesson's text, at the knobs as they rest.
    pub numbers: Memo<Same<Numbers>>,
    /// The knobs as they rest.
    pub settled: Memo<Knobs>,
    turning: rest::Turning,
    /// How many threads run a program from the start, at the knobs as they are set; further ones are the pool's.
    programs: Memo<usize>,
    run: StoredValue<Option<Run>>,
    frames: StoredValue<Option<Frames>>,
    /// When the record of the live run was last read, and how long that took, in ms.
    read: StoredValue<(f64, f64)>,
    /// Whether there is something of a run that goes on that has not been read.
    news: StoredValue<bool>,
    /// What has been read of it, and no frame has shown.
    fresh: StoredValue<Option<Same<Replay>>>,
    /// When it was last shown, and whether that was in this frame, and others follow quickly.
    showed: StoredValue<(f64, bool)>,
}

impl Stage {
    /// A stage with everything at its default.
    pub fn new(lesson: &'static Lesson) -> Self {
        Self::on(lesson, None)
    }

    fn on(lesson: &'static Lesson, shared: Option<SharedClock>) -> Self {
        let mode = RwSignal::new(lesson.modes[0].id);
        let knobs = RwSignal::new(numbers::defaults(lesson));
        let simulated = Memo::new(move |_| {
            Same(Arc::new(knobs.with(|knobs| numbers::simulate(lesson, mode.get(), knobs))))
        });
        let measured = RwSignal::new(None::<Same<Replay>>);
        let prefers_simulated = RwSignal::new(false);
        let shown = Memo::new(move |_| match measured.get() {
            Some(measured) if !prefers_simulated.get() => measured,
            _ => simulated.get(),
        });
        let playback = shared.map_or_else(|| RwSignal::new(Playback::default()), |shared| shared.playback);
        let phase = RwSignal::new(None);
        let turning = rest::Turning::new();
        let settled = turning.at_rest(move || knobs.get());
        let crowd = Memo::new(move |_| shown.with(|it| Crowd::of(it)).map(|it| Same(Arc::new(it))));
        let stage = Self {
            lesson,
            mode,
            knobs,
            simulated,
            measured,
            prefers_simulated,
            shown,
            crowd,
            told_crowd: turning.at_rest(move || crowd.get()),
            phase,
            live_end: RwSignal::new(Micros(0)),
            shared,
            playback,
            time: Memo::new(move |_| {
                let end = match shared {
                    Some(shared) => shared.reach.get(),
                    None if phase.get() == Some(Phase::Running) => Micros::MAX,
                    None => shown.with(|it| it.end),
                };
                playback.with(Playback::time).min(end)
            }),
            turn: Memo::new(move |before: Option<&u32>| {
                playback.track();
                before.map_or(0, |before| before.wrapping_add(1))
            }),
            scene_time: Memo::new(move |_| playback.with(Playback::time)),
            seen_to_the_end: RwSignal::new(false),
            lit: RwSignal::new(None),
            offered: RwSignal::new(&[]),
            guess: RwSignal::new(None),
            asks: RwSignal::new(false),
            notice: RwSignal::new(None),
            told: turning.at_rest(move || shown.get()),
            numbers: Memo::new(move |_| Same(Arc::new(Numbers::new(lesson, settled.get())))),
            settled,
            turning,
            programs: Memo::new(move |_| counters::programs(lesson, mode.get(), knobs.get())),
            run: StoredValue::new(None),
            frames: StoredValue::new(None),
            read: StoredValue::new((0.0, 0.0)),
            news: StoredValue::new(false),
            fresh: StoredValue::new(None),
            showed: StoredValue::new((0.0, false)),
        };
        stage.mark_hidden_runs();
        stage
    }

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
        if self.shows_measured() && self.runs() {
            self.live_end.get()
        } else {
            self.shown.with(|shown| shown.end)
        }
    }

    /// The end of the time axis: room for everything that is drawn.
    pub fn axis_end(&self) -> Micros {
        self.shared.map_or_else(|| self.length(), |shared| shared.axis.get())
    }

    /// How long an axis its own runs need.
    pub fn length(&self) -> Micros {
        let measured = self.measured.with(|measured| measured.as_ref().map_or(Micros(0), |it| it.end));
        let simulated = self.simulated.with(|it| it.end).max(Micros(100_000));
        let longest = simulated.max(measured).max(self.live_end.get());
        if longest == simulated || !self.runs() {
            return longest;
        }
        // A run that takes longer than it was thought to gets room for an eighth more at a time: not every frame draws
        // the whole axis anew.
        let step = (simulated.0 / 8).max(1);
        Micros(longest.0.div_ceil(step).saturating_mul(step))
    }

    /// Whether the switch offers a mode: the step asks for it, or it is set.
    pub fn offers(&self, mode: &str) -> bool {
        let offered = self.offered.get();
        offered.is_empty() || offered.contains(&mode) || self.mode.get() == mode
    }

    /// What the button of a mode says.
    pub fn label_of(&self, mode: &str) -> &'static str {
        self.lesson.modes.iter().find(|it| it.id == mode).map_or("", |it| it.label)
    }

    /// The numbers with what was measured in the place of what was simulated, once a run is over,
    /// and the modes for which that is so.
    pub fn measured_numbers(&self) -> Option<(Numbers, Vec<&'static str>)> {
        let measured = self.measured.get().filter(|_| self.phase.get() == Some(Phase::Finished))?;
        let mut numbers = Numbers::new(self.lesson, self.knobs.get());
        let mut modes = if self.has_many_clerks() { Vec::new() } else { self.modes_of_threads() };
        for (thread, mode) in modes.iter().enumerate() {
            numbers = numbers.measured(mode, Metrics::of_thread(&measured, ThreadId(thread as u8)));
        }
        let all = self.mode.get();
        modes.push(all);
        Some((numbers.measured(all, Metrics::of(&measured)), modes))
    }
}
