//! Writes bodies from which regions were taken, and the functions that these become.

use anyhow::{Result, anyhow};
use std::collections::BTreeMap;
use std::ops::Range;
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{BlockType, Function, Instruction, ValType};
use wasmparser::Operator;

use super::body::Body;
use super::region::{Exit, Region};
use crate::split::plain;

/// A function that is added to a program.
pub struct Added {
    /// What it is given and what it gives back.
    pub parameters: Vec<ValType>,
    /// See there.
    pub results: Vec<ValType>,
    /// Its body.
    pub body: Function,
    /// The mark that is passed when it begins.
    pub mark: u32,
}

/// Writes a body anew, and adds the functions that its regions become. The next one gets the number `next`.
pub fn body<'p>(body: &Body<'p>, regions: &[Region], next: u32, added: &mut Vec<Added>) -> Result<Function> {
    let locals = body.locals.iter().map(|it| kind(*it)).collect::<Result<Vec<_>>>()?;
    let numbers = (0..locals.len() as u32).map(|local| (local, local)).collect();
    let mut writer =
        Writer { body, next, added, numbers, locals, written: Vec::new(), region: None, open: 0, extra: 0 };
    writer.piece(&(0..body.operators.len()), regions)?;
    Ok(writer.finish(body.parameters))
}

/// Writes one function.
struct Writer<'w, 'p> {
    body: &'w Body<'p>,
    next: u32,
    added: &'w mut Vec<Added>,
    /// The locals of the body as they are called here.
    numbers: BTreeMap<u32, u32>,
    locals: Vec<ValType>,
    written: Vec<Instruction<'p>>,
    /// The region that is being written, if it is not the body.
    region: Option<&'w Region>,
    /// How many blocks of what is copied are open.
    open: u32,
    /// How many blocks are open that are not copied, but opened round a call.
    extra: u32,
}

impl<'w, 'p> Writer<'w, 'p> {
    fn finish(self, parameters: usize) -> Function {
        let mut function = Function::new_with_locals_types(self.locals.into_iter().skip(parameters));
        for instruction in &self.written {
            function.instruction(instruction);
        }
        function
    }

    fn put(&mut self, instruction: Instruction<'p>) {
        self.written.push(instruction);
    }

    /// Copies operators, with a call in the place of each region.
    fn piece(&mut self, range: &Range<usize>, regions: &'w [Region]) -> Result<()> {
        let (mut at, mut regions) = (range.start, regions.iter().peekable());
        while at < range.end {
            if let Some(region) = regions.next_if(|region| region.range.start == at) {
                self.call(region)?;
                at = region.range.end;
            } else {
                self.copy(at)?;
                at += 1;
            }
        }
        Ok(())
    }

    fn copy(&mut self, at: usize) -> Result<()> {
        let body = self.body;
        match &body.operators[at] {
            Operator::LocalGet { local_index } => {
                let local = self.number(*local_index);
                self.put(Instruction::LocalGet(local));
            }
            Operator::LocalSet { local_index } => {
                let local = self.number(*local_index);
                self.put(Instruction::LocalSet(local));
            }
            Operator::LocalTee { local_index } => {
                let local = self.number(*local_index);
                self.put(Instruction::LocalTee(local));
            }
            Operator::Br { relative_depth } => {
                let depth = self.depth(*relative_depth);
                self.put(Instruction::Br(depth));
            }
            Operator::BrIf { relative_depth } => {
                let depth = self.depth(*relative_depth);
                self.put(Instruction::BrIf(depth));
            }
            Operator::BrTable { targets } => {
                let depths: Vec<u32> = targets.targets().collect::<Result<_, _>>()?;
                let depths: Vec<u32> = depths.into_iter().map(|depth| self.depth(depth)).collect();
                let other = self.depth(targets.default());
                self.put(Instruction::BrTable(depths.into(), other));
            }
            Operator::Return => self.leave_body(),
            operator => {
                match operator {
                    Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => self.open += 1,
                    // The last one ends the body.
                    Operator::End => self.open = self.open.saturating_sub(1),
                    _ => {}
                }
                let instruction = RoundtripReencoder.instruction(operator.clone());
                let instruction = instruction.map_err(plain)?;
                self.put(instruction);
            }
        }
        Ok(())
    }

    fn leave_body(&mut self) {
        match self.region {
            None => self.put(Instruction::Return),
            Some(region) => {
                let depth = self.depth(self.open + region.depth - 1);
                self.put(Instruction::Br(depth));
            }
        }
    }

    /// How a local of the body is called here. Whatever a region touches has a number.
    fn number(&mut self, local: u32) -> u32 {
        let (numbers, locals, body) = (&mut self.numbers, &mut self.locals, self.body);
        *numbers.entry(local).or_insert_with(|| {
            // Its type was read when the body was written.
            locals.push(kind(body.locals[local as usize]).unwrap_or(ValType::I32));
            locals.len() as u32 - 1
        })
    }

    /// Which block a branch leads out of here, if it led out of this one in the body.
    fn depth(&self, depth: u32) -> u32 {
        let Some(region) = self.region.filter(|_| depth >= self.open) else { return depth + self.extra };
        let label = depth - self.open;
        let exits = region.exits.iter().filter(|exit| exit.label.is_some());
        let place = exits.take_while(|exit| exit.label != Some(label)).count() as u32;
        self.open + self.extra + place
    }

    /// Another local, for a moment.
    fn spare(&mut self, kind: ValType) -> u32 {
        self.locals.push(kind);
        self.locals.len() as u32 - 1
    }

    /// Calls the function that a region becomes, and goes where it says.
    fn call(&mut self, region: &'w Region) -> Result<()> {
        let number = self.next + self.added.len() as u32;
        self.added.push(function(self.body, region)?);
        let several = region.exits.len() > 1;
        let falls = region.exits.iter().any(|exit| exit.label.is_none());
        let by_table = several && region.value.is_none() && region.exits.len() > 2;
        if by_table && falls {
            self.put(Instruction::Block(BlockType::Empty));
            self.extra += 1;
        }
        for local in &region.given {
            let local = self.number(*local);
            self.put(Instruction::LocalGet(local));
        }
        self.put(Instruction::Call(number));
        for local in region.returned.iter().rev() {
            let local = self.number(*local);
            self.put(Instruction::LocalSet(local));
        }
        match &*region.exits {
            [] => self.put(Instruction::Unreachable),
            [exit] => self.go(*exit),
            _ if by_table => self.choose_by_table(region, falls),
            [Exit { label: None, .. }, Exit { label: Some(label), .. }] if region.value.is_none() => {
                let depth = self.depth(*label);
                self.put(Instruction::BrIf(depth));
            }
            exits => self.choose(exits, region.value)?,
        }
        Ok(())
    }

    /// Goes on behind a region, or leaves a block.
    fn go(&mut self, exit: Exit) {
        if let Some(label) = exit.label {
            let depth = self.depth(label);
            self.put(Instruction::Br(depth));
        }
    }

    /// The number of an exit is on the stack; nothing is below it.
    fn choose_by_table(&mut self, region: &Region, falls: bool) {
        let depth_of = |exit: &Exit| exit.label.map_or(0, |label| self.depth(label));
        let mut depths: Vec<u32> = region.exits.iter().map(depth_of).collect();
        let other = depths.pop().unwrap_or_default();
        self.put(Instruction::BrTable(depths.into(), other));
        if falls {
            self.extra -= 1;
            self.put(Instruction::End);
        }
    }

    /// The number of an exit is on the stack, and below it, if some exit leaves one, a value.
    fn choose(&mut self, exits: &[Exit], value: Option<wasmparser::ValType>) -> Result<()> {
        let number = self.spare(ValType::I32);
        self.put(Instruction::LocalSet(number));
        let value = match value {
            None => None,
            Some(value) => {
                let local = self.spare(kind(value)?);
                self.put(Instruction::LocalSet(local));
                Some(local)
            }
        };
        let (first, others) = exits.split_first().ok_or_else(|| anyhow!("a region leads nowhere"))?;
        for (exit, at) in others.iter().zip(1..) {
            let value = value.filter(|_| exit.has_value);
            if let Some(value) = value {
                self.put(Instruction::LocalGet(value));
            }
            self.put(Instruction::LocalGet(number));
            self.put(Instruction::I32Const(at));
            self.put(Instruction::I32Eq);
            let depth = self.depth(exit.label.unwrap_or_default());
            self.put(Instruction::BrIf(depth));
            if value.is_some() {
                self.put(Instruction::Drop);
            }
        }
        if let Some(value) = value.filter(|_| first.has_value) {
            self.put(Instruction::LocalGet(value));
        }
        self.go(*first);
        Ok(())
    }

    /// What a region gives back when it is over: a value, the number of the exit, and the locals that somebody reads.
    fn give_back(&mut self, region: &Region, exit: Exit, number: usize) {
        if let (Some(value), false) = (region.value, exit.has_value) {
            self.put(zero(value));
        }
        if region.exits.len() > 1 {
            self.put(Instruction::I32Const(number as i32));
        }
        for local in &region.returned {
            let local = self.number(*local);
            self.put(Instruction::LocalGet(local));
        }
    }
}

/// The function that a region becomes.
fn function(body: &Body<'_>, region: &Region) -> Result<Added> {
    // There are no regions within a region.
    let (next, added) = (0, &mut Vec::new());
    let kind_of = |local: &u32| kind(body.locals[*local as usize]);
    let parameters = region.given.iter().map(kind_of).collect::<Result<Vec<_>>>()?;
    let value = region.value.map(kind).transpose()?;
    let number = (region.exits.len() > 1).then_some(ValType::I32);
    let returned = region.returned.iter().map(kind_of).collect::<Result<Vec<_>>>()?;
    let results: Vec<_> = value.into_iter().chain(number).chain(returned).collect();
    let numbers = region.given.iter().copied().zip(0..).collect();
    let locals = parameters.clone();
    let mut writer = Writer {
        body,
        next,
        added,
        numbers,
        locals,
        written: Vec::new(),
        region: Some(region),
        open: 0,
        extra: 0,
    };
    let leaves: Vec<(usize, Exit)> =
        region.exits.iter().copied().enumerate().filter(|(_, exit)| exit.label.is_some()).collect();
    // The innermost block is that of the first exit.
    for (_, exit) in leaves.iter().rev() {
        let kind = match value.filter(|_| exit.has_value) {
            Some(value) => BlockType::Result(value),
            None => BlockType::Empty,
        };
        writer.put(Instruction::Block(kind));
    }
    writer.piece(&region.range, &[])?;
    match region.exits.first() {
        Some(exit) if exit.label.is_none() => {
            writer.give_back(region, *exit, 0);
            if !leaves.is_empty() {
                writer.put(Instruction::Return);
            }
        }
        // It never comes to its end.
        _ => writer.put(Instruction::Unreachable),
    }
    for (at, (number, exit)) in leaves.iter().enumerate() {
        writer.put(Instruction::End);
        writer.give_back(region, *exit, *number);
        if at + 1 < leaves.len() {
            writer.put(Instruction::Return);
        }
    }
    writer.put(Instruction::End);
    let body = writer.finish(parameters.len());
    Ok(Added { parameters, results, body, mark: region.mark })
}

fn kind(kind: wasmparser::ValType) -> Result<ValType> {
    RoundtripReencoder.val_type(kind).map_err(plain)
}

fn zero(kind: wasmparser::ValType) -> Instruction<'static> {
    match kind {
        wasmparser::ValType::I64 => Instruction::I64Const(0),
        wasmparser::ValType::F32 => Instruction::F32Const(0.0f32.into()),
        wasmparser::ValType::F64 => Instruction::F64Const(0.0f64.into()),
        wasmparser::ValType::I32 => Instruction::I32Const(0),
        wasmparser::ValType::V128 => Instruction::V128Const(0),
        wasmparser::ValType::Ref(kind) => Instruction::RefNull(if kind.is_extern_ref() {
            wasm_encoder::HeapType::EXTERN
        } else {
            wasm_encoder::HeapType::FUNC
        }),
    }
}
