//! Writes a page for each lesson into the built site: `pages DIST [SITE]`; or the first pages of SCORM packages into a folder:
//! `pages --packages FOLDER DIST`.
//!
//! The app is one page, which a browser must run before there is anything to read. These pages are for whoever does not:
//! search engines, link previews, browsers without JavaScript or WebAssembly. Each is the app's own page with the lesson's
//! whole text in it, which the app replaces when it starts. `SITE` is the address at which the site will stand
//! (`https://example.org/burgers/`); with it, there is a `sitemap.xml`, and previews get the full addresses they ask for.

mod about;
mod code;
mod lesson;
mod package;
mod shell;
mod text;

use std::fs;
use std::path::Path;

use concurrent_burgers::lessons;

const USAGE: &str = "usage: pages DIST [SITE], or pages --packages FOLDER DIST";

fn main() -> Result<(), String> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["--packages", folder, dist] => packages(Path::new(folder), Path::new(dist)),
        [dist] if !dist.starts_with('-') => pages(Path::new(dist), None),
        [dist, site] if !dist.starts_with('-') => pages(Path::new(dist), Some(site)),
        _ => Err(USAGE.to_owned()),
    }
}

/// The app's own page, as it was built.
fn app(dist: &Path) -> Result<String, String> {
    let file = dist.join("index.html");
    fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))
}

fn write(folder: &Path, name: &str, text: &str) -> Result<(), String> {
    let path = folder.join(name);
    let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
    folder.and_then(|()| fs::write(&path, text)).map_err(|error| format!("{}: {error}", path.display()))
}

/// Run twice over the same folder, the second time changes nothing.
fn pages(dist: &Path, site: Option<&str>) -> Result<(), String> {
    let (app, site) = (app(dist)?, about::Site::at(site)?);
    write(dist, "index.html", &shell::page(&app, &about::home(&site))?)?;
    for lesson in lessons::ALL {
        write(dist, &about::file(lesson), &shell::page(&app, &about::lesson(&site, lesson))?)?;
        write(dist, &about::oembed_file(lesson), &about::oembed(&site, lesson))?;
    }
    write(dist, about::GLOSSARY, &shell::page(&app, &about::glossary(&site))?)?;
    write(dist, "lessons.json", &about::list())?;
    if let Some(map) = about::sitemap(&site) {
        write(dist, "sitemap.xml", &map)?;
    }
    println!("{} lessons as pages of their own", lessons::ALL.len());
    Ok(())
}

/// One folder for each package, `SLUG/index.html`, and one for that of the course.
fn packages(folder: &Path, dist: &Path) -> Result<(), String> {
    let (app, site) = (app(dist)?, about::Site::at(None)?);
    let lessons = lessons::ALL.iter().map(|it| (it.slug, about::lesson(&site, it)));
    for (name, page) in lessons.chain([("course", about::home(&site))]) {
        write(folder, &format!("{name}/index.html"), &package::page(&shell::page(&app, &page)?, &page)?)?;
    }
    Ok(())
}
