//! Real I/O, measured in the learner's own browser: five jobs, each a Rust future whose polls are recorded.
//!
//! - [`jobs`]: the five futures, with [`database`] and [`disk`]; [`refusal`]: what browsers do not do
//! - [`run`]: runs them as traced tasks, one, ten in a row, ten together
//! - [`table`]: draws what is known so far

pub mod database;
pub mod disk;
pub mod jobs;
pub mod refusal;
pub mod run;
mod table;

use std::cell::RefCell;

use crate::ui::prelude::*;

use crate::course::measures::{Job, Report, Table};
use crate::ui::exhibits::stoppable::Stoppable;
use crate::ui::follow;
use crate::ui::strings::words;

thread_local! {
    /// What was measured last, for a learner who leafs away and comes back.
    static KEPT: RefCell<Option<Table>> = const { RefCell::new(None) };
}

/// How far the measuring is.
#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Never,
    /// Measured when the learner was here before.
    Kept,
    At(Job),
    Over,
    Stopped,
}

/// A button that measures, a line that says how far it is, and what was found.
#[component]
pub fn Measures() -> impl IntoView {
    let words = &words().measures;
    let kept = KEPT.with_borrow(Clone::clone);
    let stage = RwSignal::new(if kept.is_some() { Stage::Kept } else { Stage::Never });
    let table = RwSignal::new(kept.unwrap_or_default());
    let running = Stoppable::new();
    let start = move || {
        table.set(Table { grain: run::grain(), ..Table::default() });
        stage.set(Stage::At(Job::ALL[0]));
        running.start(run::measure(move |report| hear(table, stage, report)), move |_| {
            let _ = stage.try_set(Stage::Over);
            KEPT.set(table.try_get_untracked());
        });
    };
    let runs = move || matches!(stage.get_untracked(), Stage::At(_));
    let start_or_stop = move || {
        if runs() {
            running.stop();
            stage.set(Stage::Stopped);
        } else {
            start();
        }
    };
    let label = move || match stage.get() {
        Stage::Never => words.start,
        Stage::At(_) => words.stop,
        Stage::Kept | Stage::Over | Stage::Stopped => words.again,
    };
    let status = move || match stage.get() {
        Stage::Never => words.not_yet.to_owned(),
        Stage::At(job) => {
            format!(
                "{} {}/{}: {}",
                words.measuring,
                job.index() + 1,
                Job::ALL.len(),
                words.jobs[job.index()].0
            )
        }
        Stage::Kept => words.before.to_owned(),
        Stage::Over => words.measured.to_owned(),
        Stage::Stopped => words.stopped.to_owned(),
    };
    let hidden =
        move || if table.with(|table| table.hidden) { crate::ui::strings::words().hidden } else { "" };
    let state = move || match stage.get() {
        Stage::Never => "never",
        Stage::At(_) => "running",
        Stage::Kept | Stage::Over => "over",
        Stage::Stopped => "stopped",
    };
    view! {
        <section class="exhibit measures" aria-label=words.title data-testid="measures" data-measures=follow::text(state)>
            <p class="ask-kicker">{words.title}</p>
            <div class="exhibit-actions">
                <button type="button" class="button primary" data-testid="measure" on:click=follow::press(start_or_stop)>
                    {follow::text(label)}
                </button>
            </div>
            <p class="measures-status" role="status" data-testid="measures-status">{follow::text(status)}</p>
            <p class="hint">{follow::text(hidden)}</p>
            {follow::part(move || table.with(table::draw))}
        </section>
    }
}

/// Takes in what is told. The lesson may have been left meanwhile.
fn hear(table: RwSignal<Table>, stage: RwSignal<Stage>, report: Report) {
    if let Report::Begins(job) = &report {
        let _ = stage.try_set(Stage::At(*job));
    }
    let _ = table.try_update(|table| {
        table.hidden |= document().hidden();
        table.take(report);
    });
}
