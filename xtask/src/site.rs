//! `cargo xtask build`: the optimised site in `dist/`.

use crate::{process, size, tools};
use anyhow::Result;
use std::env;
use std::process::Command;

/// Builds the site and lists its sizes.
pub fn build() -> Result<()> {
    tools::rust::ensure_site_tools()?;
    let mut trunk = trunk("build");
    if tools::node::has_wasm_opt() {
        trunk.arg("--release");
    } else {
        println!("No recent wasm-opt found: the site will work the same, its program stays a little larger.");
        // Cargo's release profile without Trunk's release mode, in which Trunk would insist on wasm-opt.
        trunk.args(["--cargo-profile", "release", "--minify"]);
    }
    process::run(&mut trunk)?;
    size::report()
}

/// Trunk, which reads `Trunk.toml`.
pub fn trunk(subcommand: &str) -> Command {
    let mut trunk = process::command("trunk");
    trunk.arg(subcommand).env("TRUNK_SKIP_VERSION_CHECK", "true");
    // The custom is that any value will do; Trunk takes only `true` and `false`.
    if env::var_os("NO_COLOR").is_some() {
        trunk.env("NO_COLOR", "true");
    }
    trunk
}
