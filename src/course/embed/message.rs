//! What a host may say to the frame, read and checked.
//!
//! ```text
//! SPLICE.getState.response {message_id, state, error?}      SPLICE.flushState {message_id}
//! burger:hello {v:1, id}      burger:cmd {v:1, id, message_id?, cmd, args}
//! ```
//!
//! | `cmd` | `args` |
//! |---|---|
//! | `play`, `pause`, `reset` | |
//! | `goto` | `{step}`: a step's id, or its number from 1 |
//! | `knob` | `{name, value}` |
//! | `mode` | `{mode}` |
//! | `speed` | `{speed}` |
//! | `theme` | `{theme}` |
//! | `lang` | `{lang}` |
//!
//! What is not meant for us is nothing to us. What is meant for us and wrong is refused with a reason,
//! for whoever writes the host. Nothing that is heard ever becomes HTML, and nothing is believed that
//! does not exist in the lesson.

use super::settings::{language, nearest_speed};
use crate::course::address::{Theme, short};
use crate::decimal;
use crate::lessons::model::{KnobSpec, Lesson};

/// The longest message that is read, in UTF-16 units of all its texts together.
pub const LONGEST: usize = 64 * 1024;
/// The most fields that are read of a message.
pub const MOST_FIELDS: usize = 32;
/// The version of our own messages.
pub const VERSION: f64 = 1.0;

/// A field of a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Field {
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// Nothing at all: `null` or `undefined`.
    Nothing,
    /// Something of another kind.
    Other,
}

/// A message as it came: its fields by their names, those of `args` as `args.name`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fields(pub Vec<(String, Field)>);

/// What was heard.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    /// Is anybody there?
    Hello,
    /// The host brings back what it keeps; none if it keeps nothing yet.
    State(Option<String>),
    /// The host could not bring back what it keeps.
    NoState,
    /// The host wants to know that it has everything.
    Flush(Field),
    /// The host wants something done, and perhaps to hear of it.
    Command(Field, Result<Command, Refusal>),
}

/// What can be done from outside, not yet held against a lesson.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Run, or go on.
    Play,
    /// Pause.
    Pause,
    /// Back to the start: no run, time zero.
    Reset,
    /// To a step, by its id.
    Step(String),
    /// To a step, by its number from 1.
    StepNumber(f64),
    /// A knob to a value.
    Knob(String, f64),
    /// To a mode.
    Mode(String),
    /// Playback at a speed.
    Speed(f64),
    /// Other colours.
    Theme(Theme),
    /// Another language.
    Lang(&'static str),
}

/// What can be done with a stage, held against its lesson: everything in it exists and is in range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Order {
    /// Run, or go on.
    Play,
    /// Pause.
    Pause,
    /// Back to the start.
    Reset,
    /// To a step, by its place from 0.
    Step(usize),
    /// A knob to a value; `true`: it was moved into the knob's range.
    Knob(&'static KnobSpec, f64, bool),
    /// To a mode.
    Mode(&'static str),
    /// Playback at a speed.
    Speed(f64),
    /// Nothing is to be done with the stage.
    None,
}

/// Why a message is not obeyed, in English, for whoever writes the host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub String);

impl Fields {
    /// A field; what is not there is nothing.
    pub fn get(&self, name: &str) -> &Field {
        self.0.iter().find(|(known, _)| known == name).map_or(&Field::Nothing, |(_, field)| field)
    }

    fn text(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Field::Text(text) => Some(text),
            _ => None,
        }
    }

    fn number(&self, name: &str) -> Option<f64> {
        match self.get(name) {
            Field::Number(number) => Some(*number).filter(|number| number.is_finite()),
            Field::Text(text) => decimal::read(text.trim()),
            _ => None,
        }
    }

    /// What it says to the frame called `id` that has asked for state as `asked`; nothing if it is
    /// not meant for it.
    pub fn read(&self, id: &str, asked: &str) -> Option<Heard> {
        match (self.text("subject"), self.text("type")) {
            (Some("SPLICE.getState.response"), _) => self.state(asked),
            (Some("SPLICE.flushState"), _) => Some(Heard::Flush(self.get("message_id").clone())),
            (_, Some("burger:hello")) if self.is_for(id) => Some(Heard::Hello),
            (_, Some("burger:cmd")) if self.is_for(id) => {
                Some(Heard::Command(self.get("message_id").clone(), self.command()))
            }
            _ => None,
        }
    }

    /// Whether it speaks our version, and to us: a host may leave the name out.
    fn is_for(&self, id: &str) -> bool {
        let named = match self.get("id") {
            Field::Nothing => true,
            Field::Text(text) => text.is_empty() || text == id,
            _ => false,
        };
        named && self.number("v") == Some(VERSION)
    }

    /// An answer counts if it quotes our question. An error may come without: it can only be meant for
    /// whoever has asked.
    fn state(&self, asked: &str) -> Option<Heard> {
        let quotes = match self.get("message_id") {
            Field::Text(text) => text == asked,
            Field::Nothing => *self.get("error") != Field::Nothing,
            _ => false,
        };
        if !quotes {
            return None;
        }
        match (self.get("error"), self.get("state")) {
            (Field::Nothing, Field::Text(state)) if !state.is_empty() => {
                Some(Heard::State(Some(state.clone())))
            }
            (Field::Nothing, Field::Nothing | Field::Text(_)) => Some(Heard::State(None)),
            _ => Some(Heard::NoState),
        }
    }

    fn command(&self) -> Result<Command, Refusal> {
        let cmd = self.text("cmd").ok_or_else(|| refuse("cmd is missing"))?;
        let text = |name: &str| {
            let text = self.text(&format!("args.{name}"));
            text.ok_or_else(|| refuse(&format!("{cmd} needs args.{name}, a text")))
        };
        let number = |name: &str| {
            let number = self.number(&format!("args.{name}"));
            number.ok_or_else(|| refuse(&format!("{cmd} needs args.{name}, a number")))
        };
        Ok(match cmd {
            "play" => Command::Play,
            "pause" => Command::Pause,
            "reset" => Command::Reset,
            "goto" => match self.get("args.step") {
                Field::Number(number) => Command::StepNumber(*number),
                _ => Command::Step(text("step")?.to_owned()),
            },
            "knob" => Command::Knob(text("name")?.to_owned(), number("value")?),
            "mode" => Command::Mode(text("mode")?.to_owned()),
            "speed" => Command::Speed(nearest_speed(number("speed")?)),
            "theme" => {
                let name = text("theme")?;
                let theme = Theme::find(name);
                Command::Theme(theme.ok_or_else(|| refuse(&format!("there is no theme “{}”", short(name))))?)
            }
            "lang" => {
                let name = text("lang")?;
                let lang = language(name);
                let none = || refuse(&format!("the course is not to be had in “{}”", short(name)));
                Command::Lang(lang.ok_or_else(none)?)
            }
            other => return Err(refuse(&format!("there is no cmd “{}”", short(other)))),
        })
    }
}

impl Command {
    /// Held against the lesson whose stage it is for.
    pub fn order(&self, lesson: Option<&'static Lesson>) -> Result<Order, Refusal> {
        if matches!(self, Self::Theme(_) | Self::Lang(_)) {
            return Ok(Order::None);
        }
        let lesson = lesson.ok_or_else(|| refuse("no lesson is open"))?;
        Ok(match self {
            Self::Play => Order::Play,
            Self::Pause => Order::Pause,
            Self::Reset => Order::Reset,
            Self::Step(id) => {
                let at = lesson.steps.iter().position(|step| step.id == id);
                Order::Step(at.ok_or_else(|| refuse(&format!("the lesson has no step “{}”", short(id))))?)
            }
            Self::StepNumber(number) => {
                let is_place = number.fract() == 0.0 && (1.0..=lesson.steps.len() as f64).contains(number);
                if !is_place {
                    return Err(refuse(&format!("the lesson has the steps 1 to {}", lesson.steps.len())));
                }
                Order::Step(*number as usize - 1)
            }
            Self::Knob(name, value) => {
                let knob = lesson.knobs.iter().find(|knob| knob.id == name);
                let knob =
                    knob.ok_or_else(|| refuse(&format!("the lesson has no knob “{}”", short(name))))?;
                let (value, exact) = knob.nearest(*value);
                Order::Knob(knob, value, !exact)
            }
            Self::Mode(id) => {
                let mode = lesson.modes.iter().find(|mode| mode.id == id);
                Order::Mode(
                    mode.ok_or_else(|| refuse(&format!("the lesson has no mode “{}”", short(id))))?.id,
                )
            }
            Self::Speed(speed) => Order::Speed(*speed),
            Self::Theme(_) | Self::Lang(_) => Order::None,
        })
    }
}

fn refuse(why: &str) -> Refusal {
    Refusal(why.to_owned())
}
