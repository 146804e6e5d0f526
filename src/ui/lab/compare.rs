//! The numbers of all counters in one table, with their lengths as bars.

use crate::decimal::fixed;
use crate::ui::prelude::*;

use super::bench::Bench;
use crate::course::numbers::write;
use crate::lessons::model::Format;
use crate::replay::Metrics;
use crate::threads::run::Phase;
use crate::trace::Micros;
use crate::ui::follow::{self, Memo};
use crate::ui::stage::Stage;
use crate::ui::strings::{lab, words};

/// A counter's row.
#[derive(Clone, PartialEq)]
struct Row {
    number: usize,
    what: String,
    simulated: Metrics,
    measured: Option<Metrics>,
}

/// The comparison.
#[component]
pub fn Comparison(bench: Bench) -> impl IntoView {
    let words = words();
    let rows = Memo::new(move |_| {
        bench.stages().enumerate().map(|(at, stage)| row(at + 1, stage)).collect::<Vec<_>>()
    });
    let longest = move || rows.with(|rows| rows.iter().map(length).max().unwrap_or_default());
    view! {
        <section class="lab-compare" aria-label=lab::COMPARISON>
            <h2>{lab::COMPARISON}</h2>
            <div class="table-box" tabindex="0" role="region" aria-label=lab::COMPARISON>
                <table data-testid="comparison">
                    <thead><tr>
                        <th scope="col">{lab::COUNTER}</th><th scope="col">{words.simulated}</th><th scope="col">{words.measured}</th>
                        <th scope="col" class="lab-bars">{lab::LENGTH}</th>
                        <th scope="col">{words.working}</th><th scope="col">{words.holding}</th><th scope="col">{words.longest_line}</th>
                    </tr></thead>
                    <tbody>{follow::part(move || rows.get().into_iter().map(|row| draw(row, longest())).collect_view())}</tbody>
                </table>
            </div>
        </section>
    }
}

fn row(number: usize, stage: Stage) -> Row {
    let finished = stage.phase.get() == Some(Phase::Finished);
    let measured = stage.measured.get().filter(|_| finished);
    Row {
        number,
        what: format!("{} · {}", stage.lesson.title, stage.label_of(stage.mode.get())),
        simulated: stage.simulated.with(|replay| Metrics::of(replay)),
        measured: measured.map(|replay| Metrics::of(&replay)),
    }
}

/// How long the bar is: what was measured, where it was.
fn length(row: &Row) -> Micros {
    row.measured.as_ref().unwrap_or(&row.simulated).total
}

fn draw(row: Row, longest: Micros) -> impl IntoView {
    let seconds = |time: Micros| write(time.seconds(), Format::Seconds);
    let bar = format!("{}%", fixed(100.0 * length(&row).seconds() / longest.seconds().max(1e-6), 1));
    let shown = row.measured.as_ref().unwrap_or(&row.simulated);
    let share = |part| write(shown.share(part), Format::Percent);
    view! {
        <tr>
            <th scope="row"><i class="lab-number" aria-hidden="true">{row.number}</i><span class="visually-hidden">{row.number}". "</span>{row.what.clone()}</th>
            <td data-testid="simulated-total">{seconds(row.simulated.total)}</td>
            <td data-testid="measured-total">{row.measured.as_ref().map_or_else(|| words().not_yet.to_owned(), |it| seconds(it.total))}</td>
            <td class="lab-bars" aria-hidden="true"><i class="lab-bar" class:is-measured=row.measured.is_some() style=("width", bar)></i></td>
            <td>{share(shown.working)}</td><td>{share(shown.holding)}</td><td>{seconds(shown.longest_line)}</td>
        </tr>
    }
}
