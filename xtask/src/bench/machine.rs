//! Where and when it was measured: enough to judge the figures by, and nothing that names the machine.

use crate::process;
use std::env::consts::{ARCH, OS};
use std::time::{SystemTime, UNIX_EPOCH};

pub struct Machine {
    pub cores: usize,
    pub system: String,
    pub browser: String,
    /// As `2031-02-28`, in UTC.
    pub date: String,
}

pub fn describe(browser: Option<String>) -> Machine {
    let system = match OS {
        "linux" => format!("Linux, {ARCH}"),
        "macos" => format!("macOS, {ARCH}"),
        other => format!("{other}, {ARCH}"),
    };
    let node = process::read(process::command("node").arg("--version"));
    let browser = browser.unwrap_or_else(|| "no browser".into());
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Machine {
        cores: std::thread::available_parallelism().map_or(1, usize::from),
        system,
        browser: node
            .map_or_else(|| browser.clone(), |node| format!("{browser} without a window, Node.js {node}")),
        date: date(since / 86_400),
    }
}

impl Machine {
    /// In one sentence.
    pub fn line(&self) -> String {
        let cores = if self.cores == 1 { "1 core".into() } else { format!("{} cores", self.cores) };
        format!("Measured on {} on a machine with {cores} ({}), {}.", self.date, self.system, self.browser)
    }
}

/// The date of a day, counted from 1970. The year is taken to begin in March, so that the odd day is its last.
fn date(days: u64) -> String {
    let days = days + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    format!("{:04}-{month:02}-{day:02}", era * 400 + year + next)
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn days_are_dates() {
        assert_eq!(date(0), "1970-01-01");
        assert_eq!(date(11_016), "2000-02-29");
        assert_eq!(date(11_017), "2000-03-01");
        assert_eq!(date(20_088), "2024-12-31");
    }
}
