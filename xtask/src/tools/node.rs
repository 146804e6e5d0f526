//! Node.js and the npm packages of the browser tests, among them `wasm-opt`.

use super::{announce, install_command};
use crate::{place, process};
use anyhow::{Result, bail};
use std::fs;
use std::path::Path;
use std::process::Command;

const OLDEST_NODE: u32 = 20;
/// Older versions do not know every feature that today's Rust compiles to.
const OLDEST_WASM_OPT: u32 = 120;

/// The packages of the browser tests.
pub fn ensure_packages() -> Result<()> {
    ensure("the browser tests", &place::end2end(), "20 seconds")
}

/// What only the bench needs.
pub fn ensure_bench_packages() -> Result<()> {
    ensure("the bench", &place::end2end().join("bench"), "40 seconds")
}

/// What only `cargo xtask browsers` needs.
pub fn ensure_browsers_packages() -> Result<()> {
    ensure("other browsers", &place::end2end().join("browsers"), "10 seconds")
}

/// The packages that the `package-lock.json` of a folder names, installed. A copy of the lock file beside them tells whether they are.
fn ensure(what: &str, folder: &Path, duration: &str) -> Result<()> {
    ensure_node()?;
    let lock = fs::read_to_string(folder.join("package-lock.json"))?;
    let stamp = folder.join("node_modules/.installed-lock.json");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    announce(&format!("the npm packages of {what} (npm ci)"), duration);
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    process::run(process::command(npm).args(["ci", "--loglevel=error"]).current_dir(folder))?;
    fs::write(stamp, lock)?;
    Ok(())
}

/// Node.js, new enough.
pub fn ensure_node() -> Result<()> {
    let install = install_command("nodejs npm", "node", "OpenJS.NodeJS.LTS");
    let Some(version) = process::read(process::command("node").arg("--version")) else {
        bail!("Node.js is needed for this and was not found: {install}");
    };
    if first_number(&version).is_none_or(|major| major < OLDEST_NODE) {
        bail!("Node.js {OLDEST_NODE} or newer is needed, this is {version}: {install}");
    }
    Ok(())
}

/// Whether a `wasm-opt` that is new enough will be found: npm's, or the system's.
pub fn has_wasm_opt() -> bool {
    if let Err(reason) = ensure_packages() {
        println!("{reason:#}");
    }
    let version =
        process::find("wasm-opt").and_then(|path| process::read(process::command(path).arg("--version")));
    version.as_deref().and_then(first_number).is_some_and(|version| version >= OLDEST_WASM_OPT)
}

/// A script of an installed package, run by Node.js in the folder of the browser tests.
pub fn script(path: &str) -> Command {
    let mut command = process::command("node");
    command.arg(path).current_dir(place::end2end());
    command
}

/// The first number in a version line: 20 in `v20.20.2`, 132 in `wasm-opt version 132 (version_132)`.
fn first_number(text: &str) -> Option<u32> {
    text.split(|c: char| !c.is_ascii_digit()).find(|digits| !digits.is_empty())?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::first_number;

    #[test]
    fn version_lines_are_read_by_their_first_number() {
        assert_eq!(first_number("v20.20.2"), Some(20));
        assert_eq!(first_number("wasm-opt version 132 (version_132)"), Some(132));
        assert_eq!(first_number("none"), None);
    }
}
