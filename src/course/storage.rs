//! Where progress and settings are kept: the browser's local storage, if it lets us.
//!
//! In a frame of another site, in a private window, or when it is full, storage may throw. Then
//! things are kept in memory, and the page says so.

use rustc_hash::FxHashMap;
use std::cell::{Cell, RefCell};

use super::progress::Progress;

const PROGRESS: &str = "concurrent-burgers.progress";
const KEPT_ASIDE: &str = "concurrent-burgers.progress.unreadable";
/// The name under which the theme is kept.
pub const THEME: &str = "concurrent-burgers.theme";

thread_local! {
    static MEMORY: RefCell<FxHashMap<String, String>> = RefCell::default();
    static IS_UNWANTED: Cell<bool> = const { Cell::new(false) };
}

/// How well things are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// In the browser's storage.
    Stored,
    /// Only until the page is closed.
    InMemory,
}

/// From now on storage is left alone, and everything kept in memory: the address asks for it.
pub fn keep_in_memory() {
    IS_UNWANTED.set(true);
}

fn local() -> Option<web_sys::Storage> {
    if IS_UNWANTED.get() {
        return None;
    }
    web_sys::window()?.local_storage().ok()?
}

/// What is kept under a name. In memory is what storage would not take: it is newer.
pub fn get(key: &str) -> Option<String> {
    let unstored = MEMORY.with_borrow(|memory| memory.get(key).cloned());
    unstored.or_else(|| local()?.get_item(key).ok()?)
}

/// Keeps something under a name.
pub fn set(key: &str, value: &str) -> Kept {
    match local().map(|storage| storage.set_item(key, value)) {
        Some(Ok(())) => {
            MEMORY.with_borrow_mut(|memory| memory.remove(key));
            Kept::Stored
        }
        _ => {
            MEMORY.with_borrow_mut(|memory| memory.insert(key.to_owned(), value.to_owned()));
            Kept::InMemory
        }
    }
}

/// What was found in storage.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// The learner's progress, or none yet.
    Progress(Progress),
    /// Something unreadable. It has been kept aside, and the learner starts anew.
    Unreadable,
}

/// Loads the learner's progress.
pub fn load() -> Found {
    let Some(text) = get(PROGRESS) else { return Found::Progress(Progress::default()) };
    match Progress::read(&text) {
        Ok(progress) => Found::Progress(progress),
        Err(_) => {
            set(KEPT_ASIDE, &text);
            Found::Unreadable
        }
    }
}

/// Keeps the learner's progress.
pub fn save(progress: &Progress) -> Kept {
    set(PROGRESS, &progress.write())
}
