//! Expressions: the arithmetic by which prose, predictions and quiz facts name their numbers.
//!
//! ```text
//! compare = sum [("==" | "<" | "<=") sum]
//! sum     = product {("+" | "-") product}
//! product = factor {("*" | "/") factor}
//! factor  = number | knob | metric "(" mode ")" | ("min" | "max") "(" compare "," compare ")"
//!         | "(" compare ")" | "-" factor
//! ```

use super::leak;
use super::model::{Expr, KnobSpec, Metric, Mode, Op};
use super::problem::listed;
use super::tokens::{Token, Wrong, tokens, wrong};

const METRICS: [(&str, Metric); 18] = [
    ("total", Metric::Total),
    ("busy", Metric::Busy),
    ("holding", Metric::Holding),
    ("free", Metric::Free),
    ("line", Metric::Line),
    ("hold", Metric::Hold),
    ("polls", Metric::Polls),
    ("gap", Metric::Gap),
    ("served", Metric::Served),
    ("p50", Metric::P50),
    ("p95", Metric::P95),
    ("p99", Metric::P99),
    ("last", Metric::Last),
    ("rate", Metric::Rate),
    ("trained", Metric::Trained),
    ("error", Metric::Error),
    ("by_line", Metric::ByLine),
    ("by_mean", Metric::ByMean),
];

/// Reads an expression over the knobs and modes of a lesson.
pub fn parse(text: &str, modes: &[Mode], knobs: &[KnobSpec]) -> Result<Expr, Wrong> {
    let mut parser = Parser { tokens: tokens(text)?, at: 0, modes, knobs };
    let expr = parser.compare()?;
    match parser.next() {
        None => Ok(expr),
        Some(left) => wrong(
            format!("`{text}` goes on with {left} after its end"),
            "Put an operator between, or remove it",
        ),
    }
}

struct Parser<'a> {
    tokens: Vec<Token>,
    at: usize,
    modes: &'a [Mode],
    knobs: &'a [KnobSpec],
}

impl Parser<'_> {
    fn next(&mut self) -> Option<Token> {
        self.at += 1;
        self.tokens.get(self.at - 1).cloned()
    }

    /// Takes one of these signs, if the next token is one.
    fn sign(&mut self, signs: &[&str]) -> Option<&'static str> {
        match self.tokens.get(self.at) {
            Some(Token::Sign(sign)) if signs.contains(sign) => {
                self.at += 1;
                Some(sign)
            }
            _ => None,
        }
    }

    fn expect(&mut self, sign: &'static str) -> Result<(), Wrong> {
        if self.sign(&[sign]).is_some() {
            return Ok(());
        }
        let found = self.next().map_or("the end".to_owned(), |token| token.to_string());
        wrong(format!("expected `{sign}`, found {found}"), format!("Put `{sign}` there"))
    }

    fn compare(&mut self) -> Result<Expr, Wrong> {
        let left = self.sum()?;
        let Some(sign) = self.sign(&["==", "<=", "<"]) else { return Ok(left) };
        Ok(op(sign, left, self.sum()?))
    }

    fn sum(&mut self) -> Result<Expr, Wrong> {
        let mut left = self.product()?;
        while let Some(sign) = self.sign(&["+", "-"]) {
            left = op(sign, left, self.product()?);
        }
        Ok(left)
    }

    fn product(&mut self) -> Result<Expr, Wrong> {
        let mut left = self.factor()?;
        while let Some(sign) = self.sign(&["*", "/"]) {
            left = op(sign, left, self.factor()?);
        }
        Ok(left)
    }

    fn factor(&mut self) -> Result<Expr, Wrong> {
        match self.next() {
            Some(Token::Number(number)) => Ok(Expr::Number(number)),
            Some(Token::Name(name)) => self.name(&name),
            Some(Token::Sign("-")) => Ok(op("-", Expr::Number(0.0), self.factor()?)),
            Some(Token::Sign("(")) => {
                let inside = self.compare()?;
                self.expect(")")?;
                Ok(inside)
            }
            Some(token) => wrong(
                format!("{token} stands where a value should"),
                "Put a number, a knob or a metric there",
            ),
            None => wrong("the expression ends where a value should stand", "Finish it"),
        }
    }

    /// A knob, a metric of a mode, or `min` and `max`.
    fn name(&mut self, name: &str) -> Result<Expr, Wrong> {
        if self.sign(&["("]).is_none() {
            return self.knob(name);
        }
        let expr = match name {
            "min" | "max" => {
                let left = self.compare()?;
                self.expect(",")?;
                op(name, left, self.compare()?)
            }
            _ => self.metric(name)?,
        };
        self.expect(")")?;
        Ok(expr)
    }

    fn knob(&self, name: &str) -> Result<Expr, Wrong> {
        match self.knobs.iter().find(|knob| knob.id == name) {
            Some(knob) => Ok(Expr::Knob(knob.id)),
            None => {
                let knobs = listed(self.knobs.iter().map(|knob| knob.id));
                wrong(
                    format!("unknown knob `{name}`"),
                    format!("Use a knob of this lesson: {knobs}; or a metric: `total(mode)`"),
                )
            }
        }
    }

    fn metric(&mut self, name: &str) -> Result<Expr, Wrong> {
        let Some(&(_, metric)) = METRICS.iter().find(|(known, _)| *known == name) else {
            let known = listed(METRICS.iter().map(|(known, _)| *known));
            return wrong(format!("unknown metric `{name}`"), format!("Use one of {known}, `min` or `max`"));
        };
        let Some(Token::Name(mode)) = self.next() else {
            return wrong(format!("`{name}(…)` names no mode"), format!("Write `{name}(mode)`"));
        };
        match self.modes.iter().find(|known| known.id == mode) {
            Some(known) => Ok(Expr::Metric(metric, known.id)),
            None => {
                let modes = listed(self.modes.iter().map(|mode| mode.id));
                wrong(
                    format!("unknown mode `{mode}` in `{name}({mode})`"),
                    format!("Use a mode of this lesson: {modes}"),
                )
            }
        }
    }
}

fn op(sign: &str, left: Expr, right: Expr) -> Expr {
    let op = match sign {
        "+" => Op::Add,
        "-" => Op::Subtract,
        "*" => Op::Multiply,
        "/" => Op::Divide,
        "min" => Op::Min,
        "max" => Op::Max,
        "==" => Op::Equal,
        "<" => Op::Less,
        _ => Op::LessOrEqual,
    };
    Expr::Op(op, leak(left), leak(right))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODES: &[Mode] = &[Mode { id: "async", label: "Async" }];
    const KNOBS: &[KnobSpec] = &[KnobSpec {
        id: "grilling",
        label: "",
        unit: "s",
        note: "",
        min: 0.0,
        max: 6.0,
        step: 0.1,
        default: 3.0,
        log: false,
    }];

    fn read(text: &str) -> String {
        fn plain(expr: &Expr) -> String {
            match expr {
                Expr::Number(number) => number.to_string(),
                Expr::Knob(id) => (*id).to_owned(),
                Expr::Metric(metric, mode) => format!("{metric:?}({mode})"),
                Expr::Op(op, left, right) => format!("{op:?}[{} {}]", plain(left), plain(right)),
            }
        }
        match parse(text, MODES, KNOBS) {
            Ok(expr) => plain(&expr),
            Err(wrong) => wrong.message,
        }
    }

    #[test]
    fn products_bind_closer_than_sums_than_comparisons() {
        assert_eq!(read("1 + 2 * grilling == 7"), "Equal[Add[1 Multiply[2 grilling]] 7]");
        assert_eq!(read("(1 + 2) * 3"), "Multiply[Add[1 2] 3]");
    }

    #[test]
    fn equals_bind_to_the_left() {
        assert_eq!(read("8 - 2 - 1"), "Subtract[Subtract[8 2] 1]");
        assert_eq!(read("8 / 2 / 2"), "Divide[Divide[8 2] 2]");
    }

    #[test]
    fn metrics_take_a_mode_and_min_and_max_take_two_values() {
        assert_eq!(read("total(async)"), "Total(async)");
        assert_eq!(
            read("min(served(async), max(1, 0.5)) <= 2"),
            "LessOrEqual[Min[Served(async) Max[1 0.5]] 2]"
        );
        assert_eq!(read("-grilling < 1"), "Less[Subtract[0 grilling] 1]");
    }

    #[test]
    fn mistakes_are_named() {
        assert_eq!(read("turbo"), "unknown knob `turbo`");
        assert_eq!(read("speed(async)"), "unknown metric `speed`");
        assert_eq!(read("total(later)"), "unknown mode `later` in `total(later)`");
        assert_eq!(read("total()"), "`total(…)` names no mode");
        assert_eq!(read("total(async"), "expected `)`, found the end");
        assert_eq!(read("1 +"), "the expression ends where a value should stand");
        assert_eq!(read("1 2"), "`1 2` goes on with `2` after its end");
        assert_eq!(read("* 2"), "`*` stands where a value should");
        assert_eq!(read("1.2.3"), "`1.2.3` is not a number");
        assert_eq!(read("1 % 2"), "`%` means nothing in the expression `1 % 2`");
        assert_eq!(read(""), "the expression ends where a value should stand");
    }
}
