//! The code, in Python and in Rust, with a chip for every task that stands at a line.

mod chips;

use crate::decimal;
use crate::ui::prelude::*;

use super::follow;
use super::frames::Frames;

use super::app::copy_text;
use super::stage::Stage;
use super::strings::words;
use crate::lessons::model::{Line, Source, Span, Token};
use chips::Place;

/// Which program is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Language {
    Python,
    Rust,
}

/// Both panes, one at a time.
#[component]
pub fn Code(stage: Stage) -> impl IntoView {
    let words = words();
    let language = RwSignal::new(Language::Python);
    let whole = RwSignal::new(false);
    let copied = RwSignal::new(false);
    let source = move || match language.get() {
        Language::Python => &stage.lesson.python,
        Language::Rust => &stage.lesson.rust,
    };
    let tab = move |this: Language, label: &'static str| {
        view! {
            <button type="button" role="tab" class="tab" aria-selected=follow::text(move || (language.get() == this).to_string())
                on:click=follow::press(move || language.set(this))>{label}</button>
        }
    };
    let lines = move || {
        let mode = stage.mode.get();
        let shown = source().lines.iter().filter(move |line| whole.get() || line.is_for(mode));
        let shown: Vec<_> = shown.collect();
        let places: Vec<_> = trim(shown).into_iter().map(|line| (line, Place::of(line))).collect();
        chips::follow(stage, places.iter().map(|(_, place)| *place).collect());
        let row = |(line, place)| view! { <Row stage=stage line=line place=place /> };
        places.into_iter().map(row).collect_view()
    };
    let copy = move || {
        let (knobs, mode) = (stage.knobs.get_untracked(), stage.mode.get_untracked());
        copy_text(&plain(untrack(source), &knobs, mode), copied);
    };
    view! {
        <section class="panel code-panel">
            <div class="panel-head">
                <div role="tablist" class="tabs">{tab(Language::Python, words.python)}{tab(Language::Rust, words.rust)}</div>
                <button type="button" class="small" aria-pressed=follow::text(move || whole.get().to_string())
                    on:click=follow::press(move || whole.update(|it| *it = !*it))>
                    {follow::text(move || if whole.get() { words.short } else { words.whole })}
                </button>
                <button type="button" class="small" on:click=follow::press(copy)>
                    {follow::text(move || if copied.get() { words.copied } else { words.copy_code })}
                </button>
            </div>
            <div class="code" role="tabpanel" tabindex="0" on:pointerover=follow::light(stage)
                on:pointerleave=follow::press(move || stage.light(None)) aria-label=follow::text(move || source().file)>{follow::part(lines)}</div>
            <Frames stage=stage source=Signal::derive(source) />
        </section>
    }
}

/// Without empty lines at the ends, or several in a row.
fn trim(lines: Vec<&'static Line>) -> Vec<&'static Line> {
    let mut kept: Vec<&'static Line> = Vec::new();
    for line in lines {
        let empty = line.spans.is_empty();
        if !(empty && kept.last().is_none_or(|last| last.spans.is_empty())) {
            kept.push(line);
        }
    }
    if kept.last().is_some_and(|last| last.spans.is_empty()) {
        kept.pop();
    }
    kept
}

/// The whole program as it would be typed, with the knobs and the mode as they are set.
fn plain(source: &Source, knobs: &crate::runtime::Knobs, mode: &str) -> String {
    let mut text = String::new();
    for line in source.lines.iter() {
        for span in line.spans {
            match span {
                Span::Code(_, code) => text.push_str(code),
                Span::Knob(id, written) => match knobs.get(id) {
                    Some(value) => text.push_str(&number(value, written)),
                    None => text.push_str(written),
                },
                Span::Mode(written) => text.push_str(&mode_literal(mode, written)),
            }
        }
        text.push('\n');
    }
    text
}

/// A knob's value in the style of the number it replaces: `3` stays whole, `1.0` keeps its point.
fn number(value: f64, written: &str) -> String {
    let exact = decimal::plain(value).to_string();
    if written.contains('.') && !exact.contains('.') { format!("{exact}.0") } else { exact }
}

/// The mode as a program names it. Side by side is two programs; the literal stays as written.
fn mode_literal(mode: &str, written: &str) -> String {
    if mode == "side" { written.to_owned() } else { format!("\"{mode}\"") }
}

/// One line: its number, who stands there, and the code.
#[component]
fn Row(stage: Stage, line: &'static Line, place: Place) -> impl IntoView {
    view! {
        <div class="row" node_ref=place.row>
            <span class="number" aria-hidden="true">{line.number}</span>
            <span class="chips" node_ref=place.chips></span>
            <code>{line.spans.iter().map(|span| draw(stage, span)).collect_view()}</code>
        </div>
    }
}

fn draw(stage: Stage, span: &'static Span) -> View {
    match span {
        Span::Code(Token::Plain, code) => code.into_view(),
        Span::Code(token, code) => view! { <span class=token.class()>{*code}</span> }.into_view(),
        Span::Knob(id, written) => {
            let value = move || {
                stage.knobs.with(|knobs| {
                    knobs.get(id).map_or_else(|| (*written).to_owned(), |it| number(it, written))
                })
            };
            view! { <b class="knob-value">{follow::text(value)}</b> }.into_view()
        }
        Span::Mode(written) => {
            let mode = move || mode_literal(stage.mode.get(), written);
            view! { <span class="s">{follow::text(mode)}</span> }.into_view()
        }
    }
}
