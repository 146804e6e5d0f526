//! Pieces of the functions that opening the first lesson calls, which are not executed then, become functions of their own: only whole
//! functions can move into a part. Compilers call it hot-cold splitting; here a walk says what is hot.
//!
//! - [`body`] reads a function into statements, and says where marks are passed
//! - [`live`] knows which locals are still to be read
//! - [`region`] chooses the pieces, and what they take and give back
//! - [`mod@write`] writes what is left, and the new functions

mod body;
mod live;
mod region;
mod write;

use super::shape::Shape;
use super::{Outcome, plain};
use anyhow::Result;
use body::{Body, Statement};
use live::Liveness;
use region::Chooser;
use std::collections::BTreeMap;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{CodeSection, Function, FunctionSection, Module, TypeSection, ValType};
use wasmparser::{FunctionBody, FunctionSectionReader, Parser, TypeSectionReader};
use write::Added;

/// A function that is called from so many places serves many purposes: what it does depends on what it is given, and what it did not do
/// in a walk it may do at any time. It stays whole.
const GENERAL: u32 = 20;

/// A program, and the marks in its bodies.
pub struct Marked<'p> {
    program: &'p [u8],
    shape: &'p Shape,
    bodies: Vec<Body<'p>>,
    /// How many marks there are.
    pub marks: u32,
}

/// A program with more functions than it had before.
pub struct Outlined {
    /// The program.
    pub program: Vec<u8>,
    /// The mark that tells of each function with a body whether it was called.
    pub marks: Vec<u32>,
}

impl<'p> Marked<'p> {
    /// Finds the marks of a program.
    pub fn of(program: &'p [u8], shape: &'p Shape) -> Result<Self> {
        let (bodies, marks) = body::read(program, shape)?;
        Ok(Self { program, shape, bodies, marks })
    }

    /// Before which operators of a body marks are passed, and which.
    pub fn marks_in(&self, body: usize) -> Vec<(usize, u32)> {
        let mut marks = Vec::new();
        let body = &self.bodies[body];
        collect(&body.whole.statements, &mut marks);
        if marks.is_empty() {
            marks.push((0, body.first_mark));
        }
        marks.sort_unstable();
        marks
    }

    /// The program with functions for whatever is not executed at once, in functions that are called at once: those whose marks are
    /// passed say what is. What is in `whole` stays as it is.
    pub fn outlined(&self, at_once: &dyn Fn(u32) -> bool, whole: &dyn Fn(u32) -> bool) -> Result<Outlined> {
        let callers = self.callers();
        let (mut bodies, mut added) = (Vec::new(), Vec::<Added>::new());
        let next = self.shape.imported + self.shape.bodies;
        for (body, function) in self.bodies.iter().zip(self.shape.imported..) {
            let tied = self.shape.tied[(function - self.shape.imported) as usize];
            let general = callers.get(&function).is_some_and(|callers| *callers >= GENERAL);
            let later = !at_once(body.first_mark);
            let live =
                if tied || general || later || whole(function) { None } else { Some(Liveness::of(body)) };
            let regions =
                live.map(|live| Chooser::new(body, self.shape, &live, at_once).choose()).unwrap_or_default();
            bodies.push(if regions.is_empty() {
                None
            } else {
                Some(write::body(body, &regions, next, &mut added)?)
            });
        }
        let marks =
            self.bodies.iter().map(|body| body.first_mark).chain(added.iter().map(|it| it.mark)).collect();
        let mut module = Module::new();
        let mut writer = Writer { bodies, added, next: 0, types: self.shape.types.len() as u32 };
        writer.parse_core_module(&mut module, Parser::new(0), self.program).map_err(plain)?;
        Ok(Outlined { program: module.finish(), marks })
    }

    /// How often each function is called, by places.
    fn callers(&self) -> BTreeMap<u32, u32> {
        let mut callers = BTreeMap::new();
        for called in self.shape.calls.iter().flatten() {
            *callers.entry(*called).or_insert(0) += 1;
        }
        callers
    }
}

fn collect(statements: &[Statement], marks: &mut Vec<(usize, u32)>) {
    for statement in statements {
        if statement.is_marked {
            marks.push((statement.range.start, statement.mark));
        }
        statement.inner.iter().for_each(|block| collect(&block.statements, marks));
    }
}

/// Writes the program with other bodies, and more.
struct Writer {
    bodies: Vec<Option<Function>>,
    added: Vec<Added>,
    next: usize,
    /// How many types there are without those of the functions that are added.
    types: u32,
}

impl Writer {
    /// The types of the functions that are added, each once.
    fn kinds(&self) -> Vec<(&[ValType], &[ValType])> {
        let mut kinds: Vec<_> = self.added.iter().map(|it| (&*it.parameters, &*it.results)).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }
}

impl Reencode for Writer {
    type Error = std::convert::Infallible;

    fn parse_type_section(&mut self, types: &mut TypeSection, section: TypeSectionReader<'_>) -> Outcome {
        utils::parse_type_section(self, types, section)?;
        for (parameters, results) in self.kinds() {
            types.ty().function(parameters.iter().copied(), results.iter().copied());
        }
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Outcome {
        utils::parse_function_section(self, functions, section)?;
        let kinds = self.kinds();
        for added in &self.added {
            let kind = kinds.binary_search(&(&*added.parameters, &*added.results)).unwrap_or_default();
            functions.function(self.types + kind as u32);
        }
        Ok(())
    }

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: FunctionBody<'_>,
    ) -> Result<(), Error<Self::Error>> {
        let at = self.next;
        self.next += 1;
        match &self.bodies[at] {
            Some(function) => {
                code.function(function);
            }
            None => utils::parse_function_body(self, code, body)?,
        }
        if self.next == self.bodies.len() {
            self.added.iter().for_each(|added| {
                code.function(&added.body);
            });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
