//! The fenced blocks of a lesson: `stage`, `predict`, `quiz` and `aside`, each with a body in TOML.

use super::expr;
use super::fields::{Fields, Located, Toml};
use super::front::fits;
use super::markdown::{self, Markdown, Scope, one_paragraph};
use super::misconceptions::MISCONCEPTIONS;
use super::model::{Answer, Block, EXHIBITS, Expr, Late, Predict, Quiz, StageSettings};
use super::problem::{Report, listed};
use super::values::read_format;
use super::{leak_list, leak_str};

/// A stage left as it is.
pub const UNSET: StageSettings =
    StageSettings { mode: None, knobs: &[], time: None, light: None, modes: &[] };

/// A `stage` block: how the stage is set when the step opens.
pub fn stage(toml: Toml<'_>, scope: Scope<'_>, report: &mut Report) -> Option<StageSettings> {
    let fields = Fields::parse(toml, "the `stage` block", report)?;
    Some(settings(fields, scope, report))
}

fn settings(mut fields: Fields<'_>, scope: Scope<'_>, report: &mut Report) -> StageSettings {
    let mode = fields.optional_text("mode", report);
    let time = fields.optional_number("time", report);
    let light = fields.optional_text("light", report);
    let knobs = fields.table("knobs", "`knobs`", report);
    let offered = fields.optional_texts("modes", report);
    fields.finish(report);
    let offered: Vec<&'static str> = offered.iter().filter_map(|id| known_mode(id, scope, report)).collect();
    if let Some(named) = mode.as_ref().filter(|mode| !offered.is_empty() && !offered.contains(&&*mode.value))
    {
        let message = format!("mode `{}` is set, but not among the modes offered", named.value);
        report.error(named.line, message, "Add it to `modes`");
    }
    let mode = mode.and_then(|mode| known_mode(&mode, scope, report));
    if let Some(time) = time.as_ref().filter(|time| time.value < 0.0) {
        report.error(time.line, "`time` is below zero", "Write the seconds since the run began");
    }
    let knobs = knobs.map_or_else(Vec::new, |table| table.numbers(report));
    let knobs =
        knobs.into_iter().filter_map(|(id, value)| knob_setting(&id, &value, scope, report)).collect();
    StageSettings {
        mode,
        knobs: leak_list(knobs),
        time: time.map(|time| time.value),
        light: light.map(|light| leak_str(light.value)),
        modes: leak_list(offered),
    }
}

fn known_mode(named: &Located<String>, scope: Scope<'_>, report: &mut Report) -> Option<&'static str> {
    let found = scope.modes.iter().find(|known| known.id == named.value);
    if found.is_none() {
        let modes = listed(scope.modes.iter().map(|mode| mode.id));
        let advice = format!("Use a mode of this lesson: {modes}");
        report.error(named.line, format!("unknown mode `{}`", named.value), advice);
    }
    found.map(|mode| mode.id)
}

/// A value that a knob is set to.
pub fn knob_setting(
    id: &str,
    to: &Located<f64>,
    scope: Scope<'_>,
    report: &mut Report,
) -> Option<(&'static str, f64)> {
    let Some(knob) = scope.knobs.iter().find(|knob| knob.id == id) else {
        let knobs = listed(scope.knobs.iter().map(|knob| knob.id));
        report.error(to.line, format!("unknown knob `{id}`"), format!("Use a knob of this lesson: {knobs}"));
        return None;
    };
    if let Err(wrong) = fits(knob, to.value) {
        report.error(
            to.line,
            format!("the setting of knob `{id}` {wrong}"),
            "Set it to a value the knob can take",
        );
    }
    Some((knob.id, to.value))
}

/// A `predict` block: a question before the run.
pub fn predict(toml: Toml<'_>, scope: Scope<'_>, report: &mut Report) -> Option<Predict> {
    let mut fields = Fields::parse(toml, "the `predict` block", report)?;
    let question = fields.text("question", report);
    let answer = fields.expression("answer", report);
    let choices = fields.expressions("choices", report);
    let format = fields.text("format", report);
    let after = fields.text("after", report);
    fields.finish(report);
    if choices.len() < 2 {
        report.error(
            toml.line,
            "the prediction has fewer than two choices",
            "Give the right answer and tempting wrong ones",
        );
    }
    let choices = choices.iter().filter_map(|choice| expression(choice, scope, report)).collect();
    let (question, answer) =
        (question.as_ref(), answer.and_then(|answer| expression(&answer, scope, report)));
    let format = format.and_then(|format| read_format(&format.value, format.line, report));
    Some(Predict {
        question: one_paragraph(prose(question?), scope, report),
        answer: answer?,
        choices: leak_list(choices),
        format: format?,
        after: markdown::text(prose(&after?), scope, report),
    })
}

/// A `quiz` block: a question after the run, whose wrong answers are known misconceptions.
pub fn quiz(toml: Toml<'_>, scope: Scope<'_>, report: &mut Report) -> Option<Quiz> {
    let mut fields = Fields::parse(toml, "the `quiz` block", report)?;
    let question = fields.text("question", report);
    let options = fields.tables("option", "an `[[option]]`", report);
    let show = fields.table("show", "`[show]`", report);
    fields.finish(report);
    let mut right = 0;
    let answers =
        options.into_iter().filter_map(|fields| option(fields, &mut right, scope, report)).collect();
    if right != 1 {
        let message = format!("the quiz has {right} right answers");
        report.error(toml.line, message, "Give exactly one `[[option]]` a line `right = true`");
    }
    let show = show.map_or(UNSET, |fields| settings(fields, scope, report));
    Some(Quiz {
        question: one_paragraph(prose(&question?), scope, report),
        options: leak_list(answers),
        show,
    })
}

/// An answer of a quiz; `rights` counts those that are right.
pub fn option(
    mut fields: Fields<'_>,
    rights: &mut usize,
    scope: Scope<'_>,
    report: &mut Report,
) -> Option<Answer> {
    let line = fields.line;
    let text = fields.text("text", report);
    let right = fields.flag("right", report);
    let misconception = fields.optional_text("misconception", report);
    let why = fields.text("why", report);
    let check = fields.optional_expression("check", report);
    fields.finish(report);
    *rights += usize::from(right);
    let misconception = known_misconception(right, misconception.as_ref(), line, report);
    let text = text.map(|text| one_paragraph(prose(&text), scope, report));
    let why = why.map(|why| markdown::text(prose(&why), scope, report));
    let check = check.and_then(|check| expression(&check, scope, report));
    Some(Answer { text: Late::Here(text?), why: Late::Here(why?), misconception, check })
}

/// A wrong answer names the misconception behind it; the right one names none.
fn known_misconception(
    right: bool,
    named: Option<&Located<String>>,
    line: usize,
    report: &mut Report,
) -> Option<&'static str> {
    let known = || listed(MISCONCEPTIONS.iter().map(|known| known.id));
    match (right, named) {
        (true, None) => None,
        (true, Some(named)) => {
            report.error(
                named.line,
                "the right answer has a misconception",
                "Remove `misconception`, or `right = true`",
            );
            None
        }
        (false, None) => {
            let advice = format!("Add `misconception = \"…\"`, one of {}", known());
            report.error(line, "this wrong answer names no misconception", advice);
            None
        }
        (false, Some(named)) => {
            let found = MISCONCEPTIONS.iter().find(|known| known.id == named.value);
            if found.is_none() {
                let advice = format!("Use one of {}", known());
                report.error(named.line, format!("unknown misconception `{}`", named.value), advice);
            }
            found.map(|found| found.id)
        }
    }
}

/// An `aside` block: a remark that can be folded away.
pub fn aside(toml: Toml<'_>, scope: Scope<'_>, report: &mut Report) -> Option<Block> {
    let mut fields = Fields::parse(toml, "the `aside` block", report)?;
    let title = fields.text("title", report);
    let text = fields.text("text", report);
    fields.finish(report);
    let body = text.map(|text| markdown::text(prose(&text), scope, report));
    Some(Block::Aside { title: leak_str(title?.value), body: body? })
}

/// An `exhibit` block: something to try in the text.
pub fn exhibit(toml: Toml<'_>, report: &mut Report) -> Option<Block> {
    let mut fields = Fields::parse(toml, "the `exhibit` block", report)?;
    let name = fields.text("name", report);
    fields.finish(report);
    let name = name?;
    let found = EXHIBITS.iter().find(|known| **known == name.value);
    if found.is_none() {
        let advice = format!("Use one of {}", listed(EXHIBITS.iter().copied()));
        report.error(name.line, format!("unknown exhibit `{}`", name.value), advice);
    }
    found.map(|name| Block::Exhibit(name))
}

/// The Markdown of a text.
pub fn prose(text: &Located<String>) -> Markdown<'_> {
    Markdown { text: &text.value, line: text.line }
}

fn expression(text: &Located<String>, scope: Scope<'_>, report: &mut Report) -> Option<Expr> {
    match expr::parse(&text.value, scope.modes, scope.knobs) {
        Ok(expr) => Some(expr),
        Err(wrong) => {
            report.error(text.line, wrong.message, wrong.advice);
            None
        }
    }
}
