//! Markers: comments in a program that tie its lines to steps, knobs and modes.
//!
//! `# @step order grill`, `# @knob customers`, `# @mode` stand at the end of a line, or alone on
//! the line above it; `# @region blocking side` and `# @end` stand alone. Rust has `//` for `#`.
//! A line may carry several: `# @knob ordering @step order`.

use super::problem::Report;

/// What a marker says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Marker {
    /// A task of one of these steps stands here.
    Step(Vec<String>),
    /// The first number of the line is this knob's.
    Knob(String),
    /// The first text of the line is the mode's name.
    Mode,
    /// From here on, lines are in the short view of these modes.
    Region(Vec<String>),
    /// The region ends.
    End,
}

/// Splits a line into its code, without trailing space, and its markers.
pub fn split<'a>(line: &'a str, comment: &str, number: usize, report: &mut Report) -> (&'a str, Vec<Marker>) {
    let Some(at) = line.find(&format!("{comment} @")) else { return (line.trim_end(), Vec::new()) };
    let mut markers = Vec::new();
    let mut words = line[at..].split_whitespace().filter(|word| *word != comment).peekable();
    while let Some(name) = words.next() {
        let mut arguments = Vec::new();
        while let Some(word) = words.next_if(|word| !word.starts_with('@')) {
            arguments.push(word.to_owned());
        }
        markers.extend(marker(name, arguments, number, report));
    }
    (line[..at].trim_end(), markers)
}

fn marker(name: &str, mut arguments: Vec<String>, line: usize, report: &mut Report) -> Option<Marker> {
    let count = arguments.len();
    let (marker, form, fits) = match name {
        "@step" => (Marker::Step(arguments), "@step name", count > 0),
        "@knob" => (Marker::Knob(arguments.pop().unwrap_or_default()), "@knob name", count == 1),
        "@mode" => (Marker::Mode, "@mode", count == 0),
        "@region" => (Marker::Region(arguments), "@region mode", count > 0),
        "@end" => (Marker::End, "@end", count == 0),
        _ => {
            let advice = "Use `@step`, `@knob`, `@mode`, `@region` or `@end`";
            report.error(line, format!("unknown marker `{name}`"), advice);
            return None;
        }
    };
    if !fits {
        report.error(
            line,
            format!("the marker `{name}` is not written as it should be"),
            format!("Write `{form}`"),
        );
    }
    fits.then_some(marker)
}
