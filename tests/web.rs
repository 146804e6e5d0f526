//! What needs a browser: live runs, messages, storage, and that the page comes up.
#![cfg(target_arch = "wasm32")]

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

#[path = "web/agreement.rs"]
mod agreement;
#[path = "common/closure.rs"]
mod closure;
#[path = "web/fake.rs"]
mod fake;
#[path = "web/live.rs"]
mod live;
#[path = "web/measures.rs"]
mod measures;
#[path = "web/messages.rs"]
mod messages;
#[path = "web/page.rs"]
mod page;
#[path = "web/stopped.rs"]
mod stopped;
#[path = "web/storage.rs"]
mod storage;
#[path = "web/timers.rs"]
mod timers;
#[path = "web/view.rs"]
mod view;
#[path = "web/workers.rs"]
mod workers;

wasm_bindgen_test_configure!(run_in_browser);

/// Lets the event loop go on for a while.
async fn sleep(ms: u32) {
    gloo_timers::future::TimeoutFuture::new(ms).await;
}

/// A cheap source of numbers that are always the same.
fn scrambled(seed: &mut u32) -> u32 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    *seed
}
