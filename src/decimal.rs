//! Numbers as people write them.
//!
//! The standard library's reader is exact to the last bit for any number of digits, and brings a table of 10 KB for that, which
//! no packing makes smaller: a fifteenth of what the first lesson may weigh. Whoever turns a knob writes a few digits.

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

#[cfg(test)]
mod tests {
    use super::read;

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
