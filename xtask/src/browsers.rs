//! `cargo xtask browsers`: every lesson in Firefox and in WebKit, Safari's engine, where they are installed.

use crate::{process, site, tools};
use anyhow::Result;

/// Builds the site, unless told not to, and runs every program of every lesson in the other browsers, or in those that are named.
pub fn browsers(options: &[String]) -> Result<()> {
    let (no_build, names): (Vec<_>, Vec<_>) =
        options.iter().partition(|option| option.as_str() == "--no-build");
    if no_build.is_empty() {
        site::build(&[])?;
    }
    tools::node::ensure_packages()?;
    tools::node::ensure_browsers_packages()?;
    process::run(tools::node::script("browsers/browsers.mjs").args(names))
}
