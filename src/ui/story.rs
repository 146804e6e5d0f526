//! What just happened: the run, told in sentences, up to the cursor.

use leptos::prelude::*;

use super::follow;

use super::stage::{Same, Stage};
use super::strings::{crowd as crowd_words, words};
use super::who::Who;
use crate::replay::story::{self, Tale, Told};
use crate::trace::Micros;
use std::ops::Range;
use std::sync::Arc;

/// How many sentences are shown: the latest.
const SHOWN: usize = 40;
/// How many of them can be seen at a time.
const SEEN: usize = 14;
/// How many more may be told at once.
const READABLE: usize = 8;

/// The sentences.
#[component]
pub fn Story(stage: Stage) -> impl IntoView {
    let words = words();
    let told = Memo::new(move |_| stage.told.with(|shown| Same(Arc::new(filter(story::tell(shown), stage)))));
    let (soon, late) = (stage.calm(1), stage.in_steps(1, 1000));
    let rests = Memo::new(move |_| !stage.playback.with(|it| it.playing));
    let shown = Memo::new(move |before: Option<&Range<usize>>| {
        let until = |time: Micros| told.with(|told| told.partition_point(|it| it.at <= time));
        let (soon, late) = (until(soon.get()), until(late.get()));
        let told_before = before.map_or(0, |before| before.end);
        // So many at once that nobody can read them: the list moves on once a second.
        let many = soon.saturating_sub(late) > READABLE;
        let count = if many { before.map_or(late, |_| told_before.clamp(late, soon)) } else { soon };
        let first = count.saturating_sub(SHOWN);
        // A frame draws no more of them than can be seen; all the others are there when the cursor stands.
        let seen = match before {
            _ if rests.get() => 0,
            Some(before) if count >= told_before && count - told_before <= READABLE => before.start,
            _ => count.saturating_sub(SEEN),
        };
        first.max(seen)..count
    });
    // A sentence that is told stays as it is, wherever in the list it comes to stand.
    let sentences = Memo::new(move |_| {
        let shown = shown.get();
        told.with(|told| {
            shown.rev().map(|index| (index, Sentence::of(stage, &told[index]))).collect::<Vec<_>>()
        })
    });
    let left_out = move || {
        let left_out = shown.get().start;
        (left_out > 0)
            .then(|| view! { <p class="quiet" data-testid="left-out">{crowd_words::left_out(left_out)}</p> })
    };
    view! {
        <section class="panel story-panel">
            <div class="panel-head"><h3>{words.story}</h3></div>
            <ol class="story" reversed=true tabindex="0" aria-label=words.story>
                <For each=move || sentences.get() key=|told| told.clone() let:told>{told.1.draw(stage)}</For>
            </ol>
            {follow::part(left_out)}
            {follow::part(move || (shown.get().end == 0).then(|| view! { <p class="quiet">{words.nothing_yet}</p> }))}
        </section>
    }
}

/// What is worth telling of a task that is drawn.
fn filter(told: Vec<Told>, stage: Stage) -> Vec<Told> {
    let main = stage.lesson.shows_main;
    told.into_iter().filter(|it| it.task.index() > 0 || main || matches!(it.what, Tale::Says(_))).collect()
}

/// A sentence.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Sentence {
    time: String,
    name: String,
    text: String,
    printed: bool,
    /// At which counter, where there are several.
    counter: Option<String>,
}

impl Sentence {
    fn of(stage: Stage, told: &Told) -> Self {
        let of = |task| stage.told.with_untracked(|shown| shown.trace.name(task).to_owned());
        let counters = stage.counters();
        let counter = counters.get(usize::from(told.task.thread().0)).filter(|_| counters.len() > 1);
        Self {
            time: format!("{:.1} s", told.at.seconds()),
            name: of(told.task),
            text: words().tale_in(stage.lesson.picture, &told.what, of),
            printed: matches!(told.what, Tale::Says(_)),
            counter: counter.map(|counter| counter.label.clone()),
        }
    }

    fn draw(self, stage: Stage) -> AnyView {
        let Self { time, name, text, printed, counter } = self;
        if printed {
            return view! { <li class="printed"><time>{time}</time><samp title=words().printed>{text}</samp></li> }.into_any();
        }
        let who = Who::named(&name);
        let (one, two) = (name.clone(), name.clone());
        view! {
            <li class:lit=follow::flag(move || stage.lit.with(|lit| lit.as_deref() == Some(&*one)))
                on:pointerenter=follow::press(move || stage.light(Some(&two))) on:pointerleave=follow::press(move || stage.light(None))>
                <time>{time}</time>
                <span>{counter.map(|label| view! { <small class="counter-tag">{label}</small>" " })}
                    <i class=format!("chip {}", who.class()) aria-hidden="true">{who.letter.to_string()}</i>" "
                    <b class=format!("told {}", who.class())>{name}</b>" "{text}</span>
            </li>
        }
        .into_any()
    }
}
