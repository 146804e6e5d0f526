//! A function's body, read into statements: the pieces between which nothing waits on the stack.
//!
//! A statement that may not be followed by the next one, because it branches or has blocks of its own, ends a stretch; each stretch
//! has a mark. Whoever knows which marks a program has passed knows which of its statements were executed.

use anyhow::{Result, bail};
use std::ops::Range;
use wasmparser::{
    FuncValidator, FuncValidatorAllocations, FunctionBody, Operator, Parser, Payload, ValType, ValidPayload,
    Validator, WasmModuleResources,
};

use crate::split::shape::Shape;

/// A function's body.
pub struct Body<'p> {
    /// The types of its locals, those of its parameters first.
    pub locals: Vec<ValType>,
    /// How many of them are parameters.
    pub parameters: usize,
    /// What it gives back.
    pub results: Vec<ValType>,
    /// Its operators.
    pub operators: Vec<Operator<'p>>,
    /// Where each of them begins, in bytes, and where the last one ends.
    offsets: Vec<usize>,
    /// Whether the program can come to an operator.
    pub reached: Vec<bool>,
    /// For an operator that opens a block: its `else`, if it has one, and its `end`.
    pub closes: Vec<Option<(Option<usize>, usize)>>,
    /// All of it.
    pub whole: Sequence,
    /// The first of its marks: whether it was called.
    pub first_mark: u32,
}

/// Statements that follow each other: a body, a block, or an arm of an `if`.
#[derive(Debug, Default, PartialEq)]
pub struct Sequence {
    /// Its operators.
    pub range: Range<usize>,
    /// In order.
    pub statements: Vec<Statement>,
}

/// A statement.
#[derive(Debug, Default, PartialEq)]
pub struct Statement {
    /// Its operators.
    pub range: Range<usize>,
    /// Passed before it is executed.
    pub mark: u32,
    /// Whether it is the first of those that have this mark.
    pub is_marked: bool,
    /// Its blocks, in order.
    pub inner: Vec<Sequence>,
}

/// All bodies of a program, in order, and how many marks they have together.
pub fn read<'p>(program: &'p [u8], shape: &Shape) -> Result<(Vec<Body<'p>>, u32)> {
    let mut validator = Validator::new();
    let mut allocations = FuncValidatorAllocations::default();
    let (mut bodies, mut marks) = (Vec::new(), 0);
    for payload in Parser::new(0).parse_all(program) {
        let payload: Payload<'p> = payload?;
        if let ValidPayload::Func(function, body) = validator.payload(&payload)? {
            let mut function = function.into_validator(allocations);
            bodies.push(Body::read(&body, &mut function, shape, &mut marks)?);
            allocations = function.into_allocations();
        }
    }
    Ok((bodies, marks))
}

impl<'p> Body<'p> {
    fn read(
        body: &FunctionBody<'p>,
        validator: &mut FuncValidator<impl WasmModuleResources>,
        shape: &Shape,
        marks: &mut u32,
    ) -> Result<Self> {
        validator.read_locals(&mut body.get_binary_reader())?;
        let locals = (0..validator.len_locals()).filter_map(|at| validator.get_local_type(at)).collect();
        let kind = &shape.types[shape.types_of[validator.index() as usize] as usize];
        let mut read = Self {
            locals,
            parameters: kind.params().len(),
            results: kind.results().to_vec(),
            operators: Vec::new(),
            offsets: Vec::new(),
            reached: Vec::new(),
            closes: Vec::new(),
            whole: Sequence::default(),
            first_mark: *marks,
        };
        let (mut clear, mut open) = (Vec::new(), Vec::new());
        for step in body.get_operators_reader()?.into_iter_with_offsets() {
            let (operator, offset) = step?;
            let at = read.operators.len();
            let frame = validator.get_control_frame(0);
            let reached = frame.is_some_and(|frame| !frame.unreachable);
            let height = validator.operand_stack_height() as usize;
            clear.push(reached && frame.is_some_and(|frame| frame.height == height));
            read.reached.push(reached);
            read.closes.push(None);
            match operator {
                Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => open.push((at, None)),
                Operator::Else => open.iter_mut().rev().take(1).for_each(|(_, other)| *other = Some(at)),
                Operator::End => {
                    if let Some((opened, other)) = open.pop() {
                        read.closes[opened] = Some((other, at));
                    }
                }
                _ => {}
            }
            validator.op(offset, &operator)?;
            read.operators.push(operator);
            read.offsets.push(offset);
        }
        read.offsets.push(body.range().end);
        let Some(last) = read.operators.len().checked_sub(1) else { bail!("a body has no end") };
        read.whole = read.sequence(0..last, &clear, marks);
        // Even one that does nothing is called.
        if *marks == read.first_mark {
            *marks += 1;
        }
        Ok(read)
    }

    fn sequence(&self, range: Range<usize>, clear: &[bool], marks: &mut u32) -> Sequence {
        let mut statements: Vec<Statement> = Vec::new();
        let (mut at, mut diverts) = (range.start, true);
        while at < range.end {
            if clear[at] || at == range.start {
                let is_marked = diverts;
                let mark = match statements.last() {
                    Some(before) if !is_marked => before.mark,
                    _ => {
                        *marks += 1;
                        *marks - 1
                    }
                };
                statements.push(Statement { range: at..at, mark, is_marked, inner: Vec::new() });
                diverts = false;
            }
            diverts |= diverts_from_next(&self.operators[at]);
            let mut inner = Vec::new();
            let next = match self.closes[at] {
                Some((Some(other), end)) => {
                    inner.push(self.sequence(at + 1..other, clear, marks));
                    inner.push(self.sequence(other + 1..end, clear, marks));
                    end + 1
                }
                Some((None, end)) => {
                    inner.push(self.sequence(at + 1..end, clear, marks));
                    end + 1
                }
                None => at + 1,
            };
            if let Some(statement) = statements.last_mut() {
                statement.inner.append(&mut inner);
                statement.range.end = next;
            }
            at = next;
        }
        Sequence { range, statements }
    }

    /// How long a piece is, bytes.
    pub fn bytes(&self, range: &Range<usize>) -> usize {
        self.offsets[range.end] - self.offsets[range.start]
    }
}

/// Whether what follows an operator may not be executed, though the operator is.
fn diverts_from_next(operator: &Operator<'_>) -> bool {
    matches!(
        operator,
        Operator::Block { .. }
            | Operator::Loop { .. }
            | Operator::If { .. }
            | Operator::Br { .. }
            | Operator::BrIf { .. }
            | Operator::BrTable { .. }
            | Operator::Return
            | Operator::Unreachable
    )
}
