//! The course around the lessons: the address, the numbers in the text, the learner's progress.
//!
//! - [`address`]: what the query string asks for, and how the page is put into a link
//! - [`lab`]: the kitchen lab's part of the address, and its presets
//! - [`measures`]: what real jobs took in a browser, read from their record
//! - [`numbers`]: expressions in lessons, computed over simulated runs
//! - [`embed`]: the course in a frame of somebody else's page: settings, messages, score, height
//! - [`exam`]: the questions that end the course, drawn by a seed
//! - [`growth`]: time against the number of customers, from 1 to 10,000
//! - [`progress`]: what a learner has done, and its form in storage
//! - [`speed_up`]: the same amount of work on more and more threads
//! - `storage` (wasm): where progress is kept, if the browser lets us
//! - `texts` (wasm): what the lessons say, fetched when it is needed
//!
//! But for `storage`, `texts` and `embed::port`, it knows no browser.

pub mod address;
pub mod calls;
pub mod embed;
pub mod exam;
pub mod growth;
pub mod lab;
pub mod measures;
pub mod numbers;
pub mod progress;
pub mod speed_up;
#[cfg(target_arch = "wasm32")]
pub mod storage;
#[cfg(target_arch = "wasm32")]
pub mod texts;
