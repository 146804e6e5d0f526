//! Where progress is kept, whatever the browser's storage does.

use concurrent_burgers::course::progress::Progress;
use concurrent_burgers::course::storage::{self, Found, Kept, THEME};
use js_sys::Function;
use wasm_bindgen::JsValue;

use super::*;

/// These names are in learners' browsers: they cannot change.
const PROGRESS: &str = "concurrent-burgers.progress";
const KEPT_ASIDE: &str = "concurrent-burgers.progress.unreadable";

fn local() -> web_sys::Storage {
    let window = web_sys::window().expect("tests run in a page");
    window.local_storage().ok().flatten().expect("the browser has storage")
}

/// Runs JavaScript now, and other JavaScript in the end.
struct Meanwhile(&'static str);

impl Meanwhile {
    fn new(now: &str, in_the_end: &'static str) -> Self {
        run(now);
        Self(in_the_end)
    }

    fn storage_throws_at(method: &str) -> Self {
        let throw = "function () { throw new DOMException('full', 'QuotaExceededError') }";
        let keep = format!("globalThis.kept ??= {{}}; kept.{method} = Storage.prototype.{method};");
        Self::new(
            &format!("{keep} Storage.prototype.{method} = {throw};"),
            "Object.assign(Storage.prototype, kept);",
        )
    }

    fn no_storage_at_all() -> Self {
        Self::new(
            "globalThis.real = Object.getOwnPropertyDescriptor(window, 'localStorage');
             const get = () => { throw new DOMException('not in here', 'SecurityError') };
             Object.defineProperty(window, 'localStorage', { ...real, get });",
            "Object.defineProperty(window, 'localStorage', real);",
        )
    }
}

impl Drop for Meanwhile {
    fn drop(&mut self) {
        run(self.0);
    }
}

fn run(code: &str) {
    Function::new_no_args(code).call0(&JsValue::NULL).expect("it is JavaScript");
}

/// Empty storage, and an empty memory: what is stored is not kept in memory.
fn anew() {
    for key in [PROGRESS, KEPT_ASIDE, THEME] {
        storage::set(key, "");
        local().remove_item(key).expect("storage works");
        assert_eq!(storage::get(key), None);
    }
}

fn some_progress() -> Progress {
    let mut progress = Progress::default();
    progress.see("sync-vs-async", "wake");
    progress.check("sync-vs-async");
    assert_ne!(progress, Progress::default(), "the lesson and its step exist");
    progress
}

#[wasm_bindgen_test]
fn progress_survives() {
    anew();
    assert_eq!(storage::load(), Found::Progress(Progress::default()));
    assert_eq!(storage::save(&some_progress()), Kept::Stored);
    assert_eq!(storage::load(), Found::Progress(some_progress()));
    assert_eq!(local().get_item(PROGRESS), Ok(Some(some_progress().write())));
    anew();
}

#[wasm_bindgen_test]
fn what_cannot_be_read_is_kept_aside() {
    for text in ["", "{\"lessons\":1}", "v=99&later=x", "\u{0}ä", &"x".repeat(100_000)] {
        anew();
        local().set_item(PROGRESS, text).expect("storage works");
        assert_eq!(storage::load(), Found::Unreadable, "{text:.20}");
        assert_eq!(local().get_item(KEPT_ASIDE), Ok(Some(text.to_owned())));
        // The learner starts anew; what was there is still kept.
        assert_eq!(storage::save(&some_progress()), Kept::Stored);
        assert_eq!(storage::load(), Found::Progress(some_progress()));
        assert_eq!(local().get_item(KEPT_ASIDE), Ok(Some(text.to_owned())));
    }
    anew();
}

#[wasm_bindgen_test]
fn what_storage_does_not_take_is_kept_in_memory() {
    anew();
    let before = Progress::default();
    assert_eq!(storage::save(&before), Kept::Stored);
    {
        let _full = Meanwhile::storage_throws_at("setItem");
        assert_eq!(storage::save(&some_progress()), Kept::InMemory);
        assert_eq!(storage::load(), Found::Progress(some_progress()), "not the older one in storage");
        assert_eq!(local().get_item(PROGRESS), Ok(Some(before.write())));
    }
    // When there is room again, it is stored, and storage is asked again.
    assert_eq!(storage::save(&some_progress()), Kept::Stored);
    local().set_item(PROGRESS, &before.write()).expect("storage works");
    assert_eq!(storage::load(), Found::Progress(before));
    anew();
}

#[wasm_bindgen_test]
fn storage_that_cannot_be_read_is_no_trouble() {
    anew();
    {
        let _deaf = Meanwhile::storage_throws_at("getItem");
        assert_eq!(storage::get(THEME), None);
        assert_eq!(storage::load(), Found::Progress(Progress::default()));
    }
    {
        let (_deaf, _full) =
            (Meanwhile::storage_throws_at("getItem"), Meanwhile::storage_throws_at("setItem"));
        assert_eq!(storage::save(&some_progress()), Kept::InMemory);
        assert_eq!(storage::load(), Found::Progress(some_progress()));
    }
    anew();
}

#[wasm_bindgen_test]
fn a_page_without_storage_keeps_things_in_memory() {
    anew();
    {
        let _none = Meanwhile::no_storage_at_all();
        assert_eq!(storage::get(THEME), None);
        assert_eq!(storage::set(THEME, "dark"), Kept::InMemory);
        assert_eq!(storage::get(THEME).as_deref(), Some("dark"));
        assert_eq!(storage::load(), Found::Progress(Progress::default()));
    }
    anew();
}
