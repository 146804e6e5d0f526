//! What just happened: the run, told in sentences, up to the cursor.

use leptos::prelude::*;

use super::follow;

use super::stage::{Same, Stage};
use super::strings::{crowd as crowd_words, words};
use super::who::Who;
use crate::replay::story::{self, Tale, Told};
use std::sync::Arc;

/// How many sentences are shown: the latest.
const SHOWN: usize = 40;

/// The sentences.
#[component]
pub fn Story(stage: Stage) -> impl IntoView {
    let words = words();
    let told =
        Memo::new(move |_| stage.shown.with(|shown| Same(Arc::new(filter(story::tell(shown), stage)))));
    let count = Memo::new(move |_| {
        let time = stage.time.get();
        told.with(|told| told.partition_point(|it| it.at <= time))
    });
    let sentences = move || {
        let count = count.get();
        let told = told.get();
        let from = count.saturating_sub(SHOWN);
        told[from..count].iter().rev().map(|it| sentence(stage, it)).collect::<Vec<_>>()
    };
    let left_out = move || {
        let left_out = count.get().saturating_sub(SHOWN);
        (left_out > 0)
            .then(|| view! { <p class="quiet" data-testid="left-out">{crowd_words::left_out(left_out)}</p> })
    };
    view! {
        <section class="panel story-panel">
            <div class="panel-head"><h3>{words.story}</h3></div>
            <ol class="story" reversed=true tabindex="0" aria-label=words.story>{follow::part(sentences)}</ol>
            {follow::part(left_out)}
            {follow::part(move || (count.get() == 0).then(|| view! { <p class="quiet">{words.nothing_yet}</p> }))}
        </section>
    }
}

/// What is worth telling of a task that is drawn.
fn filter(told: Vec<Told>, stage: Stage) -> Vec<Told> {
    let main = stage.lesson.shows_main;
    told.into_iter().filter(|it| it.task.index() > 0 || main || matches!(it.what, Tale::Says(_))).collect()
}

fn sentence(stage: Stage, told: &Told) -> AnyView {
    let name = stage.shown.with_untracked(|shown| shown.trace.name(told.task).to_owned());
    let who = Who::named(&name);
    let of = |task| stage.shown.with_untracked(|shown| shown.trace.name(task).to_owned());
    let text = words().tale_in(stage.lesson.picture, &told.what, of);
    let time = format!("{:.1} s", told.at.seconds());
    if let Tale::Says(_) = told.what {
        return view! { <li class="printed"><time>{time}</time><samp title=words().printed>{text}</samp></li> }.into_any();
    }
    let counters = stage.counters();
    let counter = counters
        .get(usize::from(told.task.thread().0))
        .filter(|_| counters.len() > 1)
        .map(|counter| counter.label.clone());
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
