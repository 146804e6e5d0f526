//! The words of the kitchen lab, and of what can be saved of a run.

use super::Strings;
use crate::course::address;
use crate::course::lab::{MOST, Note};

pub const LAB: &str = "Lab";
pub const TITLE: &str = "The kitchen lab";
pub const TEXT: &str = "Put up to four counters side by side, on one clock. Each has its own program, its own way to run \
                        it, and its own knobs. The address of this page carries all of it.";
pub const SUMMARY: &str = "Any program of the course, up to four side by side on one clock. Compare what you like, share \
                           it with a link, save it as a trace.";
pub const OPEN: &str = "Open";
pub const PRESETS: &str = "Compare";
pub const OPEN_IN_LAB: &str = "Open in the lab";
pub const CONTROLS: &str = "Clock of all counters";
pub const SCENARIO: &str = "Program";
pub const ADD: &str = "Add a counter";
pub const DUPLICATE: &str = "Duplicate";
pub const REMOVE: &str = "Remove";
pub const FULL: &str = "Four counters are as many as there is room for.";
pub const LESSON: &str = "Its lesson";
pub const KNOBS: &str = "Knobs";
pub const COMPARISON: &str = "Side by side";
pub const COUNTER: &str = "Counter";
pub const LENGTH: &str = "Length";
pub const DIFFERENCE: &str = "Simulated and measured differ by";
pub const COLOURS: &str = "What the colours mean";
pub const ONE_BY_ONE: &str = "Threads could not be started here, so the programs run on the page's own event loop, one after \
                              another: when a program holds it, the page stands still. In the end all of them are shown \
                              together.";
pub const SHARE_TEXT: &str =
    "This link opens the lab as it stands: counters, modes, knobs and the time that is shown.";
pub const SAVE: &str = "Save";
pub const SAVE_TRACE: &str = "Trace (JSON)";
pub const SAVE_TRACE_NOTE: &str = "opens in Perfetto";
pub const SAVE_TABLE: &str = "Lanes (CSV)";
pub const SAVE_TABLE_NOTE: &str = "who did what, from when to when";
pub const SAVE_PICTURE: &str = "Scene (PNG)";
pub const SAVE_PICTURE_NOTE: &str = "the picture as it stands";
pub const SAVED: &str = "Saved:";
pub const NO_PICTURE: &str = "This browser cannot make the picture.";

/// What a preset compares.
pub fn preset(id: &str) -> &'static str {
    match id {
        "blocking" => "Blocking or async",
        "gather" => "gather or a task group",
        "clerks" => "One clerk or four",
        "handlers" => "Three handlers of one API",
        "work" => "Waiting or computing",
        _ => "",
    }
}

/// A counter's name: its number.
pub fn counter(number: usize) -> String {
    format!("Counter {number}")
}

/// What a button does to a counter.
pub fn do_to(what: &str, number: usize) -> String {
    format!("{what} counter {number}")
}

/// A counter has been added, or removed.
pub fn added(number: usize) -> String {
    format!("Counter {number} has been added.")
}

/// A counter has been removed; so many are left.
pub fn removed(number: usize, left: usize) -> String {
    format!("Counter {number} has been removed. There are {left} now.")
}

/// Which counter runs, of how many.
pub fn turn(turn: usize, of: usize) -> String {
    format!("Running {turn} of {of}")
}

/// More threads than cores.
pub fn cores(threads: usize, cores: usize, computes: bool) -> String {
    let cores = if cores == 1 { "1 core".to_owned() } else { format!("{cores} cores") };
    let training =
        if computes { " Only the training of the model really computes, and may take longer." } else { "" };
    format!(
        "These counters have {threads} threads in all, and your browser says {cores}. Work is a time here, so threads \
         that share a core look as if each had its own.{training}"
    )
}

/// A note on the address of a lab.
pub fn note(words: &Strings, note: &Note) -> String {
    match note {
        Note::TooMany(1) => {
            format!("The lab has room for {MOST} counters. One more in the address was left out.")
        }
        Note::TooMany(more) => {
            format!("The lab has room for {MOST} counters. {more} more in the address were left out.")
        }
        Note::UnknownScenario(slug) => format!("There is no program “{slug}”. That counter was left out."),
        Note::UnknownMode(title, mode) => {
            format!("“{title}” has no mode “{mode}”. The one before it, or the usual one, is shown.")
        }
        Note::UnknownKnob(title, knob) => format!("“{title}” has no knob “{knob}”. It was left out."),
        Note::NotANumber(knob, text) => words.note(&address::Note::NotANumber(knob, text.clone())),
        Note::Clamped(knob, value) => words.note(&address::Note::Clamped(knob, *value)),
        Note::NoTime(text) => format!("“{text}” is no time in seconds. The start is shown."),
    }
}

/// The lab's keys, in the place of those of a lesson.
pub const KEYS: [(&str, &str); 7] = [
    ("Space", "run all, pause, go on"),
    ("← →", "step back, step forward"),
    ("Home End", "to the start, to the end"),
    ("+ −", "faster, slower"),
    ("M", "next mode of the counter that has the focus"),
    ("Esc", "stop all runs"),
    ("?", "this list"),
];
