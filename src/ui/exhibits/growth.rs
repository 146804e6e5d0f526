//! Time against the number of customers, blocking and async: made live, one run after another, while it is drawn.

use std::rc::Rc;

use crate::decimal::fixed;
use crate::ui::prelude::*;
use futures_channel::mpsc;
use futures_util::StreamExt;

use super::stoppable::Stoppable;
use crate::course::growth::{Growth, MODES, SIZES, most_alive, setup};
use crate::course::numbers::write;
use crate::lessons::model::Format;
use crate::replay::chart::Scale;
use crate::replay::{Lasts, Metrics, Replay};
use crate::scenarios::crowd::SCENARIO;
use crate::threads::run::{Phase, Run, Trouble, Where};
use crate::trace::Micros;
use crate::ui::charts::axes::Frame;
use crate::ui::follow;
use crate::ui::strings::crowd::count;
use crate::ui::strings::growth as words;

/// How far it is.
#[derive(Clone, PartialEq)]
enum Stage {
    Never,
    /// The so-manieth run of so many, of a mode and a number of customers.
    Run(usize, usize, usize, usize),
    Over,
    Stopped,
    Failed(Trouble),
}

impl Stage {
    /// As tests read it.
    fn name(&self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Run(..) => "running",
            Self::Over => "over",
            Self::Stopped => "stopped",
            Self::Failed(_) => "failed",
        }
    }
}

/// A button, how far it is, and what has been found so far.
#[component]
pub fn Growing() -> impl IntoView {
    let stage = RwSignal::new(Stage::Never);
    let known = RwSignal::new(Growth::default());
    let hidden = RwSignal::new(false);
    let running = Stoppable::new();
    let start = move || {
        hidden.set(false);
        let growth = Growth::simulated();
        let runs = growth.runs();
        known.set(growth);
        stage.set(Stage::Run(1, runs.len(), runs[0].1, SIZES[runs[0].0]));
        let work = async move {
            for (index, (size, mode)) in runs.iter().copied().enumerate() {
                let _ = stage.try_set(Stage::Run(index + 1, runs.len(), mode, SIZES[size]));
                let (replay, memory) = run(MODES[mode], SIZES[size]).await?;
                // The lesson may have been left meanwhile.
                let _ = hidden.try_update(|hidden| *hidden |= document().hidden());
                let _ = known.try_update(|known| {
                    let point = &mut known.0[size];
                    point.measured[mode] = Some(Metrics::of(&replay).total);
                    if MODES[mode] == "async" {
                        point.alive = Some(most_alive(&replay));
                        point.memory = memory;
                    }
                });
            }
            Ok(())
        };
        running.start(work, move |end| {
            let end = end.map_or_else(Stage::Failed, |()| Stage::Over);
            drop(stage.try_set(end));
        });
    };
    let runs = move || stage.with(|stage| matches!(stage, Stage::Run(..)));
    let press = move || {
        if untrack(runs) {
            running.stop();
            stage.set(Stage::Stopped);
        } else {
            start();
        }
    };
    let label = move || match stage.get() {
        Stage::Never => words::START,
        Stage::Run(..) => words::STOP,
        _ => words::AGAIN,
    };
    let status = move || match stage.get() {
        Stage::Never => words::not_yet(),
        Stage::Run(run, of, mode, size) => words::progress(run, of, words::MODES[mode], size),
        Stage::Over => words::OVER.to_owned(),
        Stage::Stopped => words::STOPPED.to_owned(),
        Stage::Failed(trouble) => crate::ui::strings::words().trouble(&trouble),
    };
    let progress = move || match stage.get() {
        Stage::Run(run, of, ..) => (100 * (run - 1) / of) as u32,
        Stage::Over => 100,
        _ => 0,
    };
    view! {
        <section class="exhibit growth" aria-label=words::TITLE data-testid="growth" data-growth=follow::text(move || stage.with(Stage::name))>
            <p class="ask-kicker">{words::TITLE}</p>
            <p class="hint">{words::load()}" "{words::only_simulated()}</p>
            <div class="exhibit-actions">
                <button type="button" class="button primary" data-testid="grow" on:click=follow::press(press)>{follow::text(label)}</button>
            </div>
            <p class="speeds-status" role="status" data-testid="growth-status">{follow::text(status)}</p>
            <progress max="100" prop:value=follow::text(progress) aria-label=words::TITLE></progress>
            <p class="hint">{follow::text(move || if hidden.get() { words::HIDDEN } else { "" })}</p>
            {follow::part(move || known.with(drawing))}
            {follow::part(move || known.with(table))}
            <p class="hint">{words::MEMORY_NOTE}</p>
        </section>
    }
}

/// A live run: its record, and the memory of its thread.
async fn run(mode: &str, customers: usize) -> Result<(Replay, Option<f64>), Trouble> {
    let (tell, mut news) = mpsc::unbounded();
    let notify = Rc::new(move || drop(tell.unbounded_send(())));
    let run = Run::start(SCENARIO, setup(mode, customers), Where::Workers, notify);
    loop {
        match run.phase() {
            Phase::Starting | Phase::Running => {}
            Phase::Failed(trouble) => return Err(trouble),
            Phase::Finished | Phase::Stopped => {
                return Ok((Replay::new(run.trace(), Lasts::ToTheEnd), run.memory()));
            }
        }
        // The run holds the other end, so there is always news to wait for.
        news.next().await;
    }
}

fn drawing(known: &Growth) -> View {
    let frame = Frame {
        width: 340.0,
        height: 260.0,
        x: Scale::log(1.0, 10_000.0),
        y: Scale::log(0.1, 10_000.0),
        counts: false,
    };
    let points = || SIZES.iter().zip(&known.0).map(|(size, point)| (*size as f64, point));
    let lines = (0..MODES.len()).map(|mode| {
        let simulated = points().map(move |(size, point)| (size, point.simulated[mode].seconds()));
        let simulated = simulated.filter(|(_, total)| *total > 0.0);
        let measured =
            points().filter_map(move |(size, point)| Some((size, point.measured[mode]?.seconds())));
        let marks = points().filter(|(_, point)| point.simulated[mode] > Micros(0)).map(|(size, point)| {
            let total = point.measured[mode];
            let (x, y) = (frame.at_x(size), frame.at_y(total.unwrap_or(point.simulated[mode]).seconds()));
            let kind = if total.is_some() { "is-measured" } else { "is-simulated" };
            let class = format!("growth-mark is-{} {kind}", MODES[mode]);
            match mode {
                0 => view! { <rect class=class x=x - 4.0 y=y - 4.0 width="8" height="8" /> }.into_view(),
                _ => view! { <circle class=class cx=x cy=y r="4.5" /> }.into_view(),
            }
        });
        let name = simulated.clone().nth(if mode == 0 { 4 } else { 7 }).map(|(size, total)| {
            let (x, y) = (frame.at_x(size), frame.at_y(total));
            let (x, anchor) = if mode == 0 { (x - 10.0, "end") } else { (x, "middle") };
            let y = if mode == 0 { y - 4.0 } else { y + 22.0 };
            view! { <text class="chart-name" x=x y=y text-anchor=anchor>{words::MODES[mode]}</text> }
        });
        view! {
            <path class=format!("growth-line is-{} is-simulated", MODES[mode]) d=frame.line(simulated) />
            <path class=format!("growth-line is-{}", MODES[mode]) d=frame.line(measured) />
            {marks.collect_view()}
            {name}
        }
    });
    let told = format!("{}. {}", words::TITLE, words::only_simulated());
    view! {
        <svg class="growth-chart" viewBox="0 0 340 260" role="img" aria-label=told>
            {frame.axes(words::CUSTOMERS, words::SECONDS, false)}
            {lines.collect_view()}
        </svg>
    }
    .into_view()
}

fn table(known: &Growth) -> View {
    let dash = || "–".to_owned();
    let cell = move |simulated: Micros, measured: Option<Micros>| {
        match measured {
        Some(total) => view! { <td class="took">{write(total.seconds(), Format::Seconds)}<small>{words::MEASURED}</small></td> }.into_view(),
        None if simulated > Micros(0) => {
            view! { <td>{write(simulated.seconds(), Format::Seconds)}<small>{words::SIMULATED}</small></td> }.into_view()
        }
        None => view! { <td>{dash()}</td> }.into_view(),
    }
    };
    let rows = SIZES.iter().zip(&known.0).map(|(size, point)| {
        view! {
            <tr data-testid=format!("growth-{size}")>
                <th scope="row">{count(*size)}</th>
                {cell(point.simulated[0], point.measured[0])}
                {cell(point.simulated[1], point.measured[1])}
                <td>{point.alive.map_or_else(dash, count)}</td>
                <td>{point.memory.map_or_else(dash, |bytes| fixed(bytes / 1e6, 1).to_string())}</td>
            </tr>
        }
    });
    view! {
        <table class="speeds-table growth-table">
            <caption>{words::TITLE}</caption>
            <thead><tr>
                <th scope="col">{words::CUSTOMERS}</th><th scope="col">{words::MODES[0]}</th><th scope="col">{words::MODES[1]}</th>
                <th scope="col">{words::ALIVE}</th><th scope="col">{words::MEMORY}</th>
            </tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_view()
}
