//! Numbers as people write them, held against the standard library's reader.

#![cfg(not(target_arch = "wasm32"))]

use concurrent_burgers::decimal::read;
use proptest::prelude::*;

proptest! {
    #[test]
    fn up_to_fifteen_digits_it_is_the_number_that_the_standard_library_reads(
        digits in 0_u64..1_000_000_000_000_000,
        decimals in 0_usize..15,
    ) {
        let text = format!("{digits:016}");
        let (whole, fraction) = text.split_at(16 - decimals);
        let text = format!("{whole}.{fraction}");
        prop_assert_eq!(read(&text), text.parse().ok());
    }

    #[test]
    fn any_number_is_read_to_thirteen_digits(number in any::<f64>()) {
        for text in [format!("{number:e}"), format!("{number}")] {
            match read(&text) {
                Some(read) => prop_assert!((read - number).abs() <= (number.abs() * 1e-13).max(1e-290), "{text}: {read}"),
                None => prop_assert!(!number.is_finite() || number.abs() > 1e307, "{text}"),
            }
        }
    }

    #[test]
    fn no_text_makes_it_fail(text in "\\PC{0,40}") {
        let _ = read(&text);
    }
}
