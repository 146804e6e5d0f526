//! The loads that the core is measured under, natively and in a browser. No page, no drawing.
//!
//! `cargo run --release --example loads -- simulated 100000` prints one line of JSON. For a browser, build the example for
//! `wasm32-unknown-unknown` and run `wasm-bindgen --target web` over it; `end2end/bench/core.mjs` runs what it exports.

mod counter;
#[cfg(target_arch = "wasm32")]
mod live;
mod seek;

/// Milliseconds since some moment.
#[cfg(target_arch = "wasm32")]
fn clock_ms() -> f64 {
    concurrent_burgers::runtime::live::clock_ms()
}

/// Milliseconds since some moment.
#[cfg(not(target_arch = "wasm32"))]
fn clock_ms() -> f64 {
    static FIRST: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    FIRST.get_or_init(std::time::Instant::now).elapsed().as_secs_f64() * 1000.0
}

/// Names and numbers, as a JSON object.
fn json(figures: &[(&str, f64)]) -> String {
    let rows: Vec<_> = figures.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
    format!("{{{}}}", rows.join(","))
}

/// Runs a load by its name; `None` if there is no such load, or it needs a browser.
fn load(name: &str, n: usize) -> Option<String> {
    Some(json(&match name {
        "simulated" => counter::simulated(n),
        "seek_crowd" => seek::crowd(n),
        "seek_people" => seek::people(n),
        _ => return None,
    }))
}

/// The same in a browser. What needs its event loop is in `live.rs`.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn run(name: &str, n: usize) -> Option<String> {
    load(name, n)
}

/// In a browser, the exports are called instead.
fn main() {
    if cfg!(target_arch = "wasm32") {
        return;
    }
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().unwrap_or_default();
    let n = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    match load(&name, n) {
        Some(line) => println!("{line}"),
        None => eprintln!("loads: simulated, seek_crowd or seek_people, and a number"),
    }
}
