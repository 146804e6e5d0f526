//! The types of a program: those that it uses.

use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use wasm_encoder::reencode::{Error, Reencode, RoundtripReencoder};
use wasm_encoder::{Module, TypeSection};
use wasmparser::{Parser, TypeSectionReader};

use super::{Outcome, plain};

/// The program without the types that nothing in it has.
pub fn tidied(program: &[u8]) -> Result<Vec<u8>> {
    let mut uses = Uses::default();
    uses.parse_core_module(&mut Module::new(), Parser::new(0), program).map_err(plain)?;
    let numbers = uses.0.into_iter().zip(0..).collect();
    let mut module = Module::new();
    Tidied { numbers }.parse_core_module(&mut module, Parser::new(0), program).map_err(plain)?;
    Ok(module.finish())
}

/// The types that are named.
#[derive(Default)]
struct Uses(BTreeSet<u32>);

impl Reencode for Uses {
    type Error = Infallible;

    fn type_index(&mut self, kind: u32) -> Result<u32, Error<Infallible>> {
        self.0.insert(kind);
        Ok(kind)
    }
}

struct Tidied {
    /// The new numbers of the types, by the old ones.
    numbers: BTreeMap<u32, u32>,
}

impl Reencode for Tidied {
    type Error = Infallible;

    fn type_index(&mut self, kind: u32) -> Result<u32, Error<Infallible>> {
        Ok(self.numbers.get(&kind).copied().unwrap_or_default())
    }

    fn parse_type_section(&mut self, types: &mut TypeSection, section: TypeSectionReader<'_>) -> Outcome {
        let mut kept = BTreeMap::new();
        for (kind, number) in section.into_iter_err_on_gc_types().zip(0..) {
            if let Some(new) = self.numbers.get(&number) {
                kept.insert(*new, RoundtripReencoder.func_type(kind?)?);
            }
        }
        kept.values().for_each(|kind| types.ty().func_type(kind));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::split::shape::Shape;

    #[test]
    fn what_nothing_has_is_gone() {
        let kinds = ["i64", "f32", "f64"].map(|kind| format!("(type (func (param {kind})))")).concat();
        let functions = [0, 2, 2].map(|kind| format!("(func (type {kind}))")).concat();
        let program = wat::parse_str(format!("(module {kinds} {functions})")).expect("a text");
        let tidied = tidied(&program).expect("it is a program");
        wasmparser::validate(&tidied).expect("it still is one");
        let shape = Shape::of(&tidied).expect("it has a shape");
        let first = |kind: &wasmparser::FuncType| kind.params()[0];
        assert_eq!(
            shape.types.iter().map(first).collect::<Vec<_>>(),
            [wasmparser::ValType::I64, wasmparser::ValType::F64]
        );
        assert_eq!(shape.types_of, [0, 1, 1]);
    }
}
