//! Numbers as people write them, held against the standard library's reader and writer.

#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::Path;

use concurrent_burgers::decimal::{MOST_PLACES, fixed, plain, read};
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

    /// Of every size that can be written: those that are drawn are a small part of all there are.
    #[test]
    fn any_number_is_written_as_the_standard_library_does(
        digits in 1.0_f64..2.0,
        power in -80..64,
        sign in prop::sample::select(vec![1.0, -1.0]),
        places in 0..=MOST_PLACES,
    ) {
        let number = sign * digits * 2_f64.powi(power);
        prop_assert_eq!(fixed(number, places).to_string(), format!("{number:.places$}"));
    }

    #[test]
    fn half_of_the_last_decimal_goes_to_the_even_one(
        number in 0_u32..5_000_000,
        power in 0..20,
        places in 0..=MOST_PLACES,
    ) {
        // Halves, quarters and so on are exact; their neighbours are just not.
        let number = f64::from(number) / 2_f64.powi(power);
        for number in [number.next_down(), number, number.next_up()] {
            prop_assert_eq!(fixed(number, places).to_string(), format!("{number:.places$}"));
        }
    }

    #[test]
    fn plain_numbers_are_read_back(digits in 0_u64..1_000_000_000_000_000, decimals in 0..=MOST_PLACES as i32) {
        let number = digits as f64 / 10_f64.powi(decimals);
        prop_assume!(number < 2_f64.powi(33));
        let text = plain(-number).to_string();
        prop_assert_eq!(&text, &format!("{}", -number));
        prop_assert_eq!(read(&text), Some(-number));
    }

    #[test]
    fn any_number_can_be_written(number in any::<f64>(), places in any::<usize>()) {
        prop_assert!(fixed(number, places).to_string().len() <= 28);
        prop_assert!(plain(number).to_string().len() <= 28);
    }

    #[test]
    fn no_text_makes_it_fail(text in "\\PC{0,40}") {
        let _ = read(&text);
    }
}

/// Lines that format with a number of decimals, `{:.1}`, in what is compiled for the browser.
fn formats_with_decimals(folder: &Path, found: &mut Vec<String>) {
    // The lesson compiler runs when the course is built. The code of scenarios is shown, to people who know `{:.1}`; none is in the
    // lesson that is shown first.
    if ["src/lessons/compile", "src/scenarios"].iter().any(|it| folder.ends_with(it)) {
        return;
    }
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("so can its entries").path();
        if path.is_dir() {
            formats_with_decimals(&path, found);
        } else {
            let text = fs::read_to_string(&path).expect("the file can be read");
            let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            let lines = code
                .lines()
                .enumerate()
                .filter(|(_, line)| has_decimals(line) && !line.trim_start().starts_with("//"));
            found.extend(lines.map(|(at, line)| format!("{}:{}: {}", path.display(), at + 1, line.trim())));
        }
    }
}

fn has_decimals(line: &str) -> bool {
    let holes = line.split('{').skip(1).filter_map(|rest| rest.split_once('}')?.0.split_once(':'));
    let is_format = |text: &str| text.chars().all(|it| it.is_alphanumeric() || "<>^+#.*$_?".contains(it));
    holes
        .into_iter()
        .any(|(name, format)| is_format(name) && is_format(format) && (format.contains('.') || format == "e"))
}

#[test]
fn no_float_is_formatted_by_the_standard_library() {
    for line in ["{:.1}", "a {x:.3}%", "{x:>5.1}", "{:.*}", "{0:.places$}", "{:.0e}", "{x:e}"] {
        assert!(has_decimals(line), "{line}");
    }
    for line in ["{x}", "{:?} 1.5", "Point { x: 1.0 }", "{x:03}", "{a::b(1.0)}"] {
        assert!(!has_decimals(line), "{line}");
    }
    let mut found = Vec::new();
    formats_with_decimals(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert!(found.is_empty(), "`decimal::fixed` writes these:\n{}", found.join("\n"));
}
