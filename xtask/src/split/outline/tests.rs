//! Functions of every shape, watched while they run with some numbers and then taken apart: with all numbers they still do what they did.

use super::*;
use crate::split::watch::{self, BITS};
use wasmi::{Engine, Instance, Linker, Store, Val};

/// What each function is called with.
const NUMBERS: std::ops::Range<i32> = -3..12;

/// Long enough that it is worth a function: adds to the local 1 until it is 7 more.
const LONG: &str =
    "(local.set 1 (i32.add (local.get 1) (i32.const 1))) (local.set 1 (i32.add (local.get 1) (i32.const 1)))
    (local.set 1 (i32.add (local.get 1) (i32.const 1))) (local.set 1 (i32.add (local.get 1) (i32.const 1)))
    (local.set 1 (i32.add (local.get 1) (i32.const 1))) (local.set 1 (i32.add (local.get 1) (i32.const 1)))
    (local.set 1 (i32.add (local.get 1) (i32.const 1)))";

/// A program with one function, which takes a number and gives one back; `LONG` stands for something long.
fn program(body: &str) -> Vec<u8> {
    let body = body.replace("LONG", LONG);
    wat::parse_str(format!(
        r#"(module (global i32 (i32.const 0)) (func $f (export "f") (param i32) (result i32) (local i32 i64 i32) {body}))"#
    ))
    .expect("it is a program")
}

fn start(program: &[u8]) -> (Store<()>, Instance) {
    let engine = Engine::default();
    let module = wasmi::Module::new(&engine, program).expect("it is a program");
    let mut store = Store::new(&engine, ());
    let instance = Linker::new(&engine).instantiate_and_start(&mut store, &module).expect("it starts");
    (store, instance)
}

/// What a program answers; nothing if it stops.
fn answer(program: &[u8], number: i32) -> Option<i32> {
    let (mut store, instance) = start(program);
    let f = instance.get_typed_func::<i32, i32>(&store, "f").expect("it has the function");
    f.call(&mut store, number).ok()
}

/// The marks that are passed with a number.
fn passed(program: &[u8], shape: &Shape, marked: &Marked<'_>, number: i32) -> Vec<bool> {
    let watched = watch::watched(program, shape, marked).expect("it can be watched");
    let (mut store, instance) = start(&watched);
    let f = instance.get_typed_func::<i32, i32>(&store, "f").expect("it has the function");
    let _ = f.call(&mut store, number);
    let bit = |mark: u32| {
        let global = instance.get_global(&store, &watch::name(mark / BITS * BITS)).map(|it| it.get(&store));
        matches!(global, Some(Val::I32(bits)) if bits >> (mark % BITS) & 1 == 1)
    };
    (0..marked.marks).map(bit).collect()
}

/// Takes a function apart by what it does with one number after another, and says how many functions came of it.
fn taken_apart(body: &str) -> usize {
    let program = program(body);
    let shape = Shape::of(&program).expect("it is a program");
    let marked = Marked::of(&program, &shape).expect("it can be read");
    let mut most = 0;
    for first in NUMBERS {
        let seen = passed(&program, &shape, &marked, first);
        let outlined =
            marked.outlined(&|mark| seen[mark as usize], &|_| false).expect("it can be taken apart");
        wasmparser::validate(&outlined.program).expect("it is a program again");
        most = most.max(outlined.marks.len() - 1);
        for number in NUMBERS {
            let (before, after) = (answer(&program, number), answer(&outlined.program, number));
            assert_eq!(before, after, "with {number}, by what it does with {first}: {body}");
        }
    }
    most
}

#[test]
fn an_arm_that_is_not_taken_becomes_a_function() {
    assert_eq!(
        taken_apart(
            "(if (i32.gt_s (local.get 0) (i32.const 3)) (then LONG) (else (local.set 1 (i32.const 9)))) (local.get 1)"
        ),
        1
    );
}

#[test]
fn a_region_can_leave_blocks_the_function_or_go_on() {
    let functions = taken_apart(
        "(block $a (block $b (br_if $b (i32.lt_s (local.get 0) (i32.const 5)))
            LONG
            (br_if $a (i32.eq (local.get 0) (i32.const 6)))
            LONG
            (if (i32.eq (local.get 0) (i32.const 7)) (then (return (local.get 1))))
            (br_if $b (i32.eq (local.get 0) (i32.const 8)))
            LONG)
          (local.set 1 (i32.add (local.get 1) (i32.const 100))))
        (local.get 1)",
    );
    assert!(functions >= 1);
}

#[test]
fn a_table_leads_out_of_a_region() {
    let functions = taken_apart(
        "(block $a (block $b (block $c (br_if $c (i32.lt_s (local.get 0) (i32.const 2)))
            LONG
            (br_table $a $b $c $a (local.get 0)))
          LONG (local.set 1 (i32.mul (local.get 1) (i32.const 3))))
        (local.set 1 (i32.add (local.get 1) (i32.const 100))))
        (local.get 1)",
    );
    assert!(functions >= 1);
}

#[test]
fn values_are_left_on_the_stack() {
    let functions = taken_apart(
        "(block $v (result i32)
            (block $w (br_if $w (i32.gt_s (local.get 0) (i32.const 4)))
              LONG
              (drop (br_if $v (i32.const 55) (i32.eq (local.get 0) (i32.const 3))))
              LONG
              (br_if $w (i32.eq (local.get 0) (i32.const 2)))
              (br $v (i32.mul (local.get 1) (i32.const 2))))
            (i32.const 11))
        (i32.add (local.get 1))",
    );
    assert!(functions >= 1);
}

#[test]
fn an_arm_gives_a_value_back() {
    let functions = taken_apart(
        "(i32.add (local.get 0) (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 1))
            (else LONG (if (result i32) (i32.gt_s (local.get 0) (i32.const 5)) (then LONG (local.get 1)) (else (i32.const 4))))))",
    );
    assert!(functions >= 1);
}

#[test]
fn what_is_changed_in_a_loop_is_there_the_next_time() {
    let functions = taken_apart(
        "(local.set 3 (local.get 0))
        (block $out (loop $again
            (br_if $out (i32.le_s (local.get 3) (i32.const 0)))
            (local.set 3 (i32.sub (local.get 3) (i32.const 1)))
            (if (i32.eq (i32.and (local.get 3) (i32.const 3)) (i32.const 2)) (then LONG
                (local.set 2 (i64.add (local.get 2) (i64.const 5)))
                (br_if $again (i32.eq (local.get 3) (i32.const 6)))
                (if (i32.eq (local.get 3) (i32.const 10)) (then LONG (br $out)))))
            (br $again)))
        (i32.add (local.get 1) (i32.wrap_i64 (local.get 2)))",
    );
    assert!(functions >= 1);
}

#[test]
fn what_stops_still_stops() {
    assert!(
        taken_apart("(if (i32.eq (local.get 0) (i32.const 4)) (then LONG (unreachable))) (local.get 0)") >= 1
    );
}

#[test]
fn what_is_general_or_must_stay_whole_does() {
    let program = program("(if (local.get 0) (then LONG)) (local.get 1)");
    let shape = Shape::of(&program).expect("it is a program");
    let marked = Marked::of(&program, &shape).expect("it can be read");
    let count =
        |whole: bool| marked.outlined(&|mark| mark == 0, &|_| whole).expect("it can be written").marks.len();
    assert_eq!((count(false), count(true)), (2, 1));
}
