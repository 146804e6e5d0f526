//! A counter of the lab: its program, mode and knobs, its scene, its lanes and its numbers.

use crate::ui::prelude::*;

use super::bench::{Bench, Seat};
use crate::course::address::Address;
use crate::course::lab::{MOST, offers};
use crate::lessons;
use crate::ui::charts::Charts;
use crate::ui::follow::{self, Memo};
use crate::ui::knobs::Knobs;
use crate::ui::lesson::{playback_state, run_state};
use crate::ui::results::Days;
use crate::ui::save::Save;
use crate::ui::scene::Scenes;
use crate::ui::stage::{Notice, Stage};
use crate::ui::strings::{lab, words};
use crate::ui::timeline::Timeline;
use crate::ui::training::Progress;
use crate::ui::transport::{Modes, notice_text};

/// A counter. `wide`: whether its room has the width of a page.
#[component]
pub fn Counter(bench: Bench, seat: Seat, wide: Signal<bool>, said: RwSignal<String>) -> impl IntoView {
    let number = Memo::new(move |_| {
        bench.seats.with(|seats| seats.iter().position(|it| it.id == seat.id).unwrap_or(0) + 1)
    });
    let stage = seat.stage;
    let name = follow::text(move || lab::counter(number.get()));
    view! {
        <section class="stage lab-counter" aria-label=name data-testid="counter" data-seat=seat.id.to_string()
            data-run=follow::text(move || run_state(stage.get())) data-playback=follow::text(move || playback_state(stage.get()))>
            <Head bench=bench seat=seat number=number said=said />
            {follow::part(move || view! { <Body stage=stage.get() number=number wide=wide /> })}
        </section>
    }
}

/// Which program, and what can be done with the counter.
#[component]
fn Head(bench: Bench, seat: Seat, number: Memo<usize>, said: RwSignal<String>) -> impl IntoView {
    let here = move || seat.stage.get().lesson.slug;
    let choose = move |event: web_sys::Event| {
        if let Some(lesson) = lessons::find(&event_target_value(&event)) {
            bench.set_program(seat, lesson);
        }
    };
    let options = offers().map(|lesson| {
        view! { <option value=lesson.slug selected=lesson.slug == untrack(here)>{lesson.number}". "{lesson.title}</option> }
    });
    let duplicate = move || {
        if let Some(at) = bench.duplicate(seat.id) {
            said.set(lab::added(at + 1));
            super::focus_counter(bench, at);
        }
    };
    let remove = move || {
        if let Some(at) = bench.remove(seat.id) {
            let left = bench.seats.with_untracked(Vec::len);
            said.set(lab::removed(at + 1, left));
            super::focus_counter(bench, at.min(left - 1));
        }
    };
    let of_this = move |what: &'static str| follow::text(move || lab::do_to(what, number.get()));
    let full = follow::flag(move || bench.seats.with(Vec::len) >= MOST || bench.turn.get().is_some());
    let only = follow::flag(move || bench.seats.with(Vec::len) < 2);
    view! {
        <div class="lab-head">
            <h2 class="lab-number"><span class="visually-hidden">{lab::COUNTER}" "</span>{follow::text(move || number.get().to_string())}</h2>
            <label class="lab-program"><span class="visually-hidden">{lab::SCENARIO}</span>
                <select id=format!("program-{}", seat.id) data-testid="program" prop:value=follow::text(here) on:change=follow::hear(choose)>
                    {options.collect_view()}
                </select>
            </label>
            <button type="button" class="icon" data-testid="duplicate" title=lab::DUPLICATE aria-label=of_this(lab::DUPLICATE)
                disabled=full on:click=follow::press(duplicate)>
                <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M1 1h10v2H3v8H1zM5 5h10v10H5zm4 2v2H7v2h2v2h2v-2h2V9h-2V7z" fill-rule="evenodd" /></svg>
            </button>
            <button type="button" class="icon" data-testid="remove" title=lab::REMOVE aria-label=of_this(lab::REMOVE)
                disabled=only on:click=follow::press(remove)>
                <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3.4 2 8 6.600 12.600 2 14 3.400 9.400 8 14 12.600 12.600 14 8 9.400 3.400 14 2 12.600 6.600 8 2 3.400z" /></svg>
            </button>
        </div>
    }
}

/// What hangs on the program.
#[component]
fn Body(stage: Stage, number: Memo<usize>, wide: Signal<bool>) -> impl IntoView {
    let lesson = move || {
        let (mode, knobs) = (stage.mode.get(), stage.knobs.get());
        Address::link(stage.lesson, None, Some(mode), &knobs)
    };
    view! {
        <Modes stage=stage />
        <Scenes stage=stage wide=wide />
        <Progress stage=stage />
        <Told stage=stage />
        <Timeline stage=stage />
        <Charts stage=stage />
        <Days stage=stage />
        <details class="lab-knobs" data-testid="knobs">
            <summary>{lab::KNOBS}<span class="lab-values">{follow::text(move || values(stage))}</span></summary>
            <Knobs stage=stage />
        </details>
        <div class="stage-foot">
            <a class="small" href=follow::text(lesson) data-testid="to-lesson">{lab::LESSON}</a>
            <Save stages=Signal::derive(move || vec![(number.get(), stage)]) />
        </div>
    }
}

/// The knobs as they are set, in a line.
fn values(stage: Stage) -> String {
    let values = stage.lesson.knobs.iter().map(|knob| {
        let value = stage.knobs.with(|knobs| knobs.get(knob.id)).unwrap_or(knob.default);
        format!("{} {}{}", knob.label, knob.write(value), if knob.unit.is_empty() { "" } else { " s" })
    });
    values.collect::<Vec<_>>().join(" · ")
}

/// What must be told of this counter's run. That it runs on the page is told of all of them.
#[component]
fn Told(stage: Stage) -> impl IntoView {
    let text = move || stage.notice.get().filter(|notice| *notice != Notice::Here).map(|it| notice_text(&it));
    view! {
        <div class="notice" role="status" data-testid="notice" class:shown=follow::flag(move || text().is_some())>
            {follow::part(move || text().map(|text| view! { <p>{text}</p> }))}
            {follow::part(move || matches!(stage.notice.get(), Some(Notice::Trouble(_))).then(|| view! {
                <button type="button" class="small" on:click=follow::press(move || stage.run_here())>{words().fallback}</button>
            }))}
        </div>
    }
}
