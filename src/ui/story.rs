//! What just happened: the run, told in sentences, up to the cursor.

mod lines;

use crate::decimal::fixed;
use crate::ui::prelude::*;

use super::follow::{self, Memo};

use super::stage::{Same, Stage, Turn};
use super::strings::{crowd as crowd_words, words};
use crate::lessons::model::Picture;
use crate::replay::Replay;
use crate::replay::story::{self, Tale, Told};
use crate::trace::Micros;
use lines::Lines;
use std::ops::Range;
use std::sync::Arc;

/// How many sentences are shown: the latest.
const SHOWN: usize = 40;
/// How many of them can be seen at a time.
const SEEN: usize = 14;
/// How many more may be told at once.
const READABLE: usize = 8;
/// How many of them a frame draws while the cursor moves.
const MOST: usize = 3;

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
    let counters = Memo::new(move |_| stage.counters());
    let list = NodeRef::<web_sys::HtmlElement>::new();
    let lines = StoredValue::new(None::<Lines>);
    let done = StoredValue::new(None::<Drawn>);
    follow::effect(move || {
        let Some(list) = list.get() else { return };
        let now = (told.get(), shown.get());
        if !stage.has_turn(Turn::Story) || done.with_value(|done| done.as_ref() == Some(&now)) {
            return;
        }
        let most = if rests.get() { usize::MAX } else { MOST };
        let whole = stage.told.with_untracked(|replay| {
            lines.try_update_value(|lines| {
                let lines = counters.with(|counters| {
                    match lines.take().filter(|lines| lines.counters == *counters) {
                        Some(kept) => lines.insert(kept),
                        None => {
                            // A list is kept in which another has drawn.
                            list.replace_children_with_node_0();
                            lines.insert(Lines::at(counters.clone()))
                        }
                    }
                });
                let whole = lines.follow(&list, &now.0, now.1.clone(), most, (stage.lesson.picture, replay));
                stage.lit.with_untracked(|lit| lines.light(lit.as_deref()));
                whole
            })
        });
        done.set_value(Some(now).filter(|_| whole == Some(true)));
    });
    follow::effect(move || {
        let lit = stage.lit.get();
        lines.update_value(|lines| lines.iter_mut().for_each(|lines| lines.light(lit.as_deref())));
    });
    let left_out = move || shown.get().start;
    let any_left_out = Memo::new(move |_| left_out() > 0);
    let left_out = move || {
        let text = follow::text(move || crowd_words::left_out(left_out()));
        any_left_out.get().then(|| view! { <p class="quiet" data-testid="left-out">{text}</p> })
    };
    let nothing = Memo::new(move |_| shown.get().end == 0);
    view! {
        <section class="panel story-panel">
            <div class="panel-head"><h3>{words.story}</h3></div>
            <ol class="story" reversed=true tabindex="0" aria-label=words.story node_ref=list on:pointerover=follow::light(stage)
                on:pointerleave=follow::press(move || stage.light(None))></ol>
            {follow::part(left_out)}
            {follow::part(move || nothing.get().then(|| view! { <p class="quiet">{words.nothing_yet}</p> }))}
        </section>
    }
}

/// What is drawn when all lines are: of which tales, which part.
type Drawn = (Same<Vec<Told>>, Range<usize>);

/// What is worth telling of a task that is drawn.
fn filter(told: Vec<Told>, stage: Stage) -> Vec<Told> {
    let main = stage.lesson.shows_main;
    told.into_iter().filter(|it| it.task.index() > 0 || main || matches!(it.what, Tale::Says(_))).collect()
}

/// A sentence.
struct Sentence {
    time: String,
    name: String,
    text: String,
}

impl Sentence {
    fn of(picture: Picture, told: &Told, replay: &Replay) -> Self {
        let of = |task| replay.trace.name(task).to_owned();
        let time = format!("{} s", fixed(told.at.seconds(), 1));
        Self { time, name: of(told.task), text: words().tale_in(picture, &told.what, of) }
    }
}
