//! What stays of a program when functions were moved: the others, and stubs.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::convert::Infallible;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, ExportKind, ExportSection, Function,
    FunctionSection, Instruction, TableSection, TypeSection,
};
use wasmparser::{
    CodeSectionReader, DataSectionReader, ElementSectionReader, Export, ExportSectionReader, FunctionBody,
    FunctionSectionReader, Operator, TableSectionReader, TypeSectionReader,
};

use super::{Slots, TABLE, asking};
use crate::split::Outcome;
use crate::split::data::{self, Data};
use crate::split::shape::{NEED, Shape};

/// What stays of the program.
pub struct Rest<'s> {
    pub shape: &'s Shape,
    pub slots: &'s Slots,
    pub need: u32,
    pub data: &'s Data,
}

impl Reencode for Rest<'_> {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Infallible>> {
        Ok(self.number(function))
    }

    fn parse_type_section(&mut self, types: &mut TypeSection, section: TypeSectionReader<'_>) -> Outcome {
        utils::parse_type_section(self, types, section)?;
        asking::add_kind(self.shape, types);
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Outcome {
        let kinds = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        let numbers = &self.slots.numbers;
        let mut left: Vec<(u32, u32)> = (self.shape.imported..)
            .zip(kinds)
            .filter_map(|(function, kind)| Some((*numbers.get(&function)?, kind)))
            .collect();
        left.sort_unstable();
        left.into_iter().for_each(|(_, kind)| {
            functions.function(kind);
        });
        functions.function(asking::kind(self.shape));
        Ok(())
    }

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

    fn parse_export(&mut self, exports: &mut ExportSection, export: Export<'_>) -> Outcome {
        if export.name == NEED {
            exports.export(NEED, ExportKind::Func, self.slots.asks());
            return Ok(());
        }
        utils::parse_export(self, exports, export)
    }

    fn data_count(&mut self, _: u32) -> Result<u32, Error<Infallible>> {
        Ok(self.data.program.len() as u32)
    }

    fn parse_data_section(&mut self, data: &mut DataSection, _: DataSectionReader<'_>) -> Outcome {
        *data = data::section(&self.data.program);
        Ok(())
    }

    fn parse_element_section(
        &mut self,
        elements: &mut ElementSection,
        section: ElementSectionReader<'_>,
    ) -> Outcome {
        utils::parse_element_section(self, elements, section)?;
        let offset = ConstExpr::i32_const(self.slots.moved.len() as i32);
        let outside = self.slots.functions_outside().into_iter().map(|function| self.number(function));
        let outside = Elements::Functions(Cow::Owned(outside.collect()));
        elements.active(Some(self.shape.tables.len() as u32), &offset, outside);
        Ok(())
    }

    fn parse_code_section(&mut self, code: &mut CodeSection, section: CodeSectionReader<'_>) -> Outcome {
        let bodies = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        let left = self.bodies(&bodies)?;
        left.values().for_each(|function| {
            code.function(function);
        });
        code.function(&asking::body(self.shape, self.number(self.need)));
        Ok(())
    }
}

impl Rest<'_> {
    /// The functions that are left, by their numbers.
    pub fn bodies(
        &mut self,
        bodies: &[FunctionBody<'_>],
    ) -> Result<BTreeMap<u32, Function>, Error<Infallible>> {
        let mut left = BTreeMap::new();
        for (function, body) in (self.shape.imported..).zip(bodies) {
            let Some(number) = self.slots.numbers.get(&function) else { continue };
            let written = match self.slots.moved.get(&function) {
                None => self.rewrite(body)?,
                Some(slot) => self.stub(function, *slot),
            };
            left.insert(*number, written);
        }
        Ok(left)
    }

    fn number(&self, function: u32) -> u32 {
        // Whatever is called by its number has one.
        self.slots.numbers.get(&function).copied().unwrap_or_default()
    }

    fn rewrite(&mut self, body: &FunctionBody<'_>) -> Result<Function, Error<Infallible>> {
        let mut function = self.new_function_with_parsed_locals(body)?;
        let mut reader = body.get_operators_reader()?;
        while !reader.eof() {
            match reader.read()? {
                Operator::Call { function_index } if !self.slots.numbers.contains_key(&function_index) => {
                    if let Some(slot) = self.slots.moved.get(&function_index) {
                        self.call_moved(&mut function, function_index, *slot);
                    }
                }
                operator => {
                    function.instruction(&self.instruction(operator)?);
                }
            }
        }
        Ok(function)
    }

    fn call_moved(&self, within: &mut Function, function: u32, slot: u32) {
        within.instruction(&Instruction::I32Const(slot as i32));
        within.instruction(&Instruction::Call(self.slots.asks()));
        within.instruction(&self.shape.call_in_table(function));
    }

    fn stub(&self, function: u32, slot: u32) -> Function {
        let mut stub = Function::new([]);
        for parameter in 0..self.shape.parameters(function).len() as u32 {
            stub.instruction(&Instruction::LocalGet(parameter));
        }
        self.call_moved(&mut stub, function, slot);
        stub.instruction(&Instruction::End);
        stub
    }
}
