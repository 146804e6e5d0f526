//! The text of a lesson as bytes: what `build.rs` writes to a file, and the page reads from it.
//!
//! Structs are their fields, one after another; an enum is the number of its variant and its fields; a list or a text is its
//! length and what is in it. Lengths are LEB128. The file and the program that reads it are of one build, so there is no version.

use super::model::{
    Answer, Block, Expr, Format, Late, Lesson, Line, Metric, Node, Op, Predict, Question, Quiz, Revisit,
    Span, StageSettings, Token, Truth, Value,
};

/// Something that can be written as bytes and read again.
pub trait Packed: Sized {
    /// Adds it to bytes.
    fn pack(&self, out: &mut Vec<u8>);
    /// Reads it; `None` where the bytes say something else.
    fn unpack(from: &mut Bytes) -> Option<Self>;
}

/// Bytes that are being read.
pub struct Bytes(pub &'static [u8]);

impl Bytes {
    fn take(&mut self, count: usize) -> Option<&'static [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }
}

/// The text of a lesson, and whose it is.
pub fn pack_lesson(lesson: &Lesson) -> Vec<u8> {
    let mut out = Vec::new();
    lesson.slug.pack(&mut out);
    lesson.steps.iter().for_each(|step| pack_list(&step.blocks, &mut out));
    pack_list(&lesson.python.lines, &mut out);
    pack_list(&lesson.rust.lines, &mut out);
    out
}

/// Puts a lesson's text where it belongs. `None`: the bytes are not its text, or not all of it.
pub fn unpack_lesson(lesson: &Lesson, bytes: &'static [u8]) -> Option<()> {
    let from = &mut Bytes(bytes);
    if <&str>::unpack(from)? != lesson.slug {
        return None;
    }
    let blocks = lesson.steps.iter().map(|_| Packed::unpack(from)).collect::<Option<Vec<_>>>()?;
    let (python, rust) = (Packed::unpack(from)?, Packed::unpack(from)?);
    if !from.0.is_empty() {
        return None;
    }
    lesson.steps.iter().zip(blocks).for_each(|(step, blocks)| step.blocks.come(blocks));
    lesson.python.lines.come(python);
    lesson.rust.lines.come(rust);
    Some(())
}

/// The texts of the questions that end the course, and what is true instead of each misconception.
pub fn pack_exam(questions: &[Question], truths: &[Truth]) -> Vec<u8> {
    let mut out = Vec::new();
    texts(questions).for_each(|text| pack_list(text, &mut out));
    pack_list(truths, &mut out);
    out
}

/// Puts the texts of the questions where they belong, and returns what is true. `None`: the bytes are not these texts.
pub fn unpack_exam(questions: &[Question], bytes: &'static [u8]) -> Option<&'static [Truth]> {
    let from = &mut Bytes(bytes);
    let come = texts(questions).map(|_| Packed::unpack(from)).collect::<Option<Vec<_>>>()?;
    let truths = Packed::unpack(from)?;
    if !from.0.is_empty() {
        return None;
    }
    texts(questions).zip(come).for_each(|(text, nodes)| text.come(nodes));
    Some(truths)
}

/// What each question asks, each answer says, and why.
fn texts(questions: &[Question]) -> impl Iterator<Item = &Late<Node>> {
    questions.iter().flat_map(|it| {
        [&it.question].into_iter().chain(it.options.iter().flat_map(|option| [&option.text, &option.why]))
    })
}

fn pack_list<T: Packed>(items: &[T], out: &mut Vec<u8>) {
    (items.len() as u64).pack(out);
    items.iter().for_each(|item| item.pack(out));
}

impl<T: Packed> Packed for &'static [T] {
    fn pack(&self, out: &mut Vec<u8>) {
        pack_list(self, out);
    }

    fn unpack(from: &mut Bytes) -> Option<Self> {
        let count = u64::unpack(from)?;
        // No more is set aside than there can be: each item has a byte at least.
        let mut items = Vec::with_capacity(usize::try_from(count).ok()?.min(from.0.len()));
        for _ in 0..count {
            items.push(T::unpack(from)?);
        }
        Some(items.leak())
    }
}

impl<T: Packed> Packed for Late<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        pack_list(self, out);
    }

    fn unpack(from: &mut Bytes) -> Option<Self> {
        Packed::unpack(from).map(Self::Here)
    }
}

impl Packed for u64 {
    fn pack(&self, out: &mut Vec<u8>) {
        let mut rest = *self;
        while rest >= 0x80 {
            out.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        out.push(rest as u8);
    }

    fn unpack(from: &mut Bytes) -> Option<Self> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = from.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }
}

impl Packed for u16 {
    fn pack(&self, out: &mut Vec<u8>) {
        u64::from(*self).pack(out);
    }

    fn unpack(from: &mut Bytes) -> Option<Self> {
        u64::unpack(from)?.try_into().ok()
    }
}

impl Packed for f64 {
    fn pack(&self, out: &mut Vec<u8>) {
        out.extend(self.to_le_bytes());
    }

    fn unpack(from: &mut Bytes) -> Option<Self> {
        Some(Self::from_le_bytes(from.take(8)?.try_into().ok()?))
    }
}

impl Packed for &'static str {
    fn pack(&self, out: &mut Vec<u8>) {
        (self.len() as u64).pack(out);
        out.extend(self.as_bytes());
    }

    fn unpack(from: &mut Bytes) -> Option<Self> {
        let length = u64::unpack(from)?.try_into().ok()?;
        std::str::from_utf8(from.take(length)?).ok()
    }
}

impl<T: Packed> Packed for Option<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        out.push(u8::from(self.is_some()));
        self.iter().for_each(|it| it.pack(out));
    }

    fn unpack(from: &mut Bytes) -> Option<Self> {
        match from.byte()? {
            0 => Some(None),
            1 => Some(Some(T::unpack(from)?)),
            _ => None,
        }
    }
}

impl<T: Packed> Packed for &'static T {
    fn pack(&self, out: &mut Vec<u8>) {
        T::pack(self, out);
    }

    fn unpack(from: &mut Bytes) -> Option<Self> {
        Some(Box::leak(Box::new(T::unpack(from)?)))
    }
}

impl<A: Packed, B: Packed> Packed for (A, B) {
    fn pack(&self, out: &mut Vec<u8>) {
        self.0.pack(out);
        self.1.pack(out);
    }

    fn unpack(from: &mut Bytes) -> Option<Self> {
        Some((A::unpack(from)?, B::unpack(from)?))
    }
}

/// A struct by its fields, or an enum by the numbers of its variants.
macro_rules! packed {
    (struct $name:ident { $($field:ident),* }) => {
        impl Packed for $name {
            fn pack(&self, out: &mut Vec<u8>) {
                $(self.$field.pack(out);)*
            }

            fn unpack(from: &mut Bytes) -> Option<Self> {
                Some(Self { $($field: Packed::unpack(from)?),* })
            }
        }
    };
    (enum $name:ident { $($number:literal => $variant:ident $(($($part:ident),*))? $({ $($field:ident),* })?,)* }) => {
        impl Packed for $name {
            fn pack(&self, out: &mut Vec<u8>) {
                match self {
                    $(Self::$variant $(($($part),*))? $({ $($field),* })? => {
                        out.push($number);
                        $($($part.pack(out);)*)?
                        $($($field.pack(out);)*)?
                    })*
                }
            }

            fn unpack(from: &mut Bytes) -> Option<Self> {
                match from.byte()? {
                    $($number => {
                        $($(let $part = Packed::unpack(from)?;)*)?
                        $($(let $field = Packed::unpack(from)?;)*)?
                        Some(Self::$variant $(($($part),*))? $({ $($field),* })?)
                    })*
                    _ => None,
                }
            }
        }
    };
}

packed!(enum Block { 0 => Prose(nodes), 1 => Predict(it), 2 => Quiz(it), 3 => Aside { title, body }, 4 => Exhibit(name), });
packed!(enum Node { 0 => Text(text), 1 => Element(tag, nodes), 2 => Link(to, nodes), 3 => Value(value), 4 => Term(id, nodes), });
packed!(struct Value { expr, format });
packed!(enum Format { 0 => Seconds, 1 => Times, 2 => Percent, 3 => Count, });
packed!(enum Expr { 0 => Number(number), 1 => Knob(id), 2 => Metric(metric, mode), 3 => Op(op, left, right), });
packed!(enum Op {
    0 => Add, 1 => Subtract, 2 => Multiply, 3 => Divide, 4 => Min, 5 => Max, 6 => Equal, 7 => Less, 8 => LessOrEqual,
});
packed!(enum Metric {
    0 => Total, 1 => Busy, 2 => Holding, 3 => Free, 4 => Line, 5 => Hold, 6 => Polls, 7 => Gap, 8 => Served, 9 => P50,
    10 => P95, 11 => P99, 12 => Last, 13 => Rate, 14 => Trained, 15 => Error, 16 => ByLine, 17 => ByMean,
});
packed!(struct Predict { question, answer, choices, format, after });
packed!(struct Quiz { question, options, show });
packed!(struct Answer { text, why, misconception, check });
packed!(struct StageSettings { mode, knobs, time, light, modes });
packed!(struct Truth { id, truth, revisit });
packed!(struct Revisit { link, lesson, step });
packed!(struct Line { number, labels, modes, spans });
packed!(enum Span { 0 => Code(token, code), 1 => Knob(knob, text), 2 => Mode(text), });
packed!(enum Token { 0 => Plain, 1 => Keyword, 2 => Function, 3 => Number, 4 => Text, 5 => Comment, 6 => Type, });
