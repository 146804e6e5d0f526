//! Which locals are still to be read, at each operator of a body.

use std::collections::BTreeSet;
use wasmparser::Operator;

use super::body::Body;

/// Numbers of locals.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Locals(Vec<u64>);

impl Locals {
    fn with_room_for(count: usize) -> Self {
        Self(vec![0; count.div_ceil(64)])
    }

    fn put(&mut self, local: u32) {
        self.0[local as usize / 64] |= 1 << (local % 64);
    }

    fn take(&mut self, local: u32) {
        self.0[local as usize / 64] &= !(1 << (local % 64));
    }

    fn add(&mut self, others: &Self) {
        self.0.iter_mut().zip(&others.0).for_each(|(all, more)| *all |= more);
    }

    /// Whether a local is among them.
    pub fn has(&self, local: u32) -> bool {
        self.0.get(local as usize / 64).is_some_and(|word| word & (1 << (local % 64)) != 0)
    }
}

/// What is live before each operator, and whereto each can lead.
pub struct Liveness {
    before: Vec<Locals>,
    leads_to: Vec<Vec<usize>>,
}

impl Liveness {
    /// Follows a body backwards until nothing more is found.
    pub fn of(body: &Body<'_>) -> Self {
        let leads_to = leads_to(body);
        let nothing = Locals::with_room_for(body.locals.len());
        let mut before = vec![nothing.clone(); body.operators.len()];
        let mut changed = true;
        while changed {
            changed = false;
            for at in (0..body.operators.len()).rev() {
                let mut live = nothing.clone();
                leads_to[at].iter().for_each(|next| live.add(&before[*next]));
                match body.operators[at] {
                    Operator::LocalGet { local_index } => live.put(local_index),
                    Operator::LocalSet { local_index } | Operator::LocalTee { local_index } => {
                        live.take(local_index)
                    }
                    _ => {}
                }
                if live != before[at] {
                    before[at] = live;
                    changed = true;
                }
            }
        }
        Self { before, leads_to }
    }

    /// What is live when a piece of the body begins.
    pub fn into(&self, at: usize) -> &Locals {
        &self.before[at]
    }

    /// What is live wherever a piece can lead.
    pub fn out_of(&self, piece: &std::ops::Range<usize>) -> Locals {
        let nexts: BTreeSet<usize> = self.leads_to[piece.clone()].iter().flatten().copied().collect();
        let mut live = Locals(vec![0; self.before[piece.start].0.len()]);
        nexts.into_iter().filter(|next| !piece.contains(next)).for_each(|next| live.add(&self.before[next]));
        live
    }
}

/// The operators that may come next, for each operator. A branch to a block leads to its end, one to a loop to its beginning.
fn leads_to(body: &Body<'_>) -> Vec<Vec<usize>> {
    let last = body.operators.len() - 1;
    let mut open: Vec<usize> = vec![last];
    let mut leads_to = Vec::with_capacity(body.operators.len());
    // The end of the arm before an `else` leads behind the arm after it.
    let mut ends_of_arms = std::collections::BTreeMap::new();
    for (at, operator) in body.operators.iter().enumerate() {
        let label = |depth: u32| open[open.len() - 1 - depth as usize];
        let closes = body.closes[at];
        leads_to.push(match operator {
            Operator::Loop { .. } => {
                open.push(at);
                vec![at + 1]
            }
            Operator::Block { .. } => {
                open.push(closes.map_or(last, |(_, end)| end));
                vec![at + 1]
            }
            Operator::If { .. } => {
                let (other, end) = closes.unwrap_or((None, last));
                open.push(end);
                if let Some(other) = other {
                    ends_of_arms.insert(other, end);
                }
                vec![at + 1, other.map_or(end, |other| other + 1)]
            }
            Operator::Else => vec![ends_of_arms.get(&at).copied().unwrap_or(last)],
            Operator::End if at == last => Vec::new(),
            Operator::End => {
                open.pop();
                vec![at + 1]
            }
            Operator::Br { relative_depth } => vec![label(*relative_depth)],
            Operator::BrIf { relative_depth } => vec![at + 1, label(*relative_depth)],
            Operator::BrTable { targets } => {
                let depths = targets.targets().filter_map(Result::ok).chain([targets.default()]);
                depths.map(label).collect()
            }
            Operator::Return | Operator::Unreachable => Vec::new(),
            _ => vec![at + 1],
        });
    }
    leads_to
}
