//! The kitchen lab's part of the address: up to four counters, each with its scenario, mode and knobs.
//!
//! `?page=lab&c=sync-vs-async~blocking~customers:5&c=sync-vs-async~async~customers:5&at=2.5`: a `c` for each
//! counter, in the order in which they stand. First the scenario, by the lesson that has it (a lesson carries its
//! modes, its knobs and their labels); then the mode; then the knobs that are not at their default. `at` is the time
//! that is shown, in seconds. What cannot be read is noted and left out, and takes nothing else with it.

use super::address::{BadKnob, short};
use crate::decimal::{self, plain};
use crate::lessons::model::{KnobSpec, Lesson};
use crate::lessons::{self};
use crate::runtime::{Knobs, Program, Setup};
use crate::scenarios;
use crate::trace::Micros;

/// The most counters that stand side by side.
pub const MOST: usize = 4;

/// A counter of the lab.
#[derive(Clone, Debug, PartialEq)]
pub struct Counter {
    /// The slug of the lesson whose scenario runs.
    pub lesson: &'static str,
    /// One of its modes.
    pub mode: &'static str,
    /// The knobs that are set; the others are at their defaults.
    pub knobs: Knobs,
}

/// What stands in the lab.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lab {
    /// The counters: at most [`MOST`]. None: whoever shows the lab begins with the first preset.
    pub counters: Vec<Counter>,
    /// The time that is shown.
    pub at: Micros,
}

/// Something in the address of a lab that could not be taken as it was.
#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// There are more counters than [`MOST`]: so many were left out.
    TooMany(usize),
    /// There is no such scenario; the counter was left out.
    UnknownScenario(String),
    /// The scenario of this lesson has no such mode.
    UnknownMode(&'static str, String),
    /// It has no such knob.
    UnknownKnob(&'static str, String),
    /// A knob's value is no number; the default is used.
    NotANumber(&'static KnobSpec, String),
    /// A knob's value was out of range and has been moved to this one.
    Clamped(&'static KnobSpec, f64),
    /// The time is none.
    NoTime(String),
}

/// The lessons through which scenarios are offered, in the order of the course: each scenario once.
pub fn offers() -> impl Iterator<Item = &'static Lesson> {
    let first = |lesson: &&'static Lesson| std::ptr::eq(*lesson, home_of(lesson));
    lessons::ALL.iter().filter(first)
}

/// The lesson through which the lab offers the scenario of a lesson.
pub fn home_of(lesson: &'static Lesson) -> &'static Lesson {
    lessons::ALL.iter().find(|other| other.scenario == lesson.scenario).unwrap_or(lesson)
}

impl Counter {
    /// A lesson's scenario as a stage of it stands.
    pub fn of(lesson: &'static Lesson, mode: &str, knobs: &Knobs) -> Self {
        let lesson = home_of(lesson);
        let mode = lesson.modes.iter().find(|known| known.id == mode).unwrap_or(&lesson.modes[0]).id;
        let mut set = Knobs::default();
        for knob in lesson.knobs {
            let value = knobs.get(knob.id).map(|value| knob.nearest(value).0);
            if let Some(value) = value.filter(|value| *value != knob.default) {
                set.set(knob.id, value);
            }
        }
        Self { lesson: lesson.slug, mode, knobs: set }
    }

    /// How many threads a run of it takes, those of a pool of at most so many included.
    pub fn threads(&self, most_pool: usize) -> usize {
        let scenario = lessons::find(self.lesson).and_then(|lesson| scenarios::find(lesson.scenario));
        let setup = Setup { mode: self.mode.to_owned(), knobs: self.knobs.clone() };
        scenario.map_or(0, |scenario| {
            let threads = scenario.threads(&setup);
            threads.programs + threads.pool.min(most_pool)
        })
    }

    /// Reads `slug~mode~knob:value~…`, all but the slug in any order and optional.
    fn read(text: &str, notes: &mut Vec<Note>) -> Option<Self> {
        let mut parts = text.split('~');
        let slug = parts.next().unwrap_or_default();
        let Some(lesson) = lessons::find(slug).map(home_of) else {
            notes.push(Note::UnknownScenario(short(slug)));
            return None;
        };
        let mut counter = Self { lesson: lesson.slug, mode: lesson.modes[0].id, knobs: Knobs::default() };
        for part in parts {
            match part.split_once(':') {
                Some((id, value)) => counter.read_knob(lesson, id, value, notes),
                None => match lesson.modes.iter().find(|mode| mode.id == part) {
                    Some(mode) => counter.mode = mode.id,
                    None => notes.push(Note::UnknownMode(lesson.title, short(part))),
                },
            }
        }
        Some(counter)
    }

    fn read_knob(&mut self, lesson: &'static Lesson, id: &str, text: &str, notes: &mut Vec<Note>) {
        let Some(knob) = lesson.knobs.iter().find(|knob| knob.id == id) else {
            return notes.push(Note::UnknownKnob(lesson.title, short(id)));
        };
        let value = match knob.read(text) {
            Ok(value) => value,
            Err(BadKnob::NotANumber) => return notes.push(Note::NotANumber(knob, short(text))),
            Err(BadKnob::OutOfRange(value)) => {
                notes.push(Note::Clamped(knob, value));
                value
            }
        };
        self.knobs.set(knob.id, value);
    }

    /// As it stands in an address. Knobs at their defaults are left out.
    fn write(&self) -> String {
        let mut text = format!("{}~{}", self.lesson, self.mode);
        for knob in lessons::find(self.lesson).map_or(&[][..], |lesson| lesson.knobs) {
            if let Some(value) = self.knobs.get(knob.id).filter(|value| *value != knob.default) {
                text.push_str(&format!("~{}:{}", knob.id, knob.write(value)));
            }
        }
        text
    }
}

impl Lab {
    /// Reads the pairs of a query. Notes that say the same are said once.
    pub fn read<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> (Self, Vec<Note>) {
        let mut lab = Self::default();
        let mut notes = Vec::new();
        let mut too_many = 0;
        for (key, value) in pairs {
            match key {
                "c" if lab.counters.len() == MOST => too_many += 1,
                "c" => lab.counters.extend(Counter::read(value, &mut notes)),
                "at" => match decimal::read(value).filter(|it| *it >= 0.0) {
                    Some(seconds) => lab.at = Micros::from_seconds(seconds),
                    None => notes.push(Note::NoTime(short(value))),
                },
                _ => {}
            }
        }
        if too_many > 0 {
            notes.push(Note::TooMany(too_many));
        }
        let mut once: Vec<Note> = Vec::new();
        notes.into_iter().for_each(|note| {
            if !once.contains(&note) {
                once.push(note)
            }
        });
        (lab, once)
    }

    /// The query string, with its question mark. Nothing in it needs an escape: names are letters, digits, `-` and
    /// `_`, and `~` and `:` stand for themselves in a query.
    pub fn link(&self) -> String {
        let mut query = String::from("?page=lab");
        for counter in &self.counters {
            query.push_str("&c=");
            query.push_str(&counter.write());
        }
        if self.at > Micros(0) {
            query.push_str(&format!("&at={}", plain((self.at.seconds() * 100.0).round() / 100.0)));
        }
        query
    }

    /// The lab with one counter: a lesson's stage as it stands.
    pub fn with(lesson: &'static Lesson, mode: &str, knobs: &Knobs) -> Self {
        Self { counters: vec![Counter::of(lesson, mode, knobs)], at: Micros(0) }
    }

    /// How many threads all its runs take.
    pub fn threads(&self, most_pool: usize) -> usize {
        self.counters.iter().map(|counter| counter.threads(most_pool)).sum()
    }
}

/// Something worth comparing, set up already.
#[derive(Debug)]
pub struct Preset {
    /// Its name in the page's words.
    pub id: &'static str,
    /// Its counters, as they stand in an address.
    pub counters: &'static [&'static str],
}

/// The presets, in the order in which they are offered. The lab opens with the first.
pub const PRESETS: &[Preset] = &[
    Preset { id: "blocking", counters: &["sync-vs-async~blocking", "sync-vs-async~async"] },
    Preset { id: "gather", counters: &["structured~gather", "structured~group"] },
    Preset {
        id: "clerks",
        counters: &["parallel-burgers~async", "parallel-burgers~threads", "parallel-burgers~both"],
    },
    Preset { id: "handlers", counters: &["burger-api~awaits", "burger-api~pool", "burger-api~blocks"] },
    Preset {
        id: "work",
        counters: &["io-bound~io_row", "io-bound~io_together", "io-bound~cpu_row", "io-bound~cpu_together"],
    },
];

impl Preset {
    /// What stands in the lab then.
    pub fn lab(&self) -> Lab {
        Lab::read(self.counters.iter().map(|counter| ("c", *counter))).0
    }

    /// A preset by its name.
    pub fn find(id: &str) -> Option<&'static Self> {
        PRESETS.iter().find(|preset| preset.id == id)
    }
}
