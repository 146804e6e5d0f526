//! Which questions a seed draws, and in which order their answers stand.

use std::collections::BTreeSet;

use super::{ASKED, catches};
use crate::lessons::QUESTIONS;
use crate::lessons::model::Question;

/// The largest seed: short enough to be read aloud.
pub const LAST_SEED: u32 = 99_999;

/// A question as it is asked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The question.
    pub question: &'static Question,
    /// The order in which its answers stand: indices into the question's own order.
    pub order: Vec<usize>,
}

/// The twelve questions of a seed. The same seed gives the same questions, in the same order.
pub fn draw(seed: u32) -> Vec<Asked> {
    draw_from(QUESTIONS, seed)
}

/// The same, from any pool. The questions catch as many misconceptions as possible: as long as some
/// are left, each question is one that catches the most of them.
pub fn draw_from(pool: &'static [Question], seed: u32) -> Vec<Asked> {
    let mut chance = Chance(u64::from(seed));
    let mut left: Vec<&'static Question> = chance.shuffled(pool.iter().collect());
    let mut covered = BTreeSet::new();
    let mut drawn = Vec::new();
    while drawn.len() < ASKED && !left.is_empty() {
        let new = |question: &Question| catches(question).filter(|id| !covered.contains(id)).count();
        // The first of the best ones, as they were shuffled.
        let best = (0..left.len()).rev().max_by_key(|at| new(left[*at])).unwrap_or(0);
        let question = left.remove(best);
        covered.extend(catches(question));
        drawn.push(question);
    }
    let ask = |question: &'static Question, chance: &mut Chance| Asked {
        question,
        order: chance.shuffled((0..question.options.len()).collect()),
    };
    let drawn = chance.shuffled(drawn);
    drawn.into_iter().map(|question| ask(question, &mut chance)).collect()
}

/// Numbers that look like chance and are always the same: SplitMix64.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Fisher and Yates: every order is as likely as any other.
    fn shuffled<T>(&mut self, mut items: Vec<T>) -> Vec<T> {
        for last in (1..items.len()).rev() {
            // A remainder is as good as fair for so few items.
            let other = (self.next() % (last as u64 + 1)) as usize;
            items.swap(last, other);
        }
        items
    }
}
