//! The function that everybody calls who calls something that was moved: it is given a place in the table, fetches the part whose
//! function belongs there, unless it is there, and gives the place back.

use wasm_encoder::{BlockType, Function, Instruction, TypeSection, ValType};

use crate::split::shape::Shape;

/// The number of its type, in the program and in each part.
pub fn kind(shape: &Shape) -> u32 {
    let there = shape.types.iter().position(|kind| {
        kind.params() == [wasmparser::ValType::I32] && kind.results() == [wasmparser::ValType::I32]
    });
    there.unwrap_or(shape.types.len()) as u32
}

/// Its type, unless the program has it.
pub fn add_kind(shape: &Shape, types: &mut TypeSection) {
    if kind(shape) as usize == shape.types.len() {
        types.ty().function([ValType::I32], [ValType::I32]);
    }
}

/// What it does. `need` fetches a part.
pub fn body(shape: &Shape, need: u32) -> Function {
    let mut body = Function::new([]);
    for instruction in [
        Instruction::LocalGet(0),
        Instruction::TableGet(shape.tables.len() as u32),
        Instruction::RefIsNull,
        Instruction::If(BlockType::Empty),
        Instruction::LocalGet(0),
        Instruction::Call(need),
        Instruction::End,
        Instruction::LocalGet(0),
        Instruction::End,
    ] {
        body.instruction(&instruction);
    }
    body
}
