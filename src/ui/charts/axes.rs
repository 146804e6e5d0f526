//! The frame of a chart: its axes with what is written on them. Any chart can stand in it.

use crate::decimal::{fixed, plain, scientific};
use crate::ui::prelude::*;

use crate::replay::chart::Scale;

/// The paper a chart is drawn on, in units of the drawing: about a pixel each on a phone.
#[derive(Clone, Copy)]
pub struct Frame {
    /// How wide it is, with all that is written.
    pub width: f64,
    /// How high.
    pub height: f64,
    /// Across, and what is written under it.
    pub x: Scale,
    /// Up.
    pub y: Scale,
    /// Whether what goes up is counted: then no parts of one are written.
    pub counts: bool,
}

/// What is kept free for writing.
const LEFT: f64 = 34.0;
const RIGHT: f64 = 14.0;
const TOP: f64 = 36.0;
const BOTTOM: f64 = 36.0;

impl Frame {
    /// Where a value stands from the left.
    pub fn at_x(&self, value: f64) -> f64 {
        LEFT + self.x.place(value) * (self.width - LEFT - RIGHT)
    }

    /// Where a value stands from the top.
    pub fn at_y(&self, value: f64) -> f64 {
        self.height - BOTTOM - self.y.place(value) * (self.height - TOP - BOTTOM)
    }

    /// A line through points.
    pub fn line(&self, points: impl IntoIterator<Item = (f64, f64)>) -> String {
        let draw = |(index, (x, y))| {
            let (x, y) = (fixed(self.at_x(x), 1), fixed(self.at_y(y), 1));
            format!("{}{x} {y}", if index == 0 { "M" } else { "L" })
        };
        points.into_iter().enumerate().map(draw).collect()
    }

    /// The axes. `secret` leaves out whatever would tell how far they go.
    pub fn axes(&self, x_label: &'static str, y_label: &'static str, secret: bool) -> View {
        let (left, bottom) = (self.at_x(self.x.from), self.at_y(self.y.from));
        let right = self.width - RIGHT;
        let told = move |value: &f64| !secret || *value <= 0.0;
        let across = self.x.ticks(7).into_iter().filter(told).map(|value| {
            let x = self.at_x(value);
            // The last number has no room to its right.
            let anchor = if right - x < 8.0 { "end" } else { "middle" };
            view! {
                <path class="axis-mark" d=format!("M{} {}v4", fixed(x, 1), fixed(bottom, 1)) />
                <text class="axis-text" x=x y=bottom + 16.0 text-anchor=anchor>{written(value)}</text>
            }
        });
        let up = self.y.ticks(5).into_iter().filter(told).filter(|it| !self.counts || it.fract() == 0.0).map(
            |value| {
                let y = self.at_y(value);
                view! {
                    <path class="axis-line" d=format!("M{} {}H{}", fixed(left, 1), fixed(y, 1), fixed(right, 1)) />
                    <text class="axis-text" x=left - 6.0 y=y + 4.0 text-anchor="end">{written(value)}</text>
                }
            },
        );
        view! {
            <g class="axes">
                {up.collect_view()}
                <path class="axis-base" d=format!("M{} {}V{}H{}", fixed(left, 1), plain(TOP), fixed(bottom, 1), fixed(right, 1)) />
                {across.collect_view()}
                <text class="axis-label" x=right y=self.height - 4.0 text-anchor="end">{x_label}</text>
                <text class="axis-label" x="2" y="11">{y_label}</text>
            </g>
        }
        .into_view()
    }
}

/// A value on an axis: no more decimals than it has, thousands and millionths by their powers of ten.
fn written(value: f64) -> String {
    if value != 0.0 && !(1e-3..1e6).contains(&value.abs()) {
        return scientific(value);
    }
    let text = fixed(value, 3).to_string();
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
