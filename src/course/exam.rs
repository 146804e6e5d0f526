//! The questions that end the course: which twelve are drawn, what was answered, and what it shows.
//!
//! Everything follows from the seed and the answers: the same seed draws the same twelve, in the same
//! order. [`Sheet`] is what the learner has done; `progress` keeps it.

mod draw;

use std::collections::BTreeMap;

use crate::lessons;
use crate::lessons::misconceptions::{MISCONCEPTIONS, Misconception};
use crate::lessons::model::{Answer, Question};

use super::numbers::{Numbers, defaults};

pub use draw::{Asked, LAST_SEED, draw, draw_from};

/// How many questions are asked.
pub const ASKED: usize = 12;

/// What the learner has answered of the twelve, and how well they did at best.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    seed: Option<u32>,
    /// The index of the answer in the question's own order, by the question's id.
    answers: BTreeMap<&'static str, usize>,
    shown: bool,
    best: Option<u8>,
}

/// A misconception that the answers show, and the questions that caught it.
#[derive(Debug)]
pub struct Caught {
    /// What the learner seems to believe.
    pub misconception: &'static Misconception,
    /// Where it showed.
    pub by: Vec<&'static Question>,
}

impl Question {
    /// The numbers that its text and its claims speak of.
    pub fn numbers(&self) -> Option<Numbers> {
        let lesson = lessons::find(self.lesson)?;
        let mut knobs = defaults(lesson);
        self.knobs.iter().for_each(|(id, value)| knobs.set(id, *value));
        Some(Numbers::new(lesson, knobs))
    }

    /// The right answer.
    pub fn right(&self) -> Option<&'static Answer> {
        self.options.iter().find(|option| option.misconception.is_none())
    }
}

impl Sheet {
    /// Which twelve; none before the first time.
    pub fn seed(&self) -> Option<u32> {
        self.seed
    }

    /// Whether the result is shown: the answers stand then.
    pub fn shown(&self) -> bool {
        self.shown
    }

    /// The most right answers there ever were. It never falls.
    pub fn best(&self) -> Option<u8> {
        self.best
    }

    /// The twelve questions; none before the first time.
    pub fn asked(&self) -> Vec<Asked> {
        self.seed.map_or_else(Vec::new, draw)
    }

    /// Other questions, or the same again: no answers yet. The best score stays.
    pub fn begin(&mut self, seed: u32) {
        *self = Self { seed: Some(seed.min(LAST_SEED)), best: self.best, ..Self::default() };
    }

    /// The answer to a question: its index in the question's own order.
    pub fn answer_to(&self, id: &str) -> Option<usize> {
        self.answers.get(id).copied()
    }

    /// Answers a question of the twelve, or answers it anew. When the result is shown, nothing changes.
    pub fn answer(&mut self, id: &str, option: usize) {
        let asked = self.asked();
        let Some(Asked { question, .. }) = asked.iter().find(|asked| asked.question.id == id) else { return };
        if !self.shown && option < question.options.len() {
            self.answers.insert(question.id, option);
        }
    }

    /// The places, from 0, of the questions that have no answer yet.
    pub fn open(&self) -> Vec<usize> {
        let asked = self.asked();
        (0..asked.len()).filter(|at| self.answer_to(asked[*at].question.id).is_none()).collect()
    }

    /// Shows the result, if all questions are answered; says whether they are.
    pub fn show(&mut self) -> bool {
        if self.seed.is_none() || !self.open().is_empty() {
            return false;
        }
        self.shown = true;
        self.best = self.best.max(Some(self.right() as u8));
        true
    }

    /// The answer that was chosen for a question.
    pub fn chosen(&self, question: &'static Question) -> Option<&'static Answer> {
        question.options.get(self.answer_to(question.id)?)
    }

    /// How many answers are right.
    pub fn right(&self) -> usize {
        let asked = self.asked();
        let chosen = asked.iter().filter_map(|asked| self.chosen(asked.question));
        chosen.filter(|answer| answer.misconception.is_none()).count()
    }

    /// What the wrong answers show, in the order in which the course meets it.
    pub fn caught(&self) -> Vec<Caught> {
        let asked = self.asked();
        let caught = MISCONCEPTIONS.iter().map(|misconception| {
            let shows = |asked: &&Asked| {
                self.chosen(asked.question).is_some_and(|it| it.misconception == Some(misconception.id))
            };
            Caught { misconception, by: asked.iter().filter(shows).map(|asked| asked.question).collect() }
        });
        caught.filter(|caught| !caught.by.is_empty()).collect()
    }

    /// Adds what was done elsewhere: the better score, and the answers where there are none here.
    pub fn add(&mut self, other: &Self) {
        let best = self.best.max(other.best);
        if self.answers.is_empty() && other.seed.is_some() {
            *self = other.clone();
        }
        self.best = best;
    }

    /// For storage: `seed;id.answer,id.answer;shown;best`. Nothing where nothing was done.
    pub fn write(&self) -> Option<String> {
        if *self == Self::default() {
            return None;
        }
        let seed = self.seed.map_or_else(String::new, |seed| seed.to_string());
        let answers: Vec<String> = self.answers.iter().map(|(id, option)| format!("{id}.{option}")).collect();
        let shown = if self.shown { "shown" } else { "" };
        let best = self.best.map_or_else(String::new, |best| best.to_string());
        Some(format!("{seed};{};{shown};{best}", answers.join(",")))
    }

    /// From storage. What does not belong is left out: an answer to a question that is not among the
    /// twelve, a result without all answers, a score above twelve.
    pub fn read(text: &str) -> Self {
        let mut parts = text.split(';');
        let mut part = || parts.next().unwrap_or_default();
        let mut sheet = Self::default();
        if let Some(seed) = part().parse().ok().filter(|seed| *seed <= LAST_SEED) {
            sheet.begin(seed);
        }
        for answer in part().split(',') {
            let Some((id, option)) = answer.split_once('.') else { continue };
            if let Ok(option) = option.parse() {
                sheet.answer(id, option);
            }
        }
        let shown = part() == "shown";
        sheet.best = part().parse().ok().filter(|best| usize::from(*best) <= ASKED);
        if shown {
            sheet.show();
        }
        sheet
    }
}

/// The misconceptions that the questions of a pool can catch.
pub fn catches(question: &Question) -> impl Iterator<Item = &'static str> + '_ {
    question.options.iter().filter_map(|option| option.misconception)
}
