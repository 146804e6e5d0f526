//! The questions that end the course: asked one by one, then the result, and a record to print.
//!
//! What is asked and what it shows is decided in [`course::exam`](crate::course::exam); answers are
//! kept with the progress, so a reload comes back to where the learner was.

mod ask;
mod record;
mod result;

use crate::ui::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;

use super::app::Course;
use super::follow::{self, Memo};
use super::root;
use super::strings::exam as words;
use super::strings::words as general;
use crate::course::exam::LAST_SEED;
use crate::course::texts;
use crate::lessons;
use crate::lessons::model::Revisit;

/// The questions, or their result.
#[component]
pub fn Exam() -> impl IntoView {
    root::mark("data-exam");
    let course: Course = expect_context();
    if course.progress.with_untracked(|progress| progress.exam.seed().is_none()) {
        course.exam(|sheet| sheet.begin(another_seed(None)));
    }
    let state =
        Memo::new(move |_| course.progress.with(|progress| (progress.exam.seed(), progress.exam.shown())));
    let (here, failed) = (RwSignal::new(texts::has_exam()), RwSignal::new(None::<String>));
    let bring = move || {
        failed.set(None);
        spawn_local(async move {
            // The page may be gone by then.
            let _ = match texts::bring_exam().await {
                Ok(()) => here.try_set(true).is_none(),
                Err(reason) => failed.try_set(Some(reason)).is_none(),
            };
        });
    };
    if !here.get_untracked() {
        bring();
    }
    view! {
        <section class="exam" aria-label=words::KICKER data-testid="exam" data-seed=follow::text(move || state.get().0.map(|seed| seed.to_string()))>
            <p class="ask-kicker">{words::KICKER}" · "{follow::text(move || state.get().0.map(words::seed))}</p>
            {follow::part(move || failed.get().map(|reason| follow::rarely(|| sorry(reason, bring))))}
            {follow::part(move || match state.get() {
                _ if !here.get() => ().into_view(),
                (Some(seed), false) => view! { <ask::Ask course=course seed=seed /> }.into_view(),
                (Some(_), true) => view! { <result::Shown course=course /> }.into_view(),
                (None, _) => ().into_view(),
            })}
        </section>
    }
}

/// What stands in the place of questions that did not come.
fn sorry(reason: String, again: impl FnMut() + 'static) -> impl IntoView {
    let page = general();
    view! {
        <div role="alert" data-testid="exam-missing">
            <p>{words::MISSING}</p>
            <pre>{reason}</pre>
            <button type="button" class="button" data-testid="again" on:click=follow::press(again)>{page.again}</button>
        </div>
    }
}

/// A seed by chance, but not the one there is.
fn another_seed(than: Option<u32>) -> u32 {
    let seed = (js_sys::Math::random() * f64::from(LAST_SEED + 1)) as u32;
    if Some(seed) == than { (seed + 1) % (LAST_SEED + 1) } else { seed }
}

/// Moves the focus to where something new begins, for eyes and screen readers, once it is there.
fn focus(id: &'static str) {
    request_animation_frame(move || {
        if let Some(element) = document().get_element_by_id(id) {
            // An element that is in the page takes the focus.
            let _ = element.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    });
}

/// Links to the steps to look at again.
fn look_again(places: impl Iterator<Item = &'static Revisit>) -> impl IntoView {
    let links = places.filter_map(|place| {
        let lesson = lessons::find(place.lesson)?;
        let step = lesson.steps.iter().find(|step| step.id == place.step)?;
        Some(view! { <li><a href=place.link>{lesson.title}": "{step.title}</a></li> })
    });
    view! { <p class="look-again">{words::LOOK_AGAIN}</p><ul>{links.collect_view()}</ul> }
}
