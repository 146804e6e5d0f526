//! FastAPI's story, drawn from its own projection: the line, the kitchen, the table, and you.

mod people;
mod room;

use crate::decimal::{fixed, plain};
use crate::ui::prelude::*;

use super::transform;
use crate::replay::for_two::{self, Evening, Steps, View};
use crate::replay::scene::Floor;
use crate::scenarios;
use crate::trace::TaskId;
use crate::ui::follow::{self, Memo};
use crate::ui::stage::Stage;
use crate::ui::strings::for_two::describe;

/// What everything is drawn from.
#[derive(Clone, Copy)]
struct Room {
    stage: Stage,
    hall: Memo<for_two::Hall>,
    evening: Memo<Evening>,
}

impl Room {
    /// A yes or no of the picture.
    fn is(self, read: impl Fn(&Evening) -> bool + Send + Sync + 'static) -> Signal<bool> {
        Signal::derive(move || self.evening.with(&read))
    }

    /// The name of an errand.
    fn name(self, task: TaskId) -> String {
        self.stage.shown.with_untracked(|shown| shown.trace.name(task).to_owned())
    }
}

/// The hall.
#[component]
pub fn Hall(stage: Stage, wide: Signal<bool>, still: Signal<bool>) -> impl IntoView {
    let steps = scenarios::find(stage.lesson.scenario).map_or(&[][..], |scenario| scenario.steps);
    let steps = Steps::of(steps);
    // A run that is shown has the knobs that are set: to turn one puts the run away.
    let count = move |id| stage.knobs.with(|knobs| knobs.count(id, 1));
    let hall = Memo::new(move |_| for_two::Hall {
        width: if wide.get() { Floor::WIDE } else { Floor::NARROW },
        cashiers: count("cashiers").max(1),
    });
    let evening = Memo::new(move |_| {
        let view = View { steps, hall: hall.get(), ahead: count("ahead"), walks: !still.get() };
        stage.shown.with(|shown| view.at(shown, stage.scene_time.get()))
    });
    let room = Room { stage, hall, evening };
    let view_box = move || format!("0 0 {} {}", plain(hall.get().width), plain(Floor::HEIGHT));
    let label = move || {
        let told = evening.with(|evening| describe(evening, &|task| room.name(task)));
        let time = fixed(stage.time.get().seconds(), 1);
        format!("{}, {time} s: {told}", stage.label_of(stage.mode.get()))
    };
    view! {
        <figure class="counter">
            <svg class="scene for-two" viewBox=follow::text(view_box) role="img" aria-label=follow::text(label)>
                <room::Furniture room=room />
                <room::Bar room=room />
                <people::Guests room=room />
                <people::Friend room=room />
                <people::You room=room />
                <room::Table room=room />
                <people::Talk room=room />
            </svg>
        </figure>
    }
}
