//! A small linked program: a table that is named from before its start, two texts, and a piece with the address of one of them.

use super::*;
use crate::split::data::Data;
use crate::split::plan::Plan;
use crate::split::pointers::Pointers;
use crate::split::shape::Shape;
use std::borrow::Cow;
use wasm_encoder::{
    CodeSection, ConstExpr, CustomSection, DataSection, ElementSection, Elements, Function, FunctionSection,
    Instruction, MemorySection, MemoryType, RefType, TableSection, TableType, TypeSection,
};

const BASE: u32 = 0x10_0000;
/// Pieces: where they are from the base on, and how long.
const TABLE: (u32, u32) = (8, 8);
const FIRST: (u32, u32) = (0, 8);
const PAIR: (u32, u32) = (16, 8);
const TEXT: (u32, u32) = (24, 4);
/// So far before the table its address is taken.
const BEFORE: i32 = -4;

fn leb(mut number: u32, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// A linker writes numbers that it may change with five bytes.
fn padded(opcode: u8, number: u32) -> Vec<u8> {
    let mut bytes = vec![opcode];
    (0..5).for_each(|at| bytes.push((number >> (7 * at)) as u8 & 0x7f | if at < 4 { 0x80 } else { 0 }));
    bytes
}

/// Function 0 names the first piece, function 1 the table, function 2 the pair, in which there is a pointer to function 1.
fn linked() -> Vec<u8> {
    let mut module = Module::new();
    let mut types = TypeSection::new();
    types.ty().function([], []);
    module.section(&types);
    let mut functions = FunctionSection::new();
    functions.function(0).function(0).function(0);
    module.section(&functions);
    let mut tables = TableSection::new();
    tables.table(TableType {
        element_type: RefType::FUNCREF,
        table64: false,
        minimum: 2,
        maximum: None,
        shared: false,
    });
    module.section(&tables);
    let mut memory = MemorySection::new();
    memory.memory(MemoryType {
        minimum: 17,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    module.section(&memory);
    let mut elements = ElementSection::new();
    elements.active(None, &ConstExpr::i32_const(1), Elements::Functions(Cow::Owned(vec![1])));
    module.section(&elements);
    let names = [BASE, (BASE + TABLE.0).wrapping_add_signed(BEFORE), BASE + PAIR.0];
    let mut code = CodeSection::new();
    for name in names {
        let mut function = Function::new([]);
        function.raw(padded(0x41, name)).instruction(&Instruction::Drop).instruction(&Instruction::End);
        code.function(&function);
    }
    module.section(&code);
    let mut bytes = vec![7; 28];
    // The pair: the address of the text, and the place of function 1.
    bytes[16..20].copy_from_slice(&(BASE + TEXT.0).to_le_bytes());
    bytes[20..24].copy_from_slice(&1u32.to_le_bytes());
    let mut data = DataSection::new();
    data.active(0, &ConstExpr::i32_const(BASE as i32), bytes);
    module.section(&data);
    module.section(&CustomSection { name: "linking".into(), data: linking().into() });
    // A body is a length, no locals, and a number behind its operator, nine bytes in all.
    let in_code = [(FIRST_SYMBOL, 0), (TABLE_SYMBOL, BEFORE), (PAIR_SYMBOL, 0)];
    let in_code =
        in_code.iter().enumerate().map(|(at, (symbol, addend))| (4u8, 4 + 10 * at as u32, *symbol, *addend));
    module.section(&CustomSection { name: "reloc.CODE".into(), data: relocations(5, in_code).into() });
    // Before the data stand their number, what kind they are, their address, and how many they are.
    let start = 1 + 1 + 6 + 1;
    let in_data = [(5u8, start + PAIR.0, TEXT_SYMBOL, 0), (2, start + PAIR.0 + 4, FUNCTION_SYMBOL, 0)];
    module.section(&CustomSection {
        name: "reloc.DATA".into(),
        data: relocations(6, in_data.into_iter()).into(),
    });
    module.finish()
}

const FIRST_SYMBOL: u32 = 0;
const TABLE_SYMBOL: u32 = 1;
const PAIR_SYMBOL: u32 = 2;
const TEXT_SYMBOL: u32 = 3;
const FUNCTION_SYMBOL: u32 = 4;

fn linking() -> Vec<u8> {
    let name = |name: &str, bytes: &mut Vec<u8>| {
        leb(name.len() as u32, bytes);
        bytes.extend(name.as_bytes());
    };
    let mut symbols = vec![5];
    for (piece, (at, size)) in ["first", "table", "pair", "text"].iter().zip([FIRST, TABLE, PAIR, TEXT]) {
        symbols.extend([1, 0]);
        name(piece, &mut symbols);
        symbols.push(0);
        leb(at, &mut symbols);
        leb(size, &mut symbols);
    }
    symbols.extend([0, 0, 1]);
    name("function", &mut symbols);
    let mut segments = vec![1];
    name(CONSTANT, &mut segments);
    segments.extend([0, 0]);
    let mut linking = vec![2];
    for (kind, part) in [(8, symbols), (5, segments)] {
        linking.push(kind);
        leb(part.len() as u32, &mut linking);
        linking.extend(part);
    }
    linking
}

fn relocations(section: u32, entries: impl ExactSizeIterator<Item = (u8, u32, u32, i32)>) -> Vec<u8> {
    let mut bytes = Vec::new();
    leb(section, &mut bytes);
    leb(entries.len() as u32, &mut bytes);
    for (kind, offset, symbol, addend) in entries {
        bytes.push(kind);
        leb(offset, &mut bytes);
        leb(symbol, &mut bytes);
        // Pointers to functions have none.
        if kind != 2 {
            bytes.push(addend as u8 & 0x7f);
        }
    }
    bytes
}

fn plan(parts: Vec<Vec<u32>>) -> Plan {
    Plan { parts, needs: BTreeMap::new(), later: BTreeMap::new() }
}

#[test]
fn a_number_names_what_the_linker_says_and_what_is_there() {
    let statics = Statics::of(&linked()).expect("it was linked");
    let reached = |number: u32| statics.reached(&BTreeSet::from([number]));
    assert_eq!(reached(BASE), BTreeSet::from([FIRST_SYMBOL]));
    let before_table = (BASE + TABLE.0).wrapping_add_signed(BEFORE);
    assert_eq!(reached(before_table), BTreeSet::from([FIRST_SYMBOL, TABLE_SYMBOL]));
    assert_eq!(reached(BASE + PAIR.0), BTreeSet::from([PAIR_SYMBOL, TEXT_SYMBOL]));
    assert_eq!(statics.pointers(PAIR_SYMBOL).collect::<Vec<_>>(), [1]);
    assert_eq!(statics.constant().len(), 4);
}

#[test]
fn data_and_pointers_go_with_the_part_that_alone_names_them() {
    let linked = linked();
    let (statics, shape) =
        (Statics::of(&linked).expect("it was linked"), Shape::of(&linked).expect("it is one"));
    let plan = plan(vec![vec![2]]);
    let data = Data::divided(&linked, &shape, &plan, &statics).expect("its data can be divided");
    assert_eq!(data.pieces, [BTreeSet::from([PAIR_SYMBOL, TEXT_SYMBOL])]);
    let lengths = |segments: &[crate::split::data::Segment]| {
        segments.iter().map(|it| (it.at - BASE, it.bytes.len())).collect::<Vec<_>>()
    };
    assert_eq!((lengths(&data.program), lengths(&data.parts[0])), (vec![(0, 16)], vec![(16, 12)]));
    // Function 1 is in the program, whoever points at it.
    let pointers = Pointers::divided(&shape, &plan, &data, &statics);
    assert_eq!((pointers.kept, pointers.parts), (BTreeSet::from([1]), vec![BTreeMap::new()]));
}

#[test]
fn a_part_fills_the_places_to_which_only_it_points() {
    let linked = linked();
    let (statics, shape) =
        (Statics::of(&linked).expect("it was linked"), Shape::of(&linked).expect("it is one"));
    let plan = plan(vec![vec![1], vec![2]]);
    let data = Data::divided(&linked, &shape, &plan, &statics).expect("its data can be divided");
    let pointers = Pointers::divided(&shape, &plan, &data, &statics);
    let filled = vec![BTreeMap::new(), BTreeMap::from([(1, 1)])];
    assert_eq!((pointers.kept, pointers.parts), (BTreeSet::new(), filled));
}

#[test]
fn what_the_program_names_too_stays() {
    let linked = linked();
    let (statics, shape) =
        (Statics::of(&linked).expect("it was linked"), Shape::of(&linked).expect("it is one"));
    // Function 0 goes, but the address from before the table is also one within the first piece.
    let data = Data::divided(&linked, &shape, &plan(vec![vec![0]]), &statics).expect("it can be divided");
    assert_eq!(data.pieces, [BTreeSet::new()]);
    assert_eq!(data.parts, [vec![]]);
}

#[test]
fn what_the_linker_says_can_be_taken_out() {
    let plain = forget_links(&linked()).expect("it can be written");
    assert!(Statics::of(&plain).is_err());
    assert!(crate::split::data::is_same(&plain, &linked()).expect("both can be read"));
}

#[test]
fn ranges_are_joined_and_taken_from_each_other() {
    assert_eq!(joined(vec![4..6, 0..2, 2..3, 5..9, 9..9]), [0..3, 4..9]);
    assert_eq!(without(&[0..10, 20..30], &[2..4, 8..22, 30..31]), [0..2, 4..8, 22..30]);
}
