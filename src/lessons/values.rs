//! Numbers in the text: how each is computed from knobs and simulated runs, and how it is written.

/// A number that is computed, never typed in.
#[derive(Debug)]
pub struct Value {
    /// How to compute it.
    pub expr: Expr,
    /// How to write it.
    pub format: Format,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `12.0 s`
    Seconds,
    /// `2.0 times`, written `2.0×`
    Times,
    /// `83 %` (the value is 0 to 1)
    Percent,
    /// `3`
    Count,
}

/// An arithmetic expression over knobs and the metrics of simulated runs.
#[derive(Debug)]
pub enum Expr {
    /// A constant.
    Number(f64),
    /// A knob's current value.
    Knob(&'static str),
    /// A metric of the simulated run of a mode, at the current knobs.
    Metric(Metric, &'static str),
    /// Two expressions and what to do with them. Comparisons give 1 or 0.
    Op(Op, &'static Expr, &'static Expr),
}

/// A metric of a whole run that expressions may name. Times are in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// `total(mode)`: when the last customer leaves, s.
    Total,
    /// `busy(mode)`: share of the total in which the clerk works, 0 to 1.
    Busy,
    /// `holding(mode)`: share in which the clerk is held by blocking I/O, 0 to 1.
    Holding,
    /// `free(mode)`: share in which the clerk is free, 0 to 1.
    Free,
    /// `line(mode)`: the longest time anyone stood in line before being served first, s.
    Line,
    /// `hold(mode)`: the longest hold of the thread, s.
    Hold,
    /// `polls(mode)`: polls of all tasks, a count.
    Polls,
    /// `gap(mode)`: the longest time between two beats of a heartbeat, s.
    Gap,
    /// `served(mode)`: the mean time from arriving to leaving, s.
    Served,
    /// `p50(mode)`: the latency that half of the requests do not exceed, s.
    P50,
    /// `p95(mode)`: the latency that 95 of 100 requests do not exceed, s.
    P95,
    /// `p99(mode)`: the latency that 99 of 100 requests do not exceed, s.
    P99,
    /// `last(mode)`: when the last request was answered, s.
    Last,
    /// `rate(mode)`: answers a second, from the first arrival to the last answer.
    Rate,
    /// `trained(mode)`: when the task `training` was over, s.
    Trained,
    /// `error(mode)`: the model's mean absolute error on data that were held out, s.
    Error,
    /// `by_line(mode)`: the same of a guess by the length of the line alone, s.
    ByLine,
    /// `by_mean(mode)`: the same of guessing the mean for everybody, s.
    ByMean,
}

/// An arithmetic operation or a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is what it is called")]
pub enum Op {
    Add,
    Subtract,
    Multiply,
    Divide,
    Min,
    Max,
    Equal,
    Less,
    LessOrEqual,
}
