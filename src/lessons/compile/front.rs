//! The front matter of a lesson: its title, scenario, modes and knobs.

use super::fields::{Fields, Located, Toml};
use super::model::{Chart, KnobSpec, Mode, Picture};
use super::problem::{Report, listed};
use super::scenario::Facts;
use super::{leak_list, leak_str};

/// The step of a scenario that makes a task a request: `crate::replay::requests`.
const ARRIVE: &str = "arrive";
const FENCE: &str = "+++\n";

/// What the front matter says.
#[derive(Debug)]
pub struct Front {
    /// The lesson's heading.
    pub title: &'static str,
    /// One sentence for menus.
    pub summary: &'static str,
    /// Minutes to read and run it.
    pub minutes: u8,
    /// The scenario's name, if given.
    pub scenario: Option<Located<String>>,
    /// How runs are drawn.
    pub picture: Picture,
    /// Whether `main` is drawn.
    pub shows_main: bool,
    /// The charts, in order.
    pub charts: &'static [Chart],
    charts_line: usize,
    /// The modes, in order.
    pub modes: &'static [Mode],
    mode_lines: Vec<usize>,
    /// The knobs, in order.
    pub knobs: &'static [KnobSpec],
    knob_lines: Vec<usize>,
}

/// Splits a lesson at its `+++` lines into front matter and body.
pub fn split<'a>(text: &'a str, report: &mut Report) -> Option<(Toml<'a>, &'a str)> {
    let advice = "Begin the file with a line `+++`, the front matter in TOML, and another line `+++`";
    let Some(rest) = text.strip_prefix(FENCE) else {
        report.error(1, "the front matter is missing", advice);
        return None;
    };
    let end = if rest.starts_with(FENCE) { Some(0) } else { rest.find("\n+++\n").map(|at| at + 1) };
    let Some(end) = end else {
        report.error(1, "the front matter does not end", advice);
        return None;
    };
    Some((Toml { text: &rest[..end], line: 2 }, &rest[end + FENCE.len()..]))
}

/// Reads the front matter; what is missing is reported and left empty.
pub fn read(toml: Toml<'_>, report: &mut Report) -> Option<Front> {
    let mut fields = Fields::parse(toml, "the front matter", report)?;
    let title = fields.text("title", report);
    let summary = fields.text("summary", report);
    let minutes = fields.number("minutes", report);
    let scenario = fields.text("scenario", report);
    let picture = fields.optional_text("scene", report);
    let shows_main = fields.flag("shows_main", report);
    let charts = fields.optional_texts("charts", report);
    let modes = fields.tables("mode", "a `[[mode]]`", report);
    let knobs = fields.tables("knob", "a `[[knob]]`", report);
    fields.finish(report);
    if modes.is_empty() {
        report.error(toml.line, "the lesson has no mode", "Add a `[[mode]]` with an `id` and a `label`");
    }
    let (modes, mode_lines) = modes.into_iter().filter_map(|fields| mode(fields, report)).unzip();
    let (knobs, knob_lines) = knobs.into_iter().filter_map(|fields| knob(fields, report)).unzip();
    let front = Front {
        title: words(title),
        summary: words(summary),
        minutes: minutes.map_or(0, |minutes| whole_minutes(&minutes, report)),
        scenario,
        picture: picture.map_or(Picture::Counter, |name| drawn(&name, report)),
        shows_main,
        charts: leak_list(charted(&charts, report)),
        charts_line: charts.first().map_or(toml.line, |name| name.line),
        modes: leak_list(modes),
        mode_lines,
        knobs: leak_list(knobs),
        knob_lines,
    };
    unique("mode", front.modes.iter().map(|mode| mode.id), &front.mode_lines, report);
    unique("knob", front.knobs.iter().map(|knob| knob.id), &front.knob_lines, report);
    Some(front)
}

fn whole_minutes(minutes: &Located<f64>, report: &mut Report) -> u8 {
    if minutes.value.fract() != 0.0 || !(1.0..=60.0).contains(&minutes.value) {
        report.error(minutes.line, "`minutes` is not a whole number from 1 to 60", "Write about 4");
    }
    minutes.value as u8
}

/// How a lesson that names its scene is drawn.
fn drawn(name: &Located<String>, report: &mut Report) -> Picture {
    let known = Picture::ALL.iter().find(|(known, _)| *known == name.value);
    if known.is_none() {
        let message = format!("unknown scene `{}`", name.value);
        let advice =
            format!("Use one of {}, or leave `scene` out", listed(Picture::ALL.map(|(known, _)| known)));
        report.error(name.line, message, advice);
    }
    known.map_or(Picture::Counter, |(_, picture)| *picture)
}

/// The charts a lesson asks for, each once.
fn charted(names: &[Located<String>], report: &mut Report) -> Vec<Chart> {
    let mut charts = Vec::new();
    for name in names {
        match Chart::ALL.iter().find(|(known, _)| *known == name.value) {
            Some((_, chart)) if charts.contains(chart) => {
                report.error(
                    name.line,
                    format!("the chart `{}` stands there twice", name.value),
                    "Remove one",
                );
            }
            Some((_, chart)) => charts.push(*chart),
            None => {
                let advice = format!("Use one of {}", listed(Chart::ALL.map(|(known, _)| known)));
                report.error(name.line, format!("unknown chart `{}`", name.value), advice);
            }
        }
    }
    charts
}

fn mode(mut fields: Fields<'_>, report: &mut Report) -> Option<(Mode, usize)> {
    let line = fields.line;
    let id = fields.text("id", report);
    let label = fields.text("label", report);
    fields.finish(report);
    // Without its label the mode is still known, so that nothing else is reported for want of it.
    Some((Mode { id: leak_str(id?.value), label: words(label) }, line))
}

fn words(text: Option<Located<String>>) -> &'static str {
    leak_str(text.map_or(String::new(), |text| text.value))
}

fn knob(mut fields: Fields<'_>, report: &mut Report) -> Option<(KnobSpec, usize)> {
    let line = fields.line;
    let [id, label, unit, note] = ["id", "label", "unit", "note"].map(|key| fields.text(key, report));
    let scale = fields.optional_text("scale", report);
    let [min, max, step, default] = ["min", "max", "step", "default"].map(|key| fields.number(key, report));
    fields.finish(report);
    if let Some(unit) = &unit
        && !["", "s"].contains(&unit.value.as_str())
    {
        report.error(
            unit.line,
            format!("unknown unit `{}`", unit.value),
            "Use \"s\" for seconds, or \"\" for a count",
        );
    }
    if let Some(scale) = scale.as_ref().filter(|scale| scale.value != "log") {
        let message = format!("unknown scale `{}`", scale.value);
        report.error(scale.line, message, "Use \"log\", or leave `scale` out");
    }
    let default_line = default.as_ref().map_or(line, |default| default.line);
    let knob = KnobSpec {
        id: leak_str(id?.value),
        label: words(label),
        unit: words(unit),
        note: words(note),
        min: min?.value,
        max: max?.value,
        step: step?.value,
        default: default?.value,
        log: scale.as_ref().is_some_and(|scale| scale.value == "log"),
    };
    if let Some(scale) = scale.filter(|_| knob.log && knob.min <= 0.0) {
        let message = format!("knob `{}` cannot have a scale by multiples", knob.id);
        report.error(scale.line, message, "Give it a `min` above 0");
    }
    if knob.step <= 0.0 || knob.min >= knob.max {
        report.error(
            line,
            format!("knob `{}` cannot be turned", knob.id),
            "Give it a `min` below its `max` and a `step` above 0",
        );
    } else if let Err(wrong) = fits(&knob, knob.default) {
        report.error(
            default_line,
            format!("the default of knob `{}` {wrong}", knob.id),
            "Choose another default, or widen the range",
        );
    }
    Some((knob, line))
}

/// Whether a knob can be set to a value: in its range, and a whole number of steps from its smallest.
pub fn fits(knob: &KnobSpec, value: f64) -> Result<(), String> {
    if !(knob.min..=knob.max).contains(&value) {
        return Err(format!("is {value}, outside {} to {}", knob.min, knob.max));
    }
    let steps = (value - knob.min) / knob.step;
    if (steps - steps.round()).abs() > 1e-6 {
        return Err(format!(
            "is {value}, which is not {} and a whole number of steps of {}",
            knob.min, knob.step
        ));
    }
    Ok(())
}

fn unique<'a>(kind: &str, ids: impl Iterator<Item = &'a str>, lines: &[usize], report: &mut Report) {
    let mut seen = Vec::new();
    for (id, line) in ids.zip(lines) {
        if seen.contains(&id) {
            report.error(*line, format!("{kind} `{id}` is there twice"), "Give each its own `id`");
        }
        seen.push(id);
    }
}

/// Holds the lesson's modes and knobs against what its scenario knows.
pub fn check(front: &Front, facts: &Facts, report: &mut Report) {
    let scenario = front.scenario.as_ref().map_or("", |name| &name.value);
    let modes = front.modes.iter().map(|mode| mode.id).zip(&front.mode_lines);
    known("mode", scenario, modes, &facts.modes, report);
    let knobs = front.knobs.iter().map(|knob| knob.id).zip(&front.knob_lines);
    known("knob", scenario, knobs, &facts.knobs, report);
    if !front.charts.is_empty() && !facts.steps.iter().any(|step| step == ARRIVE) {
        let message = format!("scenario `{scenario}` has no requests to chart");
        let advice =
            format!("Leave `charts` out, or let its requests wait at a step `{ARRIVE}` until they arrive");
        report.error(front.charts_line, message, advice);
    }
}

fn known<'a>(
    kind: &str,
    scenario: &str,
    ids: impl Iterator<Item = (&'a str, &'a usize)>,
    names: &[String],
    report: &mut Report,
) {
    for (id, line) in ids {
        if !names.iter().any(|name| name == id) {
            let message = format!("scenario `{scenario}` has no {kind} `{id}`");
            report.error(*line, message, format!("Use one of {}", listed(names.iter().map(String::as_str))));
        }
    }
}
