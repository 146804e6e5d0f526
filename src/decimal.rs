//! Numbers as people write them.
//!
//! The standard library is exact to the last bit for any number of digits. That takes its reader a table of 10 KB, which no packing
//! makes smaller, and its writer long arithmetic and tables of powers, 4.5 KB as they are packed: together a tenth of what the first
//! lesson may weigh. Whoever turns a knob writes a few digits, and what is drawn has a few decimals. So the program writes no floating-point
//! number by `{}`, `{:.1}` or `to_string`: one that is executed as a lesson opens is enough to bring everything back. Only scenarios do,
//! for their code is shown, and files that are saved, which hold any number exactly.

use std::fmt::{self, Display, Formatter};

/// Reads a decimal number: `0.25`, `-3`, `.5`, `1e-3`. As exact as the standard library up to 15 digits and 22 decimals, beyond that to
/// 13 digits. Nothing if it is no number, or infinite.
pub fn read(text: &str) -> Option<f64> {
    let (sign, text) = match text.as_bytes().first()? {
        b'-' => (-1.0, &text[1..]),
        b'+' => (1.0, &text[1..]),
        _ => (1.0, text),
    };
    let (digits, exponent) = match text.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    // Whole numbers below this are exact, and so is one digit more.
    const EXACT: u64 = 1 << 49;
    let (mut value, mut power) = (0_u64, i64::from(exponent));
    for (part, moves) in [(whole, 0), (fraction, 1)] {
        for digit in part.bytes() {
            let digit = char::from(digit).to_digit(10)?;
            if value < EXACT {
                value = value * 10 + u64::from(digit);
                power -= moves;
            } else {
                power += 1 - moves;
            }
        }
    }
    let scale = 10_f64.powi(power.unsigned_abs().min(400) as i32);
    let value = if value == 0 { 0.0 } else { scaled(value as f64, scale, power) };
    value.is_finite().then_some(sign * value)
}

fn scaled(value: f64, scale: f64, power: i64) -> f64 {
    if power < 0 { value / scale } else { value * scale }
}

/// The most decimals that are written.
pub const MOST_PLACES: usize = 6;

/// A number with so many decimals, [`MOST_PLACES`] at most: what `format!("{value:.places$}")` gives, rounded from the exact value, halves to
/// even. Its whole part ends at 2^64.
pub fn fixed(value: f64, places: usize) -> Written {
    Written { value, places: places.min(MOST_PLACES) as u8, trimmed: false }
}

/// A number with as many decimals as it has: what `format!("{value}")` gives, if it is below 2^33 and has no more than [`MOST_PLACES`];
/// then it reads back as the same number. More are rounded away: `0.1 + 0.2` is `0.3`. Its whole part ends at 2^64.
pub fn plain(value: f64) -> Written {
    Written { value, places: MOST_PLACES as u8, trimmed: true }
}

/// A number as one figure and a power of ten, `2e6`: what `format!("{value:.0e}")` gives.
pub fn scientific(value: f64) -> String {
    let (mut figure, mut power) = (value, 0);
    // What is rounded to 10 is 1 of the next power.
    while figure.is_finite() && figure.abs() >= 9.5 {
        (figure, power) = (figure / 10.0, power + 1);
    }
    while figure != 0.0 && figure.abs() < 0.95 {
        (figure, power) = (figure * 10.0, power - 1);
    }
    let figure = fixed(figure, 0);
    if value.is_finite() { format!("{figure}e{power}") } else { figure.to_string() }
}

/// A number to be written. Width, sign and other flags are not heard of.
#[derive(Clone, Copy)]
pub struct Written {
    value: f64,
    places: u8,
    trimmed: bool,
}

impl Written {
    /// The whole part and the decimals, as numbers without a sign.
    fn parts(&self) -> (u64, u32) {
        let scale: f64 = (0..self.places).fold(1.0, |scale, _| scale * 10.0);
        let size = self.value.abs();
        let part = size.fract();
        // A part of 53 bits times a million has more bits than a number does. So it is taken in two pieces, both of which are exact when
        // they are scaled. The second is small, and may be below zero.
        let high = f64::from(part as f32);
        let (near, rest) = (high * scale, (part - high) * scale);
        let (mut whole, mut decimals) = (size as u64, near as u32);
        // Exact where the two are close to each other.
        let half = 0.5 - near.fract();
        let is_odd = if self.places == 0 { whole % 2 == 1 } else { decimals % 2 == 1 };
        if rest > half || (rest == half && is_odd) {
            decimals += 1;
        }
        if f64::from(decimals) >= scale {
            (whole, decimals) = (whole.saturating_add(1), 0);
        }
        (whole, decimals)
    }
}

impl Display for Written {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        if self.value.is_nan() {
            return out.write_str("NaN");
        }
        if self.value.is_sign_negative() {
            out.write_str("-")?;
        }
        if self.value.is_infinite() {
            return out.write_str("inf");
        }
        let ((mut whole, mut decimals), mut places) = (self.parts(), self.places);
        while self.trimmed && places > 0 && decimals % 10 == 0 {
            (decimals, places) = (decimals / 10, places - 1);
        }
        // From the last digit to the first: 20 of the whole part, the point, and the decimals.
        let mut text = [b'0'; 21 + MOST_PLACES];
        let mut at = text.len();
        if places > 0 {
            for _ in 0..places {
                at -= 1;
                text[at] += (decimals % 10) as u8;
                decimals /= 10;
            }
            at -= 1;
            text[at] = b'.';
        }
        loop {
            at -= 1;
            text[at] += (whole % 10) as u8;
            whole /= 10;
            if whole == 0 {
                break;
            }
        }
        out.write_str(std::str::from_utf8(&text[at..]).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_standard_library_does() {
        let ties = [0.5, 1.5, 2.5, -0.5, 0.25, 0.125, 0.375, 9.5, 0.0625, 2.000_000_5];
        let near_ties = [2.675, 0.045, 0.0005, 0.0015, 0.35, 0.000_000_5, 1.005];
        let carries = [9.995, 0.95, 0.999, 99.95, 0.999_999_5, 999_999.999_999_7];
        let small = [0.0, -0.0, -0.04, 1e-7, 1e-30, 1e-45, f64::MIN_POSITIVE, 5e-324];
        let large = [4_294_967_295.5, 9.007e15, 1e15, 1.8e19];
        for value in [&ties[..], &near_ties, &carries, &small, &large].concat() {
            for value in [value.next_down(), value, value.next_up()] {
                for places in 0..=MOST_PLACES {
                    let expected = format!("{value:.places$}");
                    assert_eq!(fixed(value, places).to_string(), expected, "{value:e}, {places}");
                }
            }
        }
    }

    #[test]
    fn what_is_no_number_or_infinite_is_said_to_be_so() {
        for value in [f64::NAN, -f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(fixed(value, 2).to_string(), format!("{value:.2}"));
            assert_eq!(plain(value).to_string(), format!("{value}"));
            assert_eq!(scientific(value), format!("{value:.0e}"));
        }
    }

    #[test]
    fn plain_numbers_have_the_decimals_they_have() {
        for value in [0.0, -0.0, 1.0, -10.0, 100.0, 1e6, 0.1, 0.25, -3.5, 12.000_001, 0.000_001] {
            assert_eq!(plain(value).to_string(), format!("{value}"));
        }
        for (value, text) in [(0.1 + 0.2, "0.3"), (14.0 - 1e-9, "14"), (1e-9, "0"), (1.0 / 3.0, "0.333333")] {
            assert_eq!(plain(value).to_string(), text);
        }
    }

    #[test]
    fn powers_of_ten_are_written_as_the_standard_library_does() {
        for power in -30..30 {
            for figure in [1.0, 2.0, 2.2, 5.0, 7.7, 9.4, -3.0] {
                let value = figure * 10_f64.powi(power);
                assert_eq!(scientific(value), format!("{value:.0e}"));
            }
        }
        for value in [0.0, 9.7, 9.3e-5, 0.96] {
            assert_eq!(scientific(value), format!("{value:.0e}"));
        }
    }

    #[test]
    fn the_whole_part_ends_where_64_bits_do() {
        assert_eq!(plain(1e300).to_string(), u64::MAX.to_string());
    }

    #[test]
    fn what_is_no_number_is_nothing() {
        for text in
            ["", ".", "-", "+", "e3", "1e", "1.2.3", "1,5", "x", "1x", "NaN", "inf", "1e999", " 1", "٣"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn what_people_write_is_read() {
        let all = [
            ("0", 0.0),
            ("-0", 0.0),
            ("007", 7.0),
            (".5", 0.5),
            ("5.", 5.0),
            ("+2", 2.0),
            ("1e-3", 0.001),
            ("2E2", 200.0),
        ];
        for (text, number) in all {
            assert_eq!(read(text), Some(number), "{text}");
        }
        assert_eq!(read("0e999"), Some(0.0));
    }
}
