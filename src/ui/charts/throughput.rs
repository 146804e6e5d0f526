//! How many requests have arrived and how many have been answered, over time. Between the two lines are those who wait.

use crate::ui::prelude::*;

use super::axes::Frame;
use super::latency::Paper;
use super::{Data, HEIGHT, WIDTH, figure};
use crate::replay::chart::{Scale, steps};
use crate::trace::Micros;
use crate::ui::follow::{self, Memo};
use crate::ui::strings::charts as words;

pub(super) fn draw(data: Data) -> View {
    let frame = Memo::new(move |_| {
        let count = data.shown.with(|it| it.iter().count()).max(data.expected.with(|it| it.iter().count()));
        let (x, y) = (Scale::linear(data.axis.get().seconds()), Scale::linear(count as f64));
        Paper(Frame { width: WIDTH, height: HEIGHT, x, y, counts: true })
    });
    let counts = Memo::new(move |_| {
        let time = data.time();
        data.shown.with(|shown| (shown.arrived(time), shown.answered(time)))
    });
    let told = move || {
        let (arrived, answered) = counts.get();
        words::throughput(arrived, answered, data.time().seconds())
    };
    let axes = move || frame.get().0.axes(words::SECONDS, words::REQUESTS, data.stage.keeps_secret());
    let drawn = move || {
        let (frame, time) = (frame.get().0, data.time());
        let corners = |times: &[Micros]| {
            steps(times, time).into_iter().map(|(at, count)| (at.seconds(), count as f64)).collect::<Vec<_>>()
        };
        let (arrived, answered) = data
            .shown
            .with(|shown| (corners(&shown.arrivals_until(time)), corners(&shown.answers_until(time))));
        let band = format!("{}Z", frame.line(arrived.iter().chain(answered.iter().rev()).copied()));
        let end = |points: &[(f64, f64)]| {
            points.last().map_or((0.0, 0.0), |(x, y)| (frame.at_x(*x), frame.at_y(*y)))
        };
        let (up, down) = (end(&arrived), end(&answered));
        // The names stand at the ends of the lines: one above, the other below.
        let name = |(x, y): (f64, f64), text: &'static str, shift: f64| {
            let (anchor, side) = if x > WIDTH * 0.55 { ("end", -5.0) } else { ("start", 5.0) };
            view! { <text class="chart-name" x=x + side y=y + shift text-anchor=anchor>{text}</text> }
        };
        view! {
            <path class="chart-band" d=band fill="url(#chart-waiting)" />
            <path class="chart-line is-arrived" d=frame.line(arrived) />
            <path class="chart-line is-answered" d=frame.line(answered) />
            <circle class="chart-end is-arrived" cx=up.0 cy=up.1 r="4" />
            <rect class="chart-end is-answered" x=down.0 - 3.5 y=down.1 - 3.5 width="7" height="7" />
            {name(up, words::ARRIVED, -7.0)}
            {name(down, words::ANSWERED, if down.1 > HEIGHT - 54.0 { -7.0 } else { 17.0 })}
        }
    };
    let marks = view! {
        <defs>
            <pattern id="chart-waiting" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <path class="chart-hatch" d="M0 0V6" />
            </pattern>
        </defs>
        {follow::part(drawn)}
    };
    figure("throughput", words::THROUGHPUT, told, follow::part(axes), marks.into_view())
}
