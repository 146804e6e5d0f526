//! Measures the rows, group by group: each is a script under `end2end/bench/`, run by Node.js, that prints its figures.

use super::loads;
use super::rows::{Figure, Row};
use crate::tools;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::process::Stdio;

/// The line in which a script says what it has found.
const ANSWER: &str = "measured: ";

/// Measures all rows, in their order. Resolves to the browser's name and version, if one was started.
pub fn measure(rows: &mut [Row]) -> Option<String> {
    let mut browser = None;
    for at in 0..rows.len() {
        if rows[at].figure != Figure::Open {
            continue;
        }
        let group = rows[at].group.clone();
        println!("Measuring: {group}");
        let found = measure_group(&group).unwrap_or_else(|error| json!({ "broken": format!("{error:#}") }));
        if let Some(name) = found["browser"].as_str() {
            browser = Some(name.to_owned());
        }
        for row in rows.iter_mut().filter(|row| row.group == group) {
            row.take(&answer(&found, &row.id));
        }
    }
    browser
}

/// What a group's script found out about a row.
fn answer(found: &Value, id: &str) -> Value {
    match (found["broken"].as_str(), &found["figures"][id]) {
        (Some(reason), _) => json!({ "missing": format!("the measurement broke: {reason}") }),
        (None, Value::Null) => json!({ "missing": "the measurement gave no such figure" }),
        (None, figure) => figure.clone(),
    }
}

/// Runs the script of a group, after what it needs has been put there.
fn measure_group(group: &str) -> Result<Value> {
    let settings = match group {
        "lighthouse" => tools::node::ensure_bench_packages().map(|()| json!({}))?,
        "loads" => loads::prepare()?,
        _ => json!({}),
    };
    let mut script = tools::node::script("bench/run.mjs");
    tools::browser::give_browser(&mut script)?;
    // Whoever waits sees how far it is; what was found is for the table.
    let output = script.arg(group).env("BENCH", settings.to_string()).stderr(Stdio::inherit()).output()?;
    let printed = String::from_utf8_lossy(&output.stdout);
    let answer = found_in(&printed).context("its script ended without an answer")?;
    serde_json::from_str(answer).context("its script printed no JSON")
}

fn found_in(printed: &str) -> Option<&str> {
    printed.lines().rev().find_map(|line| line.strip_prefix(ANSWER))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_of_a_script_is_its_last_line_of_the_kind() {
        assert_eq!(found_in("  knob: x\nmeasured: {\"a\":1}\n\n  later"), Some("{\"a\":1}"));
        assert_eq!(found_in("nothing"), None);
    }

    #[test]
    fn a_broken_measurement_is_told_as_such() {
        let told = answer(&json!({ "broken": "waited 30 s" }), "x");
        assert_eq!(told["missing"], "the measurement broke: waited 30 s");
        assert_eq!(answer(&json!({ "figures": {} }), "x")["missing"], "the measurement gave no such figure");
        assert_eq!(answer(&json!({ "figures": { "x": { "value": 1 } } }), "x")["value"], 1);
    }
}
