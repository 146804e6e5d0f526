//! Starting programs: where they are looked for, and what is shown and kept of what they print.

use crate::place;
use anyhow::{Context, Result, bail};
use std::env;
use std::ffi::OsStr;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;

/// Where programs are looked for: our own versions first, then npm's programs, then the user's `PATH`.
fn search_path() -> Vec<PathBuf> {
    let mut folders = vec![place::own_tools().join("bin"), place::end2end().join("node_modules/.bin")];
    folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    folders
}

/// The full path of a program, if it is installed.
pub fn find(program: &str) -> Option<PathBuf> {
    let file = format!("{program}{}", env::consts::EXE_SUFFIX);
    search_path().into_iter().map(|folder| folder.join(&file)).find(|path| path.is_file())
}

/// A program to be run at the root of the checkout.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    let path = env::join_paths(search_path()).unwrap_or_else(|_| env::var_os("PATH").unwrap_or_default());
    command.current_dir(place::root()).env("PATH", path);
    command
}

/// What a program prints to its standard output, if it runs and succeeds. Nothing is shown.
pub fn read(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a program that prints to the terminal; an exit code other than zero is an error.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start `{}`", line_of(command)))?;
    if !status.success() {
        bail!("`{}` failed", line_of(command));
    }
    Ok(())
}

/// What a program printed, and whether it succeeded.
pub struct Printed {
    pub success: bool,
    pub text: String,
}

/// Runs a program and shows what it prints while keeping a copy of it.
pub fn run_and_keep(command: &mut Command) -> Result<Printed> {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start `{}`", line_of(command)))?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let (out, err) = thread::scope(|scope| {
        let out = scope.spawn(|| copy(stdout, std::io::stdout()));
        let err = scope.spawn(|| copy(stderr, std::io::stderr()));
        (out.join().unwrap_or_default(), err.join().unwrap_or_default())
    });
    let success = child.wait()?.success();
    Ok(Printed {
        success,
        text: format!("{}\n{}", String::from_utf8_lossy(&out), String::from_utf8_lossy(&err)),
    })
}

/// Passes everything on from `source` to `screen` as it comes, and returns it.
fn copy(source: Option<impl Read>, mut screen: impl Write) -> Vec<u8> {
    let mut kept = Vec::new();
    let Some(mut source) = source else {
        return kept;
    };
    let mut chunk = [0; 4096];
    while let Ok(length @ 1..) = source.read(&mut chunk) {
        // A closed terminal is no reason to lose what the program says.
        let _ = screen.write_all(&chunk[..length]).and_then(|()| screen.flush());
        kept.extend_from_slice(&chunk[..length]);
    }
    kept
}

/// The command as one would type it.
fn line_of(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
