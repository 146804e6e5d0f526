//! A program that knows which of its functions were called: each sets a global of its own when it is.

use anyhow::Result;
use wasm_encoder::reencode::{Reencode, utils};
use wasm_encoder::{
    CodeSection, ConstExpr, ExportKind, ExportSection, GlobalSection, GlobalType, Instruction, Module,
    ValType,
};
use wasmparser::{ExportSectionReader, FunctionBody, GlobalSectionReader, Parser};

use super::Outcome;
use super::shape::Shape;

/// The name of the global that says whether a function was called.
pub fn flag(function: u32) -> String {
    format!("called{function}")
}

/// The same program, watched.
pub fn watched(program: &[u8], shape: &Shape) -> Result<Vec<u8>> {
    let mut module = Module::new();
    let mut watch = Watch { shape, next: 0 };
    watch.parse_core_module(&mut module, Parser::new(0), program)?;
    Ok(module.finish())
}

struct Watch<'s> {
    shape: &'s Shape,
    /// How many bodies have been written.
    next: u32,
}

impl Reencode for Watch<'_> {
    type Error = core::convert::Infallible;

    fn parse_global_section(
        &mut self,
        globals: &mut GlobalSection,
        section: GlobalSectionReader<'_>,
    ) -> Outcome {
        utils::parse_global_section(self, globals, section)?;
        for _ in 0..self.shape.bodies {
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
        for body in 0..self.shape.bodies {
            exports.export(&flag(self.shape.imported + body), ExportKind::Global, self.shape.globals + body);
        }
        Ok(())
    }

    fn parse_function_body(&mut self, code: &mut CodeSection, body: FunctionBody<'_>) -> Outcome {
        let mut function = self.new_function_with_parsed_locals(&body)?;
        function.instruction(&Instruction::I32Const(1));
        function.instruction(&Instruction::GlobalSet(self.shape.globals + self.next));
        let mut reader = body.get_operators_reader()?;
        while !reader.eof() {
            function.instruction(&self.parse_instruction(&mut reader)?);
        }
        code.function(&function);
        self.next += 1;
        Ok(())
    }
}
