//! As much of JSON as a trace needs, written correctly (RFC 8259).

use std::fmt::Write;

/// A value.
#[derive(Clone, Debug)]
pub enum Json {
    /// Characters.
    Text(String),
    /// A whole number.
    Int(u64),
    /// A number; what is no (finite) number becomes `null`.
    Number(f64),
    /// Names and values, in this order.
    Object(Vec<(&'static str, Json)>),
    /// The same, with names that are only known now.
    Map(Vec<(String, Json)>),
    /// Values.
    List(Vec<Json>),
}

impl Json {
    /// Characters.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Writes the value behind a text.
    pub fn write(&self, out: &mut String) {
        match self {
            Self::Text(text) => quote(text, out),
            Self::Int(number) => push(out, format_args!("{number}")),
            Self::Number(number) if number.is_finite() => push(out, format_args!("{number}")),
            Self::Number(_) => out.push_str("null"),
            Self::Object(fields) => object(fields.iter().map(|(name, value)| (*name, value)), out),
            Self::Map(fields) => object(fields.iter().map(|(name, value)| (name.as_str(), value)), out),
            Self::List(values) => {
                out.push('[');
                for (index, value) in values.iter().enumerate() {
                    out.push_str(if index > 0 { "," } else { "" });
                    value.write(out);
                }
                out.push(']');
            }
        }
    }
}

fn object<'a>(fields: impl Iterator<Item = (&'a str, &'a Json)>, out: &mut String) {
    out.push('{');
    for (index, (name, value)) in fields.enumerate() {
        out.push_str(if index > 0 { "," } else { "" });
        quote(name, out);
        out.push(':');
        value.write(out);
    }
    out.push('}');
}

fn quote(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            control if control < ' ' => push(out, format_args!("\\u{:04x}", control as u32)),
            other => out.push(other),
        }
    }
    out.push('"');
}

fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = out.write_fmt(text);
}
