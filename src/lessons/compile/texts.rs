//! The texts of lessons as files of their own, named after what is in them: a browser may keep one for good.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::model::Lesson;
use super::packed::{pack_exam, pack_lesson};
use super::{Course, leak_str};

/// A file: its name and what is in it.
pub struct Text {
    /// Its name, unique among all versions of all texts.
    pub file: &'static str,
    /// What is in it.
    #[allow(dead_code, reason = "build.rs writes it; the tests of the compiler do not")]
    pub bytes: Vec<u8>,
}

impl Text {
    /// The text of a lesson.
    pub fn of_lesson(lesson: &Lesson) -> Self {
        Self::named(lesson.slug, pack_lesson(lesson))
    }

    /// The questions that end the course.
    pub fn of_exam(course: &Course) -> Self {
        Self::named("exam", pack_exam(&course.questions, &course.truths))
    }

    // As plain text, since every server packs that on the way.
    fn named(name: &str, bytes: Vec<u8>) -> Self {
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        let hash = hasher.finish();
        Self { file: leak_str(format!("{name}-{hash:016x}.txt")), bytes }
    }
}
