//! The timeline: a lane for each task and each thread, and the cursor.
//!
//! Bars stand at shares of the axis, so the browser cuts them out at any width. What has not been
//! played lies under a veil; a frame moves nothing but the cursor and the veil behind it.

mod axis;
mod bars;
mod crowd;
mod names;
mod rows;

use std::sync::Arc;

use crate::ui::prelude::*;

use super::app::use_media;
use super::follow::{self, Memo};

use super::stage::{Same, Stage};
use super::strings::words;
use crate::decimal::{self, fixed};
use crate::lessons::model::Picture;
use crate::replay::crowd::Crowd;
use crate::replay::{Replay, State};
use crate::trace::Micros;
use axis::Axis;
use bars::{Bars, Rows};
use rows::Of;

/// How far ahead of a run that goes on its bars are drawn, at most.
const AHEAD: Micros = Micros(150_000);

/// The timeline.
#[component]
pub fn Timeline(stage: Stage) -> impl IntoView {
    let lesson = stage.lesson;
    let axis = Memo::new(move |_| stage.axis_end());
    let percent = move |time: Micros| 100.0 * time.seconds() / axis.get().seconds();
    let groups =
        Memo::new(move |_| stage.counters().into_iter().map(|counter| counter.label).collect::<Vec<_>>());
    let read = move |replay: &Replay| -> Rows {
        Same(Arc::new(groups.with(|groups| rows::rows(replay, lesson, groups, stage.programs()))))
    };
    let measured = Memo::new(move |_| stage.shows_measured());
    let expected = Memo::new(move |_| stage.simulated.with(|replay| read(replay)));
    let shown = Memo::new(move |_| match measured.get() {
        true => stage.shown.with(|replay| read(replay)),
        false => expected.get(),
    });
    let is_crowd = Memo::new(move |_| stage.crowd.with(Option::is_some));
    let keys = Memo::new(move |_| {
        let is_crowd = is_crowd.get();
        let key = |row: &rows::Row| (row.of, row.name.clone(), is_crowd);
        let mut keys: Vec<Key> = expected.with(|rows| rows.iter().map(key).collect());
        if measured.get() {
            shown.with(|rows| {
                let new: Vec<_> =
                    rows.iter().filter(|row| !keys.iter().any(|(of, ..)| *of == row.of)).collect();
                keys.extend(new.into_iter().map(key));
            });
        }
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
    // A mark hangs to the left of its time, and the shortest bar is longer than its time: nothing is cut off at the ends.
    let cut = move |from: Micros, to: Micros| {
        let left = if from > Micros(0) { percent(from) } else { -12.0 };
        let right = if to < Micros::MAX { 100.0 - percent(to) } else { -2.0 };
        let inset = || format!("inset(0 {}% 0 {}%)", fixed(right, 3), fixed(left, 3));
        (to < Micros::MAX || from > Micros(0)).then(inset)
    };
    let to_come = move || follow::text(move || cut(known(), Micros::MAX));
    let before = move || follow::text(move || cut(Micros(0), known()));
    let played = move || follow::text(move || cut(Micros(0), stage.time.get()));
    let narrow = use_media("(max-width: 620px)");
    let picture = move |rows: Memo<Rows>, needed: bool| {
        Memo::new(move |_| {
            // Where the simulation is what is shown, nothing else is expected.
            if is_crowd.get() || !(needed || measured.get()) {
                return None;
            }
            let rows = rows.get();
            let (places, count) = keys.with(|keys| (places(&rows, keys), keys.len()));
            Some(bars::Picture { rows, places, count, axis: axis.get(), narrow: narrow.get() })
        })
    };
    let (expected_bars, shown_bars) = (picture(expected, false), picture(shown, true));
    let bands = move |of: Of, class: &'static str, bands: Memo<crowd::Bands>, cut: Told| {
        let drawn = move || {
            bands.with(|bands| match of {
                Of::Crowd => bands.draw_people(),
                _ => bands.draw_clerk(),
            })
        };
        view! { <div class=class style=("clip-path", cut)>{follow::part(drawn)}</div> }.into_view()
    };
    let time = stage.calm(5);
    let names = names::Names::new(stage);
    // Where the rest is kept back, what has been played is a part of its own.
    let secret = Memo::new(move |_| stage.keeps_secret());
    let crowd = move |of: Of| {
        let its_played = move || secret.get().then(|| bands(of, "bars played", shown_bands, played()));
        follow::rarely(move || {
            view! {
                {bands(of, "bars to-come", expected_bands, to_come())}
                {bands(of, "bars known", shown_bands, before())}
                {follow::part(its_played)}
            }
        })
    };
    // Several stages may stand on one page.
    let id = move |class: &str| stage.scoped(&format!("bars-{class}"));
    let explained = Memo::new(move |_| expected.with(|rows| rows::states(rows)));
    view! {
        <div class="timeline" class:secret=follow::flag(move || secret.get()) role="group" aria-label=words().timeline>
            <div class="lanes-box">
            <Axis axis=axis />
            <div class="lanes">
                {each(move || keys.get(), known_by, move |(of, name, is_crowd)| view! {
                    <names::Name names=names of=of name=name />
                    <div class="track" aria-hidden="true">{is_crowd.then(|| crowd(of))}</div>
                })}
            </div>
            <div class="lanes-bars" aria-hidden="true">
                <Bars class="bars to-come" picture=expected_bars cut=to_come() id=id("to-come") />
                <Bars class="bars known" picture=shown_bars cut=before() id=id("known") />
                {follow::part(move || secret.get().then(|| view! { <Bars class="bars played" picture=shown_bars cut=played() id=id("played") /> }))}
            </div>
            <Scrubber stage=stage axis=axis time=time />
            </div>
            {follow::part(move || view! { <Legend states=explained.get() picture=stage.lesson.picture /> })}
        </div>
    }
}

/// What a row is known by: whose it is, its name, and whether it is one of a crowd.
type Key = (Of, String, bool);

/// Written by hand: how `{:?}` writes a text takes tables of which characters can be seen.
fn known_by((of, name, is_crowd): &Key) -> String {
    let (kind, thread, index) = match *of {
        Of::Group(thread) => ("group", thread, 0),
        Of::Task(task) => ("task", usize::from(task.thread().0), task.index()),
        Of::Clerk(thread) => ("clerk", thread, 0),
        Of::Crowd => ("crowd", 0, 0),
    };
    format!("{kind} {thread} {index} {is_crowd} {name}")
}

/// At which place each row stands: nearly always at its own, but a run may have rows that nobody expected.
fn places(rows: &Rows, keys: &[Key]) -> Arc<Vec<usize>> {
    let place = |(at, row): (usize, &rows::Row)| match keys.get(at) {
        Some((of, ..)) if *of == row.of => at,
        _ => keys.iter().position(|(of, ..)| *of == row.of).unwrap_or(at),
    };
    Arc::new(rows.iter().enumerate().map(place).collect())
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

/// The cursor, as a slider that keyboard and screen reader know too. Its last step is at the end of the axis or just
/// behind it, so that the end can be reached.
#[component]
fn Scrubber(stage: Stage, axis: Memo<Micros>, time: Memo<Micros>) -> impl IntoView {
    let seek = move |event: web_sys::Event| {
        if let Some(seconds) = decimal::read(&event_target_value(&event)) {
            stage.seek(Micros::from_seconds(seconds).min(stage.reach()));
        }
    };
    let text = move || format!("{} s", fixed(time.get().seconds(), 2));
    let percent = move |time: Micros| format!("{}%", fixed(100.0 * time.seconds() / axis.get().seconds(), 3));
    let cursor = move || percent(stage.time.get());
    let live = move || stage.shows_measured() && stage.runs();
    let live_end = move || live().then(|| percent(stage.end()));
    let slider = follow::slider(move || axis.get().seconds(), move || time.get().seconds());
    view! {
        <div class="scrub">
            <input type="range" class="scrubber" data-testid="scrub" aria-label=words().time aria-valuetext=follow::text(text) min="0"
                step="0.01" node_ref=slider on:input=follow::hear(seek) />
            <span class="now" aria-hidden="true" style=("--cursor", follow::text(cursor))><i class="veil"></i><i class="cursor"></i></span>
            <span class="live-end" aria-hidden="true" class:on=follow::flag(live) style=("--live-end", follow::text(live_end))></span>
        </div>
    }
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
