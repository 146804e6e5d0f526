//! `cargo xtask look`: pictures of the built site, for a person to look at.

use crate::{process, site, tools};
use anyhow::{Result, bail};

/// Builds the site, unless told not to, and takes the pictures into `target/look/`.
pub fn look(options: &[String]) -> Result<()> {
    if let Some(unknown) = options.iter().find(|option| *option != "--no-build") {
        bail!("`cargo xtask look` knows only --no-build, not {unknown}");
    }
    if options.is_empty() {
        site::build(&[])?;
    }
    tools::node::ensure_packages()?;
    let mut script = tools::node::script("look.mjs");
    tools::browser::give_browser(&mut script)?;
    process::run(&mut script)
}

/// Draws the pictures that stand in `assets/`: those of the lessons' own pages, and the icons.
pub fn pictures() -> Result<()> {
    tools::node::ensure_packages()?;
    let mut script = tools::node::script("pictures.mjs");
    tools::browser::give_browser(&mut script)?;
    process::run(&mut script)
}
