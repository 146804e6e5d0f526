//! The keyboard: everything the stage can do.

use crate::ui::prelude::*;
use wasm_bindgen::JsCast;

use super::app::Course;
use super::lesson::turn;
use super::stage::Stage;
use crate::replay::playback::SPEEDS;

/// Listens as long as the lesson is open.
pub fn listen(course: Course, stage: Stage, position: RwSignal<usize>) {
    let handle = window_event_listener(leptos::ev::keydown, move |event| {
        let modified = event.ctrl_key() || event.meta_key() || event.alt_key();
        if modified
            || event.default_prevented()
            || belongs_to_field(&event)
            || course.keys_open.get_untracked()
        {
            return;
        }
        let last = stage.lesson.steps.len() - 1;
        let at = position.get_untracked();
        match event.key().as_str() {
            " " => stage.run_or_pause(),
            "ArrowLeft" => stage.step_back(),
            "ArrowRight" => stage.step_forward(),
            "Home" => stage.to_start(),
            "End" => stage.to_end(),
            "+" | "=" => change_speed(stage, 1),
            "-" | "_" => change_speed(stage, -1),
            "m" | "M" => stage.next_mode(),
            "Escape" => stage.stop(),
            "n" | "N" if at < last => turn(course, stage, position, at + 1),
            "b" | "B" if at > 0 => turn(course, stage, position, at - 1),
            "?" => course.keys_open.set(true),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || handle.remove());
}

/// Whether the key means something to the element that has the focus.
pub fn belongs_to_field(event: &web_sys::KeyboardEvent) -> bool {
    let Some(target) = event.target().and_then(|it| it.dyn_into::<web_sys::Element>().ok()) else {
        return false;
    };
    if target.closest("dialog").ok().flatten().is_some() {
        return true;
    }
    let moves = matches!(event.key().as_str(), "ArrowLeft" | "ArrowRight" | "Home" | "End");
    match target.tag_name().to_ascii_lowercase().as_str() {
        "input" | "select" | "textarea" => true,
        "button" | "a" | "summary" => event.key() == " " || event.key() == "Enter",
        // A list or a pane that scrolls.
        _ => moves && target.has_attribute("tabindex") && target.scroll_width() > target.client_width(),
    }
}

fn change_speed(stage: Stage, by: isize) {
    let speed = stage.playback.with_untracked(|playback| playback.speed);
    let at = SPEEDS.iter().position(|it| *it == speed).unwrap_or(3);
    let at = at.saturating_add_signed(by).min(SPEEDS.len() - 1);
    stage.set_speed(SPEEDS[at]);
}
