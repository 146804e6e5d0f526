//! What paused coroutines keep: a card for each, under the code.

use crate::ui::prelude::*;

use super::follow;
use super::stage::Stage;
use super::strings::words;
use super::who::Who;
use crate::lessons::model::Source;
use crate::replay::State;
use crate::replay::frame::{self, Frame};

/// The cards, if the program has told of any variable.
#[component]
pub fn Frames(stage: Stage, source: Signal<&'static Source>) -> impl IntoView {
    let time = stage.calm(3);
    follow::part(move || {
        // Nobody in a crowd has told of any variable.
        if stage.told_crowd.with(Option::is_some) {
            return Vec::new();
        }
        stage.told.with(|shown| {
            let frames = frame::frames(shown, time.get());
            let card = |frame: &Frame<'_>| -> View {
                let name = shown.trace.name(frame.task).to_owned();
                let line = source.get().line_of(shown.trace.step(frame.step), stage.mode.get());
                follow::rarely(|| card(frame, name, line))
            };
            frames.iter().map(card).collect::<Vec<_>>()
        })
    })
}

fn card(frame: &Frame<'_>, name: String, line: Option<u16>) -> impl IntoView + use<> {
    let words = words();
    let who = Who::named(&name);
    let place = match (frame.state, line) {
        (State::Waiting | State::Ready, Some(line)) => format!("{} {line}", words.goes_on_at),
        (_, Some(line)) => format!("{} {line}", words.runs_at),
        (_, None) => String::new(),
    };
    let locals = frame.locals.iter().map(|local| view! { <li><code>{(*local).to_owned()}</code></li> });
    view! {
        <div class="frame" class:paused=!frame.state.is_running() data-testid="frame">
            <i class=format!("chip {}", who.class()) aria-hidden="true">{who.letter.to_string()}</i>
            <span><b>{name}</b>{frame.awaits.map(|coroutine| format!(", {} {coroutine}", words.inside))}": "
                {words.state(frame.state)}{(!place.is_empty()).then(|| format!(", {place}"))}</span>
            <ul aria-label=words.locals>{locals.collect_view()}</ul>
        </div>
    }
}
