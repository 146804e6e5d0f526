//! The keyboard of the lab: the clock of all counters, and the mode of the one that has the focus.

use crate::ui::prelude::*;

use super::bench::Bench;
use crate::trace::Micros;
use crate::ui::app::Course;
use crate::ui::keys::belongs_to_field;

/// Listens as long as the lab is open.
pub fn listen(course: Course, bench: Bench) {
    let handle = window_event_listener(leptos::ev::keydown, move |event| {
        let modified = event.ctrl_key() || event.meta_key() || event.alt_key();
        if modified
            || event.default_prevented()
            || belongs_to_field(&event)
            || course.keys_open.get_untracked()
        {
            return;
        }
        match event.key().as_str() {
            " " => bench.run_or_pause(),
            "ArrowLeft" => bench.step_back(),
            "ArrowRight" => bench.step_forward(),
            "Home" => bench.seek(Micros(0)),
            "End" => bench.to_end(),
            "+" | "=" => bench.change_speed(1),
            "-" | "_" => bench.change_speed(-1),
            "m" | "M" => next_mode(bench),
            "Escape" => bench.stop(),
            "?" => course.keys_open.set(true),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || handle.remove());
}

/// The next mode of the counter that has the focus; else of the first.
fn next_mode(bench: Bench) {
    let focused = document().active_element().and_then(|it| it.closest("[data-seat]").ok().flatten());
    let id = focused.and_then(|it| it.get_attribute("data-seat")).and_then(|id| id.parse::<u32>().ok());
    let seats = bench.seats.get_untracked();
    let seat = seats.iter().find(|seat| Some(seat.id) == id).or(seats.first());
    seat.iter().for_each(|seat| seat.stage.get_untracked().next_mode());
}
