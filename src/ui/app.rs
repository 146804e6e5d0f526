//! The frame of the page: address, theme, progress, notes; home or a lesson inside.

use crate::ui::prelude::*;

use super::follow::{self, Memo};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::arriving::{Arriving, Place, Shown};
use super::burger::Definitions;
use super::dialogs::Keys;
use super::embed;
use super::embed::host::Host;
use super::embed::scene_page::ScenePage;
use super::glossary::Glossary;
use super::home::Home;
use super::lab::LabPage;
use super::lesson::LessonPage;
use super::pieces::Pieces;
use super::strings::words;
use super::top::Top;
use crate::course::address::{Address, Theme};
use crate::course::embed::settings::Ui;
use crate::course::exam::Sheet;
use crate::course::progress::Progress;
use crate::course::storage::{self, Found, Kept};
use crate::course::texts;
use crate::lessons;
use crate::parts;

/// Puts the course in the place of the page's text, which stands until what it needs is here.
pub fn mount() {
    std::panic::set_hook(Box::new(show_panic));
    spawn_local(async {
        // Without a network, every part that is kept must be ready before anything else is called.
        parts::bring("").await;
        open_own_page();
        if let Some(place) = Place::of(&read_address()).missing() {
            // What did not come is asked for once more by the page, which can say what is wrong.
            let _ = texts::bring(place).await;
        }
        replace_text();
    });
}

fn replace_text() {
    let Some(root) = root() else { return };
    super::view::mount(&root, || App().into_view());
    if !root.hidden() {
        uncover();
    }
}

/// Shows the page in the place of the text.
pub fn uncover() {
    if let Some(root) = root() {
        root.set_hidden(false);
    }
    if let Some(text) = document().get_element_by_id("fallback") {
        text.remove();
    }
}

fn root() -> Option<web_sys::HtmlElement> {
    document().get_element_by_id("app").and_then(|it| it.dyn_into().ok())
}

/// What the whole page shares.
#[derive(Clone, Copy)]
pub struct Course {
    /// Where we are.
    pub address: RwSignal<Address>,
    /// What the learner has done.
    pub progress: RwSignal<Progress>,
    /// How the page is coloured.
    pub theme: RwSignal<Theme>,
    /// What must be told, in words.
    pub notes: RwSignal<Vec<String>>,
    /// Whether the list of keys is open.
    pub keys_open: RwSignal<bool>,
    /// Whether storage does not keep the progress.
    pub unsaved: RwSignal<bool>,
    /// Whether the page around this one keeps it.
    kept_by_host: RwSignal<bool>,
}

impl Course {
    fn new() -> Self {
        let address = read_address();
        let bad = embed::read_settings(address.lesson.is_some());
        let settings = embed::settings();
        if !settings.storage {
            storage::keep_in_memory();
        }
        let notes = address.notes.iter().map(|note| words().note(note));
        let notes = notes.chain(bad.iter().map(super::strings::embed::note)).collect();
        let stored = storage::get(storage::THEME).and_then(|theme| Theme::find(&theme));
        let theme = address.theme.or(stored).unwrap_or_default();
        let course = Self {
            address: RwSignal::new(address),
            progress: RwSignal::new(Progress::default()),
            theme: RwSignal::new(theme),
            notes: RwSignal::new(notes),
            keys_open: RwSignal::new(false),
            unsaved: RwSignal::new(false),
            kept_by_host: RwSignal::new(false),
        };
        match storage::load() {
            Found::Progress(progress) => course.progress.set(progress),
            Found::Unreadable => course.tell(words().unreadable),
        }
        course
    }

    /// Tells the learner something, once.
    pub fn tell(&self, note: &str) {
        self.notes.update(|notes| {
            if !notes.iter().any(|known| known == note) {
                notes.push(note.to_owned());
            }
        });
    }

    /// The learner has seen a step.
    pub fn see(&self, slug: &str, step: &str) {
        self.progress.update(|progress| progress.see(slug, step));
        self.save();
    }

    /// The learner has answered the check question of a lesson right.
    pub fn check(&self, slug: &str) {
        self.progress.update(|progress| progress.check(slug));
        self.save();
    }

    /// Does something with the questions that end the course.
    pub fn exam(&self, act: impl FnOnce(&mut Sheet)) {
        self.progress.update(|progress| act(&mut progress.exam));
        self.save();
    }

    /// Adds progress made elsewhere.
    pub fn bring(&self, other: &Progress) {
        self.progress.update(|progress| progress.add(other));
        self.save();
    }

    /// Forgets all progress.
    pub fn forget(&self) {
        self.progress.set(Progress::default());
        self.save();
    }

    fn save(&self) {
        let unsaved = self.progress.with_untracked(storage::save) == Kept::InMemory;
        let unsaved = unsaved && !self.kept_by_host.get_untracked();
        // What hangs on it is not drawn anew at every step.
        if self.unsaved.get_untracked() != unsaved {
            self.unsaved.set(unsaved);
        }
        if unsaved {
            self.tell(not_saved());
        }
    }

    /// The page around this one keeps the progress: storage is not needed.
    pub fn is_kept_by_host(&self) {
        self.kept_by_host.set(true);
        self.unsaved.set(false);
        self.notes.update(|notes| notes.retain(|note| note != not_saved()));
    }

    /// Goes to another address of the course.
    pub fn go(&self, query: &str) {
        push_history(query, true);
        self.arrive();
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }

    /// Reads the address anew: it has changed.
    fn arrive(&self) {
        let address = read_address();
        self.notes.set(address.notes.iter().map(|note| words().note(note)).collect());
        self.address.set(address);
    }
}

/// That progress is not saved, and whose wish it is: the browser's, or the address'.
fn not_saved() -> &'static str {
    if embed::settings().storage { words().not_saved } else { super::strings::embed::NOT_SAVED }
}

/// A lesson's own page (`waiting.html`) says what it opens, `<html data-open="lesson=waiting">`, unless the address asks for
/// something else.
fn open_own_page() {
    let own = document().document_element().and_then(|root| root.get_attribute("data-open"));
    let search = window().location().search().unwrap_or_default();
    if let Some(own) = own.filter(|_| !Address::asks_for_a_place(&search)) {
        let rest = search.trim_start_matches('?');
        push_history(format!("?{own}&{rest}").trim_end_matches('&'), false);
    }
}

fn read_address() -> Address {
    Address::parse(&window().location().search().unwrap_or_default())
}

/// Writes the address bar: as a new entry of the history, or over the one that is there.
pub fn push_history(query: &str, new: bool) {
    let Ok(history) = window().history() else { return };
    let query = &embed::keep(query);
    // A page opened from a file, or a strict frame, may forbid it; the page works all the same.
    let _ = if new {
        history.push_state_with_url(&JsValue::NULL, "", Some(query))
    } else {
        history.replace_state_with_url(&JsValue::NULL, "", Some(query))
    };
}

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let words = words();
    let course = Course::new();
    provide_context(course);
    let ui = embed::settings().ui;
    let host = Host::open(course);
    provide_context(host);
    course.notes.with_untracked(|notes| notes.iter().for_each(|note| host.error(note, None)));
    follow_links(course);
    let back = window_event_listener_untyped("popstate", move |_| course.arrive());
    on_cleanup(move || back.remove());
    follow::effect(move || {
        let theme = course.theme.get();
        if let Some(root) = document().document_element() {
            // Setting an attribute of an element that exists cannot fail.
            let _ = root.set_attribute("data-theme", theme.id());
            embed::keep_theme(theme);
            let _ = root.set_attribute("lang", words.lang);
        }
    });
    let place = Memo::new(move |_| course.address.with(Place::of));
    let arriving = Arriving::at(place);
    let pieces = first_page(place.get_untracked());
    provide_context(pieces);
    let shown = arriving.shown();
    view! {
        <Definitions />
        {(ui == Ui::Full).then(|| pieces.draw(move || view! { <a class="skip" href="#main">{words.skip}</a><Top course=course /> }.into_view()))}
        <Notes course=course />
        {follow::part(move || match shown.get() {
            Shown::Nothing => ().into_view(),
            Shown::Missing(reason) => arriving.sorry(reason),
            Shown::Here(Place { lab: true, .. }) => follow::rarely(|| view! { <LabPage /> }),
            Shown::Here(place) => match place.lesson.and_then(lessons::find) {
                Some(lesson) if ui == Ui::Scene => follow::rarely(|| view! { <ScenePage lesson=lesson /> }),
                Some(lesson) => pieces.draw(move || view! { <LessonPage lesson=lesson /> }.into_view()),
                None if place.glossary => follow::rarely(|| view! { <Glossary /> }),
                None => follow::rarely(|| view! { <Home /> }),
            },
        })}
        <Keys open=course.keys_open lab=Signal::derive(move || place.get().lab) />
    }
}

/// A lesson is put up piece by piece, and not shown before its text is there. Not where nobody sees it, for browsers let a turn wait
/// for a second there; nor in a frame, whose height the page around it is told.
fn first_page(place: Place) -> Pieces {
    let (is_lesson, is_here) = (place.lesson.is_some() && !place.lab, place.missing().is_none());
    let in_turns = is_lesson && is_here && embed::is_full() && !document().hidden();
    if let Some(root) = root().filter(|_| in_turns) {
        root.set_hidden(true);
    }
    Pieces::new(in_turns)
}

/// Links within the course change the address without loading the page anew.
fn follow_links(course: Course) {
    let handle = window_event_listener_untyped("click", move |event| {
        let Some(event) = event.dyn_ref::<web_sys::MouseEvent>() else { return };
        let plain = event.button() == 0 && !event.ctrl_key() && !event.meta_key() && !event.shift_key();
        let target = event.target().and_then(|it| it.dyn_into::<web_sys::Element>().ok());
        let link = target.and_then(|it| it.closest("a[href]").ok().flatten());
        let Some(href) = link.as_ref().and_then(|it| it.get_attribute("href")) else { return };
        if embed::leads_out(&href, course.address.with_untracked(|it| it.lesson)) {
            // The browser goes on with it, and opens it beside the page that this frame is in.
            let _ = link.iter().try_for_each(|it| {
                it.set_attribute("target", "_blank").and(it.set_attribute("rel", "noopener"))
            });
        } else if plain && !event.default_prevented() && (href.starts_with('?') || href == "./") {
            event.prevent_default();
            course.go(&href);
        }
    });
    on_cleanup(move || handle.remove());
}

/// What must be told about the address, the storage and so on.
#[component]
fn Notes(course: Course) -> impl IntoView {
    view! {
        <div class="notes" role="status" data-testid="notes">
            {follow::part(move || course.notes.get().into_iter().map(|note| follow::rarely(move || {
                let gone = note.clone();
                view! {
                    <p class="note">{note}
                        <button type="button" class="small" on:click=follow::press(move || course.notes.update(|notes| notes.retain(|it| *it != gone)))>
                            {words().dismiss}
                        </button>
                    </p>
                }
            })).collect_view())}
        </div>
    }
}

/// Whether a media query holds, now and later.
pub fn use_media(query: &str) -> Signal<bool> {
    let list = window().match_media(query).ok().flatten();
    let holds = RwSignal::new(list.as_ref().is_some_and(web_sys::MediaQueryList::matches));
    if let Some(list) = list {
        let heard = list.clone();
        let changed = Closure::<dyn Fn()>::new(move || {
            // The page may be gone by then.
            let _ = holds.try_set(heard.matches());
        });
        list.set_onchange(Some(changed.as_ref().unchecked_ref()));
        let kept = StoredValue::new((list, changed));
        on_cleanup(move || kept.with_value(|(list, _)| list.set_onchange(None)));
    }
    Signal::derive(move || holds.get())
}

/// Copies a text, and says for a moment that it is copied.
pub fn copy_text(text: &str, copied: RwSignal<bool>) {
    // In a page without a secure origin there is no clipboard at all, whatever its type says.
    let navigator = window().navigator();
    let has_clipboard =
        js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|it| !it.is_undefined());
    if !has_clipboard {
        return;
    }
    let promise = navigator.clipboard().write_text(text);
    spawn_local(async move {
        if JsFuture::from(promise).await.is_ok() {
            copied.try_set(true);
            gloo_timers::future::TimeoutFuture::new(1600).await;
            copied.try_set(false);
        }
    });
}

/// Brings the stage into view, on pages where it is below the text.
pub fn show_stage() {
    if let Ok(Some(stage)) = document().query_selector("[data-testid=stage]") {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        stage.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// A panic: the page says what happened, and the way back. Progress is stored already.
fn show_panic(panic: &std::panic::PanicHookInfo<'_>) {
    console_error_panic_hook::hook(panic);
    let words = words();
    let Some(body) = web_sys::window().and_then(|it| it.document()).and_then(|it| it.body()) else { return };
    let Ok(page) = document().create_element("main") else { return };
    page.set_class_name("panic");
    for (tag, text) in [("h1", words.panic), ("p", words.panic_text), ("pre", &panic.to_string())] {
        if let Ok(element) = document().create_element(tag) {
            element.set_text_content(Some(text));
            // Adding a new element to a page cannot fail.
            let _ = page.append_child(&element);
        }
    }
    if let Ok(link) = document().create_element("a") {
        link.set_text_content(Some(words.reload));
        let _ = link.set_attribute("href", "./");
        let _ = page.append_child(&link);
    }
    body.replace_children_with_node_1(&page);
}
