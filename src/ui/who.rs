//! How a task is told from others: a letter, a colour and a pattern, the same everywhere.

use std::fmt;

use crate::scenarios::CUSTOMERS;

/// The look of a task, by its name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Who {
    /// Which of the customers it looks like; `None` is the program itself, or anyone else.
    index: Option<usize>,
    /// Its letter, or the number of a request: two digits at most.
    pub letter: Letter,
}

/// What is written on a task: a letter or a number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Letter {
    Char(char),
    Number(u8),
}

impl fmt::Display for Letter {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Char(letter) => write!(out, "{letter}"),
            Self::Number(number) => write!(out, "{number}"),
        }
    }
}

impl Who {
    /// By name.
    pub fn named(name: &str) -> Self {
        // A request: `GET 7`. There are more of them than there are colours.
        if let Some(number) = name.strip_prefix("GET ").and_then(|number| number.parse::<u8>().ok()) {
            let index = Some(usize::from(number.max(1) - 1) % CUSTOMERS.len());
            return Self { index, letter: Letter::Number(number % 100) };
        }
        let index = match name {
            // The errands of FastAPI's story.
            "burgers" => Some(4),
            "talk" => Some(1),
            _ => CUSTOMERS.iter().position(|known| *known == name),
        };
        Self { index, letter: Letter::Char(name.chars().next().unwrap_or('?').to_ascii_uppercase()) }
    }

    /// The class that gives it its colour.
    pub fn class(self) -> String {
        self.index.map_or_else(|| "who who-main".to_owned(), |index| format!("who who-{index}"))
    }

    /// The pattern of its clothes: the id of a pattern in the page's definitions.
    pub fn pattern(self) -> Option<&'static str> {
        const PATTERNS: [Option<&str>; 4] =
            [None, Some("url(#stripes)"), Some("url(#dots)"), Some("url(#checks)")];
        self.index.and_then(|index| PATTERNS[index % PATTERNS.len()])
    }
}
