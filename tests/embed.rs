//! A lesson in somebody else's page: what the address asks, what a host may say and hears, how tall the
//! frame is, and the lines that a teacher pastes. No browser: times are numbers.

#![cfg(not(target_arch = "wasm32"))]

#[path = "embed/height.rs"]
mod height;
#[path = "embed/messages.rs"]
mod messages;
#[path = "embed/report.rs"]
mod report;
#[path = "embed/settings.rs"]
mod settings;
#[path = "embed/snippet.rs"]
mod snippet;
