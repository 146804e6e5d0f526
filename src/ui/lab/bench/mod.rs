//! The state of the lab: counters on one clock, and what can be done with all of them.
//!
//! Here: which counters there are. `runs` looks after their live runs, `cursor` moves the clock.

mod cursor;
mod runs;

use crate::ui::prelude::*;

use crate::course::lab::{Counter, Lab, MOST, PRESETS};
use crate::lessons::{self, model::Lesson};
use crate::replay::playback::Playback;
use crate::trace::Micros;
use crate::ui::follow::Memo;
use crate::ui::frame::Frames;
use crate::ui::stage::{SharedClock, Stage};

/// A place in the lab, and the stage that stands there now.
#[derive(Clone, Copy)]
pub struct Seat {
    /// Told apart from every other that was ever there.
    pub id: u32,
    /// The stage. Another program is another stage, in the same place.
    pub stage: RwSignal<Stage>,
    /// What ends with the stage.
    owner: StoredValue<Owner>,
}

/// Something the learner must be told of all runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// There are more threads than cores; and whether any of them really computes.
    Cores { threads: usize, cores: usize, computes: bool },
    /// Threads cannot be started: the programs run on the page, one after another.
    OneByOne,
}

/// The counters and their clock.
#[derive(Clone, Copy)]
pub struct Bench {
    /// The counters, in the order in which they stand.
    pub seats: RwSignal<Vec<Seat>>,
    /// Their clock.
    pub clock: SharedClock,
    /// Whether the learner wants to see the simulated runs although there are measured ones.
    pub prefers_simulated: RwSignal<bool>,
    /// What must be told.
    pub told: RwSignal<Option<Told>>,
    /// Where no threads can be started: which counter's turn it is.
    pub turn: RwSignal<Option<usize>>,
    made: StoredValue<u32>,
    owner: StoredValue<Owner>,
    frames: StoredValue<Option<Frames>>,
}

impl Bench {
    /// An empty lab. To be made where the page is made: it ends with it.
    pub fn new() -> Self {
        let seats = RwSignal::new(Vec::<Seat>::new());
        let playback = RwSignal::new(Playback::default());
        let stages = move || seats.get().into_iter().map(|seat| seat.stage.get());
        let axis = Memo::new(move |_| stages().map(|stage| stage.length()).max().unwrap_or(Micros(100_000)));
        let reach = Memo::new(move |_| {
            let live = stages().filter(Stage::grows).map(|stage| stage.live_end.get()).min();
            live.or_else(|| stages().map(|stage| stage.end()).max()).unwrap_or_default()
        });
        let time = Memo::new(move |_| playback.with(Playback::time).min(reach.get()));
        let bench = Self {
            seats,
            clock: SharedClock { place: 0, playback, axis, reach, time },
            prefers_simulated: RwSignal::new(false),
            told: RwSignal::new(None),
            turn: RwSignal::new(None),
            made: StoredValue::new(0),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
            frames: StoredValue::new(None),
        };
        bench.look_after_runs();
        bench
    }

    /// Puts other counters in the place of those that are there; none: those of the first preset.
    pub fn load(&self, lab: &Lab) {
        let preset = PRESETS[0].lab();
        let counters = if lab.counters.is_empty() { &preset.counters } else { &lab.counters };
        let old = self.seats.get_untracked();
        self.turn.set(None);
        self.told.set(None);
        self.prefers_simulated.set(false);
        self.seats.set(counters.iter().filter_map(|counter| self.seat(counter)).collect());
        old.into_iter().for_each(Seat::clear);
        self.clock.playback.update(|playback| playback.playing = false);
        self.seek(lab.at);
    }

    /// What stands in the lab now, as an address carries it. While the clock moves it carries no time.
    pub fn state(&self) -> Lab {
        let counters = self.stages().map(|stage| stage.as_counter()).collect();
        let at = if self.moves() { Micros(0) } else { self.clock.time.get() };
        Lab { counters, at }
    }

    fn seat(&self, counter: &Counter) -> Option<Seat> {
        let (stage, owner) = self.stage(counter)?;
        let id = self.made.get_value();
        let make = || Seat { id, stage: RwSignal::new(stage), owner: StoredValue::new(owner) };
        Some(self.owner.with_value(|owner| owner.with(make)))
    }

    fn stage(&self, counter: &Counter) -> Option<(Stage, Owner)> {
        let lesson = lessons::find(counter.lesson)?;
        let owner = self.owner.with_value(|owner| owner.with(Owner::new));
        self.made.update_value(|made| *made += 1);
        let clock = SharedClock { place: self.made.get_value(), ..self.clock };
        let stage = owner.with(|| Stage::beside(lesson, clock));
        stage.mode.set(counter.mode);
        counter.knobs.iter().for_each(|(id, value)| stage.set_knob(id, value));
        stage.prefers_simulated.set(self.prefers_simulated.get_untracked());
        Some((stage, owner))
    }

    /// The stages, in the order in which they stand.
    pub fn stages(&self) -> impl Iterator<Item = Stage> + use<> {
        self.seats.get().into_iter().map(|seat| seat.stage.get())
    }

    pub(super) fn stages_now(&self) -> impl Iterator<Item = Stage> + use<> {
        let seats = self.seats.try_get_untracked().unwrap_or_default();
        seats.into_iter().filter_map(|seat| seat.stage.try_get_untracked())
    }

    /// Adds a counter: the last one's program, in its next mode. Gives its place.
    pub fn add(&self) -> Option<usize> {
        let last = self.stages_now().last()?;
        let mut counter = untrack(|| last.as_counter());
        let modes = last.lesson.modes;
        let at = modes.iter().position(|mode| mode.id == counter.mode).unwrap_or(0);
        counter.mode = modes[(at + 1) % modes.len()].id;
        let end = self.seats.with_untracked(Vec::len);
        self.insert(end, &counter)
    }

    /// Puts a counter like one that is there behind it. Gives its place.
    pub fn duplicate(&self, id: u32) -> Option<usize> {
        let at = self.place(id)?;
        let counter = untrack(|| self.stages_now().nth(at).map(|stage| stage.as_counter()))?;
        self.insert(at + 1, &counter)
    }

    fn insert(&self, at: usize, counter: &Counter) -> Option<usize> {
        if self.seats.with_untracked(Vec::len) >= MOST || self.turn.get_untracked().is_some() {
            return None;
        }
        let seat = self.seat(counter)?;
        self.seats.update(|seats| seats.insert(at, seat));
        Some(at)
    }

    /// Takes a counter away, unless it is the only one. Gives the place it had.
    pub fn remove(&self, id: u32) -> Option<usize> {
        let at = self.place(id)?;
        if self.seats.with_untracked(Vec::len) < 2 {
            return None;
        }
        self.leave_turns();
        let mut gone = None;
        self.seats.update(|seats| gone = Some(seats.remove(at)));
        gone.into_iter().for_each(Seat::clear);
        self.keep_in_reach();
        Some(at)
    }

    /// Another program for a counter.
    pub fn set_program(&self, seat: Seat, lesson: &'static Lesson) {
        self.leave_turns();
        let counter = Counter { lesson: lesson.slug, mode: lesson.modes[0].id, knobs: Default::default() };
        let Some((stage, owner)) = self.stage(&counter) else { return };
        let old = seat.owner.get_value();
        seat.owner.set_value(owner);
        seat.stage.set(stage);
        end_later(old);
        self.keep_in_reach();
    }

    fn place(&self, id: u32) -> Option<usize> {
        self.seats.with_untracked(|seats| seats.iter().position(|seat| seat.id == id))
    }

    /// Whether anything has been measured.
    pub fn has_measured(&self) -> bool {
        self.stages().any(|stage| stage.measured.with(Option::is_some))
    }

    /// Chooses which records are shown: the simulated ones, or those that were measured.
    pub fn prefer_simulated(&self, prefers: bool) {
        self.prefers_simulated.set(prefers);
        self.stages_now().for_each(|stage| stage.prefers_simulated.set(prefers));
        self.keep_in_reach();
    }
}

impl Seat {
    /// The counter is gone: its run ends, and everything of it.
    fn clear(self) {
        end_later(self.owner.get_value());
    }
}

impl Stage {
    /// As the address of the lab carries it.
    pub fn as_counter(&self) -> Counter {
        self.knobs.with(|knobs| Counter::of(self.lesson, self.mode.get(), knobs))
    }
}

/// What still shows a counter must go first: its page's parts are taken down in a turn of their own.
fn end_later(owner: Owner) {
    set_timeout(move || owner.cleanup(), std::time::Duration::ZERO);
}
