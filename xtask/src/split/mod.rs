//! The program in parts: what the first lesson calls, and the rest.
//!
//! A browser walks through every lesson with a program that knows which pieces of its functions were executed ([`watch`],
//! `end2end/walk.mjs`). Pieces that are executed later than what they are a piece of become functions ([`outline`]); functions that the first
//! lesson never called move into files of their own ([`plan`], [`parts`]), which `assets/parts.js` fetches when they are needed.
//! Without Node.js or a browser the program stays in one piece, and works the same.

mod data;
mod exports;
mod names;
mod order;
mod outline;
mod parts;
mod plan;
mod pointers;
mod shape;
mod statics;
mod types;
mod watch;

use crate::{pack, place, process, styles, tools};
use anyhow::{Context, Result, bail, ensure};
use data::Data;
use outline::Marked;
use plan::{Plan, Walk};
use pointers::Pointers;
use serde_json::{Value, json};
use shape::Shape;
use statics::Statics;
use std::collections::hash_map::DefaultHasher;
use std::convert::Infallible;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

/// What comes of writing a piece of a program again: nothing of our own fails.
type Outcome = Result<(), wasm_encoder::reencode::Error<Infallible>>;

fn plain(error: wasm_encoder::reencode::Error<Infallible>) -> anyhow::Error {
    anyhow::anyhow!("{error}")
}

/// The line of the script that is filled in.
const PLACE: &str = "const { PARTS, FIRST, NEEDS, LATER, SHEET, DRESSED } = { PARTS: [], FIRST: [], NEEDS: {}, LATER: {}, SHEET: '', DRESSED: [] };";

/// Divides the built program, if there is a browser to say what its lessons call.
pub fn split() -> Result<()> {
    // What the linker left for this is for nobody else.
    let program = place::dist().join(format!("{}_bg.wasm", program_in(&place::dist())?));
    fs::write(&program, statics::forget_links(&fs::read(&program)?)?)?;
    if let Err(reason) = divide() {
        println!(
            "The program stays in one piece. It works the same, and the first lesson loads more. {reason:#}"
        );
    }
    Ok(())
}

fn divide() -> Result<()> {
    tools::node::ensure_packages()?;
    let dist = place::dist();
    let old = program_in(&dist)?;
    let built = fs::read(dist.join(format!("{old}_bg.wasm")))?;
    let (bytes, glue) = exports::tidied(&built, &fs::read_to_string(dist.join(format!("{old}.js")))?)?;
    let shape = Shape::of(&bytes)?;
    let need = shape.need.with_context(|| format!("the program has no function {}", shape::NEED))?;
    let marked = Marked::of(&bytes, &shape)?;
    let passed = walks(&old, &bytes, &shape, &marked)?;
    let stays = plan::stays(&shape, need);
    let opened = |mark| passed.first().is_some_and(|walk| walk.opened.contains(&mark));
    let outlined = marked.outlined(&opened, &|function| stays.contains(&function))?;
    let walks = plan::walks(&passed, shape.imported, shape.bodies, &outlined.marks);
    let program = &outlined.program;
    wasmparser::validate(program)?;
    let shape = Shape::of(program)?;
    let plan = plan::plan(&shape, need, &walks);
    let (data, pointers) = match statics(&bytes) {
        Ok(statics) => {
            let data = Data::divided(program, &shape, &plan, &statics)?;
            let pointers = Pointers::divided(&shape, &plan, &data, &statics);
            (data, pointers)
        }
        Err(reason) => {
            println!("All data stay in the first part of the program: {reason:#}");
            (Data::whole(program, plan.parts.len())?, Pointers::whole(&shape, plan.parts.len()))
        }
    };
    let (program, parts) = parts::divide(program, &shape, need, &plan, &data, &pointers)?;
    let (program, glue) = names::shorten(&program, &glue)?;
    let program = types::tidied(&program)?;
    let parts = parts.iter().map(|part| types::tidied(part)).collect::<Result<Vec<_>>>()?;
    for bytes in parts.iter().chain([&program]) {
        wasmparser::validate(bytes)?;
    }
    // Named anew: who has files of another division in a cache must not mix them.
    let (page, sheet) = styles::without_second(&fs::read_to_string(dist.join("index.html"))?)?;
    let new = name(&old, &program, &parts, &[&template()?, &sheet]);
    let files: Vec<String> = (1..=parts.len()).map(|number| format!("{new}-part{number}.wasm")).collect();
    for (file, part) in files.iter().zip(&parts) {
        fs::write(dist.join(file), part)?;
    }
    fs::write(dist.join(format!("{new}_bg.wasm")), &program)?;
    let glue = glue.replace(&old, &new) + &script(&files, &sheet, &plan, &passed)?;
    fs::write(dist.join(format!("{new}.js")), minified(&glue)?)?;
    fs::write(dist.join("index.html"), page.replace(&old, &new))?;
    fs::remove_file(dist.join(format!("{old}_bg.wasm")))?;
    fs::remove_file(dist.join(format!("{old}.js")))?;
    let weighs = |bytes: &[u8]| pack::brotli(bytes).map(|packed| packed.len() as f64 / 1000.0);
    println!(
        "The program was {:.0} KB under brotli; its first part is {:.0} KB, and there are {} more",
        weighs(&built)?,
        weighs(&program)?,
        parts.len()
    );
    Ok(())
}

/// What the linker knows of the data of a built program.
fn statics(built: &[u8]) -> Result<Statics> {
    let linked = place::target().join("wasm32-unknown-unknown/release/concurrent-burgers.wasm");
    let linked = fs::read(&linked).with_context(|| format!("cannot read {}", linked.display()))?;
    ensure!(data::is_same(built, &linked)?, "{} is another program", place::target().display());
    Statics::of(&linked)
}

/// The name of the program in a built site, without `_bg.wasm`.
fn program_in(dist: &Path) -> Result<String> {
    let files = place::files_under(dist)?;
    let mut names = files.iter().filter_map(|path| path.file_name()?.to_str()?.strip_suffix("_bg.wasm"));
    names.next().map(str::to_owned).context("the built site has no program")
}

/// The name with the hash of what is in the files.
fn name(old: &str, program: &[u8], parts: &[Vec<u8>], script: &[&str]) -> String {
    let mut hasher = DefaultHasher::new();
    (program, parts, script).hash(&mut hasher);
    let stem = old.rsplit_once('-').map_or(old, |(stem, _)| stem);
    format!("{stem}-{:016x}", hasher.finish())
}

/// A script without what only people read.
fn minified(script: &str) -> Result<String> {
    let file = place::root().join("target/glue.js");
    fs::write(&file, script)?;
    process::run(tools::node::script("minify.mjs").arg(&file))?;
    Ok(fs::read_to_string(&file)?)
}

fn template() -> Result<String> {
    Ok(fs::read_to_string(place::root().join("assets/parts.js"))?)
}

fn script(files: &[String], sheet: &str, plan: &Plan, walks: &[Walk]) -> Result<String> {
    let template = template()?;
    ensure!(template.contains(PLACE), "assets/parts.js has no line `{PLACE}`");
    // The place of the first function of each part, in the table of all that was moved.
    let first: Vec<usize> = plan
        .parts
        .iter()
        .scan(0, |places, part| {
            let first = *places;
            *places += part.len();
            Some(first)
        })
        .collect();
    let dressed: Vec<&str> = walks.iter().filter(|walk| walk.dressed).map(|walk| &*walk.place).collect();
    let filled = format!(
        "const {{ PARTS, FIRST, NEEDS, LATER, SHEET, DRESSED }} = {};",
        json!({ "PARTS": files, "FIRST": first, "NEEDS": plan.needs, "LATER": plan.later, "SHEET": sheet, "DRESSED": dressed })
    );
    Ok(template.replace(PLACE, &filled))
}

/// Which marks are passed in each lesson. A program that was walked before is not walked again.
fn walks(name: &str, program: &[u8], shape: &Shape, marked: &Marked<'_>) -> Result<Vec<Walk>> {
    let folder = place::root().join("target/walks");
    let mut hasher = DefaultHasher::new();
    let (_, sheet) = styles::without_second(&fs::read_to_string(place::dist().join("index.html"))?)?;
    (program, fs::read(place::end2end().join("walk.mjs"))?, sheet).hash(&mut hasher);
    let known = folder.join(format!("{:016x}.json", hasher.finish()));
    if !known.is_file() {
        fs::create_dir_all(&folder)?;
        walk(name, program, shape, marked, &known)?;
    }
    let told: Value = serde_json::from_str(&fs::read_to_string(&known)?)?;
    let Some(places) = told.as_array() else { bail!("{} is no list", known.display()) };
    let walks = places.iter().map(|place| {
        let numbers = |kind: &str| {
            let numbers = place[kind].as_array().context("a walk called nothing")?;
            anyhow::Ok(numbers.iter().filter_map(Value::as_u64).map(|it| it as u32).collect())
        };
        let (opened, called) = (numbers("opened")?, numbers("called")?);
        let dressed = place["dressed"].as_bool().context("a walk does not say how its place looks")?;
        Ok(Walk { place: place["place"].as_str().unwrap_or_default().to_owned(), opened, called, dressed })
    });
    walks.collect()
}

/// Serves a watched copy of the site to a browser that walks through it.
fn walk(name: &str, program: &[u8], shape: &Shape, marked: &Marked<'_>, out: &Path) -> Result<()> {
    println!("Walking through every lesson, to know what the first one needs (a minute)");
    let site: PathBuf = place::root().join("target/watched");
    if site.exists() {
        fs::remove_dir_all(&site)?;
    }
    for file in place::files_under(&place::dist())? {
        let to = site.join(place::name_in_dist(&file));
        fs::create_dir_all(to.parent().unwrap_or(&site))?;
        fs::copy(&file, to)?;
    }
    fs::write(site.join(format!("{name}_bg.wasm")), watch::watched(program, shape, marked)?)?;
    let mut walk = tools::node::script("walk.mjs");
    tools::browser::give_browser(&mut walk)?;
    process::run(walk.arg(&site).arg(out))
}
