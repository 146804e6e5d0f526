//! The words of the exhibit that measures real I/O.

use crate::course::measures::Why;

/// The words of the exhibit that measures.
pub struct Words {
    pub title: &'static str,
    pub start: &'static str,
    pub stop: &'static str,
    pub again: &'static str,
    pub not_yet: &'static str,
    pub measuring: &'static str,
    pub measured: &'static str,
    pub before: &'static str,
    pub stopped: &'static str,
    pub one: &'static str,
    pub ten: &'static str,
    pub job: &'static str,
    pub took: &'static str,
    pub kept: &'static str,
    pub row: &'static str,
    pub together: &'static str,
    pub gain: &'static str,
    pub elsewhere: &'static str,
    /// What each job is called, and what it does.
    pub jobs: [(&'static str, &'static str); 5],
    pub in_memory: &'static str,
    pub published: [&'static str; 5],
    pub refused: &'static str,
    pub it_said: &'static str,
    pub grain: &'static str,
    pub sources: &'static str,
    whys: [&'static str; 6],
}

impl Words {
    /// Why a browser does not do a job.
    pub fn why(&self, why: Why) -> &'static str {
        self.whys[why as usize]
    }
}

/// In English.
pub const EN: Words = Words {
    title: "Real I/O, in your browser",
    start: "Measure now",
    stop: "Stop",
    again: "Measure again",
    not_yet: "Nothing has been measured yet. It takes a few seconds.",
    measuring: "Measuring",
    measured: "Measured in your browser, just now.",
    before: "Measured in your browser, when you were here before.",
    stopped: "Stopped. What was measured until then stays.",
    one: "One of each",
    ten: "Ten of each, the quickest of three tries",
    job: "Job",
    took: "took",
    kept: "kept the thread",
    row: "in a row",
    together: "together",
    gain: "gain",
    elsewhere: "Published by others: orders of magnitude",
    jobs: [
        ("File over the network", "the icon of this site"),
        ("Database query", "one record of IndexedDB"),
        ("File, written and read", "4 kB, in the browser's file system (OPFS)"),
        ("Timer", "set to 4 ms"),
        ("Computation", "about 10 ms long"),
    ],
    in_memory: "4 kB in memory (a Blob): the browser gives this page no file system.",
    published: [
        "A look into memory (RAM)",
        "A small read from an SSD",
        "To a computer in the same data centre and back",
        "A query to a database there",
        "From California to the Netherlands and back",
    ],
    refused: "refused",
    it_said: "It says:",
    grain: "This browser's clock moves in steps of {}. Each poll is timed with it, so short times are rough. \
            If your computer is busy, measure again.",
    sources: "The published numbers are estimates, good for the number of zeros. They are from:",
    whys: [
        "This browser does not have it.",
        "The browser does not allow it here: perhaps in a private window, or inside the page of another site.",
        "The file did not come: there is no connection, or something is in the way.",
        "The browser has no room for it.",
        "The browser gave no answer for a long time.",
        "The browser could not do it.",
    ],
};
