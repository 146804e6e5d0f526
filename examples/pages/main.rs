//! Writes a page for each lesson into the built site: `pages DIST [SITE]`.
//!
//! The app is one page, which a browser must run before there is anything to read. These pages are for whoever does not:
//! search engines, link previews, browsers without JavaScript or WebAssembly. Each is the app's own page with the lesson's
//! whole text in it, which the app replaces when it starts. `SITE` is the address at which the site will stand
//! (`https://example.org/burgers/`); with it, there is a `sitemap.xml`, and previews get the full addresses they ask for.

mod about;
mod code;
mod lesson;
mod shell;
mod text;

use std::fs;
use std::path::Path;

use concurrent_burgers::lessons;

fn main() -> Result<(), String> {
    let mut arguments = std::env::args().skip(1);
    let dist = arguments.next().ok_or("usage: pages DIST [SITE]")?;
    let site = about::Site::at(arguments.next().as_deref())?;
    let dist = Path::new(&dist);
    let file = dist.join("index.html");
    let app = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let write = |name: &str, text: &str| {
        let path = dist.join(name);
        let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
        folder.and_then(|()| fs::write(&path, text)).map_err(|error| format!("{}: {error}", path.display()))
    };
    // Run twice over the same folder, the second time changes nothing.
    write("index.html", &shell::page(&app, &about::home(&site))?)?;
    for lesson in lessons::ALL {
        write(&about::file(lesson), &shell::page(&app, &about::lesson(&site, lesson))?)?;
        write(&about::oembed_file(lesson), &about::oembed(&site, lesson))?;
    }
    write(about::GLOSSARY, &shell::page(&app, &about::glossary(&site))?)?;
    write("lessons.json", &about::list())?;
    if let Some(map) = about::sitemap(&site) {
        write("sitemap.xml", &map)?;
    }
    println!("{} lessons as pages of their own", lessons::ALL.len());
    Ok(())
}
