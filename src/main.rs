//! Page or thread? One wasm binary is both.

/// The browser calls this once in the page, and once in every worker.
#[cfg(target_arch = "wasm32")]
fn main() {
    use concurrent_burgers::{threads, ui};
    match threads::worker::scope() {
        Some(scope) => threads::worker::serve(scope),
        None => ui::mount(),
    }
}

/// There is nothing to run here: `cargo xtask serve` opens the course in a browser.
#[cfg(not(target_arch = "wasm32"))]
fn main() {
    println!("Concurrent Burgers runs in a browser. Start it with: cargo xtask serve");
}
