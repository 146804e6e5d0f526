//! Charts under the timeline, for lessons that ask for them: pure functions of a record and the cursor.
//!
//! They fill while a run goes on, and empty when the cursor goes back. [`axes`] is the frame any chart stands in.

pub mod axes;
mod latency;
mod throughput;

use crate::decimal::plain;
use crate::ui::prelude::*;

use super::follow::{self, Memo};
use super::stage::Stage;
use super::strings::charts as words;
use crate::lessons::model::Chart;
use crate::replay::requests::Requests;
use crate::trace::Micros;

/// The charts of a lesson.
#[component]
pub fn Charts(stage: Stage) -> impl IntoView {
    if stage.lesson.charts.is_empty() {
        return ().into_view();
    }
    follow::rarely(move || draw(stage))
}

fn draw(stage: Stage) -> impl IntoView {
    let data = Data {
        stage,
        time: stage.calm(4),
        shown: Memo::new(move |_| stage.told.with(|replay| Requests::of(replay))),
        expected: stage.at_rest(move || stage.simulated.with(|replay| Requests::of(replay))),
        axis: stage.at_rest(move || stage.axis_end()),
    };
    let drawn = stage.lesson.charts.iter().map(|chart| match chart {
        Chart::Latency => latency::draw(data),
        Chart::Throughput => throughput::draw(data),
    });
    view! { <div class="charts" role="group" aria-label=words::CHARTS>{drawn.collect_view()}</div> }
}

/// What the charts of requests are drawn from.
#[derive(Clone, Copy)]
struct Data {
    stage: Stage,
    time: Memo<Micros>,
    /// Those of the record that is shown.
    shown: Memo<Requests>,
    /// Those of the simulated run: the axes have room for both, and stay as they are while a run goes on.
    expected: Memo<Requests>,
    /// The end of the time axis.
    axis: Memo<Micros>,
}

impl Data {
    fn time(self) -> Micros {
        self.time.get()
    }
}

const WIDTH: f64 = 340.0;
const HEIGHT: f64 = 206.0;

/// A chart with its heading, what it says in words, and its picture. The words are those of the picture, too.
fn figure(
    id: &'static str,
    title: &'static str,
    told: impl Fn() -> String + Copy + Send + Sync + 'static,
    axes: View,
    marks: View,
) -> View {
    view! {
        <figure class="chart" data-testid=format!("chart-{id}")>
            <figcaption><b>{title}</b><span data-testid=format!("told-{id}")>{follow::text(told)}</span></figcaption>
            <svg viewBox=format!("0 0 {} {}", plain(WIDTH), plain(HEIGHT)) role="img" aria-label=follow::text(move || format!("{title}: {}", told()))>
                {axes}{marks}
            </svg>
        </figure>
    }
    .into_view()
}
