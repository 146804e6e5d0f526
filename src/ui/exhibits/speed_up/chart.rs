//! The speed-up against the number of threads: ideal, simulated, measured.

use crate::decimal::{fixed, plain};
use crate::ui::prelude::*;

use crate::course::numbers::write;
use crate::course::speed_up::{SpeedUp, simulated};
use crate::lessons::model::Format;
use crate::ui::strings::words;

const WIDTH: f64 = 320.0;
const HEIGHT: f64 = 236.0;
const LEFT: f64 = 34.0;
const RIGHT: f64 = 296.0;
const TOP: f64 = 20.0;
const BOTTOM: f64 = 196.0;

/// A number of threads, with its three speeds.
struct Point {
    threads: usize,
    simulated: f64,
    measured: Option<f64>,
    took: Option<f64>,
}

/// What is known of a machine, drawn and written.
pub fn draw(machine: &SpeedUp) -> View {
    let points: Vec<_> = (1..=machine.most())
        .map(|threads| Point {
            threads,
            simulated: simulated(threads),
            measured: machine.measured(threads),
            took: machine.time(threads).map(|time| time.seconds()),
        })
        .collect();
    view! {
        {drawing(&points)}
        {legend()}
        {table(&points)}
    }
    .into_view()
}

fn times(speed: f64) -> String {
    write(speed, Format::Times)
}

fn drawing(points: &[Point]) -> impl IntoView + use<> {
    // A speed-up may come out a little over the ideal: a fast moment, or a slow one for one thread.
    let fastest = points.iter().filter_map(|it| it.measured).fold(points.len() as f64, f64::max);
    let most = points.len() as f64;
    let x = move |threads: f64| LEFT + (RIGHT - LEFT) * (threads - 1.0) / (most - 1.0).max(1.0);
    let y = move |speed: f64| BOTTOM - (BOTTOM - TOP) * speed / fastest;
    let path = |of: &dyn Fn(&Point) -> Option<f64>| {
        let known = points.iter().filter_map(|it| Some((it.threads as f64, of(it)?)));
        let places = known.map(|(threads, speed)| format!("{},{}", fixed(x(threads), 1), fixed(y(speed), 1)));
        places.collect::<Vec<_>>().join(" ")
    };
    let rows = (0..=points.len()).map(|speed| {
        let at = y(speed as f64);
        view! {
            <path class="speeds-grid" d=format!("M{} {}H{}", plain(LEFT), fixed(at, 1), plain(RIGHT)) />
            <text class="speeds-scale" x=LEFT - 7.0 y=at + 4.0>{format!("{speed}×")}</text>
        }
    });
    let columns = points.iter().map(|it| {
        let at = x(it.threads as f64);
        view! { <text class="speeds-count" x=at y=BOTTOM + 17.0>{it.threads.to_string()}</text> }
    });
    let diamonds = points.iter().map(|it| {
        let (at, speed) = (x(it.threads as f64), y(it.simulated));
        view! { <path class="speeds-diamond" d=format!("M{} {}l6 6-6 6-6-6z", fixed(at, 1), fixed(speed - 6.0, 1)) /> }
    });
    let dots = points.iter().filter_map(|it| {
        let measured = it.measured?;
        let (at, speed) = (x(it.threads as f64), y(measured));
        // The first is 1 by definition.
        let label = (it.threads > 1)
            .then(|| view! { <text class="speeds-label" x=at y=speed + 20.0>{times(measured)}</text> });
        Some(view! { <circle class="speeds-dot" cx=at cy=speed r="4.5" />{label} })
    });
    view! {
        <svg class="speeds-chart" viewBox=format!("0 0 {} {}", plain(WIDTH), plain(HEIGHT)) role="img" aria-label=describe(points)>
            {rows.collect_view()}
            {columns.collect_view()}
            <text class="speeds-axis" x=(LEFT + RIGHT) / 2.0 y=BOTTOM + 35.0>{words().speed_up.threads}</text>
            <polyline class="speeds-ideal" points=path(&|it| Some(it.threads as f64)) />
            <polyline class="speeds-simulated" points=path(&|it| Some(it.simulated)) />
            <polyline class="speeds-measured" points=path(&|it| it.measured) />
            {diamonds.collect_view()}
            {dots.collect_view()}
        </svg>
    }
}

/// The drawing in words.
fn describe(points: &[Point]) -> String {
    let words = &words().speed_up;
    let told = points.iter().map(|it| {
        let measured = it.measured.map(|speed| format!(", {} {}", words.measured, times(speed)));
        format!(
            "{} {}: {} {}, {} {}{}",
            words.threads,
            it.threads,
            words.ideal,
            times(it.threads as f64),
            words.simulated,
            times(it.simulated),
            measured.unwrap_or_default()
        )
    });
    format!("{}. {}", words.speed_up, told.collect::<Vec<_>>().join("; "))
}

/// What the lines are.
fn legend() -> impl IntoView {
    let words = &words().speed_up;
    view! {
        <ul class="speeds-legend" aria-hidden="true">
            <li><svg viewBox="0 0 34 14"><path class="speeds-ideal" d="M2 7H32" /></svg>{words.ideal}</li>
            <li><svg viewBox="0 0 34 14"><path class="speeds-simulated" d="M2 7H32" /><path class="speeds-diamond" d="M17 2l5 5-5 5-5-5z" /></svg>{words.simulated}</li>
            <li><svg viewBox="0 0 34 14"><path class="speeds-measured" d="M2 7H32" /><circle class="speeds-dot" cx="17" cy="7" r="4.5" /></svg>{words.measured}</li>
        </ul>
    }
}

/// The numbers.
fn table(points: &[Point]) -> impl IntoView + use<> {
    let words = &words().speed_up;
    let dash = || "–".to_owned();
    let rows = points.iter().map(|it| {
        view! {
            <tr data-testid="speed-up-row">
                <th scope="row">{it.threads.to_string()}</th>
                <td>{times(it.threads as f64)}</td>
                <td>{times(it.simulated)}</td>
                <td data-testid=format!("speed-up-{}", it.threads)>{it.measured.map_or_else(dash, times)}</td>
                <td>{it.took.map_or_else(dash, |took| write(took, Format::Seconds))}</td>
            </tr>
        }
    });
    view! {
        <table class="speeds-table">
            <caption>{words.speed_up}</caption>
            <thead><tr>
                <th scope="col">{words.threads}</th><th scope="col">{words.ideal}</th><th scope="col">{words.simulated}</th>
                <th scope="col">{words.measured}</th><th scope="col">{words.time}</th>
            </tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}
