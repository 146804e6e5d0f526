//! The words of a crowd: how many are where.

use crate::decimal::fixed;
use crate::replay::crowd::Counts;

pub const EXIT: &str = "way out";
pub const HELD: &str = "held: waits at the grill";
pub const WORKS: &str = "takes an order";
pub const FREE: &str = "free";
pub const PEOPLE: &str = "customers";
pub const LANES: &str = "How many customers are where";
pub const STANDING: &str = "stand at this line";

/// A count, with its thousands told apart.
pub fn count(number: usize) -> String {
    match number {
        1000.. => format!("{},{:03}", number / 1000, number % 1000),
        _ => number.to_string(),
    }
}

pub fn in_line(counts: &Counts) -> String {
    format!("In line: {}", count(counts.in_line))
}

pub fn at_tables(counts: &Counts) -> String {
    format!("At tables, with a ticket: {}", count(counts.at_tables))
}

pub fn served(counts: &Counts) -> String {
    format!("Served: {}", count(counts.served))
}

pub fn without(counts: &Counts) -> String {
    format!("Without burgers: {}", count(counts.without))
}

/// The picture in words.
pub fn told(counts: &Counts, seconds: f64) -> String {
    format!(
        "{} s: {} in line, {} at the till, {} at tables, {} served. Futures alive: {}.",
        fixed(seconds, 1),
        count(counts.in_line),
        count(counts.at_till),
        count(counts.at_tables),
        count(counts.served),
        count(counts.alive())
    )
}

/// How many sentences are left out.
pub fn left_out(number: usize) -> String {
    format!("{} earlier lines are left out. Move the cursor back to read them.", count(number))
}

pub const CALLBACKS: &str = "With callbacks";
pub const THREADS: &str = "With threads";
pub const ASYNC: &str = "With async";
