//! What there is in a program: its functions, their types, who calls whom.

use anyhow::{Context, Result};
use wasmparser::{ExternalKind, FuncType, Operator, Parser, Payload, TypeRef, ValType};

/// The function of the program that fetches a part (`src/parts.rs`).
pub const NEED: &str = "need_part";

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
    /// Which bodies name a function or a segment of data as such: they stay where they are.
    pub tied: Vec<bool>,
    /// How many bytes each body has.
    pub sizes: Vec<u32>,
    /// The function that fetches a part, if the program has one.
    pub need: Option<u32>,
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
                    if export.name == NEED && export.kind == ExternalKind::Func {
                        self.need = Some(export.index);
                    }
                }
            }
            Payload::CodeSectionEntry(body) => {
                self.sizes.push(u32::try_from(body.range().len()).context("a function is too long")?);
                let (mut calls, mut tied) = (Vec::new(), false);
                for operator in body.get_operators_reader()? {
                    match operator? {
                        Operator::Call { function_index } => calls.push(function_index),
                        Operator::RefFunc { .. }
                        | Operator::MemoryInit { .. }
                        | Operator::DataDrop { .. }
                        | Operator::ReturnCall { .. } => tied = true,
                        _ => {}
                    }
                }
                self.tied.push(tied);
                self.calls.push(calls);
            }
            _ => {}
        }
        Ok(())
    }

    /// The parameters of a function.
    pub fn parameters(&self, function: u32) -> &[ValType] {
        let kind = self.types_of.get(function as usize).and_then(|kind| self.types.get(*kind as usize));
        kind.map_or(&[], FuncType::params)
    }
}
