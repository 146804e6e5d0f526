//! A lesson is shown once its text is here. Until then the page stays as it is; if the text cannot come, the page says so.

use crate::ui::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::follow::{self, Memo};
use super::strings::words;
use crate::course::address::Address;
use crate::course::texts;

/// A place of the course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// A lesson, by its slug.
    pub lesson: Option<&'static str>,
    /// The glossary.
    pub glossary: bool,
    /// The lab.
    pub lab: bool,
}

impl Place {
    /// The place of an address.
    pub fn of(address: &Address) -> Self {
        Self { lesson: address.lesson, glossary: address.glossary, lab: address.lab.is_some() }
    }

    /// The lesson or the lab, if not everything of it is here yet.
    pub fn missing(self) -> Option<&'static str> {
        let place = if self.lab { Some(texts::LAB) } else { self.lesson };
        place.filter(|place| !texts::are_here(place))
    }
}

/// What can be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Nothing yet.
    Nothing,
    /// A place of which everything is here.
    Here(Place),
    /// A text did not come, and why.
    Missing(String),
}

/// The texts that are on their way.
#[derive(Clone, Copy)]
pub struct Arriving {
    place: Memo<Place>,
    come: RwSignal<u32>,
    tries: RwSignal<u32>,
    failed: RwSignal<Option<(Place, String)>>,
}

impl Arriving {
    /// Brings what each place needs.
    pub fn at(place: Memo<Place>) -> Self {
        let it = Self { place, come: RwSignal::new(0), tries: RwSignal::new(0), failed: RwSignal::new(None) };
        follow::effect(move || {
            it.tries.track();
            if let Some(missing) = place.get().missing() {
                it.bring(missing);
            }
        });
        it
    }

    fn bring(self, place: &'static str) {
        let wanted = self.place.get_untracked();
        spawn_local(async move {
            // The page may be gone by then.
            let _ = match texts::bring(place).await {
                Ok(()) => self.come.try_update(|come| *come += 1).is_some(),
                Err(reason) => self.failed.try_set(Some((wanted, reason))).is_none(),
            };
        });
    }

    /// What is shown now.
    pub fn shown(self) -> Memo<Shown> {
        Memo::new(move |before: Option<&Shown>| {
            let wanted = self.place.get();
            self.come.track();
            match (wanted.missing(), self.failed.get()) {
                (None, _) => Shown::Here(wanted),
                (Some(_), Some((place, reason))) if place == wanted => Shown::Missing(reason),
                _ => before.cloned().unwrap_or(Shown::Nothing),
            }
        })
    }

    /// What stands in the place of a lesson whose text did not come.
    pub fn sorry(self, reason: String) -> View {
        let words = words();
        let again = move || {
            self.failed.set(None);
            self.tries.update(|tries| *tries += 1);
        };
        view! {
            <main id="main" class="panic" data-testid="missing">
                <h1>{words.missing}</h1>
                <p>{words.missing_text}</p>
                <pre>{reason}</pre>
                <button type="button" class="primary" data-testid="again" on:click=follow::press(again)>{words.again}</button>
            </main>
        }
        .into_view()
    }
}
