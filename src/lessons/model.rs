//! What a lesson is, once `build.rs` has read and checked it: plain `static` data.
//!
//! The compiler (`src/lessons/compile/`, run only by `build.rs` and native tests) writes these
//! values as Rust source; the page reads them. This module must never know how they are drawn.
//!
//! What is long (the text of the steps, the lines of the programs) is [`Late`] in the browser: a file for each lesson.

use std::ops::Deref;

#[path = "apart.rs"]
mod apart;
#[path = "late.rs"]
mod late;
#[path = "values.rs"]
mod values;

pub use apart::Apart;
pub use late::Late;
pub use values::{Expr, Format, Metric, Op, Value};

/// One lesson: a folder under `lessons/en/`.
#[derive(Debug)]
pub struct Lesson {
    /// The address of the lesson: `?lesson=slug`.
    pub slug: &'static str,
    /// Its place in the course, from the folder's name, from 1.
    pub number: u8,
    /// The heading.
    pub title: &'static str,
    /// One sentence for the menu and for link previews.
    pub summary: &'static str,
    /// How long it takes to read and run, in minutes.
    pub minutes: u8,
    /// The scenario that runs: a name in [`crate::scenarios::ALL`].
    pub scenario: &'static str,
    /// The file with the blocks of its steps and the lines of its programs.
    pub text: &'static str,
    /// What only those need to know who open it.
    pub details: Apart<Details>,
}

impl Deref for Lesson {
    type Target = Details;

    fn deref(&self) -> &Details {
        &self.details
    }
}

/// What there is in a lesson.
#[derive(Debug)]
pub struct Details {
    /// How its runs are drawn.
    pub picture: Picture,
    /// Whether the program's own task (`main`) is drawn among the customers.
    pub shows_main: bool,
    /// The charts under the timeline, in order.
    pub charts: &'static [Chart],
    /// The ways to run it; the first is the one a new step starts with unless it says otherwise.
    pub modes: &'static [Mode],
    /// What the learner may turn.
    pub knobs: &'static [KnobSpec],
    /// The steps, one idea each.
    pub steps: &'static [Step],
    /// The Python twin, `program.py`.
    pub python: Source,
    /// The scenario's own source.
    pub rust: Source,
    /// What it asks at its end, if anything.
    pub check: Option<Check>,
}

/// What a lesson asks at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// One question.
    Question,
    /// The questions that end the course.
    Exam,
}

/// How a run is drawn: which metaphor, and which words with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// The burger counter: the thread is the clerk, tasks are customers.
    Counter,
    /// Burgers for two: the thread is you, tasks are your errands.
    Story,
}

impl Picture {
    /// All, by the names lessons use.
    pub const ALL: [(&'static str, Self); 2] = [("counter", Self::Counter), ("story", Self::Story)];
}

/// A chart of a run, drawn under its timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chart {
    /// How many requests had to wait how long for their answer.
    Latency,
    /// How many requests had arrived, and how many had been answered, over time.
    Throughput,
}

impl Chart {
    /// All, by the names lessons use.
    pub const ALL: [(&'static str, Self); 2] = [("latency", Self::Latency), ("throughput", Self::Throughput)];
}

/// One way to run a scenario.
#[derive(Debug)]
pub struct Mode {
    /// The name the scenario, the address and the code regions use.
    pub id: &'static str,
    /// What the button says.
    pub label: &'static str,
}

/// A number the learner may turn.
#[derive(Debug, PartialEq)]
pub struct KnobSpec {
    /// The name the scenario, the address (`t.id`), the code and the expressions use.
    pub id: &'static str,
    /// What the label says.
    pub label: &'static str,
    /// Shown behind the number: `"s"` for seconds, or empty for a count.
    pub unit: &'static str,
    /// A few words under the slider, such as who is busy meanwhile.
    pub note: &'static str,
    /// The smallest value.
    pub min: f64,
    /// The largest value.
    pub max: f64,
    /// The distance between two values.
    pub step: f64,
    /// The value a lesson opens with.
    pub default: f64,
    /// Whether the slider multiplies: each step to the right is so many times as much.
    pub log: bool,
}

/// One idea of a lesson, with the stage set for it.
#[derive(Debug)]
pub struct Step {
    /// Its name in a link, unique in the lesson.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// How the stage is set when the step opens.
    pub stage: StageSettings,
    /// What it says and asks, in order.
    pub blocks: Late<Block>,
}

/// What a step, or the "show me" of a quiz, sets on the stage. `None` leaves a thing as it is.
#[derive(Debug)]
pub struct StageSettings {
    /// The mode to select.
    pub mode: Option<&'static str>,
    /// Knob values to set; the others go back to their defaults.
    pub knobs: &'static [(&'static str, f64)],
    /// The time to show, in seconds of the run.
    pub time: Option<f64>,
    /// A task to light up.
    pub light: Option<&'static str>,
    /// The modes that the switch offers; empty: all of them.
    pub modes: &'static [&'static str],
}

/// A part of a step.
#[derive(Debug)]
pub enum Block {
    /// Text.
    Prose(&'static [Node]),
    /// A question to answer before the run.
    Predict(Predict),
    /// A question to answer after it.
    Quiz(Quiz),
    /// A side remark that can be folded away.
    Aside {
        /// Its heading.
        title: &'static str,
        /// Its text.
        body: &'static [Node],
    },
    /// Something to try in the text itself: one of [`EXHIBITS`].
    Exhibit(&'static str),
}

/// The exhibits the page can draw.
pub const EXHIBITS: &[&str] =
    &["block-page", "calls", "exam", "growth", "measures", "speed-up", "three-ways"];

/// A piece of text. The nodes make a small, closed subset of HTML.
#[derive(Debug)]
pub enum Node {
    /// Characters.
    Text(&'static str),
    /// An element and what is in it. Tags: `p ul ol li em strong code blockquote h3 br`.
    Element(&'static str, &'static [Node]),
    /// A link. The address is relative (`?lesson=…`), or `https:`.
    Link(&'static str, &'static [Node]),
    /// A number from the simulation or the knobs.
    Value(&'static Value),
    /// A word of the glossary, where a lesson uses it first.
    Term(&'static str, &'static [Node]),
}

/// A word of the glossary.
#[derive(Debug)]
pub struct Term {
    /// Its name in links: `[event loop](term:event-loop)`.
    pub id: &'static str,
    /// The word.
    pub name: &'static str,
    /// What it means, in a sentence or two.
    pub text: &'static [Node],
    /// The lesson that shows it, by its slug; empty where none does.
    pub lesson: &'static str,
    /// What it is called in Python, in Rust and in JavaScript; empty where it has no name of its own.
    pub names: [&'static str; 3],
}

/// A prediction: what the learner says before the run. The right answer is computed.
#[derive(Debug)]
pub struct Predict {
    /// The question.
    pub question: &'static [Node],
    /// The right answer.
    pub answer: Expr,
    /// The choices, one of which equals the answer at the step's settings.
    pub choices: &'static [Expr],
    /// How answer and choices are written.
    pub format: Format,
    /// What to say once the answer is known.
    pub after: &'static [Node],
}

/// A check question.
#[derive(Debug)]
pub struct Quiz {
    /// The question.
    pub question: &'static [Node],
    /// The answers to choose from; exactly one is right.
    pub options: &'static [Answer],
    /// The run that proves it.
    pub show: StageSettings,
}

/// One answer of a quiz.
#[derive(Debug)]
pub struct Answer {
    /// What it says.
    pub text: Late<Node>,
    /// Why it is right or wrong.
    pub why: Late<Node>,
    /// Which misconception a wrong answer shows; `None` for the right one.
    pub misconception: Option<&'static str>,
    /// A fact over the simulation that must be true at the settings of `show` (a test holds it).
    pub check: Option<Expr>,
}

/// A question of the pool that the last lesson draws from. Which are drawn, and what an answer shows, is known before its
/// text has come: stored answers belong to it.
#[derive(Debug)]
pub struct Question {
    /// Its name in storage.
    pub id: &'static str,
    /// The lesson it is about, by its slug: numbers and claims are those of its scenario.
    pub lesson: &'static str,
    /// Knob values at which they are computed; the others are at their defaults.
    pub knobs: &'static [(&'static str, f64)],
    /// The question.
    pub question: Late<Node>,
    /// The answers to choose from; exactly one is right, each wrong one a misconception of its own.
    pub options: &'static [Answer],
    /// Where to look again.
    pub revisit: &'static [Revisit],
}

/// What is true instead of a misconception, in a sentence or two.
#[derive(Debug)]
pub struct Truth {
    /// The misconception.
    pub id: &'static str,
    /// What is true.
    pub truth: &'static [Node],
    /// Where to see it.
    pub revisit: &'static [Revisit],
}

/// A step of a lesson to look at again.
#[derive(Debug, PartialEq, Eq)]
pub struct Revisit {
    /// The address, `?lesson=…&step=…&mode=…`.
    pub link: &'static str,
    /// The lesson's slug.
    pub lesson: &'static str,
    /// The step's id.
    pub step: &'static str,
}

/// A program as shown: highlighted lines.
#[derive(Debug)]
pub struct Source {
    /// The file name shown over the pane.
    pub file: &'static str,
    /// Its lines, markers stripped.
    pub lines: Late<Line>,
}

/// A line of code.
#[derive(Debug)]
pub struct Line {
    /// The line number in the whole program as shown and copied, from 1.
    pub number: u16,
    /// The steps (`@label`) whose tasks stand here.
    pub labels: &'static [&'static str],
    /// The modes in whose short view it is shown; `"*"` is every mode; empty: only in the whole program.
    pub modes: &'static [&'static str],
    /// Its pieces.
    pub spans: &'static [Span],
}

/// A highlighted piece of a line.
#[derive(Debug)]
pub enum Span {
    /// Code of one kind.
    Code(Token, &'static str),
    /// A number that a knob sets; what stands in the file is given too.
    Knob(&'static str, &'static str),
    /// The mode's name as a string literal; what stands in the file is given, quotes included.
    Mode(&'static str),
}

/// What kind of code a span is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is what it is called")]
pub enum Token {
    Plain,
    Keyword,
    Function,
    Number,
    Text,
    Comment,
    Type,
}
