//! What can be saved of a stage, or of several: a trace, a table of the lanes, a picture of the scene.
//!
//! - `download`: hands a file to the browser
//! - `picture`: draws what is on the screen on a canvas

mod download;
mod picture;

use crate::ui::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCanvasElement};

use super::follow;
use super::stage::{Same, Stage};
use super::strings::lab as text;
use crate::replay::export::{Run, chrome, csv};
use crate::replay::{Lasts, Replay};

/// The stages that are saved, each with its number in the lab; 0 where it has none.
pub type Stages = Signal<Vec<(usize, Stage)>>;

/// A menu of what can be saved.
#[component]
pub fn Save(stages: Stages) -> impl IntoView {
    let menu = NodeRef::<web_sys::HtmlDetailsElement>::new();
    let said = RwSignal::new(String::new());
    let save = move |ending: &'static str| {
        let stages = stages.get_untracked();
        let name = format!("{}.{ending}", file_name(&stages));
        match ending {
            "json" => {
                download::text(&name, "application/json", &untrack(|| with_runs(&stages, chrome::write)))
            }
            "csv" => download::text(&name, "text/csv", &untrack(|| with_runs(&stages, csv::write))),
            _ => {
                let around =
                    menu.get_untracked().and_then(|menu| menu.closest(".stage, .lab").ok().flatten());
                let drawn = around.and_then(|around| draw(&around, &stages));
                if drawn.is_none_or(|canvas| download::canvas(&name, &canvas).is_err()) {
                    return said.set(text::NO_PICTURE.to_owned());
                }
            }
        }
        said.set(format!("{} {name}", text::SAVED));
    };
    let item = move |ending: &'static str, label: &'static str, note: &'static str| {
        view! {
            <button type="button" class="save-item" data-testid=format!("save-{ending}") on:click=follow::press(move || save(ending))>
                <b>{label}</b><small>{note}</small>
            </button>
        }
    };
    // The menu closes like one: with Escape, or when the focus goes elsewhere.
    let close = move || menu.get_untracked().iter().for_each(|menu| menu.set_open(false));
    let key = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" && menu.get_untracked().is_some_and(|menu| menu.open()) {
            event.prevent_default();
            event.stop_propagation();
            close();
            let summary = menu.get_untracked().and_then(|menu| menu.query_selector("summary").ok().flatten());
            if let Some(summary) = summary.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
                // An element that is in the page can have the focus.
                let _ = summary.focus();
            }
        }
    };
    let leave = move |event: web_sys::FocusEvent| {
        let to = event.related_target().and_then(|it| it.dyn_into::<web_sys::Node>().ok());
        let inside = menu.get_untracked().is_some_and(|menu| menu.contains(to.as_ref()));
        if to.is_some() && !inside {
            close();
        }
    };
    view! {
        <details class="save" node_ref=menu data-testid="save" on:keydown=key on:focusout=leave>
            <summary class="small">{text::SAVE}</summary>
            <div class="save-menu">
                {item("json", text::SAVE_TRACE, text::SAVE_TRACE_NOTE)}
                {item("csv", text::SAVE_TABLE, text::SAVE_TABLE_NOTE)}
                {item("png", text::SAVE_PICTURE, text::SAVE_PICTURE_NOTE)}
                <p class="save-said" role="status" data-testid="save-said">{follow::text(move || said.get())}</p>
            </div>
        </details>
    }
}

/// The picture of a stage; or of several, on one sheet.
fn draw(around: &Element, stages: &[(usize, Stage)]) -> Option<HtmlCanvasElement> {
    if let [_] = stages {
        return picture::draw(around).ok();
    }
    let found = around.query_selector_all(".stage").ok()?;
    let drawn = stages.iter().enumerate().filter_map(|(at, (number, stage))| {
        let stage_there: Element = found.get(at as u32)?.dyn_into().ok()?;
        let mode = stage.label_of(stage.mode.get_untracked());
        Some((format!("{number}. {} · {mode}", stage.lesson.title), picture::draw(&stage_there).ok()?))
    });
    picture::sheet(&drawn.collect::<Vec<_>>()).ok()
}

/// `concurrent-burgers-<lesson>-<mode>`, or `-lab` where there are several.
fn file_name(stages: &[(usize, Stage)]) -> String {
    match stages {
        [(_, stage)] => format!("concurrent-burgers-{}-{}", stage.lesson.slug, stage.mode.get_untracked()),
        _ => "concurrent-burgers-lab".to_owned(),
    }
}

/// What is shown at the stages, to be written. A run that is going on is written as far as it is known.
fn with_runs(stages: &[(usize, Stage)], write: impl Fn(&[Run<'_>]) -> String) -> String {
    let knobs: Vec<_> = stages.iter().map(|(_, stage)| stage.knobs.get()).collect();
    let records: Vec<_> = stages.iter().map(|(_, stage)| known(*stage)).collect();
    let runs = stages.iter().zip(&knobs).zip(&records).map(|(((number, stage), knobs), replay)| {
        let label = stage.label_of(stage.mode.get());
        let counters = stage.counters();
        Run {
            name: if *number > 0 { format!("{number} · {label}") } else { label.to_owned() },
            scenario: stage.lesson.scenario,
            mode: stage.mode.get(),
            knobs: knobs.iter().collect(),
            measured: stage.shows_measured(),
            threads: counters.into_iter().map(|counter| counter.label).collect(),
            replay,
        }
    });
    write(&runs.collect::<Vec<_>>())
}

fn known(stage: Stage) -> Same<Replay> {
    let shown = stage.shown.get();
    if stage.grows() {
        let now = stage.live_end.get();
        return Same(std::sync::Arc::new(Replay::new(shown.trace.clone(), Lasts::Until(now))));
    }
    shown
}
