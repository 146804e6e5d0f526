//! A small program, divided in every way: what comes out is a program again, and calls what it called.

use super::*;
use crate::split::shape;
use std::borrow::Cow;
use wasm_encoder::{
    CodeSection, ConstExpr, ElementSection, Elements, EntityType, ExportKind, ExportSection, Function,
    FunctionSection, GlobalSection, GlobalType, ImportSection, Instruction, MemorySection, MemoryType,
    TableSection, TypeSection, ValType,
};

/// An imported function, the one that fetches parts (1), and two of which the second calls the first and both others.
fn program() -> Vec<u8> {
    let mut module = Module::new();
    let mut types = TypeSection::new();
    types.ty().function([ValType::I32], []);
    types.ty().function([ValType::I32, ValType::I32], [ValType::I32]);
    module.section(&types);
    let mut imports = ImportSection::new();
    imports.import("page", "tell", EntityType::Function(0));
    module.section(&imports);
    let mut functions = FunctionSection::new();
    functions.function(0).function(1).function(1);
    module.section(&functions);
    let mut tables = TableSection::new();
    tables.table(TableType {
        element_type: RefType::FUNCREF,
        table64: false,
        minimum: 1,
        maximum: None,
        shared: false,
    });
    module.section(&tables);
    let mut memory = MemorySection::new();
    memory.memory(MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    module.section(&memory);
    let mut globals = GlobalSection::new();
    globals.global(
        GlobalType { val_type: ValType::I32, mutable: true, shared: false },
        &ConstExpr::i32_const(7),
    );
    module.section(&globals);
    let mut exports = ExportSection::new();
    exports.export(shape::NEED, ExportKind::Func, 1);
    module.section(&exports);
    let mut elements = ElementSection::new();
    elements.active(None, &ConstExpr::i32_const(0), Elements::Functions(Cow::Owned(vec![3])));
    module.section(&elements);
    let mut code = CodeSection::new();
    let body = |instructions: &[Instruction<'_>]| {
        let mut function = Function::new([]);
        instructions.iter().for_each(|instruction| {
            function.instruction(instruction);
        });
        function.instruction(&Instruction::End);
        function
    };
    code.function(&body(&[]));
    code.function(&body(&[Instruction::LocalGet(0), Instruction::LocalGet(1), Instruction::I32Add]));
    code.function(&body(&[
        Instruction::GlobalGet(0),
        Instruction::Call(0),
        Instruction::LocalGet(0),
        Instruction::LocalGet(1),
        Instruction::Call(2),
    ]));
    module.section(&code);
    module.finish()
}

fn divided(parts: Vec<Vec<u32>>) -> (Vec<u8>, Vec<Vec<u8>>) {
    let (program, plan) = (program(), Plan { parts, needs: BTreeMap::new(), later: BTreeMap::new() });
    let shape = Shape::of(&program).expect("it is a program");
    let need = shape.need.expect("it can fetch parts");
    let data = Data::whole(&program, plan.parts.len()).expect("it has no data");
    let pointers = Pointers::whole(&shape, plan.parts.len());
    divide(&program, &shape, need, &plan, &data, &pointers).expect("it can be divided")
}

#[test]
fn what_stays_and_each_part_are_programs() {
    for parts in [vec![vec![3]], vec![vec![2], vec![3]], vec![vec![3], vec![2]], vec![vec![2, 3]]] {
        let (program, parts) = divided(parts);
        for bytes in parts.iter().chain([&program]) {
            wasmparser::validate(bytes).expect("it is one");
        }
    }
}

#[test]
fn a_moved_function_that_is_in_a_table_leaves_a_stub_and_no_other_does() {
    let (program, _) = divided(vec![vec![2], vec![3]]);
    let shape = Shape::of(&program).expect("it is a program");
    // The function that fetches does nothing here, and the shortest comes first. The stub of function 3 calls the last one, which asks for
    // parts; what it did itself is gone, and so is function 2, which only it called.
    assert_eq!((shape.calls, shape.need), (vec![vec![], vec![3], vec![1]], Some(3)));
    assert_eq!(shape.tables.len(), 2);
    assert_eq!(shape.table, BTreeMap::from([(0, 2)]));
}

#[test]
fn what_stays_asks_for_the_part_of_what_it_calls_once() {
    let (program, _) = divided(vec![vec![2]]);
    let shape = Shape::of(&program).expect("it is a program");
    // Function 3 called functions 0 and 2; what asks for the part is called in place of the one that fetches it.
    assert_eq!((shape.calls, shape.need), (vec![vec![], vec![0, 3], vec![1]], Some(3)));
}

#[test]
fn a_part_calls_its_own_functions_by_number_and_all_others_through_the_table() {
    let (_, parts) = divided(vec![vec![2, 3]]);
    let shape = Shape::of(&parts[0]).expect("it is a program");
    // The number 0 is that of the function that fetches.
    assert_eq!(shape.calls, [vec![], vec![1]]);
    let (_, parts) = divided(vec![vec![2], vec![3]]);
    assert_eq!(Shape::of(&parts[1]).expect("it is a program").calls, [vec![0]]);
}
