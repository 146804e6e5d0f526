//! What `docs/` shows works: its lesson compiles, and its numbers are right.

#![cfg(not(target_arch = "wasm32"))]

use std::path::Path;

use concurrent_burgers::course::numbers::{self, Numbers};
use concurrent_burgers::lessons::{misconceptions, model, packed};
use model::{Block, Lesson};

#[path = "../src/lessons/compile/mod.rs"]
#[allow(dead_code, reason = "tests/lessons.rs uses the rest")]
mod compile;

use compile::read::{Files, Folder};

const GUIDE: &str = include_str!("../docs/lessons.md");

/// The fenced block below a comment that names its file.
fn file(name: &str) -> String {
    let (_, rest) = GUIDE.split_once(&format!("<!-- file: {name} -->\n")).expect("the guide names the file");
    let fence: String = rest.chars().take_while(|it| *it == '`').collect();
    let (_, body) = rest.split_once('\n').expect("the fence is a line");
    let (body, _) = body.split_once(&format!("\n{fence}\n")).expect("the fence ends");
    format!("{body}\n")
}

/// The guide's lesson, with a text, beside the one lesson of the course that it links to.
fn files(text: String) -> Files {
    let mut files =
        compile::read::read(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the files can be read");
    files.folders.retain(|folder| folder.name == "08-parallel-burgers");
    files.questions = None;
    // Words may be shown by lessons that are left out here.
    let glossary = files.glossary.unwrap_or_default();
    let words: Vec<_> = glossary.lines().filter(|line| !line.starts_with("lesson")).collect();
    files.glossary = Some(words.join("\n"));
    let program = file("lessons/en/14-lunch/program.py");
    files.folders.push(Folder { name: "14-lunch".to_owned(), lesson: Some(text), program: Some(program) });
    files
}

fn lesson() -> Lesson {
    match compile::compile(&files(file("lessons/en/14-lunch/lesson.md"))) {
        Ok(mut course) => course.lessons.pop().expect("it is the last"),
        Err(problems) => {
            panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
        }
    }
}

#[test]
fn the_lesson_of_the_guide_compiles() {
    let lesson = lesson();
    assert_eq!((lesson.slug, lesson.number, lesson.steps.len()), ("lunch", 14, 2));
}

#[test]
fn its_prediction_has_one_right_choice_and_its_claims_are_true() {
    let lesson: &'static Lesson = Box::leak(Box::new(lesson()));
    let (mut predictions, mut claims) = (0, 0);
    for step in lesson.steps {
        let numbers = Numbers::new(lesson, numbers::knobs_of(lesson, &step.stage));
        for block in step.blocks.iter() {
            match block {
                Block::Predict(predict) => {
                    let text = |expr| numbers.text(expr, predict.format);
                    let right = predict.choices.iter().filter(|it| text(it) == text(&predict.answer));
                    assert_eq!(right.count(), 1);
                    predictions += 1;
                }
                Block::Quiz(quiz) => {
                    for claim in quiz.options.iter().filter_map(|option| option.check.as_ref()) {
                        assert_eq!(numbers.value(claim), 1.0, "{claim:?}");
                        claims += 1;
                    }
                }
                _ => {}
            }
        }
    }
    assert_eq!((predictions, claims), (1, 1));
}

#[test]
fn the_mistake_it_shows_is_told_as_it_says() {
    let right = file("lessons/en/14-lunch/lesson.md");
    let wrong = right.replacen("mode = \"blocking\"\ntime", "mode = \"asink\"\ntime", 1);
    let problems = compile::compile(&files(wrong)).expect_err("there is no such mode");
    let told: Vec<_> = problems.iter().map(ToString::to_string).collect();
    let shown = GUIDE.lines().find(|line| line.starts_with("lessons/en/14-lunch/lesson.md:"));
    assert_eq!(told, [shown.expect("it is shown")]);
}
