//! The words of a training's progress.

/// What stands before the bar.
pub fn title() -> &'static str {
    "Training"
}

/// How many folds are done, and how many threads are at work.
pub fn told(done: usize, under_way: usize, folds: usize) -> String {
    let at_work = if under_way > 0 { format!(", {under_way} under way") } else { String::new() };
    format!("{done} of {folds} folds done{at_work}")
}
