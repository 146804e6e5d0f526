//! Compiles the lessons: what is wrong with them fails the build, with file, line and advice.

use std::path::Path;
use std::{env, fs};

use compile::texts::Text;

#[path = "src/lessons/compile/mod.rs"]
mod compile;
#[path = "src/lessons/misconceptions.rs"]
#[allow(dead_code, reason = "the compiler needs the names, the page the beliefs")]
mod misconceptions;
#[path = "src/lessons/model.rs"]
#[allow(dead_code, reason = "only the page waits for what comes late")]
mod model;
#[path = "src/lessons/packed.rs"]
#[allow(dead_code, reason = "only the page reads")]
mod packed;

fn main() {
    println!("cargo::rerun-if-changed={}", compile::read::LESSONS);
    println!("cargo::rerun-if-changed={}", compile::read::SCENARIOS);
    keep_relocations();
    let files = compile::read::read(Path::new("."));
    match files.map_err(|problem| vec![problem]).and_then(|files| compile::compile(&files)) {
        Ok(course) => write(&course),
        Err(problems) => problems.iter().for_each(|problem| println!("cargo::error={problem}")),
    }
}

/// `cargo xtask build` divides the program, and must know which data each of its functions names. The linker knows.
fn keep_relocations() {
    let is = |name, value: &str| env::var(name).is_ok_and(|it| it == value);
    if is("CARGO_CFG_TARGET_ARCH", "wasm32") && is("PROFILE", "release") {
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}

/// Writes the lessons to where `src/lessons/mod.rs` includes them, and their texts beside it.
fn write(course: &compile::Course) {
    let lessons = course.lessons.iter().map(Text::of_lesson);
    let texts: Vec<Text> = lessons.chain([Text::of_exam(course)]).collect();
    let listed: String = texts
        .iter()
        .map(|text| {
            format!(
                "    ({:?}, include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{}\"))),\n",
                text.file, text.file
            )
        })
        .collect();
    let mut files: Vec<(&str, &[u8])> = texts.iter().map(|text| (text.file, &*text.bytes)).collect();
    let (code, listed) = (compile::emit::emit(course), format!("&[\n{listed}]\n"));
    files.extend([("lessons.rs", code.as_bytes()), ("texts.rs", listed.as_bytes())]);
    let written = env::var("OUT_DIR").map_err(|error| error.to_string()).and_then(|folder| {
        let mut files = files.iter();
        files
            .try_for_each(|(name, bytes)| fs::write(Path::new(&folder).join(name), bytes))
            .map_err(|error| error.to_string())
    });
    if let Err(error) = written {
        println!("cargo::error=the compiled lessons cannot be written: {error}");
    }
}
