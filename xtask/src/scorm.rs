//! `cargo xtask scorm`: packages for learning management systems, SCORM 1.2: one for each lesson, one for the course.
//!
//! A package is a zip with the built site's files, the page it opens (`examples/pages --packages`), `scorm.js`, which speaks to
//! the system, and a manifest: one organization, one item, one resource that is a SCO and lists every file. All files lie
//! side by side, for some systems find them by their base names.

use crate::{offline, place, process, site};
use anyhow::{Context, Result, bail};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// A package: its name in file names and identifiers, and its title.
struct Package {
    name: String,
    title: String,
}

/// Builds the site, unless told not to, and writes the packages into `target/scorm/`.
pub fn scorm(options: &[String]) -> Result<()> {
    match options {
        [] => site::build(&[])?,
        [option] if option == "--no-build" => {}
        _ => bail!("`cargo xtask scorm` knows only --no-build"),
    }
    let folder = place::root().join("target/scorm");
    let pages = folder.join("pages");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&pages)?;
    process::run(site::pages().arg("--packages").arg(&pages).arg(place::dist()))?;
    let packages = packages()?;
    for package in &packages {
        let file = folder.join(format!("concurrent-burgers-{}.zip", package.name));
        write(package, &pages, &file).with_context(|| format!("cannot write {}", file.display()))?;
    }
    println!("{} packages in target/scorm/", packages.len());
    Ok(())
}

/// The lessons, as the built site lists them, and the course.
fn packages() -> Result<Vec<Package>> {
    let list = place::dist().join("lessons.json");
    let list = fs::read_to_string(&list).with_context(|| format!("cannot read {}", list.display()))?;
    let list: serde_json::Value = serde_json::from_str(&list)?;
    let mut packages = Vec::new();
    for lesson in list["lessons"].as_array().context("lessons.json lists no lessons")? {
        let text = |key: &str| {
            lesson[key].as_str().map(str::to_owned).with_context(|| format!("a lesson has no {key}"))
        };
        packages
            .push(Package { name: text("slug")?, title: format!("Concurrent Burgers: {}", text("title")?) });
    }
    packages.push(Package { name: "course".to_owned(), title: "Concurrent Burgers".to_owned() });
    Ok(packages)
}

/// The files of the built site that a package needs. It has one page, and is no app to install.
fn files() -> Result<Vec<PathBuf>> {
    let mut files = place::files_under(&place::dist())?;
    files.retain(|path| is_packed(&place::name_in_dist(path)));
    Ok(files)
}

fn is_packed(name: &str) -> bool {
    let other = [".html", ".webmanifest"].iter().any(|end| name.ends_with(end)) || name.starts_with("icons/");
    offline::is_kept(name) && !other && name != "burger-lesson.js"
}

fn write(package: &Package, pages: &Path, file: &Path) -> Result<()> {
    // The same site gives the same package, to the byte.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9))
        .last_modified_time(DateTime::default());
    let mut zip = ZipWriter::new(File::create(file)?);
    let mut names = Vec::new();
    let mut add = |name: &str, bytes: &[u8]| -> Result<()> {
        zip.start_file(name, options)?;
        zip.write_all(bytes)?;
        names.push(name.to_owned());
        Ok(())
    };
    add("index.html", &fs::read(pages.join(&package.name).join("index.html"))?)?;
    add("scorm.js", &fs::read(place::root().join("assets/scorm.js"))?)?;
    for path in files()? {
        add(&place::name_in_dist(&path), &fs::read(&path)?)?;
    }
    let manifest = manifest(package, &names);
    zip.start_file("imsmanifest.xml", options)?;
    zip.write_all(manifest.as_bytes())?;
    zip.finish()?;
    Ok(())
}

fn manifest(package: &Package, names: &[String]) -> String {
    let (id, title) = (&package.name, escape(&package.title));
    let mut files = String::new();
    for name in names {
        // Writing to a string cannot fail.
        let _ = writeln!(files, "      <file href=\"{}\"/>", escape(name));
    }
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="concurrent-burgers-{id}" version="1.0"
    xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
  </metadata>
  <organizations default="organization-{id}">
    <organization identifier="organization-{id}">
      <title>{title}</title>
      <item identifier="item-{id}" identifierref="resource-{id}" isvisible="true">
        <title>{title}</title>
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="resource-{id}" type="webcontent" adlcp:scormtype="sco" href="index.html">
{files}    </resource>
  </resources>
</manifest>
"#
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_has_one_page_and_no_worker_for_offline_use() {
        for packed in ["boot.js", "worker.js", "burgers-0a1b_bg.wasm", "base-0a.css"] {
            assert!(is_packed(packed), "{packed}");
        }
        for left in
            ["index.html", "waiting.html", "sw.js", "course.webmanifest", "icons/icon-192.png", "boot.js.br"]
        {
            assert!(!is_packed(left), "{left}");
        }
    }
}
