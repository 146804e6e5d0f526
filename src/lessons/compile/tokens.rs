//! The words of an expression.

use std::fmt;

/// What is wrong with an expression and what to do.
#[derive(Debug, PartialEq, Eq)]
pub struct Wrong {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub advice: String,
}

/// An error, as a result.
pub fn wrong<T>(message: impl Into<String>, advice: impl Into<String>) -> Result<T, Wrong> {
    Err(Wrong { message: message.into(), advice: advice.into() })
}

/// A word of an expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    /// `3` or `0.5`.
    Number(f64),
    /// A knob, a metric, a mode, `min` or `max`.
    Name(String),
    /// An operator, a bracket or a comma.
    Sign(&'static str),
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "`{number}`"),
            Self::Name(name) => write!(f, "`{name}`"),
            Self::Sign(sign) => write!(f, "`{sign}`"),
        }
    }
}

const SIGNS: [&str; 10] = ["==", "<=", "<", "+", "-", "*", "/", "(", ")", ","];

/// Cuts an expression into its words.
pub fn tokens(text: &str) -> Result<Vec<Token>, Wrong> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let taken = if first.is_ascii_digit() {
            let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
            let Ok(number) = rest[..end].parse() else {
                return wrong(format!("`{}` is not a number", &rest[..end]), "Write it like `3` or `0.5`");
            };
            tokens.push(Token::Number(number));
            end
        } else if first.is_ascii_alphabetic() {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
            tokens.push(Token::Name(rest[..end].to_owned()));
            end
        } else if let Some(sign) = SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
            tokens.push(Token::Sign(sign));
            sign.len()
        } else {
            let advice = "Use numbers, knobs, metrics, + - * / ( ) == < <=, min and max";
            return wrong(format!("`{first}` means nothing in the expression `{text}`"), advice);
        };
        rest = rest[taken..].trim_start();
    }
    Ok(tokens)
}
