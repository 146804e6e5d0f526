//! The result for machines: `target/bench.json`, with all samples.

use super::machine::Machine;
use super::rows::{Budget, Figure, Judged, Row};
use serde_json::{Value, json};

pub fn json(rows: &[Row], machine: &Machine) -> String {
    let rows: Vec<_> = rows.iter().map(row).collect();
    let machine = json!({
        "cores": machine.cores,
        "system": machine.system,
        "browser": machine.browser,
        "date": machine.date,
    });
    format!("{:#}\n", json!({ "machine": machine, "rows": rows }))
}

fn row(row: &Row) -> Value {
    let judged = match row.judged {
        Judged::Value => "value",
        Judged::Ratio => "ratio",
        Judged::Faster => "faster",
    };
    let budget = match row.budget {
        Budget::Most(most) => json!({ "most": most, "judged": judged }),
        Budget::Least(least) => json!({ "least": least, "judged": judged }),
        Budget::None => json!(null),
    };
    let reference = row.reference.as_ref().map(|it| json!({ "name": it.name, "value": it.value }));
    let (value, note, samples, missing) = match &row.figure {
        Figure::Open => (None, None, &Value::Null, Some("it was not asked for".to_owned())),
        Figure::Measured { value, note, samples } => (Some(*value), note.clone(), samples, None),
        Figure::Missing(reason) => (None, None, &Value::Null, Some(reason.clone())),
    };
    json!({
        "id": row.id, "group": row.group, "what": row.what, "unit": row.unit, "value": value, "reference": reference,
        "ratio": row.ratio(), "budget": budget, "holds": row.holds(), "missing": missing, "note": note, "samples": samples,
    })
}

#[cfg(test)]
mod tests {
    use super::super::rows::tests::row as a_row;
    use super::*;
    use anyhow::Result;

    #[test]
    fn a_record_holds_figures_samples_and_reasons() -> Result<()> {
        let machine =
            Machine { cores: 2, system: "Linux".into(), browser: "B 1".into(), date: "2031-02-28".into() };
        let rows = [
            a_row(&json!({ "most": 10 }), &json!({ "value": 12.5, "samples": [12.5, 13.0] }))?,
            a_row(&json!({ "least": 1 }), &json!({ "missing": "no Python" }))?,
        ];
        let read: Value = serde_json::from_str(&super::json(&rows, &machine))?;
        assert_eq!(read["machine"]["cores"], 2);
        assert_eq!(
            (&read["rows"][0]["holds"], &read["rows"][0]["samples"][1]),
            (&json!(false), &json!(13.0))
        );
        assert_eq!(
            (&read["rows"][1]["missing"], &read["rows"][1]["value"]),
            (&json!("no Python"), &Value::Null)
        );
        Ok(())
    }
}
