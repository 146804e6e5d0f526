//! The kitchen lab: any program of the course, up to four counters side by side, on one clock.
//!
//! - [`bench`]: its state: counters, clock, runs; every command
//! - [`counter`]: one counter; [`transport`]: the clock of all; [`compare`]: their numbers in one table
//! - [`keys`]: the keyboard
//!
//! What stands here is in the address, always: [`crate::course::lab`] reads and writes it.

mod bench;
mod compare;
mod counter;
mod keys;
mod transport;

use crate::ui::prelude::*;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;

use super::app::{Course, push_history, use_media};
use super::dialogs::ShareLink;
use super::follow::{self, Memo};
use super::save::Save;
use super::strings::{lab as text, words};
use super::timeline::Legend;
use crate::course::lab::{MOST, PRESETS};
use crate::lessons::model::Picture;
use crate::replay::State;
use bench::Bench;

/// The address bar is written when nothing has changed for so long, in ms: browsers allow only so many changes.
const SETTLED_MS: u32 = 250;

/// The lab.
#[component]
pub fn LabPage() -> impl IntoView {
    let course: Course = expect_context();
    let bench = Bench::new();
    keep_address(course, bench);
    keys::listen(course, bench);
    let share_open = RwSignal::new(false);
    let said = RwSignal::new(String::new());
    let broad = use_media("(min-width: 1280px)");
    let page_wide = use_media("(min-width: 760px)");
    let count = Memo::new(move |_| bench.seats.with(Vec::len));
    // Three stand in one row, where there is room for that: then each has a narrow room.
    let wide = Signal::derive(move || match count.get() {
        1 => page_wide.get(),
        3 => false,
        _ => broad.get(),
    });
    let add = move || {
        if let Some(at) = bench.add() {
            said.set(text::added(at + 1));
            focus_counter(bench, at);
        }
    };
    let counters = Memo::new(move |_| bench.stages().map(|stage| stage.as_counter()).collect::<Vec<_>>());
    let full = move || count.get() >= MOST;
    let link = move || bench.state().link();
    // The end of a good task is just the end of its bars.
    let states: Vec<_> = State::ALL.into_iter().filter(|state| *state != State::Done).collect();
    view! {
        <main id="main" class="lab" data-testid="lab" data-run=follow::text(move || if bench.runs() { "running" } else { "idle" })>
            <header class="lab-intro">
                <h1>{text::TITLE}</h1>
                <p class="promise">{text::TEXT}</p>
                <nav class="presets" aria-label=text::PRESETS>
                    {PRESETS.iter().map(|preset| {
                        let lab = preset.lab();
                        let (href, shown) = (lab.link(), move || counters.with(|it| *it == lab.counters));
                        view! {
                            <a class="small" href=href data-testid=format!("preset-{}", preset.id)
                                aria-current=follow::text(move || shown().then_some("true"))>{text::preset(preset.id)}</a>
                        }
                    }).collect_view()}
                </nav>
            </header>
            <div class="lab-clock"><transport::Transport bench=bench /></div>
            <div class="lab-counters" class:alone=follow::flag(move || count.get() == 1) class:three=follow::flag(move || count.get() == 3)>
                {each(move || bench.seats.get(), |seat| seat.id.to_string(), move |seat| view! {
                    <counter::Counter bench=bench seat=seat wide=wide said=said />
                })}
            </div>
            <p class="lab-add">
                <button type="button" class="button" data-testid="add" disabled=follow::flag(move || full() || bench.turn.get().is_some())
                    on:click=follow::press(add)>"+ "{text::ADD}</button>
                <span class="quiet">{follow::text(move || full().then_some(text::FULL))}</span>
            </p>
            <p class="visually-hidden" role="status">{follow::text(move || said.get())}</p>
            <compare::Comparison bench=bench />
            <section class="lab-legend" aria-label=text::COLOURS>
                <h2>{text::COLOURS}</h2>
                <Legend picture=Picture::Counter states=states />
            </section>
            <div class="lab-foot">
                <Save stages=Signal::derive(move || bench.stages().enumerate().map(|(at, it)| (at + 1, it)).collect()) />
                <button type="button" class="small" data-testid="share" on:click=follow::press(move || share_open.set(true))>{words().share}</button>
            </div>
            <ShareLink link=Signal::derive(link) note=text::SHARE_TEXT open=share_open />
        </main>
    }
}

/// The lab shows what the address says, and the address bar what the lab shows.
fn keep_address(course: Course, bench: Bench) {
    // What the address bar says already, as far as the lab knows.
    let written = StoredValue::new(String::new());
    let waiting = StoredValue::new(None::<Timeout>);
    follow::effect(move || {
        if let Some(lab) = course.address.with(|address| address.lab.clone()) {
            untrack(|| {
                waiting.set_value(None);
                bench.load(&lab);
                written.set_value(bench.state().link());
            });
        }
    });
    let link = Memo::new(move |_| bench.state().link());
    follow::effect(move || {
        let link = link.get();
        // The address that brought us here stands until something changes.
        let changed = written.with_value(|written| *written != link);
        let write = move || {
            push_history(&link, false);
            written.set_value(link);
        };
        waiting.set_value(changed.then(|| Timeout::new(SETTLED_MS, write)));
    });
}

/// The focus goes to a counter's first control, once it is there.
fn focus_counter(bench: Bench, at: usize) {
    let id = bench.seats.with_untracked(|seats| seats.get(at).map(|seat| seat.id));
    request_animation_frame(move || {
        let element = id.and_then(|id| document().get_element_by_id(&format!("program-{id}")));
        if let Some(element) = element.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
            // An element that is in the page can have the focus.
            let _ = element.focus();
        }
    });
}
