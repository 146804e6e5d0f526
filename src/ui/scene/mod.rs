//! The burger counter, drawn from the scene projection: one room for each thread.

mod crowd;
pub mod figure;
mod grills;
mod letters;
mod people;
mod room;
mod slips;
mod story;

use crate::decimal::{fixed, plain};
use crate::ui::prelude::*;

use crate::ui::follow::{self, Memo};

use super::stage::{Same, Stage};
use super::strings::words;
use crate::lessons::model::Picture;
use crate::replay::Replay;
use crate::replay::scene::{self, Floor, Scene, View};
use crate::trace::ThreadId;

/// The counters of a stage, side by side where there is room.
#[component]
pub fn Scenes(
    stage: Stage,
    /// Whether the room is as wide as a page; as the page is, where nobody says.
    #[prop(optional)]
    wide: Option<Signal<bool>>,
) -> impl IntoView {
    let wide = wide.unwrap_or_else(super::embed::use_wide);
    let still = super::embed::use_still();
    let counters = Memo::new(move |_| stage.counters());
    let is_crowd = Memo::new(move |_| stage.crowd.with(Option::is_some));
    let several = move |counts: fn(usize) -> bool| follow::flag(move || counters.with(|it| counts(it.len())));
    view! {
        <div class="scenes" class:two=several(|count| count == 2) class:many=several(is_crowded)>
            {follow::part(move || {
                let counters = counters.get();
                let count = counters.len();
                if stage.lesson.picture == Picture::Story {
                    return follow::rarely(|| view! { <story::Hall stage=stage wide=wide still=still /> });
                }
                if is_crowd.get() {
                    return follow::rarely(|| view! { <crowd::Hall stage=stage still=still /> });
                }
                let counters = counters.into_iter().enumerate().map(|(thread, counter)| {
                    view! { <Counter stage=stage thread=thread label=counter.label wide=wide still=still count=count /> }
                });
                counters.collect_view().into_view()
            })}
        </div>
    }
}

/// Whether there are so many counters that each is drawn as a booth.
fn is_crowded(count: usize) -> bool {
    count > 2
}

/// What a room is drawn from.
#[derive(Clone, Copy)]
struct Room {
    stage: Stage,
    floor: Memo<Floor>,
    scene: Memo<Scene>,
    thread: ThreadId,
}

/// One counter of so many.
#[component]
fn Counter(
    stage: Stage,
    thread: usize,
    label: String,
    wide: Signal<bool>,
    still: Signal<bool>,
    count: usize,
) -> impl IntoView {
    let thread = ThreadId(thread as u8);
    let floor = Memo::new(move |_| {
        let width = match count {
            _ if is_crowded(count) => Floor::BOOTH,
            1 if wide.get() => Floor::WIDE,
            _ => Floor::NARROW,
        };
        // The room is furnished for the simulated run, so that it does not change while one runs,
        // unless the measured run needs more.
        let slots = |run: &Same<Replay>| scene::slots(run, thread);
        Floor { width, slots: scene::furnished(stage.simulated.with(slots).max(stage.shown.with(slots))) }
    });
    let scene = Memo::new(move |_| {
        let view =
            View { thread, floor: floor.get(), shows_main: stage.lesson.shows_main, walks: !still.get() };
        stage.shown.with(|shown| view.at(shown, stage.scene_time.get()))
    });
    let room = Room { stage, floor, scene, thread };
    // A booth has the number of its thread on the counter.
    let caption = (count > 1 && !is_crowded(count)).then(|| label.clone());
    let (calm, rests) = (stage.calm(0), Memo::new(move |_| !stage.playback.with(|it| it.playing)));
    let picture = stage.at_rest(move || scene.get());
    let told = move || {
        // What is told follows the picture in steps; when it stands still, exactly.
        calm.track();
        if rests.get() {
            picture.track();
            stage.told.track();
        }
        scene.with_untracked(|scene| describe(room, &label, scene))
    };
    let view_box = move || format!("0 0 {} {}", plain(floor.get().width), plain(floor.get().height()));
    view! {
        <figure class="counter">
            {caption.map(|caption| view! { <figcaption>{caption}</figcaption> })}
            <svg class="scene" class:packed=follow::flag(move || floor.get().is_packed()) viewBox=follow::text(view_box) role="img" aria-label=follow::text(told)>
                <room::Back room=room />
                <grills::Grills room=room />
                <room::Front room=room />
                <people::People room=room />
                <slips::Slips room=room />
            </svg>
        </figure>
    }
}

/// The picture in words, for those who cannot see it.
fn describe(room: Room, label: &str, scene: &Scene) -> String {
    let words = words();
    let time = room.stage.time.get_untracked().seconds();
    let names = room.stage.shown.get_untracked();
    let told = scene.people.iter().map(|person| {
        let name = names.trace.name(person.task);
        format!("{name} {}", words.state_at_counter(person.state))
    });
    let slips = scene.slips.iter().map(|slip| {
        let name = names.trace.name(slip.task);
        format!("{name} {}", if slip.dropped { words.slip_on_floor } else { words.slip_in_hand })
    });
    let people = told.chain(slips).collect::<Vec<_>>().join("; ");
    format!("{label}, {} s: {people}", fixed(time, 1))
}

pub(super) fn transform(at: scene::Point, scale: f64) -> String {
    format!("translate({} {}) scale({})", fixed(at.x, 1), fixed(at.y, 1), fixed(scale, 3))
}
