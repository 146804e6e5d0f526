//! Writes lessons down as Rust: `pub static ALL: &[Lesson] = &[…];`.

use super::model::{
    Answer, Block, Chart, Check, Details, Expr, KnobSpec, Late, Lesson, Line, Mode, Node, Predict, Question,
    Quiz, Revisit, Source, Span, StageSettings, Step, Term, Truth, Value,
};
use super::texts::Text;

/// The Rust source of the course, to be included in `crate::lessons`.
pub fn emit(course: &super::Course) -> String {
    let (lessons, glossary) = (standing("Lesson", &course.lessons), list(&course.glossary));
    let (questions, truths) = (standing("Question", &course.questions), list(&course.truths));
    let of_the_exam = format!(
        "/// Every question of the last lesson's pool.\npub static QUESTIONS: &[Question] = {questions};\n\n/// What is true instead of each misconception.\npub static TRUTHS: Late<Truth> = late!(Truth, {truths});\n"
    );
    let exam = Text::of_exam(course).file;
    format!(
        "use crate::lessons::model::*;\n\n/// Every lesson, in the order of the course.\npub static ALL: &[Lesson] = {lessons};\n\n/// Every word of the glossary, in the order of the alphabet.\npub static GLOSSARY: &[Term] = {glossary};\n\n{of_the_exam}\n/// The file with both in it.\npub static EXAM_TEXT: &str = {exam:?};\n"
    )
}

/// What can be written as a Rust expression.
trait Emit {
    fn emit(&self) -> String;
}

fn list<T: Emit>(items: &[T]) -> String {
    let items: Vec<String> = items.iter().map(Emit::emit).collect();
    format!("&[{}]", items.join(", "))
}

/// A list that may come later (`crate::lessons` says when).
fn late<T: Emit>(kind: &str, items: &Late<T>) -> String {
    format!("late!({kind}, {})", list(items))
}

/// What a function of its own tells.
fn apart<T: Emit>(kind: &str, it: &T) -> String {
    format!("Apart::By({{ fn it() -> &'static {kind} {{ static IT: {kind} = {}; &IT }} it }})", it.emit())
}

/// A list of items in which others have places of their own.
fn standing<T: Emit>(kind: &str, items: &[T]) -> String {
    let list = list(items);
    format!("{{ static ITEMS: [{kind}; {}] = {}; &ITEMS }}", items.len(), list.trim_start_matches('&'))
}

fn option<T: Emit>(value: Option<&T>) -> String {
    value.map_or("None".to_owned(), |value| format!("Some({})", value.emit()))
}

/// A struct: its name and its fields, each already written.
macro_rules! structure {
    ($name:ident { $($field:ident: $value:expr),* $(,)? }) => {
        [concat!(stringify!($name), " { ").to_owned(), $(format!(concat!(stringify!($field), ": {}, "), $value)),*, "}".to_owned()].concat()
    };
}

impl Emit for &str {
    fn emit(&self) -> String {
        format!("{self:?}")
    }
}

impl Emit for f64 {
    fn emit(&self) -> String {
        format!("{self:?}")
    }
}

impl Emit for (&str, f64) {
    fn emit(&self) -> String {
        format!("({:?}, {:?})", self.0, self.1)
    }
}

impl Emit for Chart {
    fn emit(&self) -> String {
        format!("Chart::{self:?}")
    }
}

impl Emit for Check {
    fn emit(&self) -> String {
        format!("Check::{self:?}")
    }
}

impl Emit for Lesson {
    fn emit(&self) -> String {
        structure!(Lesson {
            slug: self.slug.emit(),
            number: self.number,
            title: self.title.emit(),
            summary: self.summary.emit(),
            minutes: self.minutes,
            scenario: self.scenario.emit(),
            text: self.text.emit(),
            details: apart("Details", &*self.details),
        })
    }
}

impl Emit for Details {
    fn emit(&self) -> String {
        structure!(Details {
            picture: format!("Picture::{:?}", self.picture),
            shows_main: self.shows_main,
            charts: list(self.charts),
            modes: list(self.modes),
            knobs: list(self.knobs),
            steps: standing("Step", self.steps),
            python: self.python.emit(),
            rust: self.rust.emit(),
            check: option(self.check.as_ref()),
        })
    }
}

impl Emit for Mode {
    fn emit(&self) -> String {
        structure!(Mode { id: self.id.emit(), label: self.label.emit() })
    }
}

impl Emit for KnobSpec {
    fn emit(&self) -> String {
        structure!(KnobSpec {
            id: self.id.emit(),
            label: self.label.emit(),
            unit: self.unit.emit(),
            note: self.note.emit(),
            min: self.min.emit(),
            max: self.max.emit(),
            step: self.step.emit(),
            default: self.default.emit(),
            log: self.log.to_string(),
        })
    }
}

impl Emit for Step {
    fn emit(&self) -> String {
        structure!(Step {
            id: self.id.emit(),
            title: self.title.emit(),
            stage: self.stage.emit(),
            blocks: late("Block", &self.blocks),
        })
    }
}

impl Emit for StageSettings {
    fn emit(&self) -> String {
        structure!(StageSettings {
            mode: option(self.mode.as_ref()),
            knobs: list(self.knobs),
            time: option(self.time.as_ref()),
            light: option(self.light.as_ref()),
            modes: list(self.modes),
        })
    }
}

impl Emit for Block {
    fn emit(&self) -> String {
        match self {
            Self::Prose(nodes) => format!("Block::Prose({})", list(nodes)),
            Self::Predict(predict) => format!("Block::Predict({})", predict.emit()),
            Self::Quiz(quiz) => format!("Block::Quiz({})", quiz.emit()),
            Self::Aside { title, body } => {
                format!("Block::Aside {{ title: {title:?}, body: {} }}", list(body))
            }
            Self::Exhibit(name) => format!("Block::Exhibit({name:?})"),
        }
    }
}

impl Emit for Node {
    fn emit(&self) -> String {
        match self {
            Self::Text(text) => format!("Node::Text({text:?})"),
            Self::Element(tag, nodes) => format!("Node::Element({tag:?}, {})", list(nodes)),
            Self::Link(to, nodes) => format!("Node::Link({to:?}, {})", list(nodes)),
            Self::Value(value) => format!("Node::Value(&{})", value.emit()),
            Self::Term(id, nodes) => format!("Node::Term({id:?}, {})", list(nodes)),
        }
    }
}

impl Emit for Term {
    fn emit(&self) -> String {
        structure!(Term {
            id: self.id.emit(),
            name: self.name.emit(),
            text: list(self.text),
            lesson: self.lesson.emit(),
            names: format!("{:?}", self.names),
        })
    }
}

impl Emit for Question {
    fn emit(&self) -> String {
        structure!(Question {
            id: self.id.emit(),
            lesson: self.lesson.emit(),
            knobs: list(self.knobs),
            question: late("Node", &self.question),
            options: standing("Answer", self.options),
            revisit: list(self.revisit),
        })
    }
}

impl Emit for Truth {
    fn emit(&self) -> String {
        structure!(Truth { id: self.id.emit(), truth: list(self.truth), revisit: list(self.revisit) })
    }
}

impl Emit for Revisit {
    fn emit(&self) -> String {
        structure!(Revisit { link: self.link.emit(), lesson: self.lesson.emit(), step: self.step.emit() })
    }
}

impl Emit for Value {
    fn emit(&self) -> String {
        structure!(Value { expr: self.expr.emit(), format: format!("Format::{:?}", self.format) })
    }
}

impl Emit for Expr {
    fn emit(&self) -> String {
        match self {
            Self::Number(number) => format!("Expr::Number({number:?})"),
            Self::Knob(knob) => format!("Expr::Knob({knob:?})"),
            Self::Metric(metric, mode) => format!("Expr::Metric(Metric::{metric:?}, {mode:?})"),
            Self::Op(op, left, right) => format!("Expr::Op(Op::{op:?}, &{}, &{})", left.emit(), right.emit()),
        }
    }
}

impl Emit for Predict {
    fn emit(&self) -> String {
        structure!(Predict {
            question: list(self.question),
            answer: self.answer.emit(),
            choices: list(self.choices),
            format: format!("Format::{:?}", self.format),
            after: list(self.after),
        })
    }
}

impl Emit for Quiz {
    fn emit(&self) -> String {
        structure!(Quiz {
            question: list(self.question),
            options: list(self.options),
            show: self.show.emit(),
        })
    }
}

impl Emit for Answer {
    fn emit(&self) -> String {
        structure!(Answer {
            text: late("Node", &self.text),
            why: late("Node", &self.why),
            misconception: option(self.misconception.as_ref()),
            check: format!("claim!({})", option(self.check.as_ref())),
        })
    }
}

impl Emit for Source {
    fn emit(&self) -> String {
        structure!(Source { file: self.file.emit(), lines: late("Line", &self.lines) })
    }
}

impl Emit for Line {
    fn emit(&self) -> String {
        structure!(Line {
            number: self.number,
            labels: list(self.labels),
            modes: list(self.modes),
            spans: list(self.spans),
        })
    }
}

impl Emit for Span {
    fn emit(&self) -> String {
        match self {
            Self::Code(token, code) => format!("Span::Code(Token::{token:?}, {code:?})"),
            Self::Knob(knob, text) => format!("Span::Knob({knob:?}, {text:?})"),
            Self::Mode(text) => format!("Span::Mode({text:?})"),
        }
    }
}
