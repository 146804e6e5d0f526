//! Numbers in a text: `{{ expression | format }}`.

use super::expr;
use super::markdown::Scope;
use super::model::{Format, Node, Value};
use super::problem::Report;
use super::{leak, leak_str};

/// Cuts a text at its `{{ expression | format }}`.
pub fn values(text: &str, line: usize, scope: Scope<'_>, report: &mut Report) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("{{") {
        let Some(length) = rest[start..].find("}}") else {
            report.error(line, "`{{` is not closed", "Write `{{ expression | format }}` on one line");
            break;
        };
        if start > 0 {
            nodes.push(Node::Text(leak_str(rest[..start].to_owned())));
        }
        nodes.extend(value(&rest[start + 2..start + length], line, scope, report));
        rest = &rest[start + length + 2..];
    }
    if !rest.is_empty() {
        nodes.push(Node::Text(leak_str(rest.to_owned())));
    }
    nodes
}

/// Reads `expression | format`; a knob alone takes the format of its unit.
fn value(text: &str, line: usize, scope: Scope<'_>, report: &mut Report) -> Option<Node> {
    let (text, format) = match text.split_once('|') {
        Some((text, format)) => (text, Some(format.trim())),
        None => (text, None),
    };
    let expr = match expr::parse(text.trim(), scope.modes, scope.knobs) {
        Ok(expr) => expr,
        Err(wrong) => {
            report.error(line, wrong.message, wrong.advice);
            return None;
        }
    };
    let knob = scope.knobs.iter().find(|knob| knob.id == text.trim());
    let format = match (format, knob) {
        (Some(format), _) => format,
        (None, Some(knob)) if knob.unit == "s" => "s",
        (None, Some(_)) => "n",
        (None, None) => {
            report.error(
                line,
                format!("`{{{{ {} }}}}` has no format", text.trim()),
                "Add `| s`, `| x`, `| %` or `| n`",
            );
            return None;
        }
    };
    Some(Node::Value(leak(Value { expr, format: read_format(format, line, report)? })))
}

/// Reads the name of a format.
pub fn read_format(name: &str, line: usize, report: &mut Report) -> Option<Format> {
    match name {
        "s" => Some(Format::Seconds),
        "x" => Some(Format::Times),
        "%" => Some(Format::Percent),
        "n" => Some(Format::Count),
        _ => {
            let advice = "Use `s` for seconds, `x` for times, `%` or `n`";
            report.error(line, format!("unknown format `{name}`"), advice);
            None
        }
    }
}
