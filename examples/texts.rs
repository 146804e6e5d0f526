//! Writes the texts of the lessons beside the built page. Trunk calls it after each build, see `Trunk.toml`.

use std::path::Path;
use std::{env, fs, io};

/// What `build.rs` made of the lessons: file names and what is in the files.
const TEXTS: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/texts.rs"));

fn main() -> io::Result<()> {
    let built = env::var_os("TRUNK_STAGING_DIR")
        .ok_or_else(|| io::Error::other("TRUNK_STAGING_DIR does not say where the built page is"))?;
    let folder = Path::new(&built).join("lessons");
    fs::create_dir_all(&folder)?;
    TEXTS.iter().try_for_each(|(file, text)| fs::write(folder.join(file), text))
}
