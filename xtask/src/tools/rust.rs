//! What builds the site: the wasm target, Trunk, and wasm-bindgen in the version that `Cargo.lock` names.

use super::announce;
use crate::{place, process};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const WASM: &str = "wasm32-unknown-unknown";
/// 0.22 needs a newer Rust than the course does.
const TRUNK: &str = "0.21.14";
const MDBOOK: &str = "0.5.4";

/// All that `trunk` needs to build the site.
pub fn ensure_site_tools() -> Result<()> {
    ensure_wasm_target()?;
    ensure_trunk()?;
    ensure_wasm_bindgen()
}

/// The standard library for wasm.
pub fn ensure_wasm_target() -> Result<()> {
    let library =
        process::read(process::command("rustc").args(["--print", "target-libdir", "--target", WASM]));
    if library.is_some_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(());
    }
    if process::find("rustup").is_none() {
        bail!(
            "Rust cannot compile for the browser yet: add the target {WASM} to it, or install Rust from https://rustup.rs"
        );
    }
    announce("Rust's standard library for the browser (rustup target add)", "10 seconds");
    process::run(process::command("rustup").args(["target", "add", WASM]))
}

/// `rustfmt` and `clippy`.
pub fn ensure_lints() -> Result<()> {
    for (component, probe) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if process::read(process::command("cargo").args([probe, "--version"])).is_none() {
            announce(&format!("{component} (rustup component add)"), "10 seconds");
            process::run(process::command("rustup").args(["component", "add", component]))?;
        }
    }
    Ok(())
}

fn ensure_trunk() -> Result<()> {
    let minor = TRUNK.rsplit_once('.').map_or(TRUNK, |(minor, _)| minor);
    let found = installed_version("trunk");
    if found.as_deref().is_some_and(|version| version.starts_with(&format!("{minor}."))) {
        return Ok(());
    }
    announce(&format!("trunk {TRUNK}, which builds and serves the site"), "5 minutes, once");
    process::run(&mut cargo_install("trunk", TRUNK, found.is_some(), true))
}

/// wasm-bindgen's command and its test runner; both must be of exactly the library's version.
pub fn ensure_wasm_bindgen() -> Result<()> {
    let wanted = locked_version("wasm-bindgen")?;
    let found = installed_version("wasm-bindgen");
    let runner = installed_version("wasm-bindgen-test-runner");
    if found.as_ref() == Some(&wanted) && runner.as_ref() == Some(&wanted) {
        return Ok(());
    }
    announce(&format!("wasm-bindgen-cli {wanted}, the version in Cargo.lock"), "2 minutes, once");
    let install =
        |locked| process::run(&mut cargo_install("wasm-bindgen-cli", &wanted, found.is_some(), locked));
    // Its own lock file may name a dependency that was withdrawn since; then the newest compatible ones do.
    install(true).or_else(|_| install(false))
}

/// mdBook, for a test of a lesson in a book. Only its `build` is needed.
pub fn ensure_mdbook() -> Result<PathBuf> {
    if installed_version("mdbook").is_none() {
        announce(&format!("mdbook {MDBOOK}, for a test of a lesson in a book"), "2 minutes, once");
        let mut install = cargo_install("mdbook", MDBOOK, true, true);
        process::run(install.arg("--no-default-features"))?;
    }
    process::find("mdbook").context("mdbook was installed, and is not found")
}

/// `cargo install`, beside the user's tools or, where they have another version, into our own folder.
fn cargo_install(krate: &str, version: &str, apart: bool, locked: bool) -> Command {
    let mut command = process::command("cargo");
    command.args(["install", "--force", &format!("{krate}@{version}")]);
    if locked {
        command.arg("--locked");
    }
    if apart {
        command.arg("--root").arg(place::own_tools());
    }
    // Its build files would only fill the course's target folder.
    command.env_remove("CARGO_TARGET_DIR");
    command
}

/// The version in a program's `--version` line, such as `trunk 0.21.14`.
fn installed_version(program: &str) -> Option<String> {
    let path = process::find(program)?;
    let line = process::read(process::command(path).arg("--version"))?;
    line.split_whitespace().nth(1).map(str::to_owned)
}

/// The version of a dependency in `Cargo.lock`.
fn locked_version(krate: &str) -> Result<String> {
    let path = place::root().join("Cargo.lock");
    let lock = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    version_in_lock(&lock, krate).with_context(|| format!("{} does not name {krate}", path.display()))
}

fn version_in_lock(lock: &str, krate: &str) -> Option<String> {
    let name = format!("name = \"{krate}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"').map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::version_in_lock;

    const LOCK: &str = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.2.1\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";

    #[test]
    fn the_lock_file_is_read_by_whole_names() {
        assert_eq!(version_in_lock(LOCK, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in_lock(LOCK, "wasm"), None);
    }
}
