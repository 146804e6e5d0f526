//! The speed-up of more threads, measured in the learner's own browser, beside the ideal and the simulation.
//!
//! - [`run`]: the same amount of work on 1, 2, … real threads
//! - [`chart`]: what is known so far, as a drawing and as a table

mod chart;
pub mod run;

use std::cell::RefCell;

use crate::ui::prelude::*;

use crate::course::speed_up::SpeedUp;
use crate::threads::run::Trouble;
use crate::ui::exhibits::stoppable::Stoppable;
use crate::ui::follow;
use crate::ui::strings::words;
use run::Report;

thread_local! {
    /// What was measured last, for a learner who leafs away and comes back.
    static KEPT: RefCell<Option<SpeedUp>> = const { RefCell::new(None) };
}

/// How far the measuring is.
#[derive(Clone, PartialEq)]
enum Stage {
    Never,
    /// Measured when the learner was here before.
    Kept,
    /// Finding the pace.
    Pacing,
    /// The so-manieth run, on so many threads.
    Run(usize, usize),
    Over,
    Stopped,
    Failed(Trouble),
}

impl Stage {
    fn runs(&self) -> bool {
        matches!(self, Self::Pacing | Self::Run(..))
    }

    /// As tests read it.
    fn name(&self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Pacing | Self::Run(..) => "running",
            Self::Kept | Self::Over => "over",
            Self::Stopped => "stopped",
            Self::Failed(_) => "failed",
        }
    }
}

/// A button that measures, a line that says how far it is, and what was found.
#[component]
pub fn Speeds() -> impl IntoView {
    let words = &words().speed_up;
    let kept = KEPT.with_borrow(Clone::clone);
    let stage = RwSignal::new(if kept.is_some() { Stage::Kept } else { Stage::Never });
    let machine = RwSignal::new(kept.unwrap_or_else(|| SpeedUp::new(cores())));
    let hidden = RwSignal::new(false);
    let running = Stoppable::new();
    let start = move || {
        let fresh = SpeedUp::new(cores());
        machine.set(fresh.clone());
        hidden.set(false);
        stage.set(Stage::Pacing);
        let work = async move {
            run::measure(&fresh, |report| {
                // The lesson may have been left meanwhile.
                let _ = hidden.try_update(|hidden| *hidden |= document().hidden());
                match report {
                    Report::Begins(run, threads) => drop(stage.try_set(Stage::Run(run, threads))),
                    Report::Took(threads, time) => {
                        let _ = machine.try_update(|machine| machine.take(threads, time));
                    }
                }
            })
            .await
        };
        running.start(work, move |end| match end {
            Ok(()) => {
                let _ = stage.try_set(Stage::Over);
                KEPT.set(machine.try_get_untracked());
            }
            Err(trouble) => drop(stage.try_set(Stage::Failed(trouble))),
        });
    };
    let start_or_stop = move || {
        if stage.with_untracked(Stage::runs) {
            running.stop();
            stage.set(Stage::Stopped);
        } else {
            start();
        }
    };
    let label = move || match stage.get() {
        Stage::Never => words.start,
        it if it.runs() => words.stop,
        _ => words.again,
    };
    let status = move || match stage.get() {
        Stage::Never => words.not_yet.to_owned(),
        Stage::Pacing => words.pacing.to_owned(),
        Stage::Run(run, threads) => words.progress(run, machine.with(|it| it.runs().len()), threads),
        Stage::Kept => words.before.to_owned(),
        Stage::Over => words.over.to_owned(),
        Stage::Stopped => words.stopped.to_owned(),
        Stage::Failed(Trouble::CannotStart(reason)) => format!("{} {reason}", words.no_threads),
        Stage::Failed(trouble) => crate::ui::strings::words().trouble(&trouble),
    };
    let hidden_note = move || if hidden.get() { words.hidden } else { "" };
    view! {
        <section class="exhibit speeds" aria-label=words.title data-testid="speed-up"
            data-speed-up=follow::text(move || stage.with(Stage::name))>
            <p class="ask-kicker">{words.title}</p>
            <p class="hint">{words.load}</p>
            <p class="speeds-cores" data-testid="cores">{follow::text(move || words.cores(machine.with(|it| it.cores)))}</p>
            <div class="exhibit-actions">
                <button type="button" class="button primary" data-testid="measure-speed-up" on:click=follow::press(start_or_stop)>
                    {follow::text(label)}
                </button>
            </div>
            <p class="speeds-status" role="status" data-testid="speed-up-status">{follow::text(status)}</p>
            <p class="hint">{follow::text(hidden_note)}</p>
            {follow::part(move || machine.with(chart::draw))}
        </section>
    }
}

/// How many threads can run at once, as the browser says.
fn cores() -> Option<usize> {
    let cores = window().navigator().hardware_concurrency();
    (cores.is_finite() && cores >= 1.0).then_some(cores as usize)
}
