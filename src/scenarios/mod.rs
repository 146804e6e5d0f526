//! The programs that run: one file each, written to be read, for learners see their source.
//!
//! A scenario is ordinary async Rust that asks an [`Rt`] for a handful of verbs. It knows no
//! lesson, no browser and no drawing. The rows `modes:`, `knobs:` and `steps:` at the top of each
//! file are read by the lesson compiler; a test holds them against [`ALL`].

pub mod burger_api;
pub mod coroutines;
pub mod counter;
pub mod crowd;
pub mod event_loop;
pub mod for_two;
pub mod get_burgers;
pub mod io_bound;
pub mod kit;
pub mod parallel;
pub mod structured;
pub mod waiting;
pub mod web_and_ml;

use futures_util::future::LocalBoxFuture;

use crate::runtime::{Job, Program, Rt, Setup, Threads};

/// A program that can be run, in one of several modes.
#[derive(Clone, Copy, Debug)]
pub struct Scenario {
    /// The name lessons use: the file's.
    pub name: &'static str,
    /// The modes it knows; the first is the one for a mode it does not know.
    pub modes: &'static [&'static str],
    /// The knobs it reads.
    pub knobs: &'static [&'static str],
    /// Its step labels.
    pub steps: &'static [&'static str],
    threads: fn(&Setup) -> Threads,
    start: fn(Rt, Setup, usize) -> LocalBoxFuture<'static, ()>,
    jobs: &'static [(&'static str, Job)],
}

/// Every scenario.
pub static ALL: &[Scenario] = &[
    burger_api::SCENARIO,
    coroutines::SCENARIO,
    counter::SCENARIO,
    crowd::SCENARIO,
    event_loop::SCENARIO,
    for_two::SCENARIO,
    get_burgers::SCENARIO,
    io_bound::SCENARIO,
    parallel::SCENARIO,
    structured::SCENARIO,
    waiting::SCENARIO,
    web_and_ml::SCENARIO,
];

/// A scenario by its name.
pub fn find(name: &str) -> Option<Scenario> {
    ALL.iter().find(|scenario| scenario.name == name).copied()
}

impl Program for Scenario {
    fn steps(self) -> &'static [&'static str] {
        self.steps
    }

    fn threads(self, setup: &Setup) -> Threads {
        (self.threads)(setup)
    }

    fn start(self, rt: Rt, setup: Setup, thread: usize) -> LocalBoxFuture<'static, ()> {
        (self.start)(rt, setup, thread)
    }

    fn job(self, name: &str) -> Option<Job> {
        self.jobs.iter().find(|(known, _)| *known == name).map(|(_, job)| *job)
    }
}

/// The customers, in the order in which they arrive: a letter each.
pub const CUSTOMERS: [&str; 12] =
    ["Ada", "Ben", "Cy", "Dee", "Eli", "Fay", "Gus", "Hal", "Ida", "Joe", "Kim", "Lou"];

/// The first so many customers; there are twelve.
fn customers(count: usize) -> &'static [&'static str] {
    &CUSTOMERS[..count.min(CUSTOMERS.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stands behind `//! key:` in a scenario's file.
    fn row(source: &str, key: &str) -> Vec<String> {
        let prefix = format!("//! {key}:");
        let line = source.lines().find_map(|line| line.strip_prefix(&prefix)).unwrap_or_default();
        line.split(',').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()
    }

    #[test]
    fn the_rows_the_lesson_compiler_reads_are_true() {
        for scenario in ALL {
            let path = format!("{}/src/scenarios/{}.rs", env!("CARGO_MANIFEST_DIR"), scenario.name);
            let source = std::fs::read_to_string(&path).expect("a scenario is named after its file");
            assert_eq!(row(&source, "modes"), scenario.modes, "{path}");
            assert_eq!(row(&source, "knobs"), scenario.knobs, "{path}");
            assert_eq!(row(&source, "steps"), scenario.steps, "{path}");
        }
    }
}
