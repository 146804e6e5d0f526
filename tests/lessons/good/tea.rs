//! Tea, one cup or many.
//!
//! modes: slow, quick
//! knobs: cups, brewing
//! steps: steep

use crate::kettle;

// @region slow
fn brew_slow(knobs: Knobs) -> Vec<Cup> {
    let cups = knobs.count("cups", 2); // @knob cups
    hold("steep", cups) // @step steep
}
// @end

// @region quick
async fn brew() {
    rest(1.5).await; // @knob brewing @step steep
}
// @end

#[cfg(test)]
mod tests {}
