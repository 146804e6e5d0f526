//! The lesson compiler: Markdown, TOML and marked-up programs in, static Rust data out.
//!
//! It runs in `build.rs` and in native tests, never in the browser. It builds the very values of
//! [`model`](super::model) that the page reads, leaking what they borrow (a build script is over in
//! a second), and [`emit`] writes them down. It must never know how a lesson is drawn or run.
//!
//! | file | what |
//! |---|---|
//! | [`read`] | files from the disk; everything else is a function of their text |
//! | [`lesson`] | one lesson put together and held against its scenario and its twin |
//! | [`front`], [`fields`] | front matter; TOML key by key |
//! | [`document`], [`directives`], [`markdown`] | steps; fenced blocks; text |
//! | [`glossary`] | the words that lessons explain where they use them first |
//! | [`questions`] | the questions of the last lesson, and what is true instead of a misconception |
//! | [`values`], [`expr`], [`tokens`] | `{{ expression \| format }}`; its grammar; its words |
//! | [`scenario`], [`source`], [`markers`], [`highlight`] | what a scenario knows; programs as shown |
//! | [`texts`] | what a lesson says, as a file of its own |
//! | [`problem`] | what is wrong, where, and what to do |

pub mod directives;
pub mod document;
pub mod emit;
pub mod expr;
pub mod fields;
pub mod front;
pub mod glossary;
pub mod highlight;
pub mod lesson;
pub mod markdown;
pub mod markers;
pub mod problem;
pub mod questions;
pub mod read;
pub mod scenario;
pub mod source;
pub mod texts;
pub mod tokens;
pub mod values;

use super::{misconceptions, model, packed};
use model::{Lesson, Question, Term, Truth};
use problem::Problem;
use read::Files;

/// Everything the page reads.
#[derive(Debug)]
pub struct Course {
    /// The lessons, in the order of their folders.
    pub lessons: Vec<Lesson>,
    /// The words of the glossary, in the order of the alphabet.
    pub glossary: Vec<Term>,
    /// The questions of the last lesson, in the order of their file.
    pub questions: Vec<Question>,
    /// What is true instead of a misconception.
    pub truths: Vec<Truth>,
}

/// Compiles all lessons, or says everything that is wrong with any of them.
pub fn compile(files: &Files) -> Result<Course, Vec<Problem>> {
    let named = |name: &str| lesson::number_and_slug(name).map(|(number, slug)| (number, slug.to_owned()));
    let names: Vec<(u8, String)> = files.folders.iter().filter_map(|folder| named(&folder.name)).collect();
    let slugs: Vec<String> = names.iter().map(|(_, slug)| slug.clone()).collect();
    let mut problems = twice(&names);
    let glossary = glossary::read(files.glossary.as_deref().unwrap_or_default(), &slugs, &mut problems);
    let terms: Vec<String> = glossary.iter().map(|term| term.id.to_owned()).collect();
    let names = lesson::Names { slugs: &slugs, terms: &terms };
    let compiled =
        files.folders.iter().filter_map(|folder| lesson::compile(folder, files, names, &mut problems));
    let lessons: Vec<Lesson> = compiled.collect();
    let text = files.questions.as_deref().unwrap_or_default();
    let (questions, truths) = questions::read(text, &lessons, names, &mut problems);
    if problems.is_empty() { Ok(Course { lessons, glossary, questions, truths }) } else { Err(problems) }
}

/// Two folders with one number or one slug.
fn twice(names: &[(u8, String)]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (at, (number, slug)) in names.iter().enumerate() {
        if names[..at].iter().any(|(other, name)| other == number || name == slug) {
            problems.push(Problem {
                path: format!("{}/{number:02}-{slug}/lesson.md", read::LESSONS),
                line: 1,
                message: "another lesson has this number or this slug".to_owned(),
                advice: "Rename the folder".to_owned(),
            });
        }
    }
    problems
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn leak_list<T>(values: Vec<T>) -> &'static [T] {
    values.leak()
}

fn leak_str(text: String) -> &'static str {
    text.leak()
}
