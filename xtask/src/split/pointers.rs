//! Pointers to functions: places of the program's own table. A place that only parts name is filled by these parts when they come, so the
//! function that was moved leaves nothing behind.

use std::collections::{BTreeMap, BTreeSet};

use super::data::Data;
use super::plan::Plan;
use super::shape::Shape;
use super::statics::Statics;

/// Who fills the places of the table.
#[derive(Debug, Default, PartialEq)]
pub struct Pointers {
    /// The functions to which there are pointers in the program: if they were moved, they leave a stub.
    pub kept: BTreeSet<u32>,
    /// What each part fills: places, and the functions that belong there.
    pub parts: Vec<BTreeMap<u32, u32>>,
}

impl Pointers {
    /// All places are filled by the program.
    pub fn whole(shape: &Shape, parts: usize) -> Self {
        Self { kept: shape.table.values().copied().collect(), parts: vec![BTreeMap::new(); parts] }
    }

    /// Places are filled by those who name them.
    pub fn divided(shape: &Shape, plan: &Plan, data: &Data, statics: &Statics) -> Self {
        let moved: BTreeSet<u32> = plan.parts.iter().flatten().copied().collect();
        // A small number may be a pointer or just a number: it counts if it is the number of a place that code names at all.
        let in_code = |functions: &mut dyn Iterator<Item = u32>| -> BTreeSet<u32> {
            let numbers = functions.flat_map(|function| &shape.numbers[(function - shape.imported) as usize]);
            numbers.filter(|number| statics.pointers_in_code.contains(number)).copied().collect()
        };
        let in_data = |pieces: &BTreeSet<u32>| {
            pieces.iter().flat_map(|piece| statics.pointers(*piece)).collect::<Vec<_>>()
        };
        let pieces: BTreeSet<u32> = data.pieces.iter().flatten().copied().collect();
        let mut program = in_code(
            &mut (shape.imported..shape.imported + shape.bodies).filter(|function| !moved.contains(function)),
        );
        program.extend(in_data(&statics.all().difference(&pieces).copied().collect()));
        let mut parts: Vec<BTreeMap<u32, u32>> = Vec::new();
        let mut named = program.clone();
        for (part, pieces) in plan.parts.iter().zip(&data.pieces) {
            let places = in_code(&mut part.iter().copied()).into_iter().chain(in_data(pieces));
            let mine = places.filter(|place| !program.contains(place));
            let mine: BTreeMap<u32, u32> = mine
                .filter_map(|place| Some((place, *shape.table.get(&place)?)))
                // The program points at what stayed in any case.
                .filter(|(_, function)| moved.contains(function))
                .collect();
            named.extend(mine.keys());
            parts.push(mine);
        }
        // What nobody is known to name stays.
        let kept = shape.table.iter().filter(|(place, _)| program.contains(place) || !named.contains(place));
        Self { kept: kept.map(|(_, function)| *function).collect(), parts }
    }
}
