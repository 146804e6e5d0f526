//! The words of the charts.

use crate::course::numbers::write;
use crate::decimal::fixed;
use crate::lessons::model::Format;
use crate::replay::requests::percentile;
use crate::trace::Micros;

/// All of them together.
pub const CHARTS: &str = "Charts of the run up to the cursor";
/// The headings.
pub const LATENCY: &str = "Latency";
pub const THROUGHPUT: &str = "Arrived and answered";
/// What is on the axes.
pub const SECONDS_TO_ANSWER: &str = "seconds from arrival to answer";
pub const SECONDS: &str = "seconds";
pub const REQUESTS: &str = "requests";
/// The two lines.
pub const ARRIVED: &str = "arrived";
pub const ANSWERED: &str = "answered";

/// What the histogram says.
pub fn latencies(latencies: &[Micros], all: usize) -> String {
    let answered = format!("{} of {all} answered", latencies.len());
    let at = |share| percentile(latencies, share).map(|time| write(time.seconds(), Format::Seconds));
    match (at(0.50), at(0.95), at(0.99)) {
        (Some(p50), Some(p95), Some(p99)) => format!("{answered} · p50 {p50} · p95 {p95} · p99 {p99}"),
        _ => answered,
    }
}

/// What the lines say.
pub fn throughput(arrived: usize, answered: usize, seconds: f64) -> String {
    let waiting = arrived - answered;
    let rate = if seconds > 0.0 { answered as f64 / seconds } else { 0.0 };
    let rate = fixed(rate, 1);
    format!("{arrived} arrived · {answered} answered · {waiting} in the shop · {rate} answers a second")
}
