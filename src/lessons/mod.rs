//! Lessons are data: a folder with `lesson.md` and `program.py`, compiled by `build.rs`.
//!
//! [`model`] says what a lesson is, and [`ALL`] are the lessons. `compile/` reads, checks and
//! highlights the files; only `build.rs` and `tests/lessons.rs` include it, so no Markdown parser
//! and no highlighter reach the browser.

mod lookup;
pub mod misconceptions;
pub mod model;
pub mod packed;

pub use model::Check;
use model::Lesson;

/// A list of the compiled lessons that is long. Outside of the browser it is in the program; in the browser it comes when it
/// is needed (`course::texts`), so that a first visit does not load the whole course.
#[cfg(not(target_arch = "wasm32"))]
macro_rules! late {
    ($item:ty, $list:expr) => {
        Late::Here($list)
    };
}
#[cfg(target_arch = "wasm32")]
macro_rules! late {
    ($item:ty, $list:expr) => {{
        static PLACE: std::sync::OnceLock<&'static [$item]> = std::sync::OnceLock::new();
        Late::Coming(&PLACE)
    }};
}

/// The claim of an answer to one of the last questions: a test holds it, and the page does not need it.
#[cfg(not(target_arch = "wasm32"))]
macro_rules! claim {
    ($check:expr) => {
        $check
    };
}
#[cfg(target_arch = "wasm32")]
macro_rules! claim {
    ($check:expr) => {
        None
    };
}

/// What `build.rs` made of `lessons/`.
#[rustfmt::skip]
#[allow(clippy::all, reason = "written by a program, read by none")]
mod compiled {
    include!(concat!(env!("OUT_DIR"), "/lessons.rs"));
}

pub use compiled::{ALL, EXAM_TEXT, GLOSSARY, QUESTIONS, TRUTHS};

/// A word of the glossary.
pub fn term(id: &str) -> Option<&'static model::Term> {
    GLOSSARY.iter().find(|term| term.id == id)
}

/// What is true instead of a misconception.
pub fn truth(id: &str) -> Option<&'static model::Truth> {
    TRUTHS.iter().find(|truth| truth.id == id)
}

/// The lesson at an address, `?lesson=slug`.
pub fn find(slug: &str) -> Option<&'static Lesson> {
    ALL.iter().find(|lesson| lesson.slug == slug)
}
