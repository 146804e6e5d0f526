//! The lanes as a table (CSV, RFC 4180): a row for each stretch that a task spent in one state.

use super::chrome::state;
use super::{Run, stretches};
use crate::trace::Micros;

/// The names of the columns. Times are in seconds of the run.
pub const COLUMNS: [&str; 11] =
    ["counter", "scenario", "mode", "record", "thread", "task", "name", "state", "step", "from_s", "to_s"];

/// The table of some runs. Rows end in CR LF, as the standard says.
pub fn write(runs: &[Run<'_>]) -> String {
    let mut out = String::new();
    row(&mut out, &COLUMNS.map(str::to_owned));
    for run in runs {
        for lane in &run.replay.lanes {
            // A state that ends the task takes no time: it is a row from and to one moment.
            let last = lane.spans.last().filter(|span| span.state.is_over());
            let end = last.map(|span| (span.from, span.from, span));
            for (from, to, span) in stretches(run.replay, lane).chain(end) {
                row(
                    &mut out,
                    &[
                        run.name.clone(),
                        run.scenario.to_owned(),
                        run.mode.to_owned(),
                        run.kind().to_owned(),
                        (lane.task.thread().0 + 1).to_string(),
                        lane.task.index().to_string(),
                        lane.name.clone(),
                        state(span.state).to_owned(),
                        run.replay.trace.step(span.step).to_owned(),
                        seconds(from),
                        seconds(to),
                    ],
                );
            }
        }
    }
    out
}

/// Exactly: a time is in whole microseconds.
fn seconds(time: Micros) -> String {
    format!("{}.{:06}", time.0 / 1_000_000, time.0 % 1_000_000)
}

fn row(out: &mut String, fields: &[String]) {
    for (index, field) in fields.iter().enumerate() {
        out.push_str(if index > 0 { "," } else { "" });
        if field.contains([',', '"', '\r', '\n']) {
            out.push('"');
            out.push_str(&field.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(field);
        }
    }
    out.push_str("\r\n");
}
