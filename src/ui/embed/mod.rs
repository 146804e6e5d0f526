//! The page in a frame: what of it is shown, how it grows, what it tells and hears.
//!
//! - [`host`]: the page around this one: messages, score, state, commands
//! - [`frame_height`]: how tall the frame wants to be
//! - [`sight`]: whether the stage is in view; what waits for that
//! - [`scene_page`]: a stage alone
//! - [`share`]: the lines that a teacher pastes
//!
//! The address is read once, when the page starts ([`settings`]); what it asks stays so until the page
//! is loaded anew, but for the colours. What may be asked, and what a bad value becomes, is decided in
//! [`crate::course::embed`].

pub mod frame_height;
pub mod host;
pub mod scene_page;
pub mod share;
pub mod sight;

use std::cell::RefCell;

use crate::ui::prelude::*;

use super::app::use_media;
use crate::course::address::Theme;
use crate::course::embed::settings::{Motion, Note, Settings, Ui, secret};

thread_local! {
    static SETTINGS: RefCell<Settings> = RefCell::default();
}

/// What the address asks of the frame.
pub fn settings() -> Settings {
    SETTINGS.with_borrow(Settings::clone)
}

/// Reads the address of the page, once, when it starts. Gives what was wrong with it.
pub fn read_settings(has_lesson: bool) -> Vec<Note> {
    let query = window().location().search().unwrap_or_default();
    let (settings, notes) = Settings::parse(&query, has_lesson);
    if let Some(root) = document().document_element() {
        // Setting an attribute of an element that exists cannot fail.
        let _ = root.set_attribute("data-ui", settings.ui.id());
        if settings.motion == Motion::Reduce {
            let _ = root.set_attribute("data-motion", "reduce");
        }
        if is_framed() {
            let _ = root.set_attribute("data-framed", "");
        }
    }
    SETTINGS.set(settings);
    notes
}

/// Whether this page stands in a frame.
pub fn is_framed() -> bool {
    let window = window();
    let parent = window.parent().ok().flatten();
    parent.is_some_and(|parent| {
        AsRef::<wasm_bindgen::JsValue>::as_ref(&parent) != AsRef::<wasm_bindgen::JsValue>::as_ref(&window)
    })
}

/// Whether all of the page is shown.
pub fn is_full() -> bool {
    settings().ui == Ui::Full
}

/// Whether the page is a stage alone.
pub fn is_scene() -> bool {
    settings().ui == Ui::Scene
}

/// A link of the course, so that a frame loaded from it is as this one.
pub fn keep(link: &str) -> String {
    let kept = settings().keep(link);
    let hash = window().location().hash().unwrap_or_default();
    match secret(&hash) {
        Some(_) if !kept.contains('#') => kept + &hash,
        _ => kept,
    }
}

/// The colours have changed: an address that speaks of colours speaks of these now.
pub fn keep_theme(theme: Theme) {
    SETTINGS.with_borrow_mut(|settings| {
        if let Some(asked) = &mut settings.theme {
            *asked = theme;
        }
    });
}

/// Whether a link must open in a tab of its own.
pub fn leads_out(href: &str, lesson: Option<&str>) -> bool {
    settings().leads_out(href, lesson, is_framed())
}

/// Whether people stand at discrete places instead of walking.
pub fn use_still() -> Signal<bool> {
    match settings().motion {
        Motion::Auto => use_media("(prefers-reduced-motion: reduce)"),
        Motion::Reduce => Signal::derive(|| true),
        Motion::Full => Signal::derive(|| false),
    }
}

/// Whether a room has the width for everything it can show: in a frame with nothing but the stage,
/// a small wide room is better than one that does not fit.
pub fn use_wide() -> Signal<bool> {
    use_media(if is_scene() { "(min-width: 520px)" } else { "(min-width: 760px)" })
}
