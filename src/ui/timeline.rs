//! The timeline: a lane for each task and each thread, and the cursor.
//!
//! Bars stand at shares of the axis, so the browser lays them out at any width. What has not been
//! played lies under a veil; a frame moves nothing but the cursor and the veil behind it.

mod bars;
mod crowd;
mod names;

use leptos::prelude::*;

use super::follow;

use super::stage::Stage;
use super::strings::{crowd as crowd_words, words};
use crate::decimal;
use crate::lessons::model::{Lesson, Picture};
use crate::replay::crowd::{Crowd, is_crowd};
use crate::replay::{Replay, Span, State};
use crate::trace::{Micros, TaskId};

/// A row of the timeline.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    /// The task, or the thread.
    of: Of,
    name: String,
    bars: Vec<Bar>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Of {
    /// The heading over a thread's rows, where there are several threads.
    Group(usize),
    Task(TaskId),
    Clerk(usize),
    /// All customers, where there are too many for a row each.
    Crowd,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Bar {
    from: Micros,
    to: Micros,
    state: State,
}

/// How far ahead of a run that goes on its bars are drawn, at most.
const AHEAD: Micros = Micros(150_000);

/// The rows of a record: each thread's tasks, then its clerk.
fn rows(replay: &Replay, lesson: &Lesson, groups: &[String], programs: usize) -> Vec<Row> {
    let thread_name = words().legend_of(lesson.picture).clerk;
    let mut rows = Vec::new();
    if is_crowd(replay) {
        // One bar of each state, for the legend; the row draws a band.
        let bar = |state| Bar { from: Micros(0), to: Micros(0), state };
        let held = replay.clerks[0].spans.iter().any(|busy| busy.state == State::Holding);
        let clerk = if held { vec![bar(State::Holding)] } else { Vec::new() };
        rows.push(Row { of: Of::Crowd, name: crowd_words::PEOPLE.to_owned(), bars: Vec::new() });
        rows.push(Row { of: Of::Clerk(0), name: thread_name.to_owned(), bars: clerk });
        return rows;
    }
    for (thread, clerk) in replay.clerks.iter().enumerate() {
        let busy = clerk.spans.iter().map(|busy| Bar { from: busy.from, to: busy.to, state: busy.state });
        let busy = join(busy);
        // A thread of the pool is one row, once it has something to do: its jobs have no names of their own.
        if thread >= programs {
            if !busy.is_empty() {
                let name = format!("{} {}", words().pool_thread, thread - programs + 1);
                rows.push(Row { of: Of::Clerk(thread), name, bars: busy });
            }
            continue;
        }
        if let (Some(label), true) = (groups.get(thread), groups.len() > 1) {
            rows.push(Row { of: Of::Group(thread), name: label.clone(), bars: Vec::new() });
        }
        let lanes = replay.lanes.iter().filter(|lane| usize::from(lane.task.thread().0) == thread);
        for lane in lanes.filter(|lane| lane.task.index() > 0 || lesson.shows_main) {
            // A bad end is marked, a good one is just the end of the bars.
            let mark = |span: &Span| matches!(span.state, State::Failed | State::Cancelled);
            let bar = |span: &Span| !span.state.is_over() && span.to > span.from;
            let bars = lane.spans.iter().filter(|span| bar(span) || mark(span));
            let bars = bars.map(|span| Bar {
                from: span.from,
                to: if mark(span) { span.from } else { span.to },
                state: span.state,
            });
            rows.push(Row { of: Of::Task(lane.task), name: lane.name.clone(), bars: join(bars) });
        }
        rows.push(Row { of: Of::Clerk(thread), name: thread_name.to_owned(), bars: busy });
    }
    rows
}

/// Bars of one state that follow each other are one bar.
fn join(bars: impl Iterator<Item = Bar>) -> Vec<Bar> {
    let mut joined: Vec<Bar> = Vec::new();
    for bar in bars {
        match joined.last_mut() {
            Some(last) if last.state == bar.state && last.to == bar.from => last.to = bar.to,
            _ => joined.push(bar),
        }
    }
    joined
}

/// The timeline.
#[component]
pub fn Timeline(stage: Stage) -> impl IntoView {
    let lesson = stage.lesson;
    let axis = Memo::new(move |_| stage.axis_end());
    let percent = move |time: Micros| 100.0 * time.seconds() / axis.get().seconds();
    let groups = move || stage.counters().into_iter().map(|counter| counter.label).collect::<Vec<_>>();
    let read = move |replay: &Replay| rows(replay, lesson, &groups(), stage.programs());
    let expected = Memo::new(move |_| stage.simulated.with(|replay| read(replay)));
    let shown = Memo::new(move |_| stage.shown.with(|replay| read(replay)));
    let keys = Memo::new(move |_| {
        let mut keys: Vec<_> =
            expected.with(|rows| rows.iter().map(|row| (row.of, row.name.clone())).collect());
        shown.with(|rows| {
            let new: Vec<_> = rows.iter().filter(|row| !keys.iter().any(|(of, _)| *of == row.of)).collect();
            keys.extend(new.into_iter().map(|row| (row.of, row.name.clone())));
        });
        keys
    });
    let bands = move |replay: &Replay, crowd: Option<&Crowd>| {
        crowd.map(|crowd| crowd::Bands::of(replay, crowd, axis.get())).unwrap_or_default()
    };
    let expected_bands =
        Memo::new(move |_| stage.simulated.with(|replay| bands(replay, Crowd::of(replay).as_ref())));
    let shown_bands = Memo::new(move |_| {
        stage.crowd.with(|crowd| stage.shown.with(|replay| bands(replay, crowd.as_deref())))
    });
    // What was measured ends here; beyond it, what the simulation expects is drawn faintly.
    // All bars are cut there, so while a run goes on the cut is a little ahead, and steps on now and then.
    let known = Memo::new(move |before: Option<&Micros>| {
        let (end, live) = (stage.end(), stage.shows_measured() && stage.runs());
        let stays = |before: &&Micros| live && end <= **before && **before <= end + AHEAD;
        match before.filter(stays) {
            Some(before) => *before,
            None if live => end + AHEAD,
            None => end,
        }
    });
    let known = move || if stage.shows_measured() { known.get() } else { Micros::MAX };
    let is_crowd = Memo::new(move |_| stage.crowd.with(Option::is_some));
    let measured = Memo::new(move |_| stage.shows_measured());
    let bars = move |rows: Memo<Vec<Row>>, of: Of, class: &'static str, window: Signal<(Micros, Micros)>| {
        // Other rows may have grown, and this one not.
        let bars = Memo::new(move |_| {
            // Where the simulation is what is shown, nothing else is expected.
            let needed = rows == shown || measured.get();
            let bars = || rows.with(|rows| rows.iter().find(|row| row.of == of).map(|row| row.bars.clone()));
            needed.then(bars).flatten().unwrap_or_default()
        });
        follow::part(move || {
            if !is_crowd.get() {
                return view! { <bars::Bars class=class bars=bars axis=axis shown=window /> }.into_any();
            }
            let bands = if rows == expected { expected_bands } else { shown_bands };
            let bands = move || {
                bands.with(|bands| match of {
                    Of::Crowd => bands.draw_people(),
                    _ => bands.draw_clerk(),
                })
            };
            let cut = follow::text(move || {
                let (from, to) = window.get();
                (to < Micros::MAX || from > Micros(0))
                    .then(|| format!("inset(0 {:.3}% 0 {:.3}%)", 100.0 - percent(to), percent(from)))
            });
            follow::rarely(
                move || view! { <div class=class style=("clip-path", cut)>{follow::part(bands)}</div> },
            )
        })
    };
    let time = stage.calm(5);
    let names = names::Names::new(stage);
    // Where the rest is kept back, what has been played is a part of its own.
    let secret = Memo::new(move |_| stage.keeps_secret());
    let before = Signal::derive(move || (Micros(0), known()));
    let to_come = Signal::derive(move || (known(), Micros::MAX));
    let played = Signal::derive(move || (Micros(0), stage.time.get()));
    view! {
        <div class="timeline" class:secret=secret role="group" aria-label=words().timeline>
            <div class="lanes-box">
            <Axis axis=axis />
            <div class="lanes">
                <For each=move || keys.get() key=|key| key.clone() let:key>
                    <names::Name names=names of=key.0 name=key.1.clone() />
                    <div class="track" aria-hidden="true">
                        {bars(expected, key.0, "bars to-come", to_come)}
                        {bars(shown, key.0, "bars known", before)}
                        {follow::part(move || secret.get().then(|| bars(shown, key.0, "bars played", played)))}
                    </div>
                </For>
            </div>
            <Scrubber stage=stage axis=axis time=time />
            </div>
            {follow::part(move || view! { <Legend states=expected.with(|rows| states(rows)) picture=stage.lesson.picture /> })}
        </div>
    }
}

/// The class of a state: its colour and its texture.
pub fn class(state: State) -> &'static str {
    match state {
        State::NeverStarted => "is-never",
        State::Ready => "is-ready",
        State::Working => "is-working",
        State::Holding => "is-holding",
        State::Waiting => "is-waiting",
        State::Done => "is-done",
        State::Failed => "is-failed",
        State::Cancelled => "is-cancelled",
    }
}

/// The seconds.
#[component]
fn Axis(axis: Memo<Micros>) -> impl IntoView {
    let marks = move || {
        let end = axis.get().seconds();
        let step = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 60.0]
            .into_iter()
            .find(|step| end / step <= 9.0)
            .unwrap_or(120.0);
        let count = (end / step + 1e-6).floor() as usize;
        (0..=count).map(move |index| {
            let time = index as f64 * step;
            let text = if step < 1.0 { format!("{time:.1}") } else { format!("{time:.0}") };
            let text = if index == 0 { format!("{text} s") } else { text };
            view! { <i class="tick" style=("left", format!("{:.3}%", 100.0 * time / end))><span>{text}</span></i> }
        }).collect_view()
    };
    view! { <div class="axis" aria-hidden="true"><div class="axis-track">{follow::part(marks)}</div></div> }
}

/// The cursor, as a slider that keyboard and screen reader know too. Its last step is at the end of the axis or just
/// behind it, so that the end can be reached.
#[component]
fn Scrubber(stage: Stage, axis: Memo<Micros>, time: Memo<Micros>) -> impl IntoView {
    let seek = move |event: web_sys::Event| {
        if let Some(seconds) = decimal::read(&event_target_value(&event)) {
            stage.seek(Micros::from_seconds(seconds).min(stage.reach()));
        }
    };
    let text = move || format!("{:.2} s", time.get().seconds());
    let percent = move |time: Micros| format!("{:.3}%", 100.0 * time.seconds() / axis.get().seconds());
    let cursor = move || percent(stage.time.get());
    let live = move || stage.shows_measured() && stage.runs();
    let live_end = move || live().then(|| percent(stage.end()));
    view! {
        <div class="scrub">
            <input type="range" class="scrubber" data-testid="scrub" aria-label=words().time aria-valuetext=follow::text(text) min="0"
                max=follow::text(move || format!("{:.2}", (axis.get().seconds() * 100.0 - 1e-6).ceil() / 100.0)) step="0.01"
                prop:value=follow::text(move || format!("{:.3}", time.get().seconds())) on:input=follow::hear(seek) />
            <span class="now" aria-hidden="true" style=("--cursor", follow::text(cursor))><i class="veil"></i><i class="cursor"></i></span>
            <span class="live-end" aria-hidden="true" class:on=follow::flag(live) style=("--live-end", follow::text(live_end))></span>
        </div>
    }
}

/// The states to explain: four that every program knows, and what else this one shows.
fn states(rows: &[Row]) -> Vec<State> {
    let crowd = rows.iter().any(|row| row.of == Of::Crowd);
    let always = [State::Working, State::Holding, State::Waiting, State::Ready];
    let shown = |state: &State| rows.iter().any(|row| row.bars.iter().any(|bar| bar.state == *state));
    let others = [State::NeverStarted, State::Failed, State::Cancelled].into_iter().filter(shown);
    let served = crowd.then_some(State::Done);
    always.into_iter().chain(others).chain(served).collect()
}

/// What the bars mean.
#[component]
pub fn Legend(picture: Picture, states: Vec<State>) -> impl IntoView {
    let entries = states.into_iter().map(|state| {
        view! {
            <li><i class=format!("bar {}", class(state)) aria-hidden="true"></i>{words().state(state)}
                <small>{words().state_in(picture, state)}</small></li>
        }
    });
    view! { <ul class="legend" aria-label=words().legend>{entries.collect_view()}</ul> }
}
