//! A program that knows which of its marks were passed ([`super::outline`]): each is a bit of a global, which is set then.

use anyhow::Result;
use wasm_encoder::reencode::{Reencode, utils};
use wasm_encoder::{
    CodeSection, ConstExpr, ExportKind, ExportSection, GlobalSection, GlobalType, Instruction, Module,
    ValType,
};
use wasmparser::{ExportSectionReader, FunctionBody, GlobalSectionReader, Parser};

use super::Outcome;
use super::outline::Marked;
use super::shape::Shape;

/// How many marks a global knows.
pub const BITS: u32 = 32;

/// The name of the global that knows the marks from this one on.
pub fn name(first_mark: u32) -> String {
    format!("passed{first_mark}")
}

/// The same program, watched.
pub fn watched(program: &[u8], shape: &Shape, marked: &Marked<'_>) -> Result<Vec<u8>> {
    let mut module = Module::new();
    let mut watch = Watch { shape, marked, next: 0 };
    watch.parse_core_module(&mut module, Parser::new(0), program)?;
    Ok(module.finish())
}

struct Watch<'s> {
    shape: &'s Shape,
    marked: &'s Marked<'s>,
    /// How many bodies have been written.
    next: usize,
}

impl Watch<'_> {
    fn globals(&self) -> u32 {
        self.marked.marks.div_ceil(BITS)
    }
}

impl Reencode for Watch<'_> {
    type Error = core::convert::Infallible;

    fn parse_global_section(
        &mut self,
        globals: &mut GlobalSection,
        section: GlobalSectionReader<'_>,
    ) -> Outcome {
        utils::parse_global_section(self, globals, section)?;
        for _ in 0..self.globals() {
            let kind = GlobalType { val_type: ValType::I32, mutable: true, shared: false };
            globals.global(kind, &ConstExpr::i32_const(0));
        }
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Outcome {
        utils::parse_export_section(self, exports, section)?;
        for global in 0..self.globals() {
            exports.export(&name(global * BITS), ExportKind::Global, self.shape.globals + global);
        }
        Ok(())
    }

    fn parse_function_body(&mut self, code: &mut CodeSection, body: FunctionBody<'_>) -> Outcome {
        let mut function = self.new_function_with_parsed_locals(&body)?;
        let marks = self.marked.marks_in(self.next);
        let mut marks = marks.iter().peekable();
        let mut reader = body.get_operators_reader()?;
        for at in 0.. {
            if reader.eof() {
                break;
            }
            while let Some((_, mark)) = marks.next_if(|(before, _)| *before == at) {
                let global = self.shape.globals + mark / BITS;
                function.instruction(&Instruction::GlobalGet(global));
                function.instruction(&Instruction::I32Const((1u32 << (mark % BITS)) as i32));
                function.instruction(&Instruction::I32Or);
                function.instruction(&Instruction::GlobalSet(global));
            }
            function.instruction(&self.parse_instruction(&mut reader)?);
        }
        code.function(&function);
        self.next += 1;
        Ok(())
    }
}
