//! `cargo xtask bench`: how fast and how small the course is, every figure beside its reference of the same run and its budget.
//!
//! A bench is no test: a missed budget is said, and fails nothing. What cannot be measured is a row that says why.
//!
//! - [`rows`]: the list of rows and budgets (`end2end/bench/budgets.json`), and what a figure is worth
//! - [`groups`]: rows that are measured together, by one script under `end2end/bench/`; [`loads`] builds what one of them runs
//! - [`table`] and [`record`] write the result for people, for the README, and for machines; [`machine`] describes where it was

mod groups;
mod loads;
mod machine;
mod record;
mod rows;
mod table;

use crate::{place, site, tools};
use anyhow::{Context, Result, bail};
use rows::Row;
use std::fs;

const README: &str = "README.md";

/// What was asked for.
#[derive(Debug, Default, PartialEq)]
struct Options {
    no_build: bool,
    readme: bool,
    /// Groups or rows; all, if there are none.
    chosen: Vec<String>,
}

/// Measures, prints the table, writes `target/bench.json` and, if asked, the README's table.
pub fn bench(words: &[String]) -> Result<()> {
    let mut rows = rows::list()?;
    let options = options(words, &rows)?;
    if options.readme && !options.chosen.is_empty() {
        bail!("the README shows all rows: `cargo xtask bench --readme` measures all of them");
    }
    if !options.no_build {
        site::build(&[])?;
    }
    if !place::dist().join("index.html").is_file() {
        bail!("there is no built site in dist/: leave --no-build out");
    }
    tools::node::ensure_packages()?;
    rows.retain(|row| is_chosen(row, &options.chosen));
    let browser = groups::measure(&mut rows);
    let machine = machine::describe(browser);
    println!("\n{}", table::plain(&rows));
    println!("{}", machine.line());
    let file = place::root().join("target/bench.json");
    fs::create_dir_all(place::root().join("target"))?;
    fs::write(&file, record::json(&rows, &machine)).context("cannot write target/bench.json")?;
    println!("Raw samples: target/bench.json");
    if options.readme {
        let path = place::root().join(README);
        let text = fs::read_to_string(&path)?;
        fs::write(path, table::replaced(&text, &table::markdown(&rows, &machine))?)?;
        println!("The table in {README} is the one above.");
    }
    Ok(())
}

/// Reads the command line: `--no-build`, `--readme`, and names of groups or rows.
fn options(words: &[String], rows: &[Row]) -> Result<Options> {
    let mut options = Options::default();
    for word in words {
        match &**word {
            "--no-build" => options.no_build = true,
            "--readme" => options.readme = true,
            name if rows.iter().any(|row| is_named(row, name)) => options.chosen.push(name.to_owned()),
            _ => {
                let mut groups: Vec<_> = rows.iter().map(|row| &*row.group).collect();
                groups.sort_unstable();
                groups.dedup();
                bail!(
                    "`cargo xtask bench` knows --no-build, --readme, the groups {}, and the rows' names in \
                     end2end/bench/budgets.json; not {word}",
                    groups.join(" ")
                )
            }
        }
    }
    Ok(options)
}

fn is_named(row: &Row, name: &str) -> bool {
    row.group == name || row.id == name
}

fn is_chosen(row: &Row, chosen: &[String]) -> bool {
    chosen.is_empty() || chosen.iter().any(|name| is_named(row, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Result<Options> {
        let rows = rows::list_from(include_str!("../../../end2end/bench/budgets.json"))?;
        options(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>(), &rows)
    }

    #[test]
    fn rows_are_chosen_by_group_or_name() -> Result<()> {
        let found = read(&["size", "--no-build", "knob"])?;
        assert_eq!(
            found,
            Options { no_build: true, readme: false, chosen: vec!["size".into(), "knob".into()] }
        );
        let told = read(&["sise"]).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(told.contains("frames knob") && told.contains("not sise"), "{told}");
        Ok(())
    }
}
