//! Compiles the lessons: what is wrong with them fails the build, with file, line and advice.

use std::path::Path;
use std::{env, fs};

#[path = "src/lessons/compile/mod.rs"]
mod compile;
#[path = "src/lessons/misconceptions.rs"]
#[allow(dead_code, reason = "the compiler needs the names, the page the beliefs")]
mod misconceptions;
#[path = "src/lessons/model.rs"]
mod model;

fn main() {
    println!("cargo::rerun-if-changed={}", compile::read::LESSONS);
    println!("cargo::rerun-if-changed={}", compile::read::SCENARIOS);
    let files = compile::read::read(Path::new("."));
    match files.map_err(|problem| vec![problem]).and_then(|files| compile::compile(&files)) {
        Ok(course) => write(&compile::emit::emit(&course)),
        Err(problems) => problems.iter().for_each(|problem| println!("cargo::error={problem}")),
    }
}

/// Writes the lessons to where `src/lessons/mod.rs` includes them.
fn write(lessons: &str) {
    let written = env::var("OUT_DIR").map_err(|error| error.to_string()).and_then(|folder| {
        fs::write(Path::new(&folder).join("lessons.rs"), lessons).map_err(|error| error.to_string())
    });
    if let Err(error) = written {
        println!("cargo::error=the compiled lessons cannot be written: {error}");
    }
}
