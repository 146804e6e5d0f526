//! The counters of a stage: one for each thread that runs a program from the start.

use super::Stage;
use crate::lessons::model::Lesson;
use crate::runtime::{Knobs, Program, Setup};
use crate::scenarios;
use crate::ui::strings::words;

/// One counter: a thread, and what stands over it.
#[derive(Clone, Debug, PartialEq)]
pub struct Counter {
    /// The mode it runs in.
    pub mode: &'static str,
    /// Its heading: the mode's label, or the clerk's number where all run in one mode.
    pub label: String,
}

impl Stage {
    /// The counters that run now, in the order of their threads.
    pub fn counters(&self) -> Vec<Counter> {
        let labelled = |mode| Counter { mode, label: self.label_of(mode).to_owned() };
        let mode = self.mode.get();
        match (mode, self.lesson.modes, self.programs()) {
            ("side", [first, second, ..], _) => vec![labelled(first.id), labelled(second.id)],
            (_, _, 2..) => {
                let clerk = words().legend_of(self.lesson.picture).clerk;
                let numbered = |thread| Counter { mode, label: format!("{clerk} {thread}") };
                (1..=self.programs()).map(numbered).collect()
            }
            _ => vec![labelled(mode)],
        }
    }

    /// The modes that run now, one for each thread.
    pub fn modes_of_threads(&self) -> Vec<&'static str> {
        self.counters().into_iter().map(|counter| counter.mode).collect()
    }

    /// Whether several threads run one program in one mode, so that their numbers belong together.
    pub fn has_many_clerks(&self) -> bool {
        self.mode.get() != "side" && self.programs() > 1
    }

    /// How many threads run a program from the start, at the knobs as they are set; further ones are the pool's.
    pub fn programs(&self) -> usize {
        self.programs.get()
    }
}

/// The same of a lesson.
pub(super) fn programs(lesson: &Lesson, mode: &str, knobs: Knobs) -> usize {
    let setup = Setup { mode: mode.to_owned(), knobs };
    scenarios::find(lesson.scenario).map_or(1, |scenario| scenario.threads(&setup).programs)
}
