//! Virtual environments: with what the Python twins import, and with the programs of documentation sites. Each stands in the
//! user's cache, named after the requirements and the Python that it was made for, so a change of either makes a new one.

use super::{announce, install_command};
use crate::{place, process};
use anyhow::{Result, bail};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// asyncio has had task groups and `timeout` since then.
const OLDEST: (u32, u32) = (3, 11);
const ASK: &str = "import sys; print(*sys.version_info[:2], sys.base_prefix)";

/// The Python that has what the twins import.
pub fn ensure_environment() -> Result<PathBuf> {
    ensure("the twins", &place::root().join("tests/python/requirements.txt"))
}

/// The Python that has the programs of documentation sites.
pub fn ensure_sites() -> Result<PathBuf> {
    ensure("documentation sites", &place::end2end().join("sites/requirements.txt"))
}

/// The Python that has SimPy, which the simulated runtime is measured against.
pub fn ensure_simulation() -> Result<PathBuf> {
    ensure("a bench against SimPy", &place::end2end().join("bench/requirements.txt"))
}

/// The Python of a virtual environment with these requirements.
fn ensure(what: &str, requirements: &Path) -> Result<PathBuf> {
    let (python, version) = system_python()?;
    let wanted = fs::read_to_string(requirements)?;
    let folder = place::cache().join(format!("python-{:016x}", hash(&(&wanted, &version))));
    let program = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let stamp = folder.join("installed");
    if stamp.is_file() && program.is_file() {
        return Ok(program);
    }
    let needs_packages = wanted.lines().any(|line| !line.trim().is_empty() && !line.trim().starts_with('#'));
    announce(
        &format!("a Python environment for {what}"),
        if needs_packages { "30 seconds" } else { "1 second" },
    );
    create(python, &folder, needs_packages)?;
    if needs_packages {
        let mut pip = process::command(&program);
        process::run(pip.args(["-m", "pip", "install", "--quiet", "--requirement"]).arg(requirements))?;
    }
    fs::write(stamp, wanted)?;
    Ok(program)
}

/// The installed Python and its version line.
fn system_python() -> Result<(&'static str, String)> {
    let install = install_command("python3 python3-venv", "python", "Python.Python.3.13");
    let names = if cfg!(windows) { ["python", "py"] } else { ["python3", "python"] };
    let ask = |name| process::read(process::command(name).args(["-c", ASK])).map(|line| (name, line));
    let Some((name, line)) = names.into_iter().find_map(ask) else {
        bail!("Python is needed to run the twins and was not found: {install}");
    };
    let mut numbers = line.split(' ').map_while(|word| word.parse::<u32>().ok());
    let version = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    if version < OLDEST {
        bail!(
            "Python {}.{} or newer is needed, {name} is {}.{}: {install}",
            OLDEST.0,
            OLDEST.1,
            version.0,
            version.1
        );
    }
    Ok((name, line))
}

/// Debian packs pip's part of `venv` separately, so it is asked for only when there is something to install.
fn create(python: &str, folder: &Path, with_pip: bool) -> Result<()> {
    let mut venv = process::command(python);
    venv.args(["-m", "venv", "--clear"]);
    if !with_pip {
        venv.arg("--without-pip");
    }
    process::run(venv.arg(folder))
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
