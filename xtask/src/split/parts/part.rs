//! A part of a program: functions that were moved, the data that only they name, and the pointers to functions in these.

use anyhow::Result;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{
    CodeSection, ConstExpr, ElementSection, Elements, EntityType, Function, FunctionSection, ImportSection,
    Instruction, Module,
};
use wasmparser::{FunctionBody, Operator, Parser, Payload};

use super::{MAIN, Slots, TABLE, asking};
use crate::split::data::{self, Segment};
use crate::split::shape::{NEED, Shape};
use crate::split::{Outcome, plain};

/// What is in a part.
pub struct Contents<'c> {
    /// Its functions.
    pub functions: &'c [u32],
    /// Its data.
    pub data: &'c [Segment],
    /// The places of the program's table that it fills, and the functions that belong there.
    pub pointers: &'c BTreeMap<u32, u32>,
}

impl Contents<'_> {
    /// The functions of other parts to which there are pointers in this one: it has stubs for them.
    fn stubs(&self) -> BTreeSet<u32> {
        self.pointers.values().filter(|function| !self.functions.contains(function)).copied().collect()
    }
}

/// Writes a part.
pub fn write(
    program: &[u8],
    bodies: &[FunctionBody<'_>],
    shape: &Shape,
    slots: &Slots,
    part: &Contents<'_>,
) -> Result<Vec<u8>> {
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(program) {
        let Payload::TypeSection(types) = payload? else { continue };
        let mut section = wasm_encoder::TypeSection::new();
        RoundtripReencoder.parse_type_section(&mut section, types).map_err(plain)?;
        asking::add_kind(shape, &mut section);
        module.section(&section);
    }
    module.section(&imports(shape, slots)?);
    let stubs = part.stubs();
    let all = || part.functions.iter().chain(&stubs).copied();
    let mut functions = FunctionSection::new();
    all().for_each(|function| {
        functions.function(shape.types_of[function as usize]);
    });
    module.section(&functions);
    // The function with the number 0 fetches parts.
    let numbers: BTreeMap<u32, u32> = all().zip(1..).collect();
    module.section(&elements(shape, slots, part, &numbers));
    let mut code = CodeSection::new();
    let mut writer = Part { shape, slots, numbers: part.functions.iter().copied().zip(1..).collect() };
    for function in part.functions {
        let body = bodies[(function - shape.imported) as usize].clone();
        writer.parse_function_body(&mut code, body).map_err(plain)?;
    }
    stubs.iter().for_each(|function| {
        code.function(&writer.stub(*function));
    });
    module.section(&code);
    if !part.data.is_empty() {
        module.section(&data::section(part.data));
    }
    Ok(module.finish())
}

/// What a part puts into tables when it comes.
fn elements(
    shape: &Shape,
    slots: &Slots,
    part: &Contents<'_>,
    numbers: &BTreeMap<u32, u32>,
) -> ElementSection {
    let mut elements = ElementSection::new();
    let first =
        part.functions.first().and_then(|function| slots.moved.get(function)).copied().unwrap_or_default();
    let own: Vec<u32> = (1..=part.functions.len() as u32).collect();
    elements.active(
        Some(shape.tables.len() as u32),
        &ConstExpr::i32_const(first as i32),
        Elements::Functions(Cow::Owned(own)),
    );
    let mut runs: Vec<(u32, Vec<u32>)> = Vec::new();
    for (place, function) in part.pointers {
        let Some(number) = numbers.get(function) else { continue };
        match runs.last_mut() {
            Some((start, run)) if *start + run.len() as u32 == *place => run.push(*number),
            _ => runs.push((*place, vec![*number])),
        }
    }
    for (start, run) in runs {
        elements.active(Some(0), &ConstExpr::i32_const(start as i32), Elements::Functions(Cow::Owned(run)));
    }
    elements
}

fn imports(shape: &Shape, slots: &Slots) -> Result<ImportSection> {
    let mut imports = ImportSection::new();
    imports.import(MAIN, NEED, EntityType::Function(asking::kind(shape)));
    if let Some(memory) = shape.memory {
        imports.import(MAIN, "m", EntityType::Memory(RoundtripReencoder.memory_type(memory).map_err(plain)?));
    }
    for (table, index) in shape.tables.iter().zip(0..) {
        let kind = RoundtripReencoder.table_type(*table).map_err(plain)?;
        imports.import(MAIN, &format!("t{index}"), EntityType::Table(kind));
    }
    imports.import(MAIN, TABLE, EntityType::Table(slots.kind()));
    for (global, index) in shape.global_types.iter().zip(0..) {
        let kind = RoundtripReencoder.global_type(*global).map_err(plain)?;
        imports.import(MAIN, &format!("g{index}"), EntityType::Global(kind));
    }
    Ok(imports)
}

/// The functions of a part.
struct Part<'s> {
    shape: &'s Shape,
    slots: &'s Slots,
    /// Their numbers within the part.
    numbers: BTreeMap<u32, u32>,
}

impl Reencode for Part<'_> {
    type Error = Infallible;

    fn parse_function_body(&mut self, code: &mut CodeSection, body: FunctionBody<'_>) -> Outcome {
        let mut function = self.new_function_with_parsed_locals(&body)?;
        let mut reader = body.get_operators_reader()?;
        while !reader.eof() {
            match reader.read()? {
                Operator::Call { function_index } => self.call(&mut function, function_index),
                operator => {
                    function.instruction(&self.instruction(operator)?);
                }
            }
        }
        code.function(&function);
        Ok(())
    }
}

impl Part<'_> {
    /// What stands for a function of another part.
    fn stub(&self, function: u32) -> Function {
        let mut stub = Function::new([]);
        for parameter in 0..self.shape.parameters(function).len() as u32 {
            stub.instruction(&Instruction::LocalGet(parameter));
        }
        self.call(&mut stub, function);
        stub.instruction(&Instruction::End);
        stub
    }

    fn call(&self, function: &mut Function, called: u32) {
        if let Some(number) = self.numbers.get(&called) {
            function.instruction(&Instruction::Call(*number));
            return;
        }
        let slot = match self.slots.moved.get(&called) {
            Some(slot) => *slot,
            // Whatever parts call of the program has a place.
            None => self.slots.outside.get(&called).copied().unwrap_or_default(),
        };
        function.instruction(&Instruction::I32Const(slot as i32));
        if self.slots.moved.contains_key(&called) {
            function.instruction(&Instruction::Call(0));
        }
        function.instruction(&self.shape.call_in_table(called));
    }
}
