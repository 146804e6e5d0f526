//! A table of TOML, read key by key, so that every missing, wrong or unknown key is reported.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::{Report, listed};

/// A value and the line of the file it stands on.
#[derive(Clone, Debug)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Its line, from 1.
    pub line: usize,
}

/// A piece of TOML inside a file.
#[derive(Clone, Copy, Debug)]
pub struct Toml<'a> {
    /// The TOML.
    pub text: &'a str,
    /// The line of the file on which it begins, from 1.
    pub line: usize,
}

impl Toml<'_> {
    fn line_at(&self, offset: usize) -> usize {
        self.line + self.text[..offset.min(self.text.len())].matches('\n').count()
    }

    /// The line a string's content begins on: below the quotes when `"""` ends its line.
    fn line_of_text(&self, offset: usize) -> usize {
        let opens_below = ["\"\"\"\n", "'''\n"].iter().any(|open| self.text[offset..].starts_with(open));
        self.line_at(offset) + usize::from(opens_below)
    }
}

struct Entry<'a> {
    key: String,
    line: usize,
    value: Spanned<DeValue<'a>>,
}

/// What is left to read of a table.
pub struct Fields<'a> {
    toml: Toml<'a>,
    /// The line the table begins on.
    pub line: usize,
    what: &'static str,
    entries: Vec<Entry<'a>>,
    known: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// Parses TOML; `what` names the table in messages.
    pub fn parse(toml: Toml<'a>, what: &'static str, report: &mut Report) -> Option<Self> {
        match DeTable::parse(toml.text) {
            Ok(table) => Some(Self::new(toml, toml.line, what, table.into_inner())),
            Err(error) => {
                let line = toml.line_at(error.span().map_or(0, |span| span.start));
                let message = format!("{what} is not TOML: {}", error.message());
                report.error(line, message, "Write `key = value` lines, with text in double quotes");
                None
            }
        }
    }

    fn new(toml: Toml<'a>, line: usize, what: &'static str, table: DeTable<'a>) -> Self {
        let entries = table.into_iter().map(|(key, value)| Entry {
            line: toml.line_at(key.span().start),
            key: key.into_inner().into_owned(),
            value,
        });
        Self { toml, line, what, entries: entries.collect(), known: Vec::new() }
    }

    fn take(&mut self, key: &'static str) -> Option<Entry<'a>> {
        self.known.push(key);
        let at = self.entries.iter().position(|entry| entry.key == key)?;
        Some(self.entries.remove(at))
    }

    fn required<T>(&self, found: Option<T>, was_there: bool, key: &str, report: &mut Report) -> Option<T> {
        if !was_there {
            let message = format!("{} has no `{key}`", self.what);
            report.error(self.line, message, format!("Add a line `{key} = …`"));
        }
        found
    }

    fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key == key)
    }

    /// A text that may be left out.
    pub fn optional_text(&mut self, key: &'static str, report: &mut Report) -> Option<Located<String>> {
        let entry = self.take(key)?;
        let Some(text) = entry.value.get_ref().as_str() else {
            report.error(entry.line, format!("`{key}` is not a text"), "Put it in double quotes");
            return None;
        };
        let line = self.toml.line_of_text(entry.value.span().start);
        Some(Located { value: text.to_owned(), line })
    }

    /// A text that must be there.
    pub fn text(&mut self, key: &'static str, report: &mut Report) -> Option<Located<String>> {
        let there = self.has(key);
        let found = self.optional_text(key, report);
        self.required(found, there, key, report)
    }

    /// A list of texts that may be left out.
    pub fn optional_texts(&mut self, key: &'static str, report: &mut Report) -> Vec<Located<String>> {
        let Some(entry) = self.take(key) else { return Vec::new() };
        let texts = entry.value.get_ref().as_array().and_then(|items| {
            let texts = items.iter().map(|item| {
                let line = self.toml.line_at(item.span().start);
                item.get_ref().as_str().map(|text| Located { value: text.to_owned(), line })
            });
            texts.collect::<Option<Vec<_>>>()
        });
        texts.unwrap_or_else(|| {
            let advice = format!("Write `{key} = [\"one\", \"two\"]`");
            report.error(entry.line, format!("`{key}` is not a list of texts"), advice);
            Vec::new()
        })
    }

    /// A number that may be left out.
    pub fn optional_number(&mut self, key: &'static str, report: &mut Report) -> Option<Located<f64>> {
        let entry = self.take(key)?;
        let value = number(entry.value.get_ref());
        if value.is_none() {
            let advice = format!("Write `{key} = 3` or `{key} = 0.5`, without quotes");
            report.error(entry.line, format!("`{key}` is not a number"), advice);
        }
        Some(Located { value: value?, line: entry.line })
    }

    /// A number that must be there.
    pub fn number(&mut self, key: &'static str, report: &mut Report) -> Option<Located<f64>> {
        let there = self.has(key);
        let found = self.optional_number(key, report);
        self.required(found, there, key, report)
    }

    /// `true` or `false`; `false` when left out.
    pub fn flag(&mut self, key: &'static str, report: &mut Report) -> bool {
        let Some(entry) = self.take(key) else { return false };
        entry.value.get_ref().as_bool().unwrap_or_else(|| {
            report.error(
                entry.line,
                format!("`{key}` is neither true nor false"),
                format!("Write `{key} = true`"),
            );
            false
        })
    }

    /// An expression that may be left out: a text, or a bare number.
    pub fn optional_expression(&mut self, key: &'static str, report: &mut Report) -> Option<Located<String>> {
        let entry = self.take(key)?;
        self.expression_in(&entry.value, key, report)
    }

    /// An expression that must be there.
    pub fn expression(&mut self, key: &'static str, report: &mut Report) -> Option<Located<String>> {
        let there = self.has(key);
        let found = self.optional_expression(key, report);
        self.required(found, there, key, report)
    }

    /// A list of expressions that must be there.
    pub fn expressions(&mut self, key: &'static str, report: &mut Report) -> Vec<Located<String>> {
        let there = self.has(key);
        let entry = self.take(key);
        let Some(entry) = self.required(entry, there, key, report) else { return Vec::new() };
        let DeValue::Array(items) = entry.value.get_ref() else {
            let advice = format!("Write `{key} = [\"3 * grilling\", \"total(async)\"]`");
            report.error(entry.line, format!("`{key}` is not a list"), advice);
            return Vec::new();
        };
        items.iter().filter_map(|item| self.expression_in(item, key, report)).collect()
    }

    fn expression_in(
        &self,
        value: &Spanned<DeValue<'a>>,
        key: &str,
        report: &mut Report,
    ) -> Option<Located<String>> {
        let line = self.toml.line_at(value.span().start);
        let text = match value.get_ref() {
            DeValue::String(text) => Some(text.to_string()),
            other => number(other).map(|number| number.to_string()),
        };
        if text.is_none() {
            report.error(line, format!("`{key}` is not an expression"), "Write one in quotes, or a number");
        }
        Some(Located { value: text?, line })
    }

    /// The tables written `[[key]]`, or none.
    pub fn tables(&mut self, key: &'static str, what: &'static str, report: &mut Report) -> Vec<Fields<'a>> {
        let Some(entry) = self.take(key) else { return Vec::new() };
        let line = entry.line;
        let DeValue::Array(items) = entry.value.into_inner() else {
            report.error(
                line,
                format!("`{key}` is not a list of tables"),
                format!("Write `[[{key}]]` above each"),
            );
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items {
            let line = self.toml.line_at(item.span().start);
            match item.into_inner() {
                DeValue::Table(table) => tables.push(Fields::new(self.toml, line, what, table)),
                _ => report.error(
                    line,
                    format!("`{key}` holds something else than tables"),
                    format!("Write `[[{key}]]`"),
                ),
            }
        }
        tables
    }

    /// The table written `[key]` or `key = { … }`, if any.
    pub fn table(
        &mut self,
        key: &'static str,
        what: &'static str,
        report: &mut Report,
    ) -> Option<Fields<'a>> {
        let entry = self.take(key)?;
        let line = entry.line;
        match entry.value.into_inner() {
            DeValue::Table(table) => Some(Fields::new(self.toml, line, what, table)),
            _ => {
                report.error(
                    line,
                    format!("`{key}` is not a table"),
                    format!("Write `{key} = {{ name = value }}`"),
                );
                None
            }
        }
    }

    /// Every `name = number` that is left, whatever the name.
    pub fn numbers(mut self, report: &mut Report) -> Vec<(String, Located<f64>)> {
        let mut found = Vec::new();
        for entry in self.entries.drain(..) {
            match number(entry.value.get_ref()) {
                Some(value) => found.push((entry.key, Located { value, line: entry.line })),
                None => {
                    report.error(entry.line, format!("`{}` is not a number", entry.key), "Write a number")
                }
            }
        }
        found
    }

    /// Reports every key that nobody asked for.
    pub fn finish(self, report: &mut Report) {
        for entry in &self.entries {
            let message = format!("{} has an unknown key `{}`", self.what, entry.key);
            let advice = format!("Remove it, or use one of {}", listed(self.known.iter().copied()));
            report.error(entry.line, message, advice);
        }
    }
}

fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Integer(integer) => {
            i64::from_str_radix(integer.as_str(), integer.radix()).ok().map(|n| n as f64)
        }
        DeValue::Float(float) => float.as_str().parse().ok().filter(|n: &f64| n.is_finite()),
        _ => None,
    }
}
