//! Sentences that depend on what they speak of: states, tales, notes on the address, troubles.

use super::{Legend, Strings, for_two, lab};
use crate::course::address::Note;
use crate::lessons::model::Picture;
use crate::replay::State;
use crate::replay::story::Tale;
use crate::threads::run::Trouble;
use crate::trace::TaskId;

impl Strings {
    /// A state, as the legend and the story name it.
    pub fn state(&self, state: State) -> &'static str {
        match state {
            State::NeverStarted => "never started",
            State::Ready => "ready",
            State::Working => "running",
            State::Holding => "blocking",
            State::Waiting => "waiting",
            State::Done => "done",
            State::Failed => "failed",
            State::Cancelled => "cancelled",
        }
    }

    /// What a state is at the counter.
    pub fn state_at_counter(&self, state: State) -> &'static str {
        match state {
            State::NeverStarted => "order slip never handed in",
            State::Ready => "in line",
            State::Working => "at the till",
            State::Holding => "keeps the clerk at the grill",
            State::Waiting => "at a table, with a ticket",
            State::Done => "left with the burgers",
            State::Failed => "left without burgers",
            State::Cancelled => "slip taken off the grill",
        }
    }

    /// A sentence of the story, to go after the task's name. `name` gives tasks their names.
    pub fn tale(&self, tale: &Tale, name: impl Fn(TaskId) -> String) -> String {
        match tale {
            Tale::Arrives => "comes and stands in line.".into(),
            Tale::Works(_) => "is at the till. The clerk works.".into(),
            Tale::Blocks(_) => "waits, and the clerk waits too. Nobody else is served.".into(),
            Tale::SitsDown(ticket, _) => format!("sits down with ticket {ticket}. The clerk is free."),
            Tale::NumberUp(ticket, None) => format!("sees number {ticket} light up."),
            Tale::NumberUp(ticket, Some(task)) => {
                format!(
                    "sees number {ticket} light up, but {} has the clerk: ready, not running.",
                    name(*task)
                )
            }
            Tale::Says(text) => text.clone(),
            Tale::Awaits(_) => "waits for the others.".into(),
            Tale::IsMade => "is made: a slip of paper. Nothing of it runs.".into(),
            Tale::IsAwaited(Some(task)) => format!("is awaited. It runs now, as a part of {}.", name(*task)),
            Tale::IsAwaited(None) => "is awaited. It runs now.".into(),
            Tale::NeverStarts => "is thrown away. It never started.".into(),
            Tale::Calls => "makes a call at a table. The clerk is free.".into(),
            Tale::Leaves => "is done.".into(),
            Tale::Fails(reason) => format!("fails: {reason}"),
            Tale::IsCancelled => "is cancelled.".into(),
        }
    }

    /// What things are called in a picture.
    pub fn legend_of(&'static self, picture: Picture) -> Legend {
        let Self { clerk, stage, mode, longest_line, mean_served, .. } = *self;
        match picture {
            Picture::Counter => {
                let (title, rows) = (self.metaphor, &self.counter_legend);
                Legend { clerk, stage, mode, longest_line, mean_served, title, rows }
            }
            Picture::Story => for_two::LEGEND,
        }
    }

    /// What a state is in a picture.
    pub fn state_in(&self, picture: Picture, state: State) -> &'static str {
        match picture {
            Picture::Counter => self.state_at_counter(state),
            Picture::Story => for_two::state(state),
        }
    }

    /// A sentence of the story, in the words of a picture.
    pub fn tale_in(&self, picture: Picture, tale: &Tale, name: impl Fn(TaskId) -> String) -> String {
        match picture {
            Picture::Story => for_two::tale(tale, &name).unwrap_or_else(|| self.tale(tale, name)),
            Picture::Counter => self.tale(tale, name),
        }
    }

    /// A note on the address.
    pub fn note(&self, note: &Note) -> String {
        match note {
            Note::UnknownLesson(slug) => format!("There is no lesson “{slug}”. Here are all there are."),
            Note::UnknownStep(step) => {
                format!("This lesson has no step “{step}”. It starts from the beginning.")
            }
            Note::UnknownMode(mode) => format!("This lesson has no mode “{mode}”. The usual one is shown."),
            Note::UnknownPage(page) => format!("There is no page “{page}”. This is the home page."),
            Note::UnknownTheme(theme) => format!("There is no theme “{theme}”: auto, light or dark."),
            Note::NotANumber(knob, text) => {
                format!("{}: “{text}” is not a number. It stays at {}.", knob.label, knob.write(knob.default))
            }
            Note::Clamped(knob, value) => {
                let (min, max) = (knob.write(knob.min), knob.write(knob.max));
                format!(
                    "{} goes from {min} to {max} {}: set to {}.",
                    knob.label,
                    knob.unit,
                    knob.write(*value)
                )
            }
            Note::Lab(note) => lab::note(self, note),
            Note::TooLong => "The address is too long. Its end was not read.".into(),
        }
    }

    /// Why a run could not go on.
    pub fn trouble(&self, trouble: &Trouble) -> String {
        match trouble {
            Trouble::CannotStart(reason) => format!("Threads cannot be started here ({reason})."),
            Trouble::Died(thread, reason) => format!("Thread {} stopped with an error: {reason}", thread + 1),
            Trouble::Silent(thread) => {
                format!(
                    "Thread {} says nothing any more. What it did until then can be looked at.",
                    thread + 1
                )
            }
        }
    }
}
