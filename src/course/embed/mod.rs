//! How a lesson lives in somebody else's page: in a frame of a course site, a blog, a book.
//!
//! - [`settings`]: what the address asks of the frame (`ui`, `controls`, `storage` and so on)
//! - [`message`]: what a host may say to the frame, read and checked
//! - [`report`]: what the host hears of score and state, and when
//! - [`height`]: how tall the frame wants to be, and when it stops asking
//! - [`snippet`]: the lines that a teacher pastes
//! - `port` (wasm): the messages themselves
//!
//! All but `port` is pure: it knows no browser, no clock and no stage. Times are given to it, in ms.

pub mod height;
pub mod message;
#[cfg(target_arch = "wasm32")]
pub mod port;
pub mod report;
pub mod settings;
pub mod snippet;
