//! One style sheet instead of many: a first visit asks for fewer files, and they pack better together. The sources stay
//! apart, one for each part of the page, and so does what `trunk serve` sends.

use crate::place;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};

/// How Trunk writes a link to a sheet, up to its address and after it.
const LINK: (&str, &str) = ("<link href=", " rel=stylesheet>");

/// Joins the sheets of the built page, in their order.
pub fn join() -> Result<()> {
    let dist = place::dist();
    let page = fs::read_to_string(dist.join("index.html"))?;
    let sheets = sheets(&page);
    ensure!(!sheets.is_empty(), "the built page has no style sheets as Trunk writes them");
    let mut joined = String::new();
    for sheet in &sheets {
        let text = fs::read_to_string(dist.join(sheet)).with_context(|| format!("cannot read {sheet}"))?;
        // An address in a sheet counts from the sheet: all of them are in one folder, and stay there.
        joined += text.trim_end();
        joined.push('\n');
    }
    let mut hasher = DefaultHasher::new();
    joined.hash(&mut hasher);
    let name = format!("./style-{:016x}.css", hasher.finish());
    fs::write(dist.join(&name), joined)?;
    fs::write(dist.join("index.html"), linked(&page, &name))?;
    for sheet in &sheets {
        fs::remove_file(dist.join(sheet))?;
    }
    Ok(())
}

/// The addresses of the page's sheets.
fn sheets(page: &str) -> Vec<&str> {
    let links = page.split(LINK.0).skip(1).filter_map(|rest| rest.split_once('>'));
    links.filter_map(|(link, _)| link.strip_suffix(LINK.1.trim_end_matches('>'))).collect()
}

/// The page with one sheet, where the first one stood.
fn linked(page: &str, name: &str) -> String {
    let link = |sheet: &str| format!("{}{sheet}{}", LINK.0, LINK.1);
    let mut linked = page.to_owned();
    for (index, sheet) in sheets(page).into_iter().enumerate() {
        linked = linked.replace(&link(sheet), &if index == 0 { link(name) } else { String::new() });
    }
    linked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_sheet_stands_where_the_first_of_many_stood() {
        let page = "<link href=./a-1.css rel=stylesheet><link href=./icon.svg rel=icon><link href=./b-2.css rel=stylesheet><p>";
        assert_eq!(sheets(page), ["./a-1.css", "./b-2.css"]);
        assert_eq!(
            linked(page, "./c.css"),
            "<link href=./c.css rel=stylesheet><link href=./icon.svg rel=icon><p>"
        );
    }
}
