//! A program as shown: its lines without markers, each with its steps, modes and pieces.

use std::ops::Range;

use super::highlight::highlight;
use super::markers::{Marker, split};
use super::model::{Late, Line, Source, Span, Token};
use super::problem::{Report, listed};
use super::scenario::Facts;
use super::{leak_list, leak_str};

/// The two languages a program is shown in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// The twin.
    Python,
    /// The scenario itself.
    Rust,
}

impl Language {
    fn comment(self) -> &'static str {
        match self {
            Self::Python => "#",
            Self::Rust => "//",
        }
    }
}

/// A literal that a marker names, and the line of the file it stands on.
#[derive(Debug, PartialEq, Eq)]
pub struct Literal {
    /// The knob, or `None` for the mode.
    pub knob: Option<String>,
    /// The literal as it stands there, a text without its quotes.
    pub text: String,
    /// Its line, from 1.
    pub line: usize,
}

/// A program that was read, and the literals its markers name.
#[derive(Debug)]
pub struct Read {
    /// The program.
    pub source: Source,
    /// The literals of knobs and mode.
    pub literals: Vec<Literal>,
}

#[derive(Debug, Default)]
struct Draft {
    line: usize,
    code: String,
    steps: Vec<String>,
    modes: Vec<String>,
    literal: Option<(Option<String>, Range<usize>)>,
}

/// Reads a program, given as the lines to show with their numbers in the file.
pub fn read(
    file: &str,
    lines: &[(usize, &str)],
    language: Language,
    facts: &Facts,
    report: &mut Report,
) -> Read {
    let mut drafts = drafts(lines, language, facts, report);
    let blank = |draft: &Draft| draft.code.is_empty();
    let start = drafts.iter().take_while(|draft| blank(draft)).count();
    drafts.drain(..start);
    let end = drafts.iter().rev().take_while(|draft| blank(draft)).count();
    drafts.truncate(drafts.len() - end);
    for step in &facts.steps {
        if !drafts.iter().any(|draft| draft.steps.contains(step)) {
            let advice =
                format!("Mark the line where its task stands: `{} @step {step}`", language.comment());
            report.error(1, format!("no line is marked for the step `{step}`"), advice);
        }
    }
    let code: Vec<&str> = drafts.iter().map(|draft| draft.code.as_str()).collect();
    let pieces = highlight(&code, language);
    let literals = drafts.iter().filter_map(literal).collect();
    let lines = (1..).zip(drafts).zip(pieces).map(|((number, draft), pieces)| Line {
        number,
        spans: leak_list(spans(&draft, pieces)),
        labels: leak_names(draft.steps),
        modes: leak_names(draft.modes),
    });
    Read {
        source: Source { file: leak_str(file.to_owned()), lines: Late::Here(leak_list(lines.collect())) },
        literals,
    }
}

fn leak_names(names: Vec<String>) -> &'static [&'static str] {
    leak_list(names.into_iter().map(leak_str).collect())
}

fn drafts(lines: &[(usize, &str)], language: Language, facts: &Facts, report: &mut Report) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut region: Option<(usize, Vec<String>)> = None;
    let mut above = Vec::new();
    for &(number, line) in lines {
        let (code, markers) = split(line, language.comment(), number, report);
        let alone = code.is_empty() && !markers.is_empty();
        for marker in markers {
            match marker {
                Marker::Region(_) | Marker::End if !alone => {
                    report.error(
                        number,
                        "`@region` and `@end` stand on lines of their own",
                        "Put it on its own line",
                    );
                }
                Marker::Region(modes) => open(&mut region, number, modes, facts, report),
                Marker::End if region.take().is_none() => {
                    report.error(number, "`@end` ends no region", "Remove it, or begin with `@region mode`");
                }
                Marker::End => {}
                marker => above.push(marker),
            }
        }
        if alone {
            continue;
        }
        let modes = region.as_ref().map_or_else(Vec::new, |(_, modes)| modes.clone());
        let mut draft = Draft { line: number, code: code.to_owned(), modes, ..Draft::default() };
        above.drain(..).for_each(|marker| mark(&mut draft, marker, facts, report));
        drafts.push(draft);
    }
    if let Some((line, _)) = region {
        report.error(line, "the region is not closed", "Put `@end` on a line below its last line");
    }
    drafts
}

fn open(
    region: &mut Option<(usize, Vec<String>)>,
    line: usize,
    modes: Vec<String>,
    facts: &Facts,
    report: &mut Report,
) {
    if let Some((before, _)) = region {
        let message = format!("a region begins in the region of line {before}");
        report.error(line, message, "Close the one before with `@end`");
    }
    for mode in &modes {
        if mode != "*" && !facts.modes.contains(mode) {
            let known = listed(facts.modes.iter().map(String::as_str));
            report.error(
                line,
                format!("unknown mode `{mode}` in a region"),
                format!("Use `*` or one of {known}"),
            );
        }
    }
    *region = Some((line, modes));
}

fn mark(draft: &mut Draft, marker: Marker, facts: &Facts, report: &mut Report) {
    let unknown = |kind: &str, name: &str, names: &[String], report: &mut Report| {
        if !names.iter().any(|known| known == name) {
            let known = listed(names.iter().map(String::as_str));
            report.error(draft.line, format!("unknown {kind} `{name}`"), format!("Use one of {known}"));
        }
    };
    match marker {
        Marker::Step(steps) => {
            steps.iter().for_each(|step| unknown("step", step, &facts.steps, report));
            draft.steps.extend(steps);
        }
        Marker::Knob(knob) => {
            unknown("knob", &knob, &facts.knobs, report);
            match first_number(&draft.code) {
                Some(range) => draft.literal = Some((Some(knob), range)),
                None => report.error(
                    draft.line,
                    "`@knob` marks a line without a number",
                    "Mark the line where its number stands",
                ),
            }
        }
        Marker::Mode => match first_text(&draft.code) {
            Some(range) => draft.literal = Some((None, range)),
            None => report.error(
                draft.line,
                "`@mode` marks a line without a text",
                "Mark the line where the mode's name stands",
            ),
        },
        Marker::Region(_) | Marker::End => {}
    }
}

fn literal(draft: &Draft) -> Option<Literal> {
    let (knob, range) = draft.literal.clone()?;
    let text = draft.code[range].trim_matches('"').to_owned();
    Some(Literal { knob, text, line: draft.line })
}

/// The first number in a line: digits that do not belong to a name.
fn first_number(code: &str) -> Option<Range<usize>> {
    let mut before = ' ';
    for (start, first) in code.char_indices() {
        let in_name = before.is_alphanumeric() || before == '_';
        before = first;
        if !first.is_ascii_digit() || in_name {
            continue;
        }
        let rest = &code[start..];
        let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit() && c != '_').unwrap_or(text.len());
        let whole = digits(rest);
        let fraction = rest[whole..].strip_prefix('.').map_or(0, digits);
        let length = if fraction > 0 { whole + 1 + fraction } else { whole };
        return Some(start..start + length);
    }
    None
}

/// The first text in double quotes, with them.
fn first_text(code: &str) -> Option<Range<usize>> {
    let start = code.find('"')?;
    let length = code[start + 1..].find('"')?;
    Some(start..start + length + 2)
}

/// The pieces of a line, cut where its literal stands.
fn spans(draft: &Draft, pieces: Vec<(Token, Range<usize>)>) -> Vec<Span> {
    let code = |range: Range<usize>| leak_str(draft.code[range].to_owned());
    let Some((knob, at)) = &draft.literal else {
        return pieces.into_iter().map(|(token, range)| Span::Code(token, code(range))).collect();
    };
    let mut spans = Vec::new();
    for (token, range) in pieces {
        let before = range.start..range.end.min(at.start);
        let after = range.start.max(at.end)..range.end;
        if !before.is_empty() {
            spans.push(Span::Code(token, code(before)));
        }
        if range.contains(&at.start) {
            let text = code(at.clone());
            spans.push(match knob {
                Some(knob) => Span::Knob(leak_str(knob.clone()), text),
                None => Span::Mode(text),
            });
        }
        if !after.is_empty() {
            spans.push(Span::Code(token, code(after)));
        }
    }
    spans
}
