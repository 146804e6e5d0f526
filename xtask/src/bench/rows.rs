//! The rows of the bench: which there are, what was measured, and whether it holds.

use crate::place;
use anyhow::{Context, Result};
use serde_json::Value;
use std::fs;

/// What a figure is held against.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    pub name: String,
    /// In the row's unit.
    pub value: f64,
}

/// Which number the budget speaks of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Judged {
    /// The figure.
    Value,
    /// The figure, divided by its reference.
    Ratio,
    /// The reference, divided by the figure: so many times as fast.
    Faster,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Budget {
    Most(f64),
    Least(f64),
    /// What is only told.
    None,
}

/// What was found out.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Figure {
    #[default]
    Open,
    Measured {
        value: f64,
        note: Option<String>,
        samples: Value,
    },
    /// With the reason.
    Missing(String),
}

/// One line of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub id: String,
    pub group: String,
    pub what: String,
    pub unit: String,
    pub budget: Budget,
    pub judged: Judged,
    pub reference: Option<Reference>,
    pub figure: Figure,
}

/// All rows, as `end2end/bench/budgets.json` lists them.
pub fn list() -> Result<Vec<Row>> {
    let path = place::end2end().join("bench/budgets.json");
    list_from(&fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?)
}

pub fn list_from(text: &str) -> Result<Vec<Row>> {
    let list: Value = serde_json::from_str(text).context("budgets.json is no JSON")?;
    let rows = list["rows"].as_array().context("budgets.json has no rows")?;
    rows.iter().map(|row| row_from(row).with_context(|| format!("budgets.json, row {}", row["id"]))).collect()
}

fn row_from(row: &Value) -> Result<Row> {
    let text = |key: &str| row[key].as_str().map(str::to_owned).with_context(|| format!("it has no {key}"));
    let budget = match (row["most"].as_f64(), row["least"].as_f64()) {
        (Some(most), None) => Budget::Most(most),
        (None, Some(least)) => Budget::Least(least),
        (None, None) => Budget::None,
        _ => anyhow::bail!("it may have `most` or `least`, not both"),
    };
    let judged = match row["judged"].as_str() {
        None => Judged::Value,
        Some("ratio") => Judged::Ratio,
        Some("faster") => Judged::Faster,
        Some(other) => anyhow::bail!("it is judged by `{other}`; `ratio` and `faster` are known"),
    };
    Ok(Row {
        id: text("id")?,
        group: text("group")?,
        what: text("what")?,
        unit: text("unit")?,
        budget,
        judged,
        reference: reference(&row["reference"]),
        figure: Figure::Open,
    })
}

fn reference(value: &Value) -> Option<Reference> {
    Some(Reference { name: value["name"].as_str()?.to_owned(), value: value["value"].as_f64()? })
}

impl Row {
    /// Takes what a script has found out about the row: a value with samples, reference and note, or why there is none.
    pub fn take(&mut self, found: &Value) {
        if let Some(reference) = reference(&found["reference"]) {
            self.reference = Some(reference);
        }
        let text = |key: &str| found[key].as_str().map(str::to_owned);
        self.figure = match found["value"].as_f64() {
            Some(value) => Figure::Measured { value, note: text("note"), samples: found["samples"].clone() },
            None => Figure::Missing(text("missing").unwrap_or_else(|| "its script gave no figure".into())),
        };
    }

    pub fn value(&self) -> Option<f64> {
        match self.figure {
            Figure::Measured { value, .. } => Some(value),
            _ => None,
        }
    }

    /// How the figure stands to its reference, as the row is judged.
    pub fn ratio(&self) -> Option<f64> {
        let (value, reference) = (self.value()?, self.reference.as_ref()?.value);
        let ratio = if self.judged == Judged::Faster { reference / value } else { value / reference };
        ratio.is_finite().then_some(ratio)
    }

    /// Whether the budget is met; nothing if that is not known, or there is none.
    pub fn holds(&self) -> Option<bool> {
        let judged = if self.judged == Judged::Value { self.value()? } else { self.ratio()? };
        match self.budget {
            Budget::Most(most) => Some(judged <= most),
            Budget::Least(least) => Some(judged >= least),
            Budget::None => None,
        }
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use serde_json::json;

    /// A row with a budget, and with what was found.
    pub fn row(budget: &Value, found: &Value) -> Result<Row> {
        let mut row = json!({ "id": "x", "group": "g", "what": "A thing", "unit": "ms" });
        if let (Some(row), Some(budget)) = (row.as_object_mut(), budget.as_object()) {
            row.extend(budget.clone());
        }
        let mut row = row_from(&row)?;
        row.take(found);
        Ok(row)
    }

    #[test]
    fn the_list_in_the_repository_is_read() -> Result<()> {
        let rows = list_from(include_str!("../../../end2end/bench/budgets.json"))?;
        let mut ids: Vec<_> = rows.iter().map(|row| &row.id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), rows.len(), "every row has a name of its own");
        Ok(())
    }

    #[test]
    fn a_budget_speaks_of_the_figure_or_of_its_ratio() -> Result<()> {
        let found = json!({ "value": 30.0, "reference": { "name": "it", "value": 20.0 } });
        assert_eq!(row(&json!({ "most": 30 }), &found)?.holds(), Some(true));
        assert_eq!(row(&json!({ "least": 31 }), &found)?.holds(), Some(false));
        assert_eq!(row(&json!({ "most": 1.4, "judged": "ratio" }), &found)?.holds(), Some(false));
        let faster = row(&json!({ "least": 0.6, "judged": "faster" }), &found)?;
        assert_eq!((faster.holds(), faster.ratio()), (Some(true), Some(20.0 / 30.0)));
        Ok(())
    }

    #[test]
    fn what_is_not_known_neither_holds_nor_misses() -> Result<()> {
        let budget = json!({ "most": 1, "judged": "ratio" });
        assert_eq!(row(&budget, &json!({ "value": 1.0 }))?.holds(), None, "it has no reference");
        let missing = row(&budget, &json!({ "missing": "no network" }))?;
        assert_eq!((missing.holds(), missing.figure), (None, Figure::Missing("no network".into())));
        assert_eq!(row(&json!({}), &json!({ "value": 1.0 }))?.holds(), None, "it has no budget");
        assert!(row(&json!({ "most": 2, "least": 1 }), &json!({})).is_err(), "a row has one budget at most");
        Ok(())
    }
}
