//! What a host hears of score and state, and when.
//!
//! **The score** of a lesson is 0 to 1. The check question is six tenths of it, once it is answered
//! right (for the last lesson: the best share of right answers to its twelve questions); the other
//! four tenths are the share of its steps that were seen. The course's score is the mean of its lessons'.
//!
//! **The state** is the progress code ([`Progress::write`]): short, readable, and good for any host that
//! keeps a text of 4 KB.
//!
//! What never happens here: the score that is reported never falls; 0 is never reported; there is at
//! most one report a second, but for a flush (a check is finished, the page is hidden or left); and
//! nothing is reported before the host had a moment to bring back what it keeps, so that coming back
//! can never write a worse score over a better one.
//!
//! Whoever speaks to a host (by messages, or by SCORM) asks [`Report`] and posts what it says. Times
//! are in ms, from any clock that does not go back.

use crate::course::exam::ASKED;
use crate::course::progress::Progress;
use crate::lessons::model::Lesson;
use crate::lessons::{self, Check};

/// How much of a lesson's score the check question is.
pub const CHECK: f64 = 0.6;
/// The least time between two reports, in ms.
pub const PAUSE: f64 = 1000.0;
/// How long the host may take to bring back what it keeps before the first report, in ms.
pub const GRACE: f64 = 3000.0;

/// What a report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// One lesson, and nothing of the others.
    Lesson(&'static str),
    /// The score of one lesson; the state of the whole course, for the learner may go anywhere in it.
    LessonInCourse(&'static str),
    /// The whole course.
    Course,
}

/// What has been reached.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reached {
    /// 0 to 1.
    pub score: f64,
    /// Whether there is nothing left to do: all steps seen, and the check answered.
    pub complete: bool,
    /// The progress code.
    pub state: String,
    /// How many checks are answered right; when it rises, the report is not kept waiting.
    pub checks: usize,
}

impl Scope {
    /// What a learner has reached in it.
    pub fn of(self, progress: &Progress) -> Reached {
        let (lessons, state): (Vec<&Lesson>, String) = match self {
            Self::Lesson(slug) => (lessons::find(slug).into_iter().collect(), progress.only(slug).write()),
            Self::LessonInCourse(slug) => (lessons::find(slug).into_iter().collect(), progress.write()),
            Self::Course => (lessons::ALL.iter().collect(), progress.write()),
        };
        let all = lessons.len().max(1) as f64;
        Reached {
            score: lessons.iter().map(|lesson| score(lesson, progress)).sum::<f64>() / all,
            complete: !lessons.is_empty() && lessons.iter().all(|lesson| is_complete(lesson, progress)),
            state,
            checks: lessons.iter().filter(|lesson| progress.of(lesson.slug).checked).count(),
        }
    }
}

/// A lesson's score, 0 to 1.
pub fn score(lesson: &Lesson, progress: &Progress) -> f64 {
    let done = progress.of(lesson.slug);
    let steps = done.steps.len() as f64 / lesson.steps.len().max(1) as f64;
    match lesson.check {
        None => steps,
        Some(Check::Question) => (1.0 - CHECK) * steps + CHECK * f64::from(u8::from(done.checked)),
        Some(Check::Exam) => {
            let best = f64::from(progress.exam.best().unwrap_or(0)) / ASKED as f64;
            (1.0 - CHECK) * steps + CHECK * best
        }
    }
}

fn is_complete(lesson: &Lesson, progress: &Progress) -> bool {
    let done = progress.of(lesson.slug);
    let answered = match lesson.check {
        None => true,
        Some(Check::Question) => done.checked,
        Some(Check::Exam) => progress.exam.best().is_some(),
    };
    answered && done.steps.len() >= lesson.steps.len()
}

/// What has been reported, and what waits to be.
#[derive(Clone, Debug)]
pub struct Report {
    reached: Reached,
    /// The best score so far.
    best: f64,
    sent: Option<Reached>,
    /// When the last one went out.
    last: Option<f64>,
    /// When the host was asked for what it keeps.
    asked: f64,
    answered: bool,
}

/// When there is something to send.
#[derive(Clone, Debug, PartialEq)]
pub enum Due {
    /// This, now.
    Now(Reached),
    /// Ask again in so many ms.
    In(f64),
    /// Nothing.
    Never,
}

impl Report {
    /// The host is asked for what it keeps, now.
    pub fn new(now: f64) -> Self {
        let reached = Reached::default();
        Self { reached, best: 0.0, sent: None, last: None, asked: now, answered: false }
    }

    /// Something has been reached. Says whether that is worth a flush: one more check is answered.
    pub fn take(&mut self, reached: Reached) -> bool {
        let more = reached.checks > self.reached.checks;
        // What is no number is no score.
        if reached.score.is_finite() {
            self.best = self.best.max(reached.score.clamp(0.0, 1.0));
        }
        self.reached = reached;
        more
    }

    /// The host has answered: it keeps state.
    pub fn answered(&mut self) {
        self.answered = true;
    }

    /// What is to be sent in the usual course of things.
    pub fn due(&mut self, now: f64) -> Due {
        let pause = self.last.map_or(f64::NEG_INFINITY, |last| last + PAUSE);
        let from = pause.max(if self.answered { f64::NEG_INFINITY } else { self.asked + GRACE });
        match self.waiting() {
            None => Due::Never,
            Some(_) if now < from => Due::In(from - now),
            Some(reached) => Due::Now(self.send(reached, now)),
        }
    }

    /// What is to be sent at once: a check is finished, the page is hidden or left, or the host asks.
    pub fn flush(&mut self, now: f64) -> Option<Reached> {
        let early = !self.answered && now < self.asked + GRACE;
        let reached = self.waiting().filter(|_| !early)?;
        Some(self.send(reached, now))
    }

    /// Whether there is anything that the host does not have yet.
    pub fn has_news(&self) -> bool {
        self.waiting().is_some()
    }

    fn waiting(&self) -> Option<Reached> {
        let reached = Reached { score: (self.best * 1e4).round() / 1e4, ..self.reached.clone() };
        (reached.score > 0.0 && self.sent.as_ref() != Some(&reached)).then_some(reached)
    }

    fn send(&mut self, reached: Reached, now: f64) -> Reached {
        self.sent = Some(reached.clone());
        self.last = Some(now);
        reached
    }
}
