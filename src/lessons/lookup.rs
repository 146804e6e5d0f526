//! Finding things in a lesson and its programs.

use super::model::{Line, Source, Token};

impl Line {
    /// Whether the line is in the short view of a mode.
    pub fn is_for(&self, mode: &str) -> bool {
        self.modes.iter().any(|known| *known == mode || *known == "*")
    }
}

impl Source {
    /// The line at which a task of a mode stands at a step, as it is numbered on the page.
    pub fn line_of(&self, step: &str, mode: &str) -> Option<u16> {
        let there =
            |line: &&Line| line.labels.contains(&step) && (line.modes.is_empty() || line.is_for(mode));
        self.lines.iter().find(there).map(|line| line.number)
    }
}

impl Token {
    /// Its name in style sheets; empty for what is drawn as it is.
    pub fn class(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Keyword => "k",
            Self::Function => "f",
            Self::Number => "n",
            Self::Text => "s",
            Self::Comment => "cm",
            Self::Type => "t",
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lessons;

    #[test]
    fn each_mode_waits_for_the_grill_at_a_line_of_its_own() {
        let python = &lessons::find("sync-vs-async").expect("it exists").python;
        let line = |mode| python.line_of("grill", mode).expect("a line waits for the grill");
        assert!(line("blocking") < line("async"));
        assert_eq!(python.line_of("grill", "nope"), None);
    }
}
