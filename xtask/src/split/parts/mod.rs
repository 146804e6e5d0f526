//! Writes a program in parts.
//!
//! Whoever calls a function that was moved first asks for its part ([`super::shape::NEED`]), and then calls it in a table. What the
//! program has pointers to ([`super::pointers`]), and what it calls from several places, leaves a stub that does so; everything else that was
//! moved is gone from the program, in which functions get new numbers. A part imports memory, tables and globals of the program, and calls what is
//! not in it through the same table.
//!
//! [`rest`] writes what stays, [`part`] a part.

mod part;
mod rest;

use super::data::Data;
use super::plan::Plan;
use super::pointers::Pointers;
use super::shape::Shape;
use anyhow::Result;
use part::Contents;
use rest::Rest;
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{Module, RefType, TableType};
use wasmparser::Parser;

/// Where a part imports from.
const MAIN: &str = "main";
/// What the program exports for its parts.
const TABLE: &str = "parts";

/// The program without what was moved, and the parts.
pub fn divide(
    program: &[u8],
    shape: &Shape,
    need: u32,
    plan: &Plan,
    data: &Data,
    pointers: &Pointers,
) -> Result<(Vec<u8>, Vec<Vec<u8>>)> {
    let slots = Slots::of(shape, plan, pointers);
    let mut module = Module::new();
    let mut rest = Rest { shape, slots: &slots, need, data };
    rest.parse_core_module(&mut module, Parser::new(0), program)?;
    let mut parts = Vec::new();
    for ((part, data), pointers) in plan.parts.iter().zip(&data.parts).zip(&pointers.parts) {
        parts.push(part::write(program, shape, need, &slots, &Contents { functions: part, data, pointers })?);
    }
    Ok((module.finish(), parts))
}

/// Places in the table.
struct Slots {
    /// The functions that were moved: their part, and their place.
    moved: BTreeMap<u32, (usize, u32)>,
    /// What parts call of the program: its place.
    outside: BTreeMap<u32, u32>,
    /// The numbers of the functions that are left, by what they were.
    numbers: BTreeMap<u32, u32>,
}

impl Slots {
    fn of(shape: &Shape, plan: &Plan, pointers: &Pointers) -> Self {
        let mut moved = BTreeMap::new();
        for (part, number) in plan.parts.iter().zip(1..) {
            for function in part {
                moved.insert(*function, (number, moved.len() as u32));
            }
        }
        let calls = moved.keys().flat_map(|function| &shape.calls[(function - shape.imported) as usize]);
        let mut outside: Vec<u32> = calls.filter(|called| !moved.contains_key(called)).copied().collect();
        // In the order of their numbers, which makes a list that packs well.
        let numbers = numbers(shape, &moved, &pointers.kept);
        outside.sort_unstable_by_key(|function| numbers.get(function));
        outside.dedup();
        let outside = outside.into_iter().zip(moved.len() as u32..).collect();
        Self { moved, outside, numbers }
    }

    fn kind(&self) -> TableType {
        let all = (self.moved.len() + self.outside.len()) as u64;
        TableType {
            element_type: RefType::FUNCREF,
            table64: false,
            minimum: all,
            maximum: Some(all),
            shared: false,
        }
    }

    /// The functions outside of parts, in the order of their places.
    fn functions_outside(&self) -> Vec<u32> {
        let mut all: Vec<(u32, u32)> =
            self.outside.iter().map(|(function, slot)| (*slot, *function)).collect();
        all.sort_unstable();
        all.into_iter().map(|(_, function)| function).collect()
    }
}

/// The numbers of the functions that the program has when others were moved. Those in tables come first, in the order of the tables: a list
/// of numbers that follow each other takes no bytes when it is packed.
fn numbers(
    shape: &Shape,
    moved: &BTreeMap<u32, (usize, u32)>,
    pointers: &BTreeSet<u32>,
) -> BTreeMap<u32, u32> {
    let mut calls = BTreeMap::new();
    for (function, called) in (shape.imported..).zip(&shape.calls) {
        if !moved.contains_key(&function) {
            called.iter().for_each(|called| *calls.entry(*called).or_insert(0) += 1);
        }
    }
    // A stub is about as long as one call that does the same.
    let is_called_often = |function: &u32| calls.get(function).is_some_and(|calls| *calls > 1);
    let needs_stub = |function: &u32| {
        shape.exported.contains(function) || pointers.contains(function) || is_called_often(function)
    };
    let is_left = |function: &u32| !moved.contains_key(function) || needs_stub(function);
    let pointed_at =
        shape.table.values().filter(|function| **function >= shape.imported && is_left(function));
    let mut numbers: BTreeMap<u32, u32> = (0..shape.imported).map(|imported| (imported, imported)).collect();
    let all = shape.imported..shape.imported + shape.bodies;
    for function in pointed_at.copied().chain(all.filter(is_left)) {
        let next = numbers.len() as u32;
        numbers.entry(function).or_insert(next);
    }
    numbers
}

fn plain(error: Error<Infallible>) -> anyhow::Error {
    anyhow::anyhow!("{error}")
}

#[cfg(test)]
mod tests;
