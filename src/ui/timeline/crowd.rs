//! The lanes of a crowd: the clerk's, and one for all customers, stacked by what they do.

use crate::decimal::fixed;
use crate::ui::prelude::*;

use crate::replay::Replay;
use crate::replay::crowd::{Column, Crowd};
use crate::trace::Micros;

/// How many columns a band has.
const COLUMNS: usize = 240;

/// The bands of a record, as the paths of drawings 240 wide and 100 high.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bands {
    /// Who waits at a table, who has been served, and who stands in line: stacked in this order from below.
    people: [String; 3],
    /// When the clerk works, and when it is held.
    clerk: [String; 2],
}

const PEOPLE: [&str; 3] = ["band-waiting", "band-done", "band-ready"];
const CLERK: [&str; 2] = ["band-working", "band-holding"];

impl Bands {
    /// Of a crowd, over an axis of this length.
    pub fn of(replay: &Replay, crowd: &Crowd, axis: Micros) -> Self {
        let columns = crowd.columns(replay, COLUMNS, axis);
        // Columns that begin after the record does not know of say nothing.
        let known = |index: usize| {
            (index as f64 / COLUMNS as f64) * f64::from(axis.0) < f64::from(replay.end.0.max(1))
        };
        let all = crowd.len().max(1) as f64;
        let share = |count: usize| 100.0 * count as f64 / all;
        let heights = |column: &Column| {
            let counts = column.counts;
            [counts.at_tables, counts.served + counts.without, counts.in_line + counts.at_till].map(share)
        };
        let mut people: [String; 3] = Default::default();
        let mut clerk: [String; 2] = Default::default();
        for (index, column) in columns.iter().enumerate().take_while(|(index, _)| known(*index)) {
            stack(&mut people, index, heights(column));
            stack(&mut clerk, index, [100.0 * column.working.min(1.0), 100.0 * column.holding.min(1.0)]);
        }
        Self { people, clerk }
    }

    /// The band of the customers.
    pub fn draw_people(&self) -> View {
        draw(&PEOPLE, &self.people)
    }

    /// The clerk's.
    pub fn draw_clerk(&self) -> View {
        draw(&CLERK, &self.clerk)
    }
}

/// Puts a column's parts on top of each other.
fn stack<const N: usize>(paths: &mut [String; N], index: usize, heights: [f64; N]) {
    let mut bottom = 100.0;
    for (path, height) in paths.iter_mut().zip(heights) {
        if height > 0.05 {
            let (from, up) = (fixed(bottom, 1), fixed(height, 1));
            path.push_str(&format!("M{index} {from}v-{up}h1v{up}z"));
        }
        bottom -= height;
    }
}

fn draw(classes: &[&'static str], paths: &[String]) -> View {
    let parts = classes.iter().zip(paths).map(|(class, path)| view! { <path class=*class d=path.clone() /> });
    view! {
        <svg class="band" viewBox=format!("0 0 {COLUMNS} 100") preserveAspectRatio="none" aria-hidden="true">{parts.collect_view()}</svg>
    }
    .into_view()
}
