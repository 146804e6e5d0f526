//! What there is in a program: its functions, their types, who calls whom.

use anyhow::{Context, Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use wasmparser::{
    BlockType, Element, ElementItems, ElementKind, ExternalKind, FuncType, Operator, Parser, Payload,
    TypeRef, ValType,
};

use super::statics;

/// The function of the program that fetches a part (`src/parts.rs`).
pub const NEED: &str = "need_part";

/// The stack is below the data of a program, and takes a megabyte: no address is that small, not even one from which an index is taken
/// off beforehand.
pub const LOWEST_ADDRESS: u32 = 0xF_0000;
/// No table is so long.
const MOST_POINTERS: u32 = 0x1_0000;

/// What a program is made of. Indices are those of WebAssembly: imported ones first.
#[derive(Debug, Default)]
pub struct Shape {
    /// How many functions are imported.
    pub imported: u32,
    /// How many functions have a body here.
    pub bodies: u32,
    /// The type of each function.
    pub types_of: Vec<u32>,
    /// All types of functions.
    pub types: Vec<FuncType>,
    /// How many globals there are.
    pub globals: u32,
    /// The types of the globals.
    pub global_types: Vec<wasmparser::GlobalType>,
    /// The tables.
    pub tables: Vec<wasmparser::TableType>,
    /// The memory.
    pub memory: Option<wasmparser::MemoryType>,
    /// Whom each body calls.
    pub calls: Vec<Vec<u32>>,
    /// The numbers in each body that may be addresses of data, or places in the table.
    pub numbers: Vec<BTreeSet<u32>>,
    /// Which bodies name a function or a segment of data as such: they stay where they are.
    pub tied: Vec<bool>,
    /// How many bytes each body has.
    pub sizes: Vec<u32>,
    /// The function that fetches a part, if the program has one.
    pub need: Option<u32>,
    /// The functions that are called from outside.
    pub exported: BTreeSet<u32>,
    /// The functions to which there are pointers: their places in the table.
    pub table: BTreeMap<u32, u32>,
}

impl Shape {
    /// Reads a program.
    pub fn of(program: &[u8]) -> Result<Self> {
        let mut shape = Self::default();
        for payload in Parser::new(0).parse_all(program) {
            shape.read(payload?)?;
        }
        Ok(shape)
    }

    fn read(&mut self, payload: Payload<'_>) -> Result<()> {
        match payload {
            Payload::TypeSection(types) => {
                for kind in types.into_iter_err_on_gc_types() {
                    self.types.push(kind?);
                }
            }
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    if let TypeRef::Func(kind) = import?.ty {
                        self.types_of.push(kind);
                        self.imported += 1;
                    }
                }
            }
            Payload::FunctionSection(functions) => {
                for kind in functions {
                    self.types_of.push(kind?);
                    self.bodies += 1;
                }
            }
            Payload::TableSection(tables) => {
                for table in tables {
                    self.tables.push(table?.ty);
                }
            }
            Payload::MemorySection(memories) => self.memory = memories.into_iter().next().transpose()?,
            Payload::GlobalSection(globals) => {
                for global in globals {
                    self.global_types.push(global?.ty);
                    self.globals += 1;
                }
            }
            Payload::ExportSection(exports) => {
                for export in exports {
                    let export = export?;
                    if export.kind != ExternalKind::Func {
                        continue;
                    }
                    self.exported.insert(export.index);
                    if export.name == NEED {
                        self.need = Some(export.index);
                    }
                }
            }
            Payload::StartSection { func, .. } => {
                self.exported.insert(func);
            }
            Payload::ElementSection(elements) => {
                for element in elements {
                    self.fill(element?)?;
                }
            }
            Payload::CodeSectionEntry(body) => {
                self.sizes.push(u32::try_from(body.range().len()).context("a function is too long")?);
                let (mut calls, mut tied, mut numbers) = (Vec::new(), false, BTreeSet::new());
                for operator in body.get_operators_reader()? {
                    let operator = operator?;
                    numbers.extend(
                        statics::number_in(&operator)
                            .filter(|number| !(MOST_POINTERS..LOWEST_ADDRESS).contains(number)),
                    );
                    match operator {
                        Operator::Call { function_index } => calls.push(function_index),
                        Operator::RefFunc { .. }
                        | Operator::MemoryInit { .. }
                        | Operator::DataDrop { .. }
                        | Operator::ReturnCall { .. } => tied = true,
                        _ => {}
                    }
                }
                self.tied.push(tied);
                self.numbers.push(numbers);
                self.calls.push(calls);
            }
            _ => {}
        }
        Ok(())
    }

    fn fill(&mut self, element: Element<'_>) -> Result<()> {
        let ElementKind::Active { table_index, offset_expr } = element.kind else {
            bail!("functions are put into a table while the program runs")
        };
        let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
            bail!("a place in a table is not a number")
        };
        let ElementItems::Functions(functions) = element.items else {
            bail!("a table is filled by expressions")
        };
        for (function, place) in functions.into_iter().zip(value as u32..) {
            match table_index.unwrap_or(0) {
                0 => self.table.insert(place, function?).is_none(),
                _ => self.exported.insert(function?),
            };
        }
        Ok(())
    }

    /// What is on the stack when a block is over. Nothing is said of one that takes something from the stack.
    pub fn results_of(&self, block: BlockType) -> Option<Vec<ValType>> {
        match block {
            BlockType::Empty => Some(Vec::new()),
            BlockType::Type(result) => Some(vec![result]),
            BlockType::FuncType(index) => {
                let kind = self.types.get(index as usize).filter(|kind| kind.params().is_empty())?;
                Some(kind.results().to_vec())
            }
        }
    }

    /// The call of a function in the table of parts, which is behind those of the program.
    pub fn call_in_table(&self, function: u32) -> wasm_encoder::Instruction<'static> {
        let (type_index, table_index) = (self.types_of[function as usize], self.tables.len() as u32);
        wasm_encoder::Instruction::CallIndirect { type_index, table_index }
    }

    /// The parameters of a function.
    pub fn parameters(&self, function: u32) -> &[ValType] {
        let kind = self.types_of.get(function as usize).and_then(|kind| self.types.get(*kind as usize));
        kind.map_or(&[], FuncType::params)
    }
}
