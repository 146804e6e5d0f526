//! Whether the stage is in view, and what waits for that.
//!
//! A frame that nobody sees starts nothing: not by `autoplay=1`, not by a host's command. What is
//! wanted waits until the scene is in view of the reader and its tab is shown. What the learner presses
//! waits for nothing.

use crate::ui::prelude::*;
use wasm_bindgen::prelude::*;

use super::settings;
use crate::course::embed::settings::Motion;
use crate::threads::run::Phase;
use crate::ui::app::use_media;
use crate::ui::follow;
use crate::ui::stage::Stage;

/// How much of the scene must be in view.
const PART: f64 = 0.3;

/// What waits for the scene to be seen.
#[derive(Clone, Copy, PartialEq)]
pub enum Wanted {
    /// Nothing.
    Nothing,
    /// A run, because the address asks for it: only if nothing else has happened meanwhile.
    Autoplay,
    /// A run, or going on, because the host asks for it.
    Play,
}

/// Does what is wanted when the scene is seen.
pub fn start_when_seen(stage: Stage) -> RwSignal<Wanted> {
    let wanted = RwSignal::new(if settings().autoplay { Wanted::Autoplay } else { Wanted::Nothing });
    let seen = RwSignal::new(false);
    let shown = RwSignal::new(!document().hidden());
    let asks_for_less = use_media("(prefers-reduced-motion: reduce)");
    let listener =
        window_event_listener_untyped("visibilitychange", move |_| shown.set(!document().hidden()));
    on_cleanup(move || listener.remove());
    observe(seen);
    follow::effect(move || {
        if !seen.get() || !shown.get() {
            return;
        }
        match wanted.get() {
            Wanted::Nothing => return,
            Wanted::Autoplay => {
                let still = untrack(|| asks_for_less.get()) || settings().motion == Motion::Reduce;
                // A step that asks for a guess would be answered by the run.
                if !still && !untrack(|| stage.keeps_secret() || stage.has_begun()) {
                    stage.run();
                }
            }
            Wanted::Play => play(stage),
        }
        wanted.set(Wanted::Nothing);
    });
    wanted
}

/// Runs, or goes on.
fn play(stage: Stage) {
    let playing = stage.playback.with_untracked(|playback| playback.playing);
    if !playing && stage.phase.get_untracked() != Some(Phase::Starting) {
        stage.run_or_pause();
    }
}

/// Watches the scene.
fn observe(seen: RwSignal<bool>) {
    let watch = StoredValue::new(None::<(web_sys::IntersectionObserver, Closure<dyn FnMut(js_sys::Array)>)>);
    follow::effect(move || {
        let Ok(Some(scene)) = document().query_selector("[data-testid=stage] .scenes") else { return };
        let heard = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
            if let Ok(entry) = entries.pop().dyn_into::<web_sys::IntersectionObserverEntry>() {
                // The page may be gone by then.
                let _ = seen.try_set(entry.is_intersecting() && entry.intersection_ratio() >= PART);
            }
        });
        let options = web_sys::IntersectionObserverInit::new();
        options.set_threshold(&[0.0, PART].map(JsValue::from).iter().collect::<js_sys::Array>());
        let callback = heard.as_ref().unchecked_ref();
        if let Ok(observer) = web_sys::IntersectionObserver::new_with_options(callback, &options) {
            observer.observe(&scene);
            watch.set_value(Some((observer, heard)));
        }
    });
    on_cleanup(move || {
        watch.with_value(|watch| watch.iter().for_each(|(observer, _)| observer.disconnect()))
    });
}
