//! The address: `?lesson=slug&step=id&mode=id&t.knob=value&theme=dark`.
//!
//! Query string only, so that the page works under any path. Unknown keys are ignored: course
//! sites add their own. A bad value is clamped or left at its default, and noted in plain words
//! by whoever shows the page.

use form_urlencoded::{Serializer, parse};

use super::lab::{self, Lab};
use super::numbers::knobs_of;
use crate::decimal::{self, fixed, plain};
use crate::lessons::model::{KnobSpec, Lesson};
use crate::lessons::{self};
use crate::runtime::Knobs;

/// The longest query that is read, in bytes; what is beyond is cut off, and noted.
pub const LONGEST_QUERY: usize = 8 * 1024;

/// What the address asks for, checked: everything in it exists and is in range.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Address {
    /// The lesson; none is the home page, or the glossary.
    pub lesson: Option<&'static str>,
    /// Whether the glossary is asked for.
    pub glossary: bool,
    /// What the lab is asked to hold, if it is asked for.
    pub lab: Option<Lab>,
    /// The step's id.
    pub step: Option<&'static str>,
    /// The mode's id.
    pub mode: Option<&'static str>,
    /// The knobs it sets.
    pub knobs: Knobs,
    /// The theme it asks for.
    pub theme: Option<Theme>,
    /// What could not be taken as it was.
    pub notes: Vec<Note>,
}

/// How the page is coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system is.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Something in the address that could not be taken as it was.
#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// There is no such lesson.
    UnknownLesson(String),
    /// The lesson has no such step.
    UnknownStep(String),
    /// The lesson has no such mode.
    UnknownMode(String),
    /// There is no such theme.
    UnknownTheme(String),
    /// A knob's value is no number; the default is used.
    NotANumber(&'static KnobSpec, String),
    /// A knob's value was out of range and has been moved to this one.
    Clamped(&'static KnobSpec, f64),
    /// There is no such page.
    UnknownPage(String),
    /// Something in the address of a lab.
    Lab(lab::Note),
    /// The query was too long; its end was not read.
    TooLong,
}

impl Theme {
    /// Every theme, in the order in which the button offers them.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// Its name in address, storage and page.
    pub fn id(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// By its name.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.id() == id)
    }
}

impl Address {
    /// Reads a query string, with or without its question mark.
    pub fn parse(query: &str) -> Self {
        let mut address = Self::default();
        let query = query.strip_prefix('?').unwrap_or(query);
        let mut end = query.len().min(LONGEST_QUERY);
        if end < query.len() {
            address.notes.push(Note::TooLong);
            // Not in the middle of a character.
            while !query.is_char_boundary(end) {
                end -= 1;
            }
        }
        let pairs: Vec<_> = parse(&query.as_bytes()[..end]).collect();
        // The last of several wins, as if each had been set in turn.
        let find = |key: &str| pairs.iter().rev().find(|(known, _)| known == key).map(|(_, value)| &**value);
        if let Some(theme) = find("theme") {
            address.theme = Theme::find(theme);
            address.note(address.theme.is_none(), || Note::UnknownTheme(short(theme)));
        }
        let Some(slug) = find("lesson") else {
            if let Some(page) = find("page") {
                address.glossary = page == "glossary";
                address.note(!matches!(page, "glossary" | "lab"), || Note::UnknownPage(short(page)));
                if page == "lab" {
                    let (lab, notes) = Lab::read(pairs.iter().map(|(key, value)| (&**key, &**value)));
                    address.lab = Some(lab);
                    address.notes.extend(notes.into_iter().map(Note::Lab));
                }
            }
            return address;
        };
        let Some(lesson) = lessons::find(slug) else {
            address.notes.push(Note::UnknownLesson(short(slug)));
            return address;
        };
        address.lesson = Some(lesson.slug);
        if let Some(id) = find("step") {
            address.step = lesson.steps.iter().map(|step| step.id).find(|known| *known == id);
            address.note(address.step.is_none(), || Note::UnknownStep(short(id)));
        }
        if let Some(id) = find("mode") {
            address.mode = lesson.modes.iter().map(|mode| mode.id).find(|known| *known == id);
            address.note(address.mode.is_none(), || Note::UnknownMode(short(id)));
        }
        for knob in lesson.knobs {
            if let Some(text) = find(&format!("t.{}", knob.id)) {
                match knob.read(text) {
                    Ok(value) => address.knobs.set(knob.id, value),
                    Err(BadKnob::NotANumber) => address.notes.push(Note::NotANumber(knob, short(text))),
                    Err(BadKnob::OutOfRange(value)) => {
                        address.knobs.set(knob.id, value);
                        address.notes.push(Note::Clamped(knob, value));
                    }
                }
            }
        }
        address
    }

    /// Whether a query string says which lesson or page is wanted, right or wrong.
    pub fn asks_for_a_place(query: &str) -> bool {
        let query = query.strip_prefix('?').unwrap_or(query);
        parse(query.as_bytes()).any(|(key, _)| key == "lesson" || key == "page")
    }

    fn note(&mut self, bad: bool, note: impl FnOnce() -> Note) {
        if bad {
            self.notes.push(note());
        }
    }

    /// The query string of a lesson's page as it stands, with its question mark. Knobs that are
    /// as the step sets them are left out.
    pub fn link(lesson: &Lesson, step: Option<&str>, mode: Option<&str>, knobs: &Knobs) -> String {
        let opened = lesson.steps.iter().find(|known| Some(known.id) == step).or(lesson.steps.first());
        let usual = opened.map(|step| knobs_of(lesson, &step.stage)).unwrap_or_default();
        let mut query = Serializer::new(String::from("?"));
        // `new` would begin with `&` after the question mark.
        query.clear();
        query.append_pair("lesson", lesson.slug);
        if let Some(step) = step {
            query.append_pair("step", step);
        }
        if let Some(mode) = mode {
            query.append_pair("mode", mode);
        }
        for knob in lesson.knobs {
            if let Some(value) = knobs.get(knob.id).filter(|value| usual.get(knob.id) != Some(*value)) {
                query.append_pair(&format!("t.{}", knob.id), &knob.write(value));
            }
        }
        format!("?{}", query.finish().trim_start_matches(['?', '&']))
    }
}

/// Why a text is no value of a knob.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BadKnob {
    /// It is no (finite) number.
    NotANumber,
    /// It is out of range, or between two steps; this is the nearest value.
    OutOfRange(f64),
}

impl KnobSpec {
    /// The value nearest to a number, and whether the number was one already.
    pub fn nearest(&self, number: f64) -> (f64, bool) {
        let steps = ((number - self.min) / self.step).round().max(0.0);
        // Through the number of steps per unit, so that 0.1 stays 0.1.
        let value = round(self.min + steps * self.step).clamp(self.min, self.max);
        (value, (value - number).abs() < 1e-6)
    }

    /// Where a value stands on the slider, from 0 to [`Self::NOTCHES`]; only for a slider that multiplies.
    pub fn notch(&self, value: f64) -> f64 {
        (Self::NOTCHES * (value / self.min).ln() / (self.max / self.min).ln()).round()
    }

    /// The value at a place of the slider: two figures of it, for nobody can slide more exactly.
    pub fn at_notch(&self, notch: f64) -> f64 {
        let value = self.min * (self.max / self.min).powf(notch.clamp(0.0, Self::NOTCHES) / Self::NOTCHES);
        let unit = 10_f64.powf(value.log10().floor() - 1.0).max(self.step);
        self.nearest((value / unit).round() * unit).0
    }

    /// How many places a slider has that multiplies.
    pub const NOTCHES: f64 = 200.0;

    /// Reads what a learner or an address says.
    pub fn read(&self, text: &str) -> Result<f64, BadKnob> {
        let text = text.trim().replace(',', ".");
        let number = decimal::read(&text);
        match self.nearest(number.ok_or(BadKnob::NotANumber)?) {
            (value, true) => Ok(value),
            (value, false) => Err(BadKnob::OutOfRange(value)),
        }
    }

    /// A value as it stands in code and in fields: counts whole, times with their decimals.
    pub fn write(&self, value: f64) -> String {
        if self.unit.is_empty() && self.step.fract() == 0.0 {
            fixed(value, 0).to_string()
        } else {
            let exact = plain(value).to_string();
            if exact.contains('.') { exact } else { format!("{exact}.0") }
        }
    }
}

/// Without what binary fractions leave behind.
fn round(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// As much of a bad value as fits into a note.
pub(super) fn short(text: &str) -> String {
    const MOST: usize = 40;
    if text.chars().count() <= MOST {
        text.to_owned()
    } else {
        text.chars().take(MOST).chain(['…']).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_address_is_read() {
        let address =
            Address::parse("?lesson=sync-vs-async&step=wake&mode=side&t.grilling=2.5&theme=dark&secret=x");
        assert_eq!(
            (address.lesson, address.step, address.mode),
            (Some("sync-vs-async"), Some("wake"), Some("side"))
        );
        assert_eq!(address.knobs.get("grilling"), Some(2.5));
        assert_eq!((address.theme, address.notes), (Some(Theme::Dark), vec![]));
    }

    #[test]
    fn what_does_not_exist_is_noted_and_left_out() {
        let notes = |query: &str| Address::parse(query).notes;
        assert_eq!(notes("lesson=nope"), [Note::UnknownLesson("nope".into())]);
        assert_eq!(notes("lesson=sync-vs-async&step=nope"), [Note::UnknownStep("nope".into())]);
        assert_eq!(notes("lesson=sync-vs-async&mode=nope"), [Note::UnknownMode("nope".into())]);
        assert_eq!(notes("theme=pink"), [Note::UnknownTheme("pink".into())]);
        assert_eq!(notes("utm_source=x&%%%=%ff"), []);
    }

    #[test]
    fn a_slider_by_multiples_reaches_both_ends_and_what_lies_between() {
        let lesson = lessons::find("benefits").expect("it exists");
        let knob = &lesson.knobs[0];
        assert!(knob.log);
        assert_eq!((knob.at_notch(0.0), knob.at_notch(KnobSpec::NOTCHES)), (knob.min, knob.max));
        assert_eq!((knob.at_notch(-5.0), knob.at_notch(f64::INFINITY)), (knob.min, knob.max));
        // Half of the way is a hundred, not five thousand.
        assert_eq!(knob.at_notch(KnobSpec::NOTCHES / 2.0), 100.0);
        for value in [1.0, 12.0, 300.0, 9_999.0] {
            let there = knob.at_notch(knob.notch(value));
            assert!((there - value).abs() <= 0.02 * value, "{value} becomes {there}");
        }
    }

    #[test]
    fn a_place_is_asked_for_by_name_only() {
        for (query, asks) in [
            ("?lesson=waiting", true),
            ("page=lab", true),
            ("lesson", true),
            ("?theme=dark&t.lesson=3", false),
            ("", false),
        ] {
            assert_eq!(Address::asks_for_a_place(query), asks, "{query}");
        }
    }

    #[test]
    fn bad_knobs_are_clamped_or_left_at_their_default() {
        let read = |value: &str| Address::parse(&format!("lesson=sync-vs-async&t.customers={value}"));
        for text in ["", "three", "NaN", "inf", "-inf", "1e999"] {
            let address = read(text);
            assert!(
                matches!(&address.notes[..], [Note::NotANumber(knob, _)] if knob.id == "customers"),
                "{text}"
            );
            assert_eq!(address.knobs.get("customers"), None, "{text}");
        }
        for (text, becomes) in [("0", 1.0), ("-4", 1.0), ("99999999999", 12.0), ("2.4", 2.0)] {
            let address = read(text);
            assert!(matches!(address.notes[..], [Note::Clamped(..)]), "{text}");
            assert_eq!(address.knobs.get("customers"), Some(becomes), "{text}");
        }
    }

    #[test]
    fn a_huge_query_is_cut_and_noted() {
        let query = format!("lesson=sync-vs-async&x={}", "ü".repeat(100_000));
        let address = Address::parse(&query);
        assert_eq!((address.lesson, address.notes), (Some("sync-vs-async"), vec![Note::TooLong]));
    }

    #[test]
    fn a_link_comes_back_as_it_was() {
        let lesson = lessons::find("sync-vs-async").expect("it exists");
        let knobs: Knobs = [("customers", 5.0), ("ordering", 0.3), ("grilling", 3.0)].into_iter().collect();
        let link = Address::link(lesson, Some("predict"), Some("async"), &knobs);
        assert_eq!(link, "?lesson=sync-vs-async&step=predict&mode=async&t.customers=5&t.ordering=0.3");
        let address = Address::parse(&link);
        assert_eq!((address.step, address.mode, address.notes.len()), (Some("predict"), Some("async"), 0));
        assert_eq!(address.knobs.get("ordering"), Some(0.3));
    }
}
