//! The lines that a teacher pastes into a page.
//!
//! Canvas and others strip scripts and elements they do not know, so there is always a plain frame.
//! Everything that goes into the lines is escaped: they are HTML in somebody else's page.

use std::fmt::Write;

/// What is to be put into a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The course, opened at a lesson.
    Full,
    /// A lesson.
    Lesson,
    /// A stage alone.
    Scene,
}

impl What {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Lesson, Self::Scene, Self::Full];

    /// Its name in the address (`ui`).
    pub fn id(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Lesson => "lesson",
            Self::Scene => "scene",
        }
    }

    /// How tall a frame is good for it where the host does not listen, in px.
    pub fn height(self) -> u32 {
        match self {
            Self::Full | Self::Lesson => 640,
            Self::Scene => 420,
        }
    }
}

/// A lesson as it stands.
#[derive(Clone, Debug)]
pub struct Snippet<'a> {
    /// What is put into the page.
    pub what: What,
    /// The whole address of the lesson as it stands, with lesson, step, mode and knobs.
    pub link: &'a str,
    /// The whole address of `burger-lesson.js`.
    pub script: &'a str,
    /// What the frame is called, for those who cannot see it.
    pub title: &'a str,
    /// The lesson, the step and the mode, by their ids.
    pub place: [&'a str; 3],
    /// The knobs that are not as the step sets them, as they are written.
    pub knobs: &'a [(&'a str, String)],
}

impl Snippet<'_> {
    /// The address of the frame.
    pub fn address(&self) -> String {
        match self.what {
            What::Full => self.link.to_owned(),
            what => format!("{}&ui={}", self.link, what.id()),
        }
    }

    /// A plain frame. It works everywhere.
    pub fn frame(&self) -> String {
        let (address, title) = (escape(&self.address()), escape(self.title));
        let height = self.what.height();
        format!(
            "<iframe src=\"{address}\" title=\"{title}\" width=\"100%\" height=\"{height}\" loading=\"lazy\" \
             allow=\"fullscreen; clipboard-write\"></iframe>"
        )
    }

    /// The element. It grows with what it shows, and tells the page of score and state.
    pub fn element(&self) -> String {
        let mut lines = format!("<script async src=\"{}\"></script>\n<burger-lesson", escape(self.script));
        let mut put = |key: &str, value: &str| {
            // Writing into a text cannot fail.
            let _ = write!(lines, " {key}=\"{}\"", escape(value));
        };
        let [lesson, step, mode] = self.place;
        put("lesson", lesson);
        put("step", step);
        put("mode", mode);
        if !self.knobs.is_empty() {
            put("timings", &self.timings());
        }
        if self.what != What::Lesson {
            put("ui", self.what.id());
        }
        put("height", &self.what.height().to_string());
        let (link, title) = (escape(self.link), escape(self.title));
        let _ = write!(lines, ">\n  <a href=\"{link}\">{title}</a>\n</burger-lesson>");
        lines
    }

    /// The knobs as JSON. Their names are plain words, their values plain numbers.
    fn timings(&self) -> String {
        let knobs: Vec<_> = self.knobs.iter().map(|(id, value)| format!("\"{id}\":{value}")).collect();
        format!("{{{}}}", knobs.join(","))
    }
}

/// A text as it stands in HTML, inside of quotes or between tags.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            char => escaped.push(char),
        }
    }
    escaped
}
