//! Pieces of a body that can become functions of their own: what they take, what they give back, and where they lead.

use std::ops::Range;
use wasmparser::{BlockType, Operator, ValType};

use super::body::{Body, Sequence, Statement};
use super::live::Liveness;
use crate::split::shape::{LOWEST_ADDRESS, Shape};
use crate::split::statics;

/// What a call of a piece costs where it was, bytes: the call, the question whether its part is there, and where it leads.
const CALL: usize = 14;
/// What handing over one local costs.
const HANDED: usize = 2;
/// What a piece names seldom stays when it moves: where in the source it stands, a text. So many bytes of that are left when it is packed.
const NAMED: usize = 10;
/// What must be saved for a piece to be worth a function.
const GAIN: usize = 6;
/// More than that are seldom worth it.
const MOST_HANDED: usize = 60;
const MOST_EXITS: usize = 20;

/// A piece of a body that becomes a function.
pub struct Region {
    /// Its operators.
    pub range: Range<usize>,
    /// The mark that is passed when it begins.
    pub mark: u32,
    /// The locals it is given.
    pub given: Vec<u32>,
    /// The locals it changes, and somebody reads afterwards.
    pub returned: Vec<u32>,
    /// How it can be over.
    pub exits: Vec<Exit>,
    /// The type of the value that it leaves on the stack at one of its exits, at least.
    pub value: Option<ValType>,
    /// How many blocks are open where it stands, the body's own counted.
    pub depth: u32,
}

/// A way out of a region.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exit {
    /// Which of the blocks that are open where it stands it leaves, the innermost first; none if it goes on behind the region.
    pub label: Option<u32>,
    /// Whether it leaves a value on the stack.
    pub has_value: bool,
}

/// Chooses what becomes a function: whatever is not executed at once.
pub struct Chooser<'b, 'p> {
    /// The body.
    pub body: &'b Body<'p>,
    /// The program it is of.
    pub shape: &'b Shape,
    /// What is read when.
    pub live: &'b Liveness,
    /// Which marks are passed at once.
    pub at_once: &'b dyn Fn(u32) -> bool,
    /// What is on the stack when each open block is left, whether by a branch or at its end. Of some nothing is known: regions do not
    /// leave these.
    open: Vec<Option<Vec<ValType>>>,
}

impl<'b, 'p> Chooser<'b, 'p> {
    /// For a body.
    pub fn new(
        body: &'b Body<'p>,
        shape: &'b Shape,
        live: &'b Liveness,
        at_once: &'b dyn Fn(u32) -> bool,
    ) -> Self {
        Self { body, shape, live, at_once, open: vec![Some(body.results.clone())] }
    }

    /// The regions of a body that is called at once.
    pub fn choose(&mut self) -> Vec<Region> {
        let body = self.body;
        self.within(&body.whole.statements, body.whole.range.end)
    }

    fn within(&mut self, statements: &[Statement], end: usize) -> Vec<Region> {
        let mut regions = Vec::new();
        let mut rest = statements;
        while let Some((first, _)) = rest.split_first() {
            let later = |statement: &&Statement| !(self.at_once)(statement.mark);
            let run = rest.iter().take_while(later).count();
            if run == 0 {
                regions.extend(self.inside(first));
                rest = &rest[1..];
                continue;
            }
            regions.extend(self.region(&rest[..run], end));
            rest = &rest[run..];
        }
        regions
    }

    /// The regions in the blocks of a statement.
    fn inside(&mut self, statement: &Statement) -> Vec<Region> {
        let mut regions = Vec::new();
        self.blocks(statement, &mut |chooser, block| {
            regions.extend(chooser.within(&block.statements, block.range.end));
        });
        regions
    }

    /// Does something in each block of a statement. They may be within expressions, and in each other's conditions, but never open
    /// one in another.
    fn blocks(&mut self, statement: &Statement, act: &mut dyn FnMut(&mut Self, &Sequence)) {
        for block in &statement.inner {
            // An arm after an `else` belongs to the `if` whose other arm it follows.
            let opener = match self.body.operators[block.range.start - 1] {
                Operator::Else => self
                    .body
                    .closes
                    .iter()
                    .position(|it| it.is_some_and(|(other, _)| other == Some(block.range.start - 1))),
                _ => Some(block.range.start - 1),
            };
            let results = match opener.map(|at| &self.body.operators[at]) {
                Some(Operator::Block { blockty } | Operator::If { blockty }) => {
                    self.shape.results_of(*blockty)
                }
                // A branch to a loop begins it anew.
                Some(Operator::Loop { blockty: BlockType::Empty }) => Some(Vec::new()),
                _ => None,
            };
            self.open.push(results);
            act(self, block);
            self.open.pop();
        }
    }

    fn region(&mut self, run: &[Statement], end: usize) -> Option<Region> {
        let (first, last) = (run.first()?, run.last()?);
        let range = first.range.start..last.range.end;
        let size = self.body.bytes(&range) + NAMED * self.names(&range);
        if size < CALL + GAIN || !first.is_marked {
            return None;
        }
        let exits = self.exits(&range, range.end == end)?;
        let values: Vec<ValType> = exits.iter().filter_map(|(_, value)| *value).collect();
        let value = values.first().copied();
        if values.iter().any(|it| Some(*it) != value) || exits.len() > MOST_EXITS {
            return None;
        }
        let (given, returned) = self.handed(&range);
        let handed = given.len() + returned.len();
        if handed > MOST_HANDED || size < CALL + GAIN + HANDED * handed + 4 * exits.len().saturating_sub(1) {
            return None;
        }
        let exits =
            exits.into_iter().map(|(label, value)| Exit { label, has_value: value.is_some() }).collect();
        Some(Region { range, mark: first.mark, given, returned, exits, value, depth: self.open.len() as u32 })
    }

    /// How many data a piece names.
    fn names(&self, range: &Range<usize>) -> usize {
        let numbers = self.body.operators[range.clone()].iter().filter_map(statics::number_in);
        numbers.filter(|number| *number >= LOWEST_ADDRESS).count()
    }

    /// The ways out of a piece, with the value each leaves. None if there is one that cannot be written.
    fn exits(&self, range: &Range<usize>, ends_block: bool) -> Option<Vec<(Option<u32>, Option<ValType>)>> {
        let mut exits = Vec::new();
        if self.body.reached[range.end] {
            let results = if ends_block { one_at_most(self.open.last()?.as_ref()?)? } else { None };
            exits.push((None, results));
        }
        let mut labels = Vec::new();
        let mut within = 0u32;
        for operator in &self.body.operators[range.clone()] {
            match operator {
                Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => within += 1,
                Operator::End => within = within.checked_sub(1)?,
                Operator::Br { relative_depth } | Operator::BrIf { relative_depth } => {
                    labels.extend(relative_depth.checked_sub(within));
                }
                Operator::BrTable { targets } => {
                    let depths = targets.targets().filter_map(Result::ok).chain([targets.default()]);
                    labels.extend(depths.filter_map(|depth| depth.checked_sub(within)));
                }
                Operator::Return => labels.push(self.open.len() as u32 - 1),
                _ => {}
            }
        }
        labels.sort_unstable();
        labels.dedup();
        for label in labels {
            let results = self.open.get((self.open.len() - 1).checked_sub(label as usize)?)?;
            exits.push((Some(label), one_at_most(results.as_ref()?)?));
        }
        Some(exits)
    }

    /// What a piece takes, and what it gives back.
    fn handed(&self, range: &Range<usize>) -> (Vec<u32>, Vec<u32>) {
        let (mut read, mut written) = (Vec::new(), Vec::new());
        for operator in &self.body.operators[range.clone()] {
            match operator {
                Operator::LocalGet { local_index } => read.push(*local_index),
                Operator::LocalSet { local_index } | Operator::LocalTee { local_index } => {
                    written.push(*local_index)
                }
                _ => {}
            }
        }
        let live = self.live.out_of(range);
        written.retain(|local| live.has(*local));
        sort(&mut written);
        read.extend(&written);
        let before = self.live.into(range.start);
        read.retain(|local| before.has(*local));
        sort(&mut read);
        (read, written)
    }
}

fn sort(locals: &mut Vec<u32>) {
    locals.sort_unstable();
    locals.dedup();
}

/// The only value of a list, or that there is none; nothing if there are several.
fn one_at_most(values: &[ValType]) -> Option<Option<ValType>> {
    match values {
        [] => Some(None),
        [value] => Some(Some(*value)),
        _ => None,
    }
}
