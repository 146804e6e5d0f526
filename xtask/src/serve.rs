//! `cargo xtask serve`: the course while it is being written.

use crate::{place, process, site, tools};
use anyhow::Result;
use std::{env, fs};

/// What no build is made of: a change there is no reason to build. `Trunk.toml` lists those that every checkout has.
const UNWATCHED: [&str; 5] = ["dist", "target", "end2end", "tests", "xtask"];

/// Serves the course and rebuilds it at every change. `options` go to `trunk serve`.
pub fn serve(options: &[String]) -> Result<()> {
    tools::rust::ensure_site_tools()?;
    let mut trunk = site::trunk("serve");
    if !options.iter().any(|option| option == "-d" || option.starts_with("--dist")) {
        // Not into dist/: a test or a build in another terminal must not find its files changed.
        trunk.args(["--dist", "target/serve"]);
    }
    for folder in UNWATCHED {
        fs::create_dir_all(place::root().join(folder))?;
        trunk.args(["--ignore", folder]);
    }
    if has_screen() && !options.iter().any(|option| option.starts_with("--open")) {
        trunk.arg("--open");
    }
    println!("The first build takes about 2 minutes, later ones seconds. Ctrl-C ends it.");
    process::run(trunk.args(options))
}

/// Whether there is a screen to open a browser on.
fn has_screen() -> bool {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    !set("CI") && (cfg!(any(windows, target_os = "macos")) || set("DISPLAY") || set("WAYLAND_DISPLAY"))
}
