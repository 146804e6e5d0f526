//! Where things are: this checkout, and the folder that is shared by all checkouts of one user.

use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The root of the checkout. Cargo tells where `xtask` is when it runs it; a binary kept from another checkout must not
/// remember that one's place, so it is not compiled in.
pub fn root() -> PathBuf {
    let xtask = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    match xtask.as_deref().and_then(Path::parent) {
        Some(root) => root.to_owned(),
        None => PathBuf::from("."),
    }
}

/// The folder of the browser tests, which is also the home of all npm packages.
pub fn end2end() -> PathBuf {
    root().join("end2end")
}

/// Where cargo puts what it builds.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The built site.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// All files under a folder, those in its folders too, in the order of their names.
pub fn files_under(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_under(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// How a file of the built site is named in addresses.
pub fn name_in_dist(path: &Path) -> String {
    path.strip_prefix(dist()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// Tools and virtual environments that outlive a checkout.
pub fn cache() -> PathBuf {
    let home = || env::home_dir().unwrap_or_else(|| root().join("target"));
    let caches = match (env::var_os("XDG_CACHE_HOME"), env::var_os("LOCALAPPDATA")) {
        (Some(folder), _) if !folder.is_empty() => PathBuf::from(folder),
        (_, Some(folder)) if cfg!(windows) => PathBuf::from(folder),
        _ => home().join(".cache"),
    };
    caches.join("concurrent-burgers")
}

/// Where tools go whose version differs from the one that the user has installed: theirs stays as it is.
pub fn own_tools() -> PathBuf {
    cache().join("tools")
}
