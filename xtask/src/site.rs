//! `cargo xtask build`: the optimised site in `dist/`.
//!
//! Trunk builds the app. Its style sheets are joined ([`styles`]), its program is put into parts ([`split`]), and what stands round it is added: a page for each lesson (`examples/pages`), the worker that keeps
//! the course for offline use ([`offline`]), and packed copies for servers that send such ([`pack`]).

use crate::{offline, pack, place, process, size, split, styles, tools};
use anyhow::{Result, bail};
use std::env;
use std::process::Command;

/// Says at which address the site will stand, if it is known.
const SITE: &str = "SITE_ADDRESS";

/// Builds the site and lists its sizes. Options: `--site ADDRESS`, and `--dev` for one that is not optimised.
pub fn build(options: &[String]) -> Result<()> {
    let mut site = env::var(SITE).unwrap_or_default();
    let mut optimised = true;
    let mut options = options.iter();
    while let Some(option) = options.next() {
        match (&**option, options.as_slice()) {
            ("--dev", _) => optimised = false,
            ("--site", [address, ..]) => {
                site.clone_from(address);
                options.next();
            }
            _ => {
                bail!("`cargo xtask build` knows --site https://example.org/burgers/ and --dev, not {option}")
            }
        }
    }
    tools::rust::ensure_site_tools()?;
    process::run(trunk("build").args(profile(optimised)))?;
    if optimised {
        styles::join()?;
        split::split()?;
    }
    process::run(pages().arg(place::dist()).arg(site))?;
    offline::write()?;
    if optimised {
        size::report()?;
        pack::pack()?;
    }
    Ok(())
}

/// The program that writes pages.
pub fn pages() -> Command {
    let mut pages = process::command("cargo");
    pages.args(["run", "--quiet", "--package", "concurrent-burgers", "--example", "pages", "--"]);
    pages
}

/// What Trunk is told of how to build.
fn profile(optimised: bool) -> &'static [&'static str] {
    if !optimised {
        return &[];
    }
    if tools::node::has_wasm_opt() {
        return &["--release"];
    }
    println!("No recent wasm-opt found: the site will work the same, its program stays a little larger.");
    // Cargo's release profile without Trunk's release mode, in which Trunk would insist on wasm-opt.
    &["--cargo-profile", "release", "--minify"]
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
