//! What a learner has done, and its form in storage.
//!
//! The form is a query string, `v=1&lesson=steps-done;quiz` and so on: readable, short, and easy
//! to check. What does not belong is left out; a text that cannot be read at all is an error, so
//! that whoever reads it can keep it aside and lose nothing. One key is no lesson: `exam`, with the
//! questions that end the course. Versions of the page that do not know it read the rest.

use std::collections::BTreeMap;

use form_urlencoded::{Serializer, parse};

use super::exam::Sheet;
use crate::lessons::{self, Check};

/// The version of the form.
const VERSION: &str = "1";

/// The key of the questions that end the course. No lesson has this slug.
const EXAM: &str = "exam";

/// The longest text that is read, in bytes.
const LONGEST: usize = 64 * 1024;

/// All lessons a learner has begun, and the questions at the end.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    lessons: BTreeMap<&'static str, Lesson>,
    /// What was answered of the questions that end the course.
    pub exam: Sheet,
}

/// What a learner has done of a lesson.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lesson {
    /// The steps seen, by their ids.
    pub steps: Vec<&'static str>,
    /// Whether the check question was answered right.
    pub checked: bool,
}

/// A text that is no progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

impl Progress {
    /// What is known of a lesson.
    pub fn of(&self, slug: &str) -> Lesson {
        self.lessons.get(slug).cloned().unwrap_or_default()
    }

    /// The learner has seen a step.
    pub fn see(&mut self, slug: &str, step: &str) {
        let Some(lesson) = lessons::find(slug) else { return };
        let Some(step) = lesson.steps.iter().find(|known| known.id == step) else { return };
        let done = self.lessons.entry(lesson.slug).or_default();
        if !done.steps.contains(&step.id) {
            done.steps.push(step.id);
        }
    }

    /// The learner has answered the check question right. This is never taken back.
    pub fn check(&mut self, slug: &str) {
        if let Some(lesson) = lessons::find(slug) {
            self.lessons.entry(lesson.slug).or_default().checked = true;
        }
    }

    /// How much of a lesson is done, 0 to 1.
    pub fn share(&self, slug: &str) -> f64 {
        let Some(done) = self.lessons.get(slug) else { return 0.0 };
        let all = lessons::find(slug).map_or(0, |lesson| lesson.steps.len()) + 1;
        (done.steps.len() + usize::from(done.checked)) as f64 / all as f64
    }

    /// What of it belongs to one lesson, and nothing of the others.
    #[must_use]
    pub fn only(&self, slug: &str) -> Self {
        let mut one = Self::default();
        let Some((slug, lesson)) = self.lessons.get_key_value(slug) else { return one };
        one.lessons.insert(slug, lesson.clone());
        if lessons::find(slug).and_then(|lesson| lesson.check) == Some(Check::Exam) {
            one.exam = self.exam.clone();
        }
        one
    }

    /// For storage.
    pub fn write(&self) -> String {
        let mut text = Serializer::new(String::new());
        text.append_pair("v", VERSION);
        for (slug, lesson) in &self.lessons {
            let quiz = if lesson.checked { ";checked" } else { "" };
            text.append_pair(slug, &format!("{}{quiz}", lesson.steps.join(",")));
        }
        if let Some(exam) = self.exam.write() {
            text.append_pair(EXAM, &exam);
        }
        text.finish()
    }

    /// From what a learner has pasted: line breaks and blanks do not matter.
    pub fn read_code(code: &str) -> Result<Self, Unreadable> {
        let code: String = code.chars().filter(|char| !char.is_whitespace()).take(LONGEST + 1).collect();
        Self::read(&code)
    }

    /// Adds what was done elsewhere; nothing is taken back.
    pub fn add(&mut self, other: &Self) {
        for (slug, lesson) in &other.lessons {
            lesson.steps.iter().for_each(|step| self.see(slug, step));
            if lesson.checked {
                self.check(slug);
            }
        }
        self.exam.add(&other.exam);
    }

    /// From storage.
    pub fn read(text: &str) -> Result<Self, Unreadable> {
        if text.len() > LONGEST {
            return Err(Unreadable);
        }
        let mut pairs = parse(text.as_bytes());
        if pairs.next().is_none_or(|(key, version)| key != "v" || version != VERSION) {
            return Err(Unreadable);
        }
        let mut progress = Self::default();
        for (slug, done) in pairs {
            if slug == EXAM {
                progress.exam = Sheet::read(&done);
                continue;
            }
            let (steps, quiz) = done.split_once(';').unwrap_or((&done, ""));
            steps.split(',').for_each(|step| progress.see(&slug, step));
            if quiz == "checked" {
                progress.check(&slug);
            }
        }
        Ok(progress)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_survives_storage() {
        let mut progress = Progress::default();
        progress.see("sync-vs-async", "wake");
        progress.see("sync-vs-async", "wake");
        progress.check("async-await");
        assert_eq!(Progress::read(&progress.write()), Ok(progress.clone()));
        assert!(progress.share("sync-vs-async") > 0.0);
    }

    #[test]
    fn a_pasted_code_adds_to_what_is_there() {
        let (mut here, mut there) = (Progress::default(), Progress::default());
        here.see("sync-vs-async", "wake");
        there.see("sync-vs-async", "two-ways");
        there.check("event-loop");
        let code = format!("  {}\n", there.write().replace('&', "&\n "));
        let brought = Progress::read_code(&code).expect("it is a code");
        assert_eq!(brought, there);
        here.add(&brought);
        assert_eq!(here.of("sync-vs-async").steps, ["wake", "two-ways"]);
        assert!(here.of("event-loop").checked);
        assert_eq!(Progress::read_code("hello"), Err(Unreadable));
    }

    #[test]
    fn what_does_not_exist_is_left_out() {
        let progress = Progress::read("v=1&nope=a,b;checked&sync-vs-async=wake,nope;what");
        let mut expected = Progress::default();
        expected.see("sync-vs-async", "wake");
        assert_eq!(progress, Ok(expected));
    }

    #[test]
    fn broken_texts_are_unreadable_and_never_crash() {
        for text in ["", "{\"v\":1}", "v=2&x=y", "%%%", "\u{0}", &"x".repeat(100_000)] {
            assert_eq!(Progress::read(text), Err(Unreadable), "{text:.20}");
        }
    }
}
