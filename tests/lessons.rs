//! The lesson compiler: what it makes of a lesson that is right, and what it says of every mistake.

#![cfg(not(target_arch = "wasm32"))]

use std::path::Path;

use concurrent_burgers::lessons::{misconceptions, model, packed};
use model::{Block, Expr, Format, Lesson, Metric, Node, Op, Picture, Span, Token};

#[path = "../src/lessons/compile/mod.rs"]
mod compile;

use compile::read::{Files, Folder};

#[path = "lessons/mistakes.rs"]
mod mistakes;
#[path = "lessons/questions.rs"]
mod questions;

/// The glossary of the fixture.
const GLOSSARY: &str = "[[term]]\nid = \"cup\"\nname = \"Cup\"\ntext = \"What tea is in.\"\n";

/// The fixture, `tests/lessons/good`, as the only lesson there is.
fn good() -> Files {
    let folder = Folder {
        name: "01-tea".to_owned(),
        lesson: Some(include_str!("lessons/good/lesson.md").to_owned()),
        program: Some(include_str!("lessons/good/program.py").to_owned()),
    };
    let scenario = include_str!("lessons/good/tea.rs").to_owned();
    Files {
        folders: vec![folder],
        scenarios: [("tea".to_owned(), scenario)].into(),
        glossary: Some(GLOSSARY.to_owned()),
        questions: None,
    }
}

fn problems(files: &Files) -> Vec<String> {
    match compile::compile(files) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.iter().map(ToString::to_string).collect(),
    }
}

fn lesson() -> Lesson {
    compile::compile(&good()).expect("the fixture is right").lessons.remove(0)
}

#[test]
fn the_lessons_of_the_course_compile() {
    let files = compile::read::read(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the files can be read");
    assert_eq!(problems(&files), Vec::<String>::new());
}

#[test]
fn the_compiled_course_is_found_by_slug() {
    use concurrent_burgers::lessons;
    for lesson in lessons::ALL {
        assert_eq!(lessons::find(lesson.slug).map(|found| found.number), Some(lesson.number));
    }
    assert!(lessons::ALL.is_sorted_by_key(|lesson| lesson.number));
    assert!(lessons::find("no-such-lesson").is_none());
}

#[test]
fn misconceptions_have_names_of_their_own() {
    for known in misconceptions::MISCONCEPTIONS {
        assert_eq!(misconceptions::find(known.id).map(|found| found.belief), Some(known.belief));
        assert!(known.belief.ends_with('.'));
    }
}

#[test]
fn front_matter_becomes_the_lesson() {
    let lesson = lesson();
    assert_eq!((lesson.number, lesson.slug, lesson.scenario), (1, "tea", "tea"));
    assert_eq!((lesson.minutes, lesson.shows_main, lesson.picture), (3, false, Picture::Counter));
    assert_eq!(lesson.modes.iter().map(|mode| mode.id).collect::<Vec<_>>(), ["slow", "quick"]);
    assert_eq!((lesson.knobs[1].unit, lesson.knobs[1].default), ("s", 1.5));
    assert_eq!(lesson.steps.iter().map(|step| step.id).collect::<Vec<_>>(), ["kettle", "pour"]);
}

#[test]
fn a_stage_block_sets_the_stage_of_its_step_only() {
    let lesson = lesson();
    let stage = &lesson.steps[0].stage;
    assert_eq!((stage.mode, stage.time, stage.light), (Some("slow"), Some(0.5), Some("Ada")));
    assert_eq!(stage.knobs, [("brewing", 0.0), ("cups", 3.0)]);
    assert_eq!(lesson.steps[1].stage.mode, None);
}

#[test]
fn text_becomes_nodes_with_values_and_links() {
    let lesson = lesson();
    let [Block::Prose([Node::Element("p", words), Node::Element("ul", _)]), Block::Aside { title, body }] =
        &*lesson.steps[0].blocks
    else {
        panic!("a paragraph, a list and an aside, not {:#?}", lesson.steps[0].blocks);
    };
    let [
        Node::Text("Tea for "),
        Node::Value(cups),
        Node::Text(" takes "),
        Node::Element("em", em),
        rest @ ..,
    ] = words
    else {
        panic!("{words:#?}");
    };
    assert!(matches!(cups.expr, Expr::Knob("cups")) && cups.format == Format::Count);
    assert!(matches!(em, [Node::Value(value)] if matches!(value.expr, Expr::Op(Op::Multiply, ..))));
    assert!(matches!(
        rest,
        [
            Node::Text(", it’s "),
            Node::Element("code", [Node::Value(_), Node::Text(" cups")]),
            Node::Text(".")
        ]
    ));
    assert_eq!((*title, body.len()), ("Leaves", 2));
}

#[test]
fn questions_keep_their_answers_in_order() {
    let lesson = lesson();
    let [Block::Predict(predict), Block::Quiz(quiz)] = &*lesson.steps[1].blocks else {
        panic!("a prediction and a quiz, not {:#?}", lesson.steps[1].blocks);
    };
    assert!(matches!(predict.answer, Expr::Metric(Metric::Total, "quick")));
    assert!(matches!(predict.choices[2], Expr::Number(7.0)));
    assert!(matches!(predict.question, [Node::Text("How "), Node::Element("strong", _), Node::Text("?")]));
    let misconceptions: Vec<_> = quiz.options.iter().map(|option| option.misconception).collect();
    assert_eq!(misconceptions, [None, Some("async-is-parallel")]);
    assert!(matches!(quiz.options[0].check, Some(Expr::Op(Op::Less, ..))));
    assert_eq!((quiz.show.mode, quiz.show.time), (Some("quick"), Some(1.0)));
}

fn text(line: &model::Line) -> String {
    let text = |span: &Span| match span {
        Span::Code(_, text) | Span::Knob(_, text) | Span::Mode(text) => *text,
    };
    line.spans.iter().map(text).collect()
}

#[test]
fn a_program_is_shown_without_its_markers() {
    let lesson = lesson();
    let lines: Vec<String> = lesson.python.lines.iter().map(text).collect();
    let expected = [
        "\"\"\"Tea.\"\"\"",
        "",
        "import time",
        "",
        "CUPS = 2",
        "BREWING = 1.5  # seconds",
        "MODE = \"quick\"  # or \"slow\"",
        "",
        "",
        "async def brew():",
        "    await rest(BREWING)",
    ];
    assert_eq!(lines, expected);
    assert!((1..).zip(lesson.python.lines.iter()).all(|(number, line)| line.number == number));
}

#[test]
fn a_scenario_is_shown_without_machine_rows_and_tests() {
    let lesson = lesson();
    let lines: Vec<String> = lesson.rust.lines.iter().map(text).collect();
    assert_eq!(lines[..3], ["//! Tea, one cup or many.", "", "use crate::kettle;"]);
    assert_eq!(lines.last().map(String::as_str), Some("}"));
    assert!(!lines.concat().contains('@') && !lines.concat().contains("cfg"));
}

#[test]
fn markers_tie_lines_to_steps_modes_and_knobs() {
    let lesson = lesson();
    let line = |part: &str| {
        let mut lines = lesson.python.lines.iter().chain(lesson.rust.lines.iter());
        lines.find(|line| text(line).contains(part)).expect("it is shown")
    };
    assert_eq!(line("CUPS = ").modes, ["*"]);
    assert_eq!(line("await rest").modes, ["quick"]);
    assert_eq!(line("await rest").labels, ["steep"]);
    assert_eq!(line("hold(").labels, ["steep"]);
    assert!(line("import").modes.is_empty() && line("import").labels.is_empty());
    assert!(matches!(line("CUPS = ").spans, [Span::Code(..), Span::Knob("cups", "2")]));
    assert!(line("knobs.count").spans.iter().any(|span| matches!(span, Span::Knob("cups", "2"))));
    assert!(line("MODE").spans.iter().any(|span| matches!(span, Span::Mode("\"quick\""))));
    let both = line("rest(1.5)");
    assert!(
        both.labels == ["steep"]
            && both.spans.iter().any(|span| matches!(span, Span::Knob("brewing", "1.5")))
    );
}

#[test]
fn code_is_highlighted_in_both_languages() {
    let lesson = lesson();
    fn kinds(source: &[model::Line]) -> Vec<(Token, &'static str)> {
        let code = source.iter().flat_map(|line| line.spans).filter_map(|span| match span {
            Span::Code(token, text) => Some((*token, text.trim())),
            _ => None,
        });
        code.collect()
    }
    let python = kinds(&lesson.python.lines);
    for piece in [
        (Token::Keyword, "async def"),
        (Token::Function, "brew"),
        (Token::Keyword, "await"),
        (Token::Comment, "# seconds"),
    ] {
        assert!(python.contains(&piece), "{piece:?} in {python:#?}");
    }
    let rust = kinds(&lesson.rust.lines);
    for piece in [
        (Token::Keyword, "async fn"),
        (Token::Keyword, "await"),
        (Token::Type, "Knobs"),
        (Token::Text, "\"steep\""),
    ] {
        assert!(rust.contains(&piece), "{piece:?} in {rust:#?}");
    }
}

#[test]
fn what_is_written_down_is_one_static() {
    let rust = compile::emit::emit(&compile::compile(&good()).expect("the fixture is right"));
    assert!(rust.starts_with("use crate::lessons::model::*;"));
    assert!(rust.contains("pub static ALL: &[Lesson] = { static ITEMS: [Lesson; 1] = [Lesson { slug: \"tea\", number: 1, title: \"Tea\""));
    assert!(rust.contains("Expr::Op(Op::Less, &Expr::Metric(Metric::Total, \"quick\"), &Expr::Metric"));
    assert!(rust.contains("default: 1.5"));
}
