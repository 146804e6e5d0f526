//! `cargo xtask test`: everything that must hold, the cheap checks first. It stops at the first stage that fails, sums up in
//! a table, and closes with a line for machines: `12 passed, 0 failed`.

mod stages;

use crate::tally::Tally;
use anyhow::{Result, bail};
use stages::{STAGES, Stage};
use std::time::{Duration, Instant};

/// How a stage ended.
pub enum Outcome {
    /// A check without tests of its own; it counts as one.
    Held,
    Tested(Tally),
    /// With the reason.
    Skipped(String),
    /// With what to say about it.
    Failed(String, Tally),
}

struct Finished {
    title: &'static str,
    outcome: Outcome,
    took: Duration,
}

/// Runs all stages, or those of the groups that are named.
pub fn check(groups: &[String]) -> Result<()> {
    let known = |group: &String| STAGES.iter().any(|stage| stage.group == group);
    if let Some(unknown) = groups.iter().find(|group| !known(group)) {
        bail!("there is no stage `{unknown}`; the stages are: lint native twins web e2e");
    }
    let chosen: Vec<&Stage> = STAGES
        .iter()
        .filter(|stage| groups.is_empty() || groups.iter().any(|group| group == stage.group))
        .collect();
    let mut finished = Vec::new();
    for (at, stage) in chosen.iter().enumerate() {
        println!("\n== {}/{} {} ==", at + 1, chosen.len(), stage.title);
        finished.push(run(stage));
        if matches!(finished.last(), Some(Finished { outcome: Outcome::Failed(..), .. })) {
            break;
        }
    }
    sum_up(&finished, chosen.len() - finished.len())
}

fn run(stage: &Stage) -> Finished {
    let start = Instant::now();
    let outcome =
        (stage.run)().unwrap_or_else(|error| Outcome::Failed(format!("{error:#}"), Tally::default()));
    Finished { title: stage.title, outcome, took: start.elapsed() }
}

/// The table and the closing line.
fn sum_up(finished: &[Finished], left: usize) -> Result<()> {
    println!();
    for stage in finished {
        println!("{:<44} {:>7.1} s  {}", stage.title, stage.took.as_secs_f64(), words(&stage.outcome));
    }
    let failure = finished.iter().find_map(|stage| match &stage.outcome {
        Outcome::Failed(reason, _) => Some(format!("`{}` failed: {reason}", stage.title)),
        _ => None,
    });
    if let Some(failure) = &failure {
        println!("\n{failure}");
        if left > 0 {
            println!("{left} more not run");
        }
    }
    let total: Tally = finished.iter().map(|stage| tally(&stage.outcome)).sum();
    println!("\n{} passed, {} failed", total.passed, total.failed);
    // Said above; the closing line stays the last one.
    if failure.is_some() { std::process::exit(1) } else { Ok(()) }
}

fn words(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Held => "ok".into(),
        Outcome::Tested(tally) => format!("ok, {} passed", tally.passed),
        Outcome::Skipped(reason) => format!("skipped: {reason}"),
        Outcome::Failed(..) => "FAILED".into(),
    }
}

/// What a stage counts for in the closing line.
fn tally(outcome: &Outcome) -> Tally {
    match *outcome {
        Outcome::Held => Tally { passed: 1, failed: 0 },
        Outcome::Tested(tally) => tally,
        Outcome::Skipped(_) => Tally::default(),
        Outcome::Failed(_, tally) => Tally { failed: tally.failed.max(1), ..tally },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_stage_always_shows_in_the_closing_line() {
        let crashed = Outcome::Failed("did not compile".into(), Tally::default());
        assert_eq!(tally(&crashed), Tally { passed: 0, failed: 1 });
        let some = Outcome::Failed("2 tests".into(), Tally { passed: 5, failed: 2 });
        assert_eq!(tally(&some), Tally { passed: 5, failed: 2 });
    }
}
