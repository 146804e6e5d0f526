//! The one clock of all counters: run, stop, the cursor, its speed, and which records are shown.

use crate::ui::prelude::*;

use super::bench::{Bench, Told};
use crate::decimal::{self, fixed};
use crate::threads::run::Phase;
use crate::trace::Micros;
use crate::ui::follow;
use crate::ui::strings::{lab, words};
use crate::ui::transport::{Icon, Speed};

/// The row of controls that stays in sight.
#[component]
pub fn Transport(bench: Bench) -> impl IntoView {
    let words = words();
    let playing = move || bench.clock.playback.with(|playback| playback.playing);
    let starting = move || bench.stages().any(|stage| stage.phase.get() == Some(Phase::Starting));
    let run_label = move || match () {
        () if starting() => words.starting,
        () if bench.runs() => words.live,
        () if bench.has_measured() => words.run_again,
        () => words.run,
    };
    let runs = move || bench.runs();
    let play_label = move || if playing() { words.pause } else { words.play };
    view! {
        <div class="transport lab-transport" role="group" aria-label=lab::CONTROLS>
            <button type="button" class="run" data-testid="run" aria-disabled=follow::text(move || runs().to_string())
                class:runs=follow::flag(runs) on:click=follow::press(move || bench.run())>
                <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3 1.5v13l11-6.5z" /></svg>
                {follow::text(run_label)}
            </button>
            <button type="button" class="icon stop" data-testid="stop" title=words.stop aria-label=words.stop
                disabled=follow::flag(move || !runs()) on:click=follow::press(move || bench.stop())>
                <svg viewBox="0 0 16 16" aria-hidden="true"><rect x="2" y="2" width="12" height="12" rx="2" /></svg>
            </button>
            <Speed playback=bench.clock.playback />
            <div class="buttons" role="group" aria-label=words.time>
                <Icon label=words.restart path="M2 2h2.5v12H2zM14 2v12L5 8z" id="restart" press=follow::press(move || bench.seek(Micros(0))) />
                <Icon label=words.step_back path="M11 2v12L3 8zM12.5 2H14v12h-1.5z" id="back" press=follow::press(move || bench.step_back()) />
                <button type="button" class="icon" data-testid="play" title=follow::text(play_label) aria-label=follow::text(play_label)
                    on:click=follow::press(move || bench.play_or_pause())>
                    <svg viewBox="0 0 16 16" aria-hidden="true">
                        <path d=follow::text(move || if playing() { "M3 2h4v12H3zM9 2h4v12H9z" } else { "M4 2v12l9-6z" }) />
                    </svg>
                </button>
                <Icon label=words.step_forward path="M5 2v12l8-6zM2 2h1.5v12H2z" id="forward" press=follow::press(move || bench.step_forward()) />
            </div>
            <output class="time" data-testid="time">{follow::text(move || fixed(bench.clock.time.get().seconds(), 1))}
                <span>{follow::text(move || format!("/ {} s", fixed(bench.clock.axis.get().seconds(), 1)))}</span></output>
            <Position bench=bench />
            <Records bench=bench />
        </div>
        <Notice bench=bench />
    }
}

/// How far the clock is; while programs run, how far they are.
#[component]
fn Position(bench: Bench) -> impl IntoView {
    let end = move || bench.clock.axis.get().seconds();
    let live = move || if bench.stages().any(|it| it.grows()) { bench.clock.reach.get() } else { Micros(0) };
    let slider = follow::slider(end, move || bench.clock.time.get().seconds());
    let label = move || match bench.turn.get() {
        Some(turn) => lab::turn(turn + 1, bench.seats.with(Vec::len)),
        None => words().live.to_owned(),
    };
    let seek = move |event: web_sys::Event| {
        if let Some(seconds) = decimal::read(&event_target_value(&event)) {
            bench.seek(Micros::from_seconds(seconds));
        }
    };
    view! {
        <div class="lab-position">
            <input type="range" data-testid="scrub-all" aria-label=words().time min="0" step="0.01"
                aria-valuetext=follow::text(move || format!("{} s", fixed(bench.clock.time.get().seconds(), 2)))
                node_ref=slider on:input=follow::hear(seek) />
            <span class="lab-progress" hidden=follow::flag(move || !bench.runs())>
                <progress data-testid="progress" max=follow::text(end) value=follow::text(move || live().seconds())
                    aria-label=follow::text(label)></progress>
                {follow::text(move || bench.turn.get().map(|_| label()))}
            </span>
        </div>
    }
}

/// Which records are shown, of all counters.
#[component]
fn Records(bench: Bench) -> impl IntoView {
    let words = words();
    let simulated = move || !bench.has_measured() || bench.prefers_simulated.get();
    view! {
        <div class="segments lab-records" role="group" aria-label=words.show_record>
            <button type="button" data-testid="show-simulated" aria-pressed=follow::text(move || simulated().to_string())
                on:click=follow::press(move || bench.prefer_simulated(true))>{words.simulated}</button>
            <button type="button" data-testid="show-measured" aria-pressed=follow::text(move || (!simulated()).to_string())
                disabled=follow::flag(move || !bench.has_measured())
                on:click=follow::press(move || bench.prefer_simulated(false))>{words.measured}</button>
        </div>
    }
}

/// What must be told of all runs.
#[component]
fn Notice(bench: Bench) -> impl IntoView {
    let text = move || {
        bench.told.get().map(|told| match told {
            Told::Cores { threads, cores, computes } => lab::cores(threads, cores, computes),
            Told::OneByOne => lab::ONE_BY_ONE.to_owned(),
        })
    };
    view! {
        <div class="notice" role="status" data-testid="lab-notice" class:shown=follow::flag(move || bench.told.with(Option::is_some))>
            {follow::part(move || text().map(|text| view! { <p>{text}</p> }))}
        </div>
    }
}
