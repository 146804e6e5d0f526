//! One lesson: its folder's files, read, checked and put together.

use super::document;
use super::front::{self, Front};
use super::leak_str;
use super::markdown::{Markdown, Scope};
use super::model::{Apart, Block, Check, Details, Lesson, Source};
use super::problem::{Problem, Report, listed};
use super::read::{Files, Folder, LESSONS, SCENARIOS};
use super::scenario::{self, Facts};
use super::source::{self, Language, Read};
use super::texts::Text;

/// Splits the name of a lesson's folder: `02-sync-vs-async` is number 2, `sync-vs-async`.
pub fn number_and_slug(name: &str) -> Option<(u8, &str)> {
    let (number, slug) = name.split_once('-')?;
    let is_slug =
        !slug.is_empty() && slug.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    Some((number.parse().ok().filter(|_| number.len() == 2 && is_slug)?, slug))
}

/// The names that all lessons share.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    /// The slugs of all lessons.
    pub slugs: &'a [String],
    /// The words of the glossary, by their ids.
    pub terms: &'a [String],
}

/// Compiles one lesson; `None` when it cannot be told what it would be.
pub fn compile(
    folder: &Folder,
    files: &Files,
    names: Names<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Lesson> {
    let path = format!("{LESSONS}/{}", folder.name);
    let mut report = Report::new(&format!("{path}/lesson.md"));
    let mut of_programs = Vec::new();
    let lesson = lesson(folder, files, names, &mut report, &mut of_programs);
    problems.extend(report.into_problems());
    // Two lessons may share a scenario: its problems are told once.
    of_programs.retain(|problem| !problems.contains(problem));
    problems.append(&mut of_programs);
    lesson
}

fn lesson(
    folder: &Folder,
    files: &Files,
    names: Names<'_>,
    report: &mut Report,
    problems: &mut Vec<Problem>,
) -> Option<Lesson> {
    let Some((number, slug)) = number_and_slug(&folder.name) else {
        report.error(
            1,
            format!("the folder `{}` is not named like a lesson", folder.name),
            "Name it like `02-sync-vs-async`",
        );
        return None;
    };
    let Some(text) = &folder.lesson else {
        report.error(1, "the file is missing", "Write it: front matter between `+++` lines, then Markdown");
        return None;
    };
    let (toml, body) = front::split(text, report)?;
    let front = front::read(toml, report)?;
    let scope = Scope { modes: front.modes, knobs: front.knobs, slugs: names.slugs, terms: names.terms };
    let body_line = 1 + text[..text.len() - body.len()].matches('\n').count();
    let steps = document::steps(Markdown { text: body, line: body_line }, scope, report);
    let (name, source) = find_scenario(&front, files, report)?;
    let (facts, rust) = rust(name, source, &front, problems)?;
    front::check(&front, &facts, report);
    let python = python(folder, &front, &facts, problems)?;
    let check = steps.iter().flat_map(|step| step.blocks.iter()).find_map(|block| match block {
        Block::Quiz(_) => Some(Check::Question),
        Block::Exhibit("exam") => Some(Check::Exam),
        _ => None,
    });
    let details = Details {
        picture: front.picture,
        shows_main: front.shows_main,
        charts: front.charts,
        modes: front.modes,
        knobs: front.knobs,
        steps,
        python,
        rust,
        check,
    };
    let mut lesson = Lesson {
        slug: leak_str(slug.to_owned()),
        number,
        title: front.title,
        summary: front.summary,
        minutes: front.minutes,
        scenario: leak_str(name.to_owned()),
        text: "",
        details: Apart::Here(Box::leak(Box::new(details))),
    };
    lesson.text = Text::of_lesson(&lesson).file;
    Some(lesson)
}

fn find_scenario<'a>(front: &Front, files: &'a Files, report: &mut Report) -> Option<(&'a str, &'a str)> {
    let named = front.scenario.as_ref()?;
    let found = files.scenarios.get_key_value(&named.value);
    if found.is_none() {
        let known = listed(files.scenarios.keys().map(String::as_str));
        report.error(
            named.line,
            format!("unknown scenario `{}`", named.value),
            format!("Use one of {known}"),
        );
    }
    found.map(|(name, source)| (name.as_str(), source.as_str()))
}

fn rust(name: &str, text: &str, front: &Front, problems: &mut Vec<Problem>) -> Option<(Facts, Source)> {
    let path = format!("{SCENARIOS}/{name}.rs");
    let mut report = Report::new(&path);
    let Some(facts) = scenario::facts(text, &mut report) else {
        problems.extend(report.into_problems());
        return None;
    };
    let read =
        source::read(&format!("{name}.rs"), &scenario::shown(text), Language::Rust, &facts, &mut report);
    short_views(&read.source, front, &facts, &mut report);
    problems.extend(report.into_problems());
    Some((facts, read.source))
}

fn python(folder: &Folder, front: &Front, facts: &Facts, problems: &mut Vec<Problem>) -> Option<Source> {
    let mut report = Report::new(&format!("{LESSONS}/{}/program.py", folder.name));
    let Some(text) = &folder.program else {
        report.error(
            1,
            "the Python twin is missing",
            "Write the lesson's program for CPython, whole and runnable",
        );
        problems.extend(report.into_problems());
        return None;
    };
    let lines: Vec<(usize, &str)> = (1..).zip(text.lines()).collect();
    let read = source::read("program.py", &lines, Language::Python, facts, &mut report);
    short_views(&read.source, front, facts, &mut report);
    defaults(&read, front, &mut report);
    problems.extend(report.into_problems());
    Some(read.source)
}

/// Every mode of the lesson has something to show.
fn short_views(source: &Source, front: &Front, facts: &Facts, report: &mut Report) {
    for mode in front.modes.iter().filter(|mode| facts.modes.iter().any(|known| known == mode.id)) {
        if !source.lines.iter().any(|line| line.modes.contains(&"*") || line.modes.contains(&mode.id)) {
            let advice = format!("Put `@region {}` above its lines and `@end` below", mode.id);
            report.error(1, format!("mode `{}` has no region", mode.id), advice);
        }
    }
}

/// The twin opens with the lesson's own numbers, and in one of its modes.
fn defaults(read: &Read, front: &Front, report: &mut Report) {
    for knob in front.knobs {
        let Some(literal) = read.literals.iter().find(|literal| literal.knob.as_deref() == Some(knob.id))
        else {
            let advice = format!("Put `# @knob {}` behind the line where its number stands", knob.id);
            report.error(1, format!("no number is marked for the knob `{}`", knob.id), advice);
            continue;
        };
        if literal.text.replace('_', "").parse() != Ok(knob.default) {
            let message =
                format!("knob `{}` is {} here and {} in lesson.md", knob.id, literal.text, knob.default);
            report.error(literal.line, message, "Write the same number in both");
        }
    }
    for literal in read.literals.iter().filter(|literal| literal.knob.is_none()) {
        if !front.modes.iter().any(|mode| mode.id == literal.text) {
            let modes = listed(front.modes.iter().map(|mode| mode.id));
            report.error(
                literal.line,
                format!("unknown mode `{}`", literal.text),
                format!("Use a mode of this lesson: {modes}"),
            );
        }
    }
}
