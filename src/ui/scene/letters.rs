//! Letters as strokes. A browser sets the text of a drawing anew wherever it moves; a stroke only moves.

use crate::decimal::{fixed, plain};

/// How wide and how high a letter is, in units of the drawing.
const WIDTH: f64 = 8.0;
const HEIGHT: f64 = 11.0;
/// Between the digits of a number.
const GAP: f64 = 2.6;

/// The path of a capital letter or a number, with its middle at a height, for a stroke of about a fifth of its own.
pub fn path(text: &str, middle: f64) -> String {
    path_at(text, (0.0, middle))
}

/// The same with its middle at a point.
pub fn path_at(text: &str, (x, y): (f64, f64)) -> String {
    let wide = text.chars().count() as f64 * (WIDTH + GAP) - GAP;
    let left = (0..).map(|at| x + f64::from(at) * (WIDTH + GAP) - wide / 2.0);
    text.chars()
        .zip(left)
        .map(|(it, left)| format!("M{} {}{}", fixed(left, 1), plain(y - HEIGHT / 2.0), strokes(it)))
        .collect()
}

/// From the upper left corner of the letter.
fn strokes(letter: char) -> &'static str {
    const LETTERS: [&str; 26] = [
        "m0 11l4-11l4 11m-6.6-4h5.2",
        "m.8 0v11h3.6a3 2.9 0 0 0 0-5.8h-3.6m0 0h3.2a2.6 2.6 0 0 0 0-5.2h-3.2",
        "m8 2.2a4.4 5.5 0 1 0 0 6.6",
        "m.8 0v11h2a5 5.5 0 0 0 0-11z",
        "m7 0h-6v11h6m-6-5.6h5",
        "m7 0h-6v11m0-5.6h5",
        "m8 2.2a4.4 5.5 0 1 0 0 6.6v-2.8h-3",
        "m.5 0v11m7-11v11m-7-5.6h7",
        "m4 0v11",
        "m6.5 0v7.5a3 3.5 0 0 1-6 0",
        "m1 0v11m6.5-11l-6.5 6.6m2.2-2.2l4.6 6.6",
        "m1.5 0v11h5.5",
        "m0 11v-11l4 7l4-7v11",
        "m.5 11v-11l7 11v-11",
        "m4 0a4 5.5 0 1 0 .01 0z",
        "m1 11v-11h3.5a3 3 0 0 1 0 6h-3.5",
        "m4 0a4 5.5 0 1 0 .01 0m1 8l3 3.5",
        "m1 11v-11h3.5a3 3 0 0 1 0 6h-3.5m3 0l3.8 5",
        "m7 1.6c-2-2.4-6-2-6 1.2c0 3.6 6 1.8 6 5.4c0 3.4-4.5 3.6-6.4.9",
        "m0 0h8m-4 0v11",
        "m.5 0v7a3.5 4 0 0 0 7 0v-7",
        "m0 0l4 11l4-11",
        "m-.8 0l2.2 11l2.6-8.5l2.6 8.5l2.2-11",
        "m.5 0l7 11m0-11l-7 11",
        "m0 0l4 5.5l4-5.5m-4 5.5v5.5",
        "m.5 0h7l-7 11h7",
    ];
    const DIGITS: [&str; 10] = [
        "m4 0a3.4 5.5 0 1 0 .01 0z",
        "m1.5 2.4l3-2.4v11",
        "m.8 2.6c.4-3.4 6.2-3.4 6.2.3c0 2.8-4 4-6.2 8.1h6.4",
        "m1 0h6l-3.4 4.4c5 0 4.6 6.6 0 6.6c-1.6 0-2.8-.8-3.2-2",
        "m5.6 11v-11l-5.4 7.6h7.6",
        "m6.8 0h-5l-.6 4.8c2.4-1.4 6-.6 6 2.7c0 4-4.8 4.5-6.6 1.7",
        "m6.4.2c-4 1-6 5-5.2 8c1 4.2 6 3.4 6-.6c0-3.6-4.8-3.8-6-.4",
        "m.8 0h6.6l-4 11",
        "m4 5.2c-4.4-1-3.6-5.2 0-5.2s4.4 4.2 0 5.2c-5 1-4 5.8 0 5.8s5-4.8 0-5.8z",
        "m1.6 10.8c4-1 6-5 5.2-8c-1-4.2-6-3.4-6 .6c0 3.6 4.8 3.8 6 .4",
    ];
    let of = |first: u8, all: &[&'static str]| {
        u8::try_from(letter).ok()?.checked_sub(first).and_then(|at| all.get(usize::from(at)).copied())
    };
    of(b'A', &LETTERS)
        .or_else(|| of(b'0', &DIGITS))
        .unwrap_or("m1 2.4c.6-3.6 6.2-3 6 .4c-.2 2.2-3 2.4-3 5m0 2.9v.2")
}
