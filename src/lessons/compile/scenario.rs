//! What a scenario says about itself in the first lines of its source.
//!
//! A build script cannot link the crate it builds, so the facts are read from the rows
//! `//! modes:`, `//! knobs:` and `//! steps:`; a test of the crate holds them against the registry.

use super::problem::Report;

const ROWS: [&str; 3] = ["modes", "knobs", "steps"];

/// The names a scenario knows.
#[derive(Debug, Default)]
pub struct Facts {
    /// Its modes.
    pub modes: Vec<String>,
    /// Its knobs.
    pub knobs: Vec<String>,
    /// Its steps: the places in the code where a task can stand.
    pub steps: Vec<String>,
}

/// Reads the machine rows of a scenario's source; `None` when one is missing.
pub fn facts(source: &str, report: &mut Report) -> Option<Facts> {
    let header = || source.lines().take_while(|line| line.starts_with("//!"));
    let [modes, knobs, steps] = ROWS.map(|row| {
        let found = header().find_map(|line| machine_row(line, row));
        if found.is_none() {
            let advice = format!("Add `//! {row}: one, two` to the first lines");
            report.error(1, format!("the row `//! {row}:` is missing"), advice);
        }
        found
    });
    Some(Facts { modes: modes?, knobs: knobs?, steps: steps? })
}

fn machine_row(line: &str, row: &str) -> Option<Vec<String>> {
    let names = line.strip_prefix("//!")?.trim_start().strip_prefix(row)?.strip_prefix(':')?;
    Some(names.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect())
}

/// The part of a scenario's source that learners see, each line with its number in the file:
/// without the machine rows, and without the tests.
pub fn shown(source: &str) -> Vec<(usize, &str)> {
    let header = source.lines().take_while(|line| line.starts_with("//!")).count();
    let is_row = |line: &str| ROWS.iter().any(|row| machine_row(line, row).is_some());
    let mut lines: Vec<(usize, &str)> = Vec::new();
    for (index, line) in source.lines().enumerate().take_while(|(_, line)| !line.starts_with("#[cfg(test)]"))
    {
        let in_header = index < header;
        let after_gap = lines.last().is_none_or(|(_, last)| *last == "//!");
        if in_header && (is_row(line) || (line == "//!" && after_gap)) {
            continue;
        }
        if index == header && lines.last().is_some_and(|(_, last)| *last == "//!") {
            lines.pop();
        }
        lines.push((index + 1, line));
    }
    lines
}
