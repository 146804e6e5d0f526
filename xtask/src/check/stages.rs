//! The stages of `cargo xtask test`, in the order in which they run.

use super::Outcome;
use crate::tally::{self, Tally};
use crate::{place, process, scorm, site, tools};
use anyhow::Result;
use std::fs;
use std::process::Command;

const WASM: &str = "wasm32-unknown-unknown";
/// Live runs take their seconds; wasm-bindgen's own limit of 20 s is for tests that do not.
const WEB_TEST_SECONDS: &str = "300";

/// One step: the group by which it can be chosen, its heading, and what it does.
pub struct Stage {
    pub group: &'static str,
    pub title: &'static str,
    pub run: fn() -> Result<Outcome>,
}

pub const STAGES: [Stage; 9] = [
    Stage { group: "lint", title: "format", run: format },
    Stage { group: "lint", title: "clippy", run: clippy },
    Stage { group: "native", title: "tests, native", run: native },
    Stage { group: "twins", title: "the Python twins", run: twins },
    Stage { group: "lint", title: "clippy, for the browser", run: clippy_wasm },
    Stage { group: "lint", title: "documentation", run: documentation },
    Stage { group: "web", title: "tests in the browser", run: web },
    Stage { group: "e2e", title: "build", run: build },
    Stage { group: "e2e", title: "the built site in the browser", run: end_to_end },
];

fn format() -> Result<Outcome> {
    tools::rust::ensure_lints()?;
    held(&mut cargo(&["fmt", "--all", "--check"]))
}

fn clippy() -> Result<Outcome> {
    held(&mut cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}

fn clippy_wasm() -> Result<Outcome> {
    tools::rust::ensure_wasm_target()?;
    let package = ["--package", "concurrent-burgers", "--all-targets", "--target", WASM];
    held(cargo(&["clippy"]).args(package).args(["--", "-D", "warnings"]))
}

fn documentation() -> Result<Outcome> {
    held(
        cargo(&["doc", "--workspace", "--no-deps", "--document-private-items"])
            .env("RUSTDOCFLAGS", "-D warnings"),
    )
}

fn native() -> Result<Outcome> {
    tested(&mut cargo(&["test", "--workspace"]), tally::of_cargo)
}

fn twins() -> Result<Outcome> {
    let tests = place::root().join("tests/python");
    let is_test = |name: &str| name.starts_with("test") && name.ends_with(".py");
    let mut files = fs::read_dir(&tests).into_iter().flatten().flatten();
    if !files.any(|file| file.file_name().to_str().is_some_and(is_test)) {
        return Ok(Outcome::Skipped("tests/python has no tests yet".into()));
    }
    let python = tools::python::ensure_environment()?;
    // The facts about JavaScript are held against it.
    tools::node::ensure_node()?;
    let mut unittest = process::command(python);
    tested(unittest.args(["-m", "unittest", "discover", "-s"]).arg(tests), tally::of_unittest)
}

fn web() -> Result<Outcome> {
    tools::rust::ensure_wasm_target()?;
    tools::rust::ensure_wasm_bindgen()?;
    let driver = tools::browser::chromedriver()?;
    let mut test = cargo(&["test", "--package", "concurrent-burgers", "--target", WASM, "--test", "web"]);
    test.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
        .env("CHROMEDRIVER", driver)
        .env("WASM_BINDGEN_TEST_TIMEOUT", WEB_TEST_SECONDS)
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "30");
    tested(&mut test, tally::of_cargo)
}

fn build() -> Result<Outcome> {
    site::build(&[])?;
    scorm::scorm(&["--no-build".to_owned()]).map(|()| Outcome::Held)
}

fn end_to_end() -> Result<Outcome> {
    tools::node::ensure_packages()?;
    let mut playwright = tools::node::script("node_modules/@playwright/test/cli.js");
    tools::browser::give_browser(&mut playwright)?;
    // One test builds documentation sites with the real programs.
    playwright
        .env("MDBOOK", tools::rust::ensure_mdbook()?)
        .env("SITES_PYTHON", tools::python::ensure_sites()?);
    tested(playwright.arg("test"), tally::of_playwright)
}

fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = process::command("cargo");
    cargo.args(arguments);
    cargo
}

/// A check that only succeeds or fails.
fn held(command: &mut Command) -> Result<Outcome> {
    process::run(command).map(|()| Outcome::Held)
}

/// A test runner: it must succeed, and it must have run something.
fn tested(command: &mut Command, count: fn(&str) -> Tally) -> Result<Outcome> {
    let printed = process::run_and_keep(command)?;
    let tally = count(&printed.text);
    Ok(match (printed.success, tally) {
        (true, Tally { passed: 0, failed: 0 }) => Outcome::Failed("it ran no test".into(), tally),
        (true, Tally { failed: 0, .. }) => Outcome::Tested(tally),
        (_, Tally { failed: 0, .. }) => Outcome::Failed("it did not get to the end".into(), tally),
        (_, Tally { failed, .. }) => Outcome::Failed(format!("{failed} failed, see above"), tally),
    })
}
