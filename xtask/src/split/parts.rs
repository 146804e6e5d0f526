//! Writes a program in parts.
//!
//! A function that was moved leaves a stub: it asks for its part ([`super::shape::NEED`]), and then calls the function in a
//! table. A part imports memory, tables and globals of the program, and calls what is not in it through the same table. So all
//! numbers of functions in the program stay what they are, and whoever calls a function need not know where it is.

use super::Outcome;
use super::plan::Plan;
use super::shape::Shape;
use anyhow::Result;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::convert::Infallible;
use wasm_encoder::reencode::{Error, Reencode, RoundtripReencoder, utils};
use wasm_encoder::{
    CodeSection, ConstExpr, ElementSection, Elements, EntityType, ExportKind, ExportSection, Function,
    FunctionSection, ImportSection, Instruction, Module, RefType, TableSection, TableType,
};
use wasmparser::{
    ElementSectionReader, ExportSectionReader, FunctionBody, Operator, Parser, Payload, TableSectionReader,
};

/// Where a part imports from.
const MAIN: &str = "main";
/// What the program exports for its parts.
const TABLE: &str = "parts";

/// The program without what was moved, and the parts.
pub fn divide(program: &[u8], shape: &Shape, need: u32, plan: &Plan) -> Result<(Vec<u8>, Vec<Vec<u8>>)> {
    let slots = Slots::of(shape, plan);
    let mut module = Module::new();
    let mut rest = Rest { shape, slots: &slots, need, next: shape.imported };
    rest.parse_core_module(&mut module, Parser::new(0), program)?;
    let mut parts = Vec::new();
    for part in &plan.parts {
        parts.push(write_part(program, shape, &slots, part)?);
    }
    Ok((module.finish(), parts))
}

/// Places in the table.
struct Slots {
    /// The functions that were moved: their part, and their place.
    moved: BTreeMap<u32, (usize, u32)>,
    /// What parts call outside of themselves: its place.
    outside: BTreeMap<u32, u32>,
}

impl Slots {
    fn of(shape: &Shape, plan: &Plan) -> Self {
        let mut moved = BTreeMap::new();
        for (part, number) in plan.parts.iter().zip(1..) {
            for function in part {
                moved.insert(*function, (number, moved.len() as u32));
            }
        }
        let mut outside = BTreeMap::new();
        for (function, (part, _)) in &moved {
            for called in &shape.calls[(function - shape.imported) as usize] {
                if moved.get(called).is_none_or(|(other, _)| other != part) {
                    let next = (moved.len() + outside.len()) as u32;
                    outside.entry(*called).or_insert(next);
                }
            }
        }
        Self { moved, outside }
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

/// What stays of the program.
struct Rest<'s> {
    shape: &'s Shape,
    slots: &'s Slots,
    need: u32,
    next: u32,
}

impl Reencode for Rest<'_> {
    type Error = Infallible;

    fn parse_table_section(&mut self, tables: &mut TableSection, section: TableSectionReader<'_>) -> Outcome {
        utils::parse_table_section(self, tables, section)?;
        tables.table(self.slots.kind());
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Outcome {
        utils::parse_export_section(self, exports, section)?;
        exports.export(TABLE, ExportKind::Table, self.shape.tables.len() as u32);
        exports.export("m", ExportKind::Memory, 0);
        for table in 0..self.shape.tables.len() as u32 {
            exports.export(&format!("t{table}"), ExportKind::Table, table);
        }
        for global in 0..self.shape.globals {
            exports.export(&format!("g{global}"), ExportKind::Global, global);
        }
        Ok(())
    }

    fn parse_element_section(
        &mut self,
        elements: &mut ElementSection,
        section: ElementSectionReader<'_>,
    ) -> Outcome {
        utils::parse_element_section(self, elements, section)?;
        let offset = ConstExpr::i32_const(self.slots.moved.len() as i32);
        let outside = Elements::Functions(Cow::Owned(self.slots.functions_outside()));
        elements.active(Some(self.shape.tables.len() as u32), &offset, outside);
        Ok(())
    }

    fn parse_function_body(&mut self, code: &mut CodeSection, body: FunctionBody<'_>) -> Outcome {
        let function = self.next;
        self.next += 1;
        match self.slots.moved.get(&function) {
            None => utils::parse_function_body(self, code, body),
            Some((part, slot)) => {
                code.function(&self.stub(function, *part, *slot));
                Ok(())
            }
        }
    }
}

impl Rest<'_> {
    fn stub(&self, function: u32, part: usize, slot: u32) -> Function {
        let mut stub = Function::new([]);
        stub.instruction(&Instruction::I32Const(part as i32));
        stub.instruction(&Instruction::Call(self.need));
        for parameter in 0..self.shape.parameters(function).len() as u32 {
            stub.instruction(&Instruction::LocalGet(parameter));
        }
        stub.instruction(&Instruction::I32Const(slot as i32));
        let (type_index, table_index) =
            (self.shape.types_of[function as usize], self.shape.tables.len() as u32);
        stub.instruction(&Instruction::CallIndirect { type_index, table_index });
        stub.instruction(&Instruction::End);
        stub
    }
}

fn write_part(program: &[u8], shape: &Shape, slots: &Slots, part: &[u32]) -> Result<Vec<u8>> {
    let mut module = Module::new();
    let mut bodies = Vec::new();
    for payload in Parser::new(0).parse_all(program) {
        match payload? {
            Payload::TypeSection(types) => {
                let mut section = wasm_encoder::TypeSection::new();
                RoundtripReencoder.parse_type_section(&mut section, types).map_err(plain)?;
                module.section(&section);
            }
            Payload::CodeSectionEntry(body) => bodies.push(body),
            _ => {}
        }
    }
    module.section(&imports(shape, slots)?);
    let mut functions = FunctionSection::new();
    part.iter().for_each(|function| {
        functions.function(shape.types_of[*function as usize]);
    });
    module.section(&functions);
    let mut elements = ElementSection::new();
    let first = part.first().and_then(|function| slots.moved.get(function)).map_or(0, |(_, slot)| *slot);
    let own: Vec<u32> = (0..part.len() as u32).collect();
    elements.active(
        Some(shape.tables.len() as u32),
        &ConstExpr::i32_const(first as i32),
        Elements::Functions(Cow::Owned(own)),
    );
    module.section(&elements);
    let mut code = CodeSection::new();
    let mut writer = Part { shape, slots, numbers: part.iter().copied().zip(0..).collect() };
    for function in part {
        let body = bodies[(function - shape.imported) as usize].clone();
        writer.parse_function_body(&mut code, body).map_err(plain)?;
    }
    module.section(&code);
    Ok(module.finish())
}

fn imports(shape: &Shape, slots: &Slots) -> Result<ImportSection> {
    let mut imports = ImportSection::new();
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
    fn call(&self, function: &mut Function, called: u32) {
        if let Some(number) = self.numbers.get(&called) {
            function.instruction(&Instruction::Call(*number));
            return;
        }
        // Whatever parts call outside of themselves has a place.
        let slot = self.slots.outside.get(&called).copied().unwrap_or_default();
        function.instruction(&Instruction::I32Const(slot as i32));
        let (type_index, table_index) =
            (self.shape.types_of[called as usize], self.shape.tables.len() as u32);
        function.instruction(&Instruction::CallIndirect { type_index, table_index });
    }
}

fn plain(error: Error<Infallible>) -> anyhow::Error {
    anyhow::anyhow!("{error}")
}

#[cfg(test)]
#[path = "parts_tests.rs"]
mod tests;
