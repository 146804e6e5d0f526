//! Writes a program in parts.
//!
//! Whoever calls a function that was moved first asks for its part ([`super::shape::NEED`]), and then calls it in a table. What the
//! program has pointers to ([`super::pointers`]), and what it calls from several places, leaves a stub that does so; everything else that was
//! moved is gone from the program, in which functions get new numbers. A part imports memory, tables and globals of the program, and calls what is
//! not in it through the same table.
//!
//! [`rest`] writes what stays, [`part`] a part.

mod asking;
mod part;
mod rest;

use super::data::Data;
use super::plan::Plan;
use super::pointers::Pointers;
use super::shape::Shape;
use super::{order, plain};
use anyhow::Result;
use part::Contents;
use rest::Rest;
use std::collections::{BTreeMap, BTreeSet};
use wasm_encoder::reencode::Reencode;
use wasm_encoder::{Function, Module, RefType, TableType};
use wasmparser::{FunctionBody, Parser, Payload};

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
    let bodies = bodies_of(program)?;
    let moved: Vec<Vec<u32>> = plan.parts.iter().map(|part| arranged(part, shape, &bodies)).collect();
    let mut slots = Slots::of(shape, &moved, pointers);
    let left = Rest { shape, slots: &slots, need, data }.bodies(&bodies).map_err(plain)?;
    slots.arrange(left, shape.imported);
    let mut module = Module::new();
    let mut rest = Rest { shape, slots: &slots, need, data };
    rest.parse_core_module(&mut module, Parser::new(0), program)?;
    let mut parts = Vec::new();
    for ((part, data), pointers) in moved.iter().zip(&data.parts).zip(&pointers.parts) {
        parts.push(part::write(
            program,
            &bodies,
            shape,
            &slots,
            &Contents { functions: part, data, pointers },
        )?);
    }
    Ok((module.finish(), parts))
}

/// Places in the table.
struct Slots {
    /// The places of the functions that were moved, those of a part after those of the one before it.
    moved: BTreeMap<u32, u32>,
    /// What parts call of the program: its place.
    outside: BTreeMap<u32, u32>,
    /// The numbers of the functions that are left, by what they were.
    numbers: BTreeMap<u32, u32>,
}

impl Slots {
    fn of(shape: &Shape, parts: &[Vec<u32>], pointers: &Pointers) -> Self {
        let mut moved = BTreeMap::new();
        for function in parts.iter().flatten() {
            moved.insert(*function, moved.len() as u32);
        }
        let calls = moved.keys().flat_map(|function| &shape.calls[(function - shape.imported) as usize]);
        let outside: BTreeSet<u32> = calls.filter(|called| !moved.contains_key(called)).copied().collect();
        let outside = outside.into_iter().zip(moved.len() as u32..).collect();
        let numbers = numbers(shape, &moved, &pointers.kept);
        Self { moved, outside, numbers }
    }

    /// Gives the functions that are left, of which these are the bodies, numbers in the order in which they pack best.
    fn arrange(&mut self, left: BTreeMap<u32, Function>, imported: u32) {
        let bodies: Vec<Vec<u8>> = left.into_values().map(Function::into_raw_body).collect();
        let order = order::by_likeness(&bodies.iter().map(Vec::as_slice).collect::<Vec<_>>());
        let mut numbers = vec![0; order.len()];
        for (old, new) in order.into_iter().zip(imported..) {
            numbers[old] = new;
        }
        self.numbers.values_mut().filter(|number| **number >= imported).for_each(|number| {
            *number = numbers[(*number - imported) as usize];
        });
        // In the order of their numbers, which makes a list that packs well.
        let first = self.moved.len() as u32;
        let mut outside: Vec<u32> = self.outside.keys().copied().collect();
        outside.sort_unstable_by_key(|function| self.numbers.get(function));
        self.outside = outside.into_iter().zip(first..).collect();
    }

    /// The number of the function that asks for what was moved: the last one of the program.
    fn asks(&self) -> u32 {
        self.numbers.len() as u32
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

/// The numbers of the functions that the program has when others were moved.
fn numbers(shape: &Shape, moved: &BTreeMap<u32, u32>, pointers: &BTreeSet<u32>) -> BTreeMap<u32, u32> {
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
    let left = (shape.imported..shape.imported + shape.bodies).filter(is_left);
    (0..shape.imported).chain(left).zip(0..).collect()
}

/// The functions of a part, in the order in which they pack best.
fn arranged(part: &[u32], shape: &Shape, bodies: &[FunctionBody<'_>]) -> Vec<u32> {
    let bytes: Vec<&[u8]> =
        part.iter().map(|function| bodies[(function - shape.imported) as usize].as_bytes()).collect();
    order::by_likeness(&bytes).into_iter().map(|place| part[place]).collect()
}

fn bodies_of(program: &[u8]) -> Result<Vec<FunctionBody<'_>>> {
    let mut bodies = Vec::new();
    for payload in Parser::new(0).parse_all(program) {
        if let Payload::CodeSectionEntry(body) = payload? {
            bodies.push(body);
        }
    }
    Ok(bodies)
}

#[cfg(test)]
mod tests;
