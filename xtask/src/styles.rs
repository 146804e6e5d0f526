//! Two style sheets instead of many: a first visit asks for fewer files, and they pack better together. The sources stay
//! apart, one for each part of the page, and so does what `trunk serve` sends.
//!
//! The second sheet has what the first lesson does not look like when it is opened. Where the program is divided
//! ([`crate::split`]), its script fetches that with the place that needs it.

use crate::place;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};

/// How Trunk writes a link to a sheet, up to its address and after it.
const LINK: (&str, &str) = ("<link href=", " rel=stylesheet>");
/// The first of the sources that are in the second sheet, in the order of `index.html`.
const SECOND: &str = "home";
/// How the names of the two begin.
pub const NAMES: [&str; 2] = ["style-", "more-"];

/// Joins the sheets of the built page, in their order.
pub fn join() -> Result<()> {
    let dist = place::dist();
    let page = fs::read_to_string(dist.join("index.html"))?;
    let sheets = sheets(&page);
    let second = sheets.iter().position(|sheet| sheet.starts_with(&format!("./{SECOND}-")));
    let second = second
        .with_context(|| format!("the built page has no style sheet `{SECOND}`, as Trunk writes it"))?;
    ensure!(second > 0, "all style sheets are in the second one");
    let mut names = Vec::new();
    for (kind, sheets) in NAMES.into_iter().zip([&sheets[..second], &sheets[second..]]) {
        let mut joined = String::new();
        for sheet in sheets {
            let text =
                fs::read_to_string(dist.join(sheet)).with_context(|| format!("cannot read {sheet}"))?;
            // An address in a sheet counts from the sheet: all of them are in one folder, and stay there.
            joined += text.trim_end();
            joined.push('\n');
        }
        let mut hasher = DefaultHasher::new();
        joined.hash(&mut hasher);
        let name = format!("./{kind}{:016x}.css", hasher.finish());
        fs::write(dist.join(&name), joined)?;
        names.push(name);
    }
    fs::write(dist.join("index.html"), linked(&page, &names))?;
    for sheet in &sheets {
        fs::remove_file(dist.join(sheet))?;
    }
    Ok(())
}

/// The page without the link to its second sheet, and where that is.
pub fn without_second(page: &str) -> Result<(String, String)> {
    let sheets = sheets(page);
    let second = sheets.get(1).context("the built page has no second style sheet")?;
    Ok((page.replace(&link(second), ""), (*second).to_owned()))
}

/// The addresses of the page's sheets.
fn sheets(page: &str) -> Vec<&str> {
    let links = page.split(LINK.0).skip(1).filter_map(|rest| rest.split_once('>'));
    links.filter_map(|(link, _)| link.strip_suffix(LINK.1.trim_end_matches('>'))).collect()
}

/// The page with other sheets, where the first one stood.
fn linked(page: &str, names: &[String]) -> String {
    let mut linked = page.to_owned();
    for (index, sheet) in sheets(page).into_iter().enumerate() {
        let instead = if index == 0 { names.iter().map(|name| link(name)).collect() } else { String::new() };
        linked = linked.replace(&link(sheet), &instead);
    }
    linked
}

fn link(sheet: &str) -> String {
    format!("{}{sheet}{}", LINK.0, LINK.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_sheets_stand_where_the_first_of_many_stood_and_the_second_can_go() {
        let page = "<link href=./a-1.css rel=stylesheet><link href=./icon.svg rel=icon><link href=./b-2.css rel=stylesheet><p>";
        assert_eq!(sheets(page), ["./a-1.css", "./b-2.css"]);
        let page = linked(page, &["./c.css".to_owned(), "./d.css".to_owned()]);
        assert_eq!(
            page,
            "<link href=./c.css rel=stylesheet><link href=./d.css rel=stylesheet><link href=./icon.svg rel=icon><p>"
        );
        let (page, second) = without_second(&page).expect("it has two");
        assert_eq!(page, "<link href=./c.css rel=stylesheet><link href=./icon.svg rel=icon><p>");
        assert_eq!(second, "./d.css");
    }

    /// A rule that asks what an element has in it (`:has`) makes browsers look through the page whenever a node comes or goes: in every
    /// frame of a run, or nearly. What a sheet must know of the page stands on its root (`ui/root.rs`).
    #[test]
    fn no_rule_asks_what_an_element_has_in_it() {
        let sheets = place::files_under(&place::root().join("style")).expect("there are style sheets");
        assert!(sheets.len() > 10);
        for sheet in sheets {
            let text = fs::read_to_string(&sheet).expect("it can be read");
            assert!(!text.contains(":has("), "{}", sheet.display());
        }
    }
}
