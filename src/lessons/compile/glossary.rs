//! The glossary: `[[term]]` tables, each a word, what it means, and the lesson that shows it.

use super::fields::{Fields, Toml};
use super::leak_str;
use super::markdown::{Markdown, Scope, one_paragraph};
use super::model::Term;
use super::problem::{Problem, Report, listed};
use super::read::GLOSSARY;

/// Reads the glossary, in the order of the alphabet.
pub fn read(text: &str, slugs: &[String], problems: &mut Vec<Problem>) -> Vec<Term> {
    let mut report = Report::new(GLOSSARY);
    let toml = Toml { text, line: 1 };
    let mut terms: Vec<Term> = Vec::new();
    if let Some(mut fields) = Fields::parse(toml, "the glossary", &mut report) {
        let tables = fields.tables("term", "a `[[term]]`", &mut report);
        fields.finish(&mut report);
        for table in tables {
            let line = table.line;
            let Some(term) = term(table, slugs, &mut report) else { continue };
            if terms.iter().any(|known| known.id == term.id) {
                report.error(line, format!("term `{}` is there twice", term.id), "Keep one of them");
            }
            terms.push(term);
        }
    }
    problems.extend(report.into_problems());
    terms.sort_by_key(|term| term.name.to_lowercase());
    terms
}

fn term(mut fields: Fields<'_>, slugs: &[String], report: &mut Report) -> Option<Term> {
    let [id, name, text] = ["id", "name", "text"].map(|key| fields.text(key, report));
    let lesson = fields.optional_text("lesson", report);
    let names = ["python", "rust", "javascript"].map(|key| fields.optional_text(key, report));
    fields.finish(report);
    if let Some(named) = lesson.as_ref().filter(|lesson| !slugs.contains(&lesson.value)) {
        let known = listed(slugs.iter().map(String::as_str));
        report.error(named.line, format!("unknown lesson `{}`", named.value), format!("Use one of {known}"));
    }
    let scope = Scope { modes: &[], knobs: &[], slugs, terms: &[] };
    let text = text?;
    let prose = Markdown { text: &text.value, line: text.line };
    Some(Term {
        id: leak_str(id?.value),
        name: leak_str(name?.value),
        text: one_paragraph(prose, scope, report),
        lesson: leak_str(lesson.map_or(String::new(), |lesson| lesson.value)),
        names: names.map(|name| leak_str(name.map_or(String::new(), |name| name.value))),
    })
}
