//! The words of the exhibit that runs 1 to 10,000 customers.

use crate::course::growth::{GRILLING, LONGEST, ORDERING, planned};
use crate::decimal::{fixed, plain};

pub const TITLE: &str = "From 1 to 10,000, in your own browser";
pub const START: &str = "Start";
pub const STOP: &str = "Stop";
pub const AGAIN: &str = "Start again";
pub const OVER: &str = "All runs are done.";
pub const STOPPED: &str = "Stopped. What was measured until then stays.";
pub const HIDDEN: &str =
    "The page was hidden meanwhile. Browsers slow hidden pages down, so this may be off.";
pub const CUSTOMERS: &str = "Customers";
pub const SECONDS: &str = "Seconds";
pub const ALIVE: &str = "Futures alive, at most";
pub const MEMORY: &str = "Memory, MB";
pub const MODES: [&str; 2] = ["Blocking", "Async"];
pub const MEASURED: &str = "measured";
pub const SIMULATED: &str = "simulated only";
pub const MEMORY_NOTE: &str = "Memory is that of the whole program on that thread, with its record of the run. It is measured \
                               after the async run, and it never shrinks.";

/// What is run.
pub fn load() -> String {
    format!(
        "An order is {} ms of work; a grill takes {} s. All customers come at once. Each run is a real one, on a \
         thread of your browser.",
        plain(ORDERING * 1000.0),
        plain(GRILLING)
    )
}

/// That nothing has been run, and how long it would take.
pub fn not_yet() -> String {
    format!("Nothing has been run yet. The runs take {} s, and a moment to start each.", fixed(planned(), 0))
}

/// How far it is.
pub fn progress(run: usize, of: usize, mode: &str, customers: usize) -> String {
    let customers = super::crowd::count(customers);
    format!("Run {run} of {of}: {customers} customers, {}.", mode.to_ascii_lowercase())
}

/// What is not measured.
pub fn only_simulated() -> String {
    format!(
        "Blocking runs that would take more than {} s are simulated only: hollow marks.",
        fixed(LONGEST.seconds(), 0)
    )
}
