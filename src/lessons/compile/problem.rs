//! What is wrong with a file, where, and what to do about it.

use std::fmt;

/// One thing to put right in a lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, from the root of the repository.
    pub path: String,
    /// The line in that file, from 1.
    pub line: usize,
    /// What is wrong, without a full stop.
    pub message: String,
    /// What to do, without a full stop.
    pub advice: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}. {}.", self.path, self.line, self.message, self.advice)
    }
}

/// The problems of one file, collected while it is read.
#[derive(Debug)]
pub struct Report {
    path: String,
    problems: Vec<Problem>,
}

impl Report {
    /// An empty report on a file.
    pub fn new(path: &str) -> Self {
        Self { path: path.to_owned(), problems: Vec::new() }
    }

    /// Notes what is wrong at a line and what to do.
    pub fn error(&mut self, line: usize, message: impl Into<String>, advice: impl Into<String>) {
        let (message, advice) = (message.into(), advice.into());
        self.problems.push(Problem { path: self.path.clone(), line, message, advice });
    }

    /// What was found, in the order of the file.
    pub fn into_problems(mut self) -> Vec<Problem> {
        self.problems.sort_by_key(|problem| problem.line);
        self.problems
    }
}

/// The names one may use, for the advice of an error: `` `a`, `b` ``.
pub fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    if quoted.is_empty() { "(none)".to_owned() } else { quoted.join(", ") }
}
