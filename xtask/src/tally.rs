//! How many tests passed and failed, read from the closing lines of the test runners.

/// Numbers of tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: u32,
    pub failed: u32,
}

impl std::ops::Add for Tally {
    type Output = Tally;

    fn add(self, other: Tally) -> Tally {
        Tally { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }
}

impl std::iter::Sum for Tally {
    fn sum<I: Iterator<Item = Tally>>(tallies: I) -> Tally {
        tallies.fold(Tally::default(), |sum, tally| sum + tally)
    }
}

/// Rust's test harness, natively and in the browser: `test result: ok. 3 passed; 0 failed; ...`, once a test binary.
pub fn of_cargo(text: &str) -> Tally {
    let plain = without_colours(text);
    let results = plain.lines().filter_map(|line| line.trim().strip_prefix("test result: "));
    results
        .map(|line| Tally { passed: number_before(line, "passed"), failed: number_before(line, "failed") })
        .sum()
}

/// Python's `unittest`: `Ran 5 tests in 0.1s`, then `OK` or `FAILED (failures=1, errors=1, skipped=1)`.
pub fn of_unittest(text: &str) -> Tally {
    let plain = without_colours(text);
    let ran = plain
        .lines()
        .filter_map(|line| line.strip_prefix("Ran "))
        .map(|line| number_before(line, "test"))
        .sum::<u32>();
    let counted = |key| plain.lines().map(|line| number_after(line, key)).sum::<u32>();
    let failed = counted("failures=") + counted("errors=") + counted("unexpected successes=");
    Tally { passed: ran.saturating_sub(failed + counted("skipped=")), failed }
}

/// Playwright's list reporter: `  2 failed`, `  5 passed (3.2s)`.
pub fn of_playwright(text: &str) -> Tally {
    let plain = without_colours(text);
    let count = |word: &str| {
        let lines = plain
            .lines()
            .filter(|line| line.starts_with("  ") && line.split_whitespace().nth(1) == Some(word));
        lines.map(|line| number_before(line, word)).sum::<u32>()
    };
    // What passed at the second try has passed; Playwright names it.
    Tally { passed: count("passed") + count("flaky"), failed: count("failed") + count("interrupted") }
}

/// The whole number that stands before `word`.
fn number_before(line: &str, word: &str) -> u32 {
    let before = line.find(word).map_or("", |at| &line[..at]);
    before.split_whitespace().next_back().and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// The whole number that follows `key`, in the line where unittest sums up.
fn number_after(line: &str, key: &str) -> u32 {
    if !line.starts_with("FAILED (") && !line.starts_with("OK (") {
        return 0;
    }
    let after = line.find(key).map_or("", |at| &line[at + key.len()..]);
    after.split(|c: char| !c.is_ascii_digit()).next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// The text without the escape sequences that colour it.
fn without_colours(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        if character == '\u{1b}' {
            // ESC [ numbers letter
            let _ = rest.by_ref().find(char::is_ascii_alphabetic);
        } else {
            plain.push(character);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_test_binary_counts() {
        let text = "test a ... ok\ntest result: ok. 3 passed; 0 failed; 1 ignored\n\u{1b}[31mtest result: FAILED\u{1b}[0m. 1 passed; 2 failed; 0 ignored\n";
        assert_eq!(of_cargo(text), Tally { passed: 4, failed: 2 });
    }

    #[test]
    fn unittest_failures_errors_and_skips_are_not_passes() {
        let text = "errors=9 in the text of a test\nRan 7 tests in 0.1s\n\nFAILED (failures=1, errors=2, skipped=1)\n";
        assert_eq!(of_unittest(text), Tally { passed: 3, failed: 3 });
        assert_eq!(of_unittest("Ran 1 test in 0.0s\n\nOK\n"), Tally { passed: 1, failed: 0 });
        assert_eq!(of_unittest("Ran 0 tests in 0.0s\n\nOK\n"), Tally::default());
    }

    #[test]
    fn playwright_is_read_at_its_closing_lines() {
        let text = "  ok 1 [chromium] a.spec.mjs:3:1 the run has failed (1s)\n\n  1 failed\n    [chromium] a\n  \u{1b}[32m2 passed\u{1b}[39m (3.2s)\n";
        assert_eq!(of_playwright(text), Tally { passed: 2, failed: 1 });
    }
}
