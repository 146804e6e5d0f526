//! How a task is told from others: a letter, a colour and a pattern, the same everywhere.

use crate::scenarios::CUSTOMERS;

/// The look of a task, by its name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Who {
    /// Which of the customers it looks like; `None` is the program itself, or anyone else.
    index: Option<usize>,
    /// Its letter.
    pub letter: char,
}

impl Who {
    /// By name.
    pub fn named(name: &str) -> Self {
        let index = match name {
            // The errands of FastAPI's story.
            "burgers" => Some(4),
            "talk" => Some(1),
            _ => CUSTOMERS.iter().position(|known| *known == name),
        };
        Self { index, letter: name.chars().next().unwrap_or('?').to_ascii_uppercase() }
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
