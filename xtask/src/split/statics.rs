//! The data that a program is linked with, and who names it.
//!
//! What is only named by functions in parts can be in these parts. The linker says where each piece of data is, and which numbers in code
//! and data are addresses of which piece (`--emit-relocs`, asked for by `build.rs`): an address may be that of another piece, for a table is
//! often named by where it would begin if its first entry were the one for 0. Addresses stay what they are when the program
//! is optimised, so this holds for the program that was built from the linked one.

use anyhow::{Context, Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use wasm_encoder::Module;
use wasm_encoder::reencode::{Reencode, utils};
use wasmparser::{
    BinaryReader, CustomSectionReader, DataKind, KnownCustom, Linking, Operator, Parser, Payload,
    RelocationEntry, RelocationType, SymbolInfo,
};

use super::{Outcome, plain};

/// Data that is never written to.
const CONSTANT: &str = ".rodata";

/// The operator that a pointer to a function stands behind.
const I32_CONST: u8 = 0x41;

/// The data of a program.
#[derive(Debug, Default)]
pub struct Statics {
    /// The pieces, in the order of the linker's table.
    pieces: BTreeMap<u32, Piece>,
    /// Which pieces a number in the code names.
    named: BTreeMap<u32, BTreeSet<u32>>,
    /// Where constant data are.
    constant: Vec<Range<u32>>,
    /// The places in the table of functions that code names.
    pub pointers_in_code: BTreeSet<u32>,
}

/// A piece of data that has a name.
#[derive(Debug, Default)]
struct Piece {
    range: Range<u32>,
    /// The pieces whose addresses are in it.
    names: BTreeSet<u32>,
    /// The places in the table of functions that are in it.
    pointers: BTreeSet<u32>,
}

impl Statics {
    /// Reads a linked program.
    pub fn of(linked: &[u8]) -> Result<Self> {
        let mut read = Linked { program: linked, ..Linked::default() };
        for (payload, section) in sections(linked) {
            read.payload(payload?, section)?;
        }
        read.statics()
    }

    /// The pieces that these numbers name, and those that such pieces name.
    pub fn reached(&self, numbers: &BTreeSet<u32>) -> BTreeSet<u32> {
        let mut open: Vec<u32> = numbers.iter().flat_map(|number| self.at(*number)).collect();
        let mut reached = BTreeSet::new();
        while let Some(piece) = open.pop() {
            if reached.insert(piece) {
                open.extend(self.pieces.get(&piece).into_iter().flat_map(|piece| &piece.names));
            }
        }
        reached
    }

    /// The pieces that a number may name: by what the linker says, and by where it is.
    fn at(&self, number: u32) -> Vec<u32> {
        let within = self.pieces.iter().filter(|(_, piece)| piece.range.contains(&number));
        let within = within.map(|(piece, _)| *piece);
        within.chain(self.named.get(&number).into_iter().flatten().copied()).collect()
    }

    /// The places in the table of functions that are in a piece.
    pub fn pointers(&self, piece: u32) -> impl Iterator<Item = u32> {
        self.pieces.get(&piece).into_iter().flat_map(|piece| piece.pointers.iter().copied())
    }

    /// All pieces.
    pub fn all(&self) -> BTreeSet<u32> {
        self.pieces.keys().copied().collect()
    }

    /// All pieces of constant data.
    pub fn constant(&self) -> BTreeSet<u32> {
        let is_constant = |piece: &Piece| {
            self.constant.iter().any(|all| all.start <= piece.range.start && piece.range.end <= all.end)
        };
        self.pieces.iter().filter(|(_, piece)| is_constant(piece)).map(|(number, _)| *number).collect()
    }

    /// Where pieces are, as ranges that do not touch.
    pub fn ranges(&self, pieces: &BTreeSet<u32>) -> Vec<Range<u32>> {
        let ranges = pieces.iter().filter_map(|piece| self.pieces.get(piece));
        joined(ranges.map(|piece| piece.range.clone()).collect())
    }
}

/// A program without what a linker says of it. That would be wrong once the program is changed, and nobody should download it.
pub fn forget_links(program: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::new();
    Forget.parse_core_module(&mut module, Parser::new(0), program).map_err(plain)?;
    Ok(module.finish())
}

struct Forget;

impl Reencode for Forget {
    type Error = std::convert::Infallible;

    fn parse_custom_section(&mut self, module: &mut Module, section: CustomSectionReader<'_>) -> Outcome {
        match section.as_known() {
            KnownCustom::Linking(_) | KnownCustom::Reloc(_) => Ok(()),
            _ => utils::parse_custom_section(self, module, section),
        }
    }
}

/// Ranges in order, those that touch or overlap in one.
fn joined(mut ranges: Vec<Range<u32>>) -> Vec<Range<u32>> {
    ranges.sort_unstable_by_key(|range| range.start);
    let mut all: Vec<Range<u32>> = Vec::new();
    for range in ranges {
        match all.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ if range.is_empty() => {}
            _ => all.push(range),
        }
    }
    all
}

/// Ranges without what is in others. Both are in order.
pub fn without(ranges: &[Range<u32>], others: &[Range<u32>]) -> Vec<Range<u32>> {
    let mut left = Vec::new();
    for range in ranges {
        let mut start = range.start;
        for other in others.iter().filter(|other| other.end > range.start && other.start < range.end) {
            if other.start > start {
                left.push(start..other.start);
            }
            start = start.max(other.end);
        }
        if start < range.end {
            left.push(start..range.end);
        }
    }
    left
}

/// The number in an operator that may be an address.
pub fn number_in(operator: &Operator<'_>) -> Option<u32> {
    macro_rules! offsets {
        ($operator:expr; $($name:ident)*) => {
            match $operator {
                Operator::I32Const { value } => Some(*value as u32),
                $(Operator::$name { memarg } => u32::try_from(memarg.offset).ok(),)*
                _ => None,
            }
        };
    }
    offsets!(operator; I32Load I64Load F32Load F64Load I32Load8S I32Load8U I32Load16S I32Load16U I64Load8S I64Load8U
        I64Load16S I64Load16U I64Load32S I64Load32U I32Store I64Store F32Store F64Store I32Store8 I32Store16 I64Store8
        I64Store16 I64Store32)
}

/// The payloads of a program, with the number of the section that each is.
fn sections(program: &[u8]) -> impl Iterator<Item = (wasmparser::Result<Payload<'_>>, u32)> {
    let mut next = 0;
    Parser::new(0).parse_all(program).map(move |payload| {
        let is_section = payload.as_ref().is_ok_and(|payload| payload.as_section().is_some());
        next += u32::from(is_section);
        (payload, next.saturating_sub(1))
    })
}

/// What stands in data.
#[derive(Clone, Copy)]
enum Within {
    /// The address of a piece.
    Piece(u32),
    /// A place in the table of functions.
    Pointer(u32),
}

/// What is found in a linked program.
#[derive(Default)]
struct Linked<'p> {
    program: &'p [u8],
    /// Where each segment is in memory, and where its bytes are in the file.
    segments: Vec<(Range<u32>, usize)>,
    names: Vec<String>,
    /// Where the data section begins in the file, and its number.
    data: Option<(usize, u32)>,
    /// The same of the code.
    code: Option<(usize, u32)>,
    /// For each symbol that is data: its segment, where in it, and how long.
    symbols: BTreeMap<u32, (u32, u32, u32)>,
    relocations: Vec<(u32, RelocationEntry)>,
}

impl Linked<'_> {
    fn payload(&mut self, payload: Payload<'_>, section: u32) -> Result<()> {
        match payload {
            Payload::CodeSectionStart { range, .. } => self.code = Some((range.start, section)),
            Payload::DataSection(data) => {
                self.data = Some((data.range().start, section));
                for segment in data {
                    let segment = segment?;
                    let DataKind::Active { offset_expr, .. } = segment.kind else {
                        bail!("data have no address")
                    };
                    let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
                        bail!("an address is not a number")
                    };
                    let start = value as u32;
                    let bytes = segment.range.end - segment.data.len();
                    self.segments.push((start..start + segment.data.len() as u32, bytes));
                }
            }
            Payload::CustomSection(custom) => match custom.as_known() {
                KnownCustom::Linking(linking) => {
                    for part in linking.subsections() {
                        self.linking(part?)?;
                    }
                }
                KnownCustom::Reloc(relocations) => {
                    let section = relocations.section_index();
                    for entry in relocations.entries() {
                        self.relocations.push((section, entry?));
                    }
                }
                _ => {}
            },
            _ => {}
        }
        Ok(())
    }

    fn linking(&mut self, part: Linking<'_>) -> Result<()> {
        match part {
            Linking::SegmentInfo(segments) => {
                for segment in segments {
                    self.names.push(segment?.name.to_owned());
                }
            }
            Linking::SymbolTable(symbols) => {
                for (symbol, number) in symbols.into_iter().zip(0..) {
                    if let SymbolInfo::Data { symbol: Some(data), .. } = symbol? {
                        self.symbols.insert(number, (data.index, data.offset, data.size));
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn statics(self) -> Result<Statics> {
        let (start, data) = self.data.context("the linked program has no data")?;
        let (code_start, code) = self.code.context("the linked program has no code")?;
        if self.relocations.is_empty() || self.names.len() != self.segments.len() {
            bail!("the linked program does not say who names its data");
        }
        let mut statics = Statics::default();
        let named = self.segments.iter().zip(&self.names);
        statics.constant =
            named.filter(|(_, name)| *name == CONSTANT).map(|((at, _), _)| at.clone()).collect();
        for (number, (segment, offset, size)) in &self.symbols {
            let Some((segment, _)) = self.segments.get(*segment as usize) else { continue };
            let at = segment.start + offset;
            statics.pieces.insert(*number, Piece { range: at..at + size, ..Piece::default() });
        }
        let at = |entry: &RelocationEntry| {
            statics.pieces.get(&entry.index).map(|piece| i64::from(piece.range.start) + entry.addend)
        };
        let mut within = Vec::new();
        for (section, entry) in &self.relocations {
            use RelocationType::{
                MemoryAddrI32, MemoryAddrLeb, MemoryAddrSleb, TableIndexI32, TableIndexSleb,
            };
            match entry.ty {
                MemoryAddrLeb | MemoryAddrSleb if *section == code => {
                    if let Some(number) = at(entry) {
                        statics.named.entry(number as u32).or_default().insert(entry.index);
                    }
                }
                TableIndexSleb if *section == code => {
                    let at = code_start + entry.offset as usize;
                    if self.program[at - 1] != I32_CONST {
                        bail!("what the linker calls a pointer is no number in the code");
                    }
                    let mut reader = BinaryReader::new(&self.program[at..], at);
                    statics.pointers_in_code.insert(reader.read_var_i32()? as u32);
                }
                MemoryAddrI32 if *section == data => {
                    within.push((start + entry.offset as usize, Within::Piece(entry.index)))
                }
                TableIndexI32 if *section == data => {
                    let at = start + entry.offset as usize;
                    let place = BinaryReader::new(&self.program[at..], at).read_u32()?;
                    within.push((at, Within::Pointer(place)));
                }
                _ => {}
            }
        }
        // In which piece each address stands.
        let mut places: Vec<(Range<u32>, u32)> =
            statics.pieces.iter().map(|(number, piece)| (piece.range.clone(), *number)).collect();
        places.sort_unstable_by_key(|(range, _)| range.start);
        for (byte, named) in within {
            let segment = self.segments.iter().find(|(at, bytes)| (*bytes..bytes + at.len()).contains(&byte));
            let Some((at, bytes)) = segment else { continue };
            let address = at.start + (byte - bytes) as u32;
            let before = places.partition_point(|(range, _)| range.start <= address);
            for (range, number) in places[..before].iter().rev().take(64) {
                if range.contains(&address)
                    && let Some(piece) = statics.pieces.get_mut(number)
                {
                    match named {
                        Within::Piece(named) => piece.names.insert(named),
                        Within::Pointer(place) => piece.pointers.insert(place),
                    };
                }
            }
        }
        Ok(statics)
    }
}

#[cfg(test)]
#[path = "statics_tests.rs"]
mod tests;
