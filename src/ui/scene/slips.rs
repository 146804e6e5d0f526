//! Order slips: coroutines that were made and have not started.

use leptos::prelude::*;

use super::{Room, transform};
use crate::replay::scene::Slip;
use crate::trace::TaskId;
use crate::ui::follow;

/// Every slip in the room.
#[component]
pub fn Slips(room: Room) -> impl IntoView {
    let all = Memo::new(move |_| {
        room.scene.with(|scene| scene.slips.iter().map(|slip| slip.task).collect::<Vec<_>>())
    });
    view! {
        <For each=move || all.get() key=|task| *task let:task>
            <Paper room=room task=task />
        </For>
    }
}

#[component]
fn Paper(room: Room, task: TaskId) -> impl IntoView {
    let slip = Memo::new(move |before: Option<&Option<Slip>>| {
        let now = room.scene.with(|scene| scene.slips.iter().find(|slip| slip.task == task).copied());
        now.or(before.copied().flatten())
    });
    let name = room.stage.shown.with_untracked(|shown| shown.trace.name(task).to_owned());
    let half = name.chars().count() as f64 * 3.9 + 8.0;
    let place = move || slip.get().map(|slip| transform(slip.at, 1.0));
    view! {
        <g class="slip" class:dropped=follow::flag(move || slip.get().is_some_and(|slip| slip.dropped)) transform=follow::text(place)>
            <path d=format!("M{} -15H{half}V13l-5-3-5 3-5-3-5 3-5-3-5 3H{}z", -half, -half) />
            <text y="4">{name}</text>
        </g>
    }
}
