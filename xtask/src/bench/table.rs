//! The result for people: a table for the terminal, and one for the README.

use super::machine::Machine;
use super::rows::{Budget, Figure, Judged, Row};
use anyhow::{Context, Result};

/// Between these, the README's table is written anew.
const BEGIN: &str = "<!-- bench: written by `cargo xtask bench --readme` -->";
const END: &str = "<!-- bench: end -->";

/// The columns: figure, reference, ratio, budget, and whether it holds.
fn cells(row: &Row) -> [String; 5] {
    let figure = row.value().map_or_else(|| "–".into(), |value| with_unit(value, &row.unit));
    let reference = row.reference.as_ref();
    let reference = reference
        .map_or_else(|| "–".into(), |it| format!("{} ({})", with_unit(it.value, &row.unit), it.name));
    let ratio = row.ratio().map_or_else(|| "–".into(), |ratio| format!("{} ×", number(ratio)));
    [figure, reference, ratio, budget(row), verdict(row)]
}

fn budget(row: &Row) -> String {
    let (word, value) = match row.budget {
        Budget::Most(most) => ("at most", most),
        Budget::Least(least) => ("at least", least),
        Budget::None => return "–".into(),
    };
    match row.judged {
        Judged::Value => format!("{word} {}", with_unit(value, &row.unit)),
        Judged::Ratio => format!("{word} {} × the reference", number(value)),
        Judged::Faster => format!("{word} {} × as fast", number(value)),
    }
}

fn verdict(row: &Row) -> String {
    match (&row.figure, row.holds()) {
        (Figure::Missing(reason), _) => format!("not measured: {reason}"),
        (_, Some(true)) => "holds".into(),
        (_, Some(false)) => "MISSED".into(),
        _ if row.budget == Budget::None => "told".into(),
        (_, None) => "not measured: there is no reference to hold it against".into(),
    }
}

fn with_unit(value: f64, unit: &str) -> String {
    if unit.is_empty() { number(value) } else { format!("{} {unit}", number(value)) }
}

/// As many decimals as a reader needs: none from 100 on, one from 10 on, else up to two.
fn number(value: f64) -> String {
    let decimals = match value.abs() {
        100.0.. => 0,
        10.0.. => 1,
        _ => 2,
    };
    let text = format!("{value:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// For the terminal: each row on a line, its note below.
pub fn plain(rows: &[Row]) -> String {
    let mut text = String::new();
    for row in rows {
        let [figure, reference, ratio, budget, verdict] = cells(row);
        let held = if row.reference.is_some() { format!("; {reference}, {ratio}") } else { String::new() };
        text += &format!("{}\n    {figure}{held}; {budget}: {verdict}\n", row.what);
        if let Figure::Measured { note: Some(note), .. } = &row.figure {
            text += &format!("    ({note})\n");
        }
    }
    let judged = || rows.iter().filter(|row| row.budget != Budget::None);
    let count = |wanted| judged().filter(|row| row.holds() == wanted).count();
    text + &format!(
        "\n{} budgets hold, {} are missed, {} not measured\n",
        count(Some(true)),
        count(Some(false)),
        count(None)
    )
}

/// For the README.
pub fn markdown(rows: &[Row], machine: &Machine) -> String {
    let mut text = format!(
        "{}\n\n| what | here | reference, same run | ratio | budget | |\n|---|---|---|---|---|---|\n",
        machine.line()
    );
    for row in rows {
        let cells = cells(row).map(|cell| cell.replace('|', "\\|").replace('\n', " "));
        text += &format!("| {} | {} |\n", row.what, cells.join(" | "));
    }
    text
}

/// A text with another table between the two comments.
pub fn replaced(text: &str, table: &str) -> Result<String> {
    let (before, rest) = text.split_once(BEGIN).with_context(|| format!("README.md has no line {BEGIN}"))?;
    let (_, after) = rest.split_once(END).with_context(|| format!("README.md has no line {END}"))?;
    Ok(format!("{before}{BEGIN}\n\n{table}\n{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::super::rows::tests::row;
    use super::*;
    use serde_json::json;

    #[test]
    fn a_row_says_figure_reference_budget_and_verdict() -> Result<()> {
        let found = json!({ "value": 1234.5, "reference": { "name": "it", "value": 1000 }, "note": "busy" });
        let missed = row(&json!({ "most": 1.1, "judged": "ratio" }), &found)?;
        assert_eq!(
            cells(&missed),
            ["1234 ms", "1000 ms (it)", "1.23 ×", "at most 1.1 × the reference", "MISSED"]
        );
        let text = plain(&[missed]);
        assert!(
            text.contains("(busy)") && text.contains("0 budgets hold, 1 are missed, 0 not measured"),
            "{text}"
        );
        Ok(())
    }

    #[test]
    fn a_row_without_a_figure_says_why() -> Result<()> {
        let row = row(&json!({ "least": 99 }), &json!({ "missing": "no | network" }))?;
        let [figure, .., verdict] = cells(&row);
        assert_eq!((&*figure, &*verdict), ("–", "not measured: no | network"));
        let machine =
            Machine { cores: 1, system: "Linux".into(), browser: "B 1".into(), date: "2031-02-28".into() };
        let table = markdown(&[row], &machine);
        assert!(
            table.starts_with("Measured on 2031-02-28 on a machine with 1 core (Linux), B 1."),
            "{table}"
        );
        assert!(
            table.ends_with("| A thing | – | – | – | at least 99 ms | not measured: no \\| network |\n"),
            "{table}"
        );
        Ok(())
    }

    #[test]
    fn only_the_table_between_the_comments_is_written() -> Result<()> {
        let text = format!("before\n{BEGIN}\nold\n{END}\nafter\n");
        let once = replaced(&text, "new\n")?;
        assert_eq!(once, format!("before\n{BEGIN}\n\nnew\n\n{END}\nafter\n"));
        assert_eq!(replaced(&once, "new\n")?, once);
        assert!(replaced("no comments", "new").is_err());
        Ok(())
    }

    #[test]
    fn numbers_have_as_many_decimals_as_a_reader_needs() {
        assert_eq!([470.89, 24.0, 5.59, 0.0, 13.37].map(number), ["471", "24", "5.59", "0", "13.4"]);
    }
}
