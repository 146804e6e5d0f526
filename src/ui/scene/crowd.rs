//! The counter on a busy day: a canvas, because nobody can tell the people apart any more.
//!
//! Where everybody stands comes from `replay::crowd`; `easel` draws it, at the time of the cursor and from nothing else.

mod colours;
mod easel;
mod look;

use crate::ui::prelude::*;

use crate::replay::crowd::{Crowd, Dots, Hall as Room};
use crate::ui::follow::{self, Memo};
use crate::ui::stage::Stage;
use crate::ui::strings::crowd as words;
use easel::{Easel, Place};

/// The hall.
#[component]
pub fn Hall(stage: Stage, still: Signal<bool>) -> impl IntoView {
    let canvas = NodeRef::<web_sys::HtmlCanvasElement>::new();
    let width = RwSignal::new(0.0_f64);
    let dark = crate::ui::app::use_media("(prefers-color-scheme: dark)");
    let dots = StoredValue::new(Dots::default());
    let easel = StoredValue::new(None::<Easel>);
    let measure = move || {
        if let Some(canvas) = canvas.get_untracked() {
            let _ = width.try_set(f64::from(canvas.client_width()));
        }
    };
    let resized = window_event_listener_untyped("resize", move |_| measure());
    on_cleanup(move || resized.remove());
    let room = Memo::new(move |_| {
        let width = width.get() as f32;
        stage.crowd.get().filter(|_| width > 0.0).map(|crowd| {
            let tables = stage.simulated.with(|it| Crowd::of(it).map_or(0, |it| it.tables)).max(crowd.tables);
            (Room::new(width, crowd.len(), tables), tables)
        })
    });
    follow::effect(move || {
        if canvas.get().is_some() {
            request_animation_frame(measure);
        }
    });
    follow::effect(move || {
        dark.track();
        let (Some(canvas), Some((room, tables)), Some(crowd)) = (canvas.get(), room.get(), stage.crowd.get())
        else {
            return;
        };
        let theme = document()
            .document_element()
            .and_then(|root| root.get_attribute("data-theme"))
            .unwrap_or_default();
        let theme = format!("{theme}{}", dark.get_untracked());
        let time = stage.scene_time.get();
        dots.update_value(|dots| {
            stage.shown.with(|replay| crowd.place(replay, &room, time, !still.get(), dots));
            easel.update_value(|easel| {
                let here = Place { room, tables, theme };
                if easel.as_ref().is_none_or(|easel| easel.place != here) {
                    *easel = Easel::new(&canvas, here);
                }
                if let Some(easel) = easel {
                    easel.draw(dots, &crowd.counts(time));
                }
            });
        });
    });
    let calm = stage.calm(0);
    let told = move || {
        let counts = stage.crowd.get().map(|crowd| crowd.counts(calm.get())).unwrap_or_default();
        words::told(&counts, calm.get().seconds())
    };
    view! {
        <figure class="counter crowd">
            <canvas node_ref=canvas class="crowd-canvas" data-testid="crowd" role="img" aria-label=follow::text(told)></canvas>
            <figcaption class="crowd-told" data-testid="crowd-told" aria-hidden="true">{follow::text(told)}</figcaption>
        </figure>
    }
}
