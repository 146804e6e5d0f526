//! What follows the state it reads, each kind in one type.
//!
//! A closure in a view is a type of its own, and everything Leptos does with it is compiled once
//! for each. Through these functions there is one type of text, one of flag, one of part, one of
//! handler, one of effect and one of memo, whatever reads or does what: it halves the program that visitors download.

mod memo;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

pub use memo::Memo;

use super::stage::Stage;

/// A text.
pub fn text<T: Words>(read: impl Fn() -> T + Send + Sync + 'static) -> Signal<String> {
    Signal::derive(move || read().words())
}

/// Yes or no.
pub fn flag(read: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    Signal::derive(read)
}

/// Does something in a turn of its own, and again whenever what it has read is another.
pub fn effect(act: impl FnMut() + 'static) {
    boxed(Box::new(act));
}

fn boxed(mut act: Box<dyn FnMut()>) {
    Effect::new(move |_: Option<()>| act());
}

/// A part of the page.
pub fn part<V: IntoView + 'static>(read: impl Fn() -> V + Send + 'static) -> AnyView {
    dynamic(Box::new(move || read().into_any()))
}

/// Something that is drawn only sometimes. Its code is a function of its own, which need not be there before.
#[inline(never)]
pub fn rarely<V: IntoView + 'static>(draw: impl FnOnce() -> V) -> AnyView {
    draw().into_any()
}

fn dynamic(read: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
    (move || read()).into_any()
}

/// What to do when something is pressed, entered or left.
pub fn press<E: 'static>(mut act: impl FnMut() + 'static) -> Box<dyn FnMut(E)> {
    Box::new(move |_| act())
}

/// What to do with an event.
pub fn hear(act: impl FnMut(web_sys::Event) + 'static) -> Box<dyn FnMut(web_sys::Event)> {
    Box::new(act)
}

/// What the pointer goes over: lights up the task whose name it has, everywhere.
pub fn light(stage: Stage) -> Box<dyn FnMut(web_sys::PointerEvent)> {
    Box::new(move |event| {
        let target = event.target().and_then(|it| it.dyn_into::<web_sys::Element>().ok());
        let named = target.and_then(|it| it.closest("[data-name]").ok().flatten());
        stage.light(named.and_then(|it| it.get_attribute("data-name")).as_deref());
    })
}

/// What can be a text.
pub trait Words {
    /// The text.
    fn words(self) -> String;
}

impl Words for String {
    fn words(self) -> String {
        self
    }
}

impl Words for &str {
    fn words(self) -> String {
        self.to_owned()
    }
}

impl Words for f64 {
    fn words(self) -> String {
        self.to_string()
    }
}

impl Words for u32 {
    fn words(self) -> String {
        self.to_string()
    }
}

impl<T: Words> Words for Option<T> {
    fn words(self) -> String {
        self.map(T::words).unwrap_or_default()
    }
}
