//! How long requests waited for their answers: a histogram, with the percentiles as lines.

use crate::decimal::fixed;
use crate::ui::prelude::*;

use super::axes::Frame;
use super::{Data, HEIGHT, WIDTH, figure};
use crate::replay::chart::Scale;
use crate::replay::requests::{Histogram, percentile};
use crate::trace::Micros;
use crate::ui::follow::{self, Memo};
use crate::ui::strings::charts as words;

/// The percentiles that are drawn: their names, their shares, and how high their names stand.
const PERCENTILES: [(&str, f64, f64); 2] = [("p50", 0.50, 11.0), ("p95", 0.95, 23.0)];

pub(super) fn draw(data: Data) -> View {
    let histogram = Memo::new(move |_| {
        data.shown.with(|shown| data.expected.with(|expected| Histogram::for_all(&[shown, expected])))
    });
    let frame = Memo::new(move |_| {
        let Histogram { width, count, highest } = histogram.get();
        let (x, y) = (Scale::linear(width.seconds() * count as f64), Scale::linear(highest as f64));
        Paper(Frame { width: WIDTH, height: HEIGHT, x, y, counts: true })
    });
    let bars = Memo::new(move |_| data.shown.with(|shown| histogram.get().bars(shown, data.time())));
    let latencies = Memo::new(move |_| data.shown.with(|shown| shown.latencies(data.time())));
    let told = move || {
        let all =
            data.shown.with(|shown| shown.iter().count()).max(data.expected.with(|it| it.iter().count()));
        latencies.with(|latencies| words::latencies(latencies, all))
    };
    let axes =
        move || frame.get().0.axes(words::SECONDS_TO_ANSWER, words::REQUESTS, data.stage.keeps_secret());
    let drawn = move || {
        let (frame, width) = (frame.get().0, histogram.get().width);
        let bar = |(index, count): (usize, &usize)| {
            let from = frame.at_x(width.seconds() * index as f64) + 1.0;
            let to = frame.at_x(width.seconds() * (index + 1) as f64) - 1.0;
            let (top, bottom) = (frame.at_y(*count as f64), frame.at_y(0.0));
            view! {
                <rect class="chart-bar" x=from y=top width=to - from height=bottom - top />
                <text class="chart-count" x=(from + to) / 2.0 y=top - 4.0 text-anchor="middle">{*count}</text>
            }
        };
        bars.with(|bars| bars.iter().enumerate().filter(|(_, count)| **count > 0).map(bar).collect_view())
    };
    let lines = move || {
        let frame = frame.get().0;
        let line = |latencies: &[Micros]| {
            PERCENTILES
                .iter()
                .filter_map(|(name, share, y)| Some((*name, percentile(latencies, *share)?, *y)))
                .map(|(name, at, y)| {
                    let (x, bottom) = (frame.at_x(at.seconds()), frame.at_y(0.0));
                    // p50 is written to the left of its line, p95 to the right, unless there is no room.
                    let left = (name == "p50" && x > 70.0) || x > WIDTH - 40.0;
                    let (anchor, shift) = if left { ("end", -3.0) } else { ("start", 3.0) };
                    view! {
                        <path class=format!("chart-percentile is-{name}") d=format!("M{} {}V{}", fixed(x, 1), fixed(y - 8.0, 1), fixed(bottom, 1)) />
                        <text class="chart-name" x=x + shift y=y text-anchor=anchor>{name}</text>
                    }
                })
                .collect_view()
        };
        latencies.with(|latencies| line(latencies))
    };
    let axes = follow::part(axes);
    let marks = view! { {follow::part(drawn)}{follow::part(lines)} }.into_view();
    figure("latency", words::LATENCY, told, axes, marks)
}

/// A frame that is drawn anew only if it is another.
#[derive(Clone, Copy)]
pub(super) struct Paper(pub Frame);

impl PartialEq for Paper {
    fn eq(&self, other: &Self) -> bool {
        (self.0.x, self.0.y) == (other.0.x, other.0.y)
    }
}
