//! Which data go where: what only parts name is in these parts, and comes with them.

use anyhow::{Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use wasm_encoder::{ConstExpr, DataSection};
use wasmparser::{DataKind, Operator, Parser, Payload};

use super::plan::Plan;
use super::shape::Shape;
use super::statics::{Statics, without};

/// Data that more parts name stay in the program: copies weigh, too.
const MOST_COPIES: usize = 2;
/// A segment takes about so many bytes more than what is in it. A smaller gap is written along.
const GAP: u32 = 6;
/// In the program, which comes first, larger gaps are written as nothing: that packs better than the beginning of a segment, and what
/// belongs there comes with a part.
const NOTHING: u32 = 1024;

/// The data of a program and of its parts: where they are in memory, and what they are.
#[derive(Debug, PartialEq)]
pub struct Data {
    /// What stays.
    pub program: Vec<Segment>,
    /// What each part brings.
    pub parts: Vec<Vec<Segment>>,
    /// Which pieces these are.
    pub pieces: Vec<BTreeSet<u32>>,
}

/// Data that follow each other in memory.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// Their first address.
    pub at: u32,
    /// The data.
    pub bytes: Vec<u8>,
}

impl Segment {
    fn range(&self) -> Range<u32> {
        self.at..self.at + self.bytes.len() as u32
    }

    fn cut(&self, range: &Range<u32>) -> Option<Self> {
        let (start, end) = (range.start.max(self.at), range.end.min(self.range().end));
        let bytes =
            self.bytes.get((start.checked_sub(self.at)? as usize)..(end.checked_sub(self.at)? as usize))?;
        (!bytes.is_empty()).then(|| Self { at: start, bytes: bytes.to_vec() })
    }
}

impl Data {
    /// All data in the program.
    pub fn whole(program: &[u8], parts: usize) -> Result<Self> {
        Ok(Self {
            program: segments(program)?,
            parts: vec![Vec::new(); parts],
            pieces: vec![BTreeSet::new(); parts],
        })
    }

    /// Data of which each part has what only it and few others name.
    pub fn divided(program: &[u8], shape: &Shape, plan: &Plan, statics: &Statics) -> Result<Self> {
        let numbers = |functions: &mut dyn Iterator<Item = u32>| -> BTreeSet<u32> {
            functions
                .flat_map(|function| &shape.numbers[(function - shape.imported) as usize])
                .copied()
                .collect()
        };
        let moved: BTreeSet<u32> = plan.parts.iter().flatten().copied().collect();
        let all = shape.imported..shape.imported + shape.bodies;
        let stays = statics.reached(&numbers(&mut all.filter(|function| !moved.contains(function))));
        let named = plan.parts.iter().map(|part| statics.reached(&numbers(&mut part.iter().copied())));
        let named: Vec<BTreeSet<u32>> = named.collect();
        let mut copies = BTreeMap::new();
        for piece in named.iter().flatten() {
            *copies.entry(*piece).or_insert(0) += 1;
        }
        let constant = statics.constant();
        let moves: BTreeSet<u32> = copies
            .into_iter()
            .filter(|(piece, copies)| {
                *copies <= MOST_COPIES && constant.contains(piece) && !stays.contains(piece)
            })
            .map(|(piece, _)| piece)
            .collect();
        // Pieces may overlap: what is also in one that stays, stays.
        let others = statics.ranges(&statics.all().difference(&moves).copied().collect());
        let segments = segments(program)?;
        let gone = without(&statics.ranges(&moves), &others);
        let left: Vec<Range<u32>> = without(&segments.iter().map(Segment::range).collect::<Vec<_>>(), &gone);
        let cut = |ranges: &[Range<u32>]| -> Vec<Segment> {
            let ranges = closed(ranges);
            segments.iter().flat_map(|segment| ranges.iter().filter_map(|range| segment.cut(range))).collect()
        };
        let pieces: Vec<BTreeSet<u32>> = named.iter().map(|named| named & &moves).collect();
        let parts = pieces.iter().map(|mine| cut(&without(&statics.ranges(mine), &others)));
        Ok(Self { program: filled(cut(&left)), parts: parts.collect(), pieces })
    }
}

/// Ranges with the small gaps between them. What is in a gap is written twice, and is the same.
fn closed(ranges: &[Range<u32>]) -> Vec<Range<u32>> {
    let mut all: Vec<Range<u32>> = Vec::new();
    for range in ranges {
        match all.last_mut() {
            Some(last) if range.start <= last.end + GAP => last.end = range.end.max(last.end),
            _ => all.push(range.clone()),
        }
    }
    all
}

/// Segments with nothing in the gaps between them.
fn filled(segments: Vec<Segment>) -> Vec<Segment> {
    let mut all: Vec<Segment> = Vec::new();
    for segment in segments {
        match all.last_mut() {
            Some(last) if segment.at <= last.range().end + NOTHING => {
                last.bytes.resize((segment.at - last.at) as usize, 0);
                last.bytes.extend(&segment.bytes);
            }
            _ => all.push(segment),
        }
    }
    all
}

/// Writes segments.
pub fn section(segments: &[Segment]) -> DataSection {
    let mut section = DataSection::new();
    for segment in segments {
        section.active(0, &ConstExpr::i32_const(segment.at as i32), segment.bytes.iter().copied());
    }
    section
}

/// Whether the data of a program are those of the one that was linked, at the same addresses.
pub fn is_same(program: &[u8], linked: &[u8]) -> Result<bool> {
    let linked = segments(linked)?;
    let is_there =
        |segment: &Segment| linked.iter().any(|it| it.cut(&segment.range()).as_ref() == Some(segment));
    Ok(segments(program)?.iter().all(is_there))
}

/// The segments of a program.
fn segments(program: &[u8]) -> Result<Vec<Segment>> {
    let mut segments = Vec::new();
    for payload in Parser::new(0).parse_all(program) {
        let Payload::DataSection(data) = payload? else { continue };
        for segment in data {
            let segment = segment?;
            let DataKind::Active { memory_index: 0, offset_expr } = segment.kind else {
                bail!("data have no address")
            };
            let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
                bail!("an address is not a number")
            };
            segments.push(Segment { at: value as u32, bytes: segment.data.to_vec() });
        }
    }
    segments.sort_by_key(|segment| segment.at);
    Ok(segments)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(at: u32, bytes: &[u8]) -> Segment {
        Segment { at, bytes: bytes.to_vec() }
    }

    #[test]
    fn a_segment_is_cut_to_what_is_asked_for() {
        let whole = segment(10, b"burgers");
        assert_eq!(whole.cut(&(12..14)), Some(segment(12, b"rg")));
        assert_eq!(whole.cut(&(0..12)), Some(segment(10, b"bu")));
        assert_eq!((whole.cut(&(17..20)), whole.cut(&(0..10))), (None, None));
    }

    #[test]
    fn nothing_is_in_the_gaps_of_the_program() {
        let far = 4 + NOTHING + 1;
        let segments = vec![segment(0, b"ab"), segment(3, b"d"), segment(far, b"e")];
        assert_eq!(filled(segments), [segment(0, b"ab\0d"), segment(far, b"e")]);
    }

    #[test]
    fn small_gaps_are_written_along_and_large_ones_are_not() {
        assert_eq!(closed(&[0..4, 4 + GAP..20, 21 + GAP..30]), [0..20, 21 + GAP..30]);
    }
}
