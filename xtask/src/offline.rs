//! The worker that keeps the course for offline use: `assets/sw.js` with the names of all files that a visit may need, and a
//! name for this version of them.

use crate::place;
use anyhow::{Result, ensure};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The line of the template that is filled in.
const PLACE: &str = "const { VERSION, FILES } = { VERSION: '', FILES: [] };";

/// Writes `sw.js` into the built site.
pub fn write() -> Result<()> {
    let template = fs::read_to_string(place::root().join("assets/sw.js"))?;
    ensure!(template.contains(PLACE), "assets/sw.js has no line `{PLACE}`");
    let mut hasher = DefaultHasher::new();
    let mut names = Vec::new();
    for path in place::files_under(&place::dist())? {
        let name = place::name_in_dist(&path);
        if is_kept(&name) {
            name.hash(&mut hasher);
            fs::read(&path)?.hash(&mut hasher);
            names.push(address(&name));
        }
    }
    template.hash(&mut hasher);
    let list = names.iter().map(|name| format!("'{name}'")).collect::<Vec<_>>().join(", ");
    let filled =
        format!("const {{ VERSION, FILES }} = {{ VERSION: '{:016x}', FILES: [{list}] }};", hasher.finish());
    fs::write(place::dist().join("sw.js"), template.replace(PLACE, &filled))?;
    println!("{} files are kept for offline use", names.len());
    Ok(())
}

/// Whether a visit may need the file. Pictures are for pages that are read without the app, and for previews.
pub fn is_kept(name: &str) -> bool {
    let elsewhere = ["pictures/", "oembed/"].iter().any(|folder| name.starts_with(folder));
    let other = ["sw.js", "sitemap.xml", "lessons.json", "burger-lesson.js"].contains(&name);
    let packed = name.ends_with(".br") || name.ends_with(".gz");
    !(elsewhere || other || packed)
}

/// The page at the top is asked for without its name.
fn address(name: &str) -> String {
    if name == "index.html" { "./".to_owned() } else { format!("./{name}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_visit_needs_is_kept_and_nothing_else() {
        for kept in [
            "index.html",
            "waiting.html",
            "boot.js",
            "worker.js",
            "icons/icon-192.png",
            "burgers-0a1b_bg.wasm",
        ] {
            assert!(is_kept(kept), "{kept}");
        }
        for left in ["sw.js", "pictures/waiting.png", "oembed/waiting.json", "boot.js.br", "waiting.html.gz"]
        {
            assert!(!is_kept(left), "{left}");
        }
        assert_eq!(
            (address("index.html"), address("waiting.html")),
            ("./".to_owned(), "./waiting.html".to_owned())
        );
    }
}
