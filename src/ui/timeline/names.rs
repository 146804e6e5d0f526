//! The names of the rows, and beside those of tasks what state they are in.
//!
//! The states are written by one effect: many change at once, and no frame has to write more than some of them.

use crate::ui::prelude::*;
use web_sys::Node;

use super::Of;
use crate::replay::{Replay, State};
use crate::trace::{Micros, TaskId};
use crate::ui::follow;
use crate::ui::stage::{Stage, Turn};
use crate::ui::strings::words;
use crate::ui::who::Who;

/// How many states a frame writes while the cursor moves.
const MOST: usize = 16;

/// The states that are shown.
#[derive(Clone, Copy)]
pub struct Names {
    stage: Stage,
    shown: StoredValue<Vec<Shown>>,
    added: StoredValue<usize>,
}

/// The state beside a name, as it is written.
struct Shown {
    /// The how-manieth it is that was added.
    number: usize,
    task: TaskId,
    text: Node,
    state: Option<State>,
}

impl Names {
    /// None yet; those that are added follow the stage.
    pub fn new(stage: Stage) -> Self {
        let names = Self { stage, shown: StoredValue::new(Vec::new()), added: StoredValue::new(0) };
        let time = stage.calm(5);
        follow::effect(move || {
            let (time, most) = (time.get(), if stage.rests() { usize::MAX } else { MOST });
            if stage.has_turn(Turn::Names) {
                stage.told.with(|replay| names.shown.update_value(|shown| write(shown, replay, time, most)));
            }
        });
        names
    }

    fn add(self, task: TaskId, text: Node) -> usize {
        let number = self.added.get_value();
        self.added.set_value(number + 1);
        let time = self.stage.time.get_untracked();
        let state = self.stage.told.with_untracked(|replay| state(replay, task, time));
        text.set_node_value(Some(told(state)));
        self.shown.update_value(|shown| shown.push(Shown { number, task, text, state }));
        number
    }

    fn remove(self, number: usize) {
        // All of them may be gone by then.
        let _ = self.shown.try_update_value(|shown| shown.retain(|it| it.number != number));
    }
}

/// Writes those that have changed, but not more than `most`. Whoever is written stands behind all others then: nobody waits for ever.
fn write(shown: &mut Vec<Shown>, replay: &Replay, time: Micros, most: usize) {
    let (mut waiting, mut written) = (Vec::with_capacity(shown.len()), Vec::new());
    for mut it in shown.drain(..) {
        let now = state(replay, it.task, time);
        if now == it.state || written.len() >= most {
            waiting.push(it);
        } else {
            it.text.set_node_value(Some(told(now)));
            it.state = now;
            written.push(it);
        }
    }
    waiting.append(&mut written);
    *shown = waiting;
}

fn state(replay: &Replay, task: TaskId, time: Micros) -> Option<State> {
    Some(replay.lane(task)?.at(time)?.state)
}

fn told(state: Option<State>) -> &'static str {
    state.map_or("", |state| words().state(state))
}

/// The name of a row; a task's lights it up, and tells its state.
#[component]
pub fn Name(names: Names, of: Of, name: String) -> impl IntoView {
    let task = match of {
        Of::Task(task) => task,
        Of::Clerk(_) => return view! { <span class="name of-clerk">{name}</span> }.into_view(),
        Of::Crowd => return view! { <span class="name of-crowd">{name}</span> }.into_view(),
        Of::Group(_) => return view! { <span class="name of-group">{name}</span> }.into_view(),
    };
    let stage = names.stage;
    let who = Who::named(&name);
    let (one, two, three) = (name.clone(), name.clone(), name.clone());
    let state = NodeRef::<web_sys::HtmlElement>::new();
    follow::effect(move || {
        let Some(state) = state.get() else { return };
        let text: Node = document().create_text_node("").into();
        // A new text can be put into an element of its own.
        state.replace_children_with_node_1(&text);
        let number = names.add(task, text);
        on_cleanup(move || names.remove(number));
    });
    view! {
        <button type="button" class="name" class:lit=follow::flag(move || stage.lit.with(|lit| lit.as_deref() == Some(&*one)))
            on:pointerenter=follow::press(move || stage.light(Some(&two))) on:pointerleave=follow::press(move || stage.light(None))
            on:focus=follow::press(move || stage.light(Some(&three))) on:blur=follow::press(move || stage.light(None))>
            <i class=format!("chip {}", who.class()) aria-hidden="true">{who.letter.to_string()}</i>
            <span class="who-name">{name}</span>
            <span class="who-state" node_ref=state></span>
        </button>
    }
    .into_view()
}
