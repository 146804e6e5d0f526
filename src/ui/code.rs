//! The code, in Python and in Rust, with a chip for every task that stands at a line.

use leptos::prelude::*;

use super::follow;
use super::frames::Frames;

use super::app::copy_text;
use super::stage::Stage;
use super::strings::{crowd as crowd_words, words};
use super::who::Who;
use crate::lessons::model::{Line, Source, Span, Token};
use crate::replay::State;
use crate::replay::code::{self, Standing};
use crate::scenarios;
use crate::trace::{Micros, StepId};

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
    let time = stage.calm(2);
    let standing = Memo::new(move |_| {
        // A crowd is counted, not listed.
        let few = stage.told_crowd.with(Option::is_none);
        stage.told.with(|shown| if few { code::positions(shown, time.get()) } else { Vec::new() })
    });
    let threads = stage.at_rest(move || stage.modes_of_threads());
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
        trim(shown)
            .into_iter()
            .map(|line| view! { <Row stage=stage line=line standing=standing time=time threads=threads /> })
            .collect_view()
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
            <div class="code" role="tabpanel" tabindex="0" aria-label=follow::text(move || source().file)>{follow::part(lines)}</div>
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
    let exact = ((value * 1e6).round() / 1e6).to_string();
    if written.contains('.') && !exact.contains('.') { format!("{exact}.0") } else { exact }
}

/// The mode as a program names it. Side by side is two programs; the literal stays as written.
fn mode_literal(mode: &str, written: &str) -> String {
    if mode == "side" { written.to_owned() } else { format!("\"{mode}\"") }
}

/// The most chips that stand at one line.
const MOST_CHIPS: usize = 3;

/// One line: its number, who stands there, and the code.
#[component]
fn Row(
    stage: Stage,
    line: &'static Line,
    standing: Memo<Vec<Standing>>,
    time: Memo<Micros>,
    threads: Memo<Vec<&'static str>>,
) -> impl IntoView {
    let steps = scenarios::find(stage.lesson.scenario).map_or(&[][..], |scenario| scenario.steps);
    let here = Memo::new(move |_| {
        let modes = threads.get();
        // Side by side, each thread runs its own program: a line shows who runs this one.
        let mine = |it: &&Standing| {
            let mode = modes.get(usize::from(it.task.thread().0)).copied().unwrap_or_default();
            let runs_it = line.modes.is_empty() || line.is_for(mode);
            runs_it && steps.get(usize::from(it.step.0)).is_some_and(|step| line.labels.contains(step))
        };
        standing.with(|all| all.iter().filter(mine).copied().collect::<Vec<_>>())
    });
    let steps_here =
        (0..).zip(steps).filter(|(_, step)| line.labels.contains(step)).map(|(index, _)| StepId(index));
    let steps_here: Vec<_> = steps_here.collect();
    // How many of a crowd stand here, and what the thread does for one of them.
    let crowd = Memo::new(move |_| {
        let mine = line.modes.is_empty() || line.is_for(stage.mode.get());
        stage.told_crowd.with(|crowd| {
            let crowd = crowd.as_ref().filter(|_| mine)?;
            let time = time.get();
            let count = steps_here.iter().map(|step| crowd.standing(*step, time)).sum::<usize>();
            Some((count, steps_here.iter().find_map(|step| crowd.runs_at(*step, time))))
        })
    });
    let counted = move || crowd.get().filter(|(count, _)| *count > 0);
    let chips = move || {
        let many = counted().map(|(count, _)| {
            let told = format!("{} {}", crowd_words::count(count), crowd_words::STANDING);
            view! { <i class="chip crowd" title=told>{crowd_words::count(count)}</i> }
        });
        let here = here.get();
        // A crowd is counted: the chips must not cover the code.
        let shown = if here.len() > MOST_CHIPS { MOST_CHIPS - 1 } else { here.len() };
        let more = here.len() - shown;
        let chips = here.into_iter().take(shown).map(|it| view! { <Chip stage=stage standing=it /> });
        let more = (more > 0).then(|| view! { <i class="chip more">{format!("+{more}")}</i> });
        (chips.collect_view(), more, many)
    };
    let any = move |states: fn(State) -> bool| {
        follow::flag(move || {
            let state = counted().map(|(_, state)| state.unwrap_or(State::Waiting));
            state.is_some_and(states) || here.with(|here| here.iter().any(|it| states(it.state)))
        })
    };
    view! {
        <div class="row" class:busy=any(|state| state == State::Working) class:held=any(|state| state == State::Holding)
            class:hot=any(|state| matches!(state, State::Waiting | State::Ready))>
            <span class="number" aria-hidden="true">{line.number}</span>
            <span class="chips">{follow::part(chips)}</span>
            <code>{line.spans.iter().map(|span| draw(stage, span)).collect_view()}</code>
        </div>
    }
}

/// A task at a line.
#[component]
fn Chip(stage: Stage, standing: Standing) -> impl IntoView {
    let name = stage.told.with_untracked(|shown| shown.trace.name(standing.task).to_owned());
    let who = Who::named(&name);
    let (one, two) = (name.clone(), name.clone());
    view! {
        <i class=format!("chip {} {}", who.class(), super::timeline::class(standing.state))
            class:lit=follow::flag(move || stage.lit.with(|lit| lit.as_deref() == Some(&*one)))
            title=format!("{name}: {}", words().state(standing.state))
            on:pointerenter=follow::press(move || stage.light(Some(&two))) on:pointerleave=follow::press(move || stage.light(None))>
            {who.letter.to_string()}
        </i>
    }
}

fn draw(stage: Stage, span: &'static Span) -> AnyView {
    match span {
        Span::Code(Token::Plain, code) => code.into_any(),
        Span::Code(token, code) => view! { <span class=token.class()>{*code}</span> }.into_any(),
        Span::Knob(id, written) => {
            let value = move || {
                stage.knobs.with(|knobs| {
                    knobs.get(id).map_or_else(|| (*written).to_owned(), |it| number(it, written))
                })
            };
            view! { <b class="knob-value">{follow::text(value)}</b> }.into_any()
        }
        Span::Mode(written) => {
            let mode = move || mode_literal(stage.mode.get(), written);
            view! { <span class="s">{follow::text(mode)}</span> }.into_any()
        }
    }
}
