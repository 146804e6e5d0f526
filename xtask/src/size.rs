//! What the built site weighs: each file as it is, and as a server with brotli sends it.

use crate::{pack, place, styles};
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// What a first visit loads.
const FIRST_VISIT: [&str; 5] = ["html", "css", "js", "wasm", "woff2"];

struct Weight {
    name: String,
    raw: usize,
    brotli: usize,
}

/// Prints the sizes of all files in `dist/`, largest first.
pub fn report() -> Result<()> {
    let dist = place::dist();
    let mut weights = Vec::new();
    for path in place::files_under(&dist)? {
        weights.push(weigh(&path)?);
    }
    weights.sort_by_key(|weight| std::cmp::Reverse(weight.brotli));
    println!("\n{:>10} {:>10}  dist/", "bytes", "brotli");
    for weight in &weights {
        println!("{:>10} {:>10}  {}", weight.raw, weight.brotli, weight.name);
    }
    let counted = || weights.iter().filter(|weight| counts(&weight.name));
    let (raw, brotli) =
        counted().fold((0, 0), |(raw, brotli), weight| (raw + weight.raw, brotli + weight.brotli));
    println!(
        "{raw:>10} {brotli:>10}  for a first visit: page, styles, scripts and program ({:.1} KB)",
        brotli as f64 / 1000.0
    );
    Ok(())
}

/// Whether a first visit loads the file. Pages below the top are other pages; parts of the program, and the second style sheet, come when
/// they are needed.
fn counts(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    FIRST_VISIT.contains(&extension)
        && (extension != "html" || name == "index.html")
        && !name.contains("-part")
        && !name.starts_with(styles::NAMES[1])
}

fn weigh(path: &Path) -> Result<Weight> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let brotli = pack::brotli(&bytes)?.len();
    Ok(Weight { name: place::name_in_dist(path), raw: bytes.len(), brotli })
}

#[cfg(test)]
mod tests {
    use super::counts;

    #[test]
    fn a_first_visit_loads_one_page() {
        assert!(counts("index.html") && counts("course-0a1b.js"));
        assert!(
            !counts("lessons/waiting/index.html")
                && !counts("lessons.json")
                && !counts("course-0a1b-part2.wasm")
                && !counts("more-0a1b.css")
        );
    }
}
