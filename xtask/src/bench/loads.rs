//! The example `loads` for a browser and natively, and the SimPy model that it is held against.

use crate::{place, process, tools};
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::process::Command;

const WASM: &str = "wasm32-unknown-unknown";
const CUSTOMERS: &str = "100000";
/// Of native runs and of SimPy's: the shortest counts, for everything else on the machine only makes them longer.
const RUNS: usize = 3;

/// Builds the loads and runs what needs no browser. What the script needs to know of it.
pub fn prepare() -> Result<Value> {
    if !place::root().join("examples/loads").is_dir() || !place::end2end().join("bench/core.mjs").is_file() {
        bail!("this version of the course has no example `loads`");
    }
    let folder = place::root().join("target/bench/loads");
    for_browser(&folder)?;
    let simpy = simpy().unwrap_or_else(|error| json!({ "missing": format!("{error:#}") }));
    Ok(json!({ "folder": folder, "native": native()?, "simpy": simpy }))
}

fn for_browser(folder: &std::path::Path) -> Result<()> {
    tools::rust::ensure_wasm_target()?;
    tools::rust::ensure_wasm_bindgen()?;
    process::run(&mut cargo(&["build", "--target", WASM]))?;
    let program = place::target().join(WASM).join("release/examples/loads.wasm");
    let mut bindgen = process::command("wasm-bindgen");
    bindgen.args(["--target", "web", "--no-typescript", "--out-dir"]).arg(folder).arg(program);
    process::run(&mut bindgen)
}

/// The same customers in native code.
fn native() -> Result<Value> {
    fastest("the native loads", || {
        let mut run = cargo(&["run", "--quiet"]);
        run.args(["--", "simulated", CUSTOMERS]);
        run
    })
}

/// The same customers in SimPy.
fn simpy() -> Result<Value> {
    let python = tools::python::ensure_simulation()?;
    let model = place::end2end().join("bench/counter_simpy.py");
    fastest("SimPy", || {
        let mut run = process::command(&python);
        run.arg(&model).arg(CUSTOMERS);
        run
    })
}

/// The shortest of some runs of a program that prints one line of JSON with `ms`.
fn fastest(what: &str, command: impl Fn() -> Command) -> Result<Value> {
    let mut samples = Vec::new();
    for _ in 0..RUNS {
        let line = process::read(&mut command()).with_context(|| format!("{what} failed"))?;
        let figures: Value =
            serde_json::from_str(&line).with_context(|| format!("{what} printed `{line}`"))?;
        samples.push(figures["ms"].as_f64().with_context(|| format!("{what} printed no ms"))?);
    }
    let least = samples.iter().copied().fold(f64::INFINITY, f64::min);
    Ok(json!({ "ms": least, "samples": samples }))
}

/// Cargo with the example, optimised.
fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = process::command("cargo");
    cargo.args(arguments).args(["--release", "--package", "concurrent-burgers", "--example", "loads"]);
    cargo
}
