//! What follows the state it reads, each kind in one type.
//!
//! A closure in a view is a type of its own, and everything Leptos does with it is compiled once
//! for each. Through these functions there is one type of text, one of flag, one of part, one of
//! handler, one of effect and one of memo, whatever reads or does what: it halves the program that visitors download.

mod memo;
mod signal;
mod stored;

use crate::ui::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

pub use memo::Memo;
pub use signal::RwSignal;
pub use stored::StoredValue;

use super::stage::Stage;
use super::view::{Flag, Told};
use crate::decimal::{Written, fixed, plain};

/// A text.
pub fn text<T: Words>(read: impl Fn() -> T + 'static) -> Told {
    Told(Box::new(move || read().words()))
}

/// Yes or no.
pub fn flag(read: impl Fn() -> bool + 'static) -> Flag {
    Flag(Box::new(read))
}

/// Does something in a turn of its own, and again whenever what it has read is another.
pub fn effect(act: impl FnMut() + 'static) {
    boxed(Box::new(act));
}

fn boxed(mut act: Box<dyn FnMut()>) {
    Effect::new(move |_: Option<()>| act());
}

/// A part of the page.
pub fn part<V: IntoView>(read: impl Fn() -> V + 'static) -> View {
    View::Part(Box::new(move || read().into_view()))
}

/// Something that is drawn only sometimes. Its code is a function of its own, which need not be there before.
#[inline(never)]
pub fn rarely<V: IntoView>(draw: impl FnOnce() -> V) -> View {
    draw().into_view()
}

/// What to do when something is pressed, entered or left.
pub fn press<E: 'static>(mut act: impl FnMut() + 'static) -> Box<dyn FnMut(E)> {
    Box::new(move |_| act())
}

/// What to do with an event.
pub fn hear(act: impl FnMut(web_sys::Event) + 'static) -> Box<dyn FnMut(web_sys::Event)> {
    Box::new(act)
}

/// A slider of time, in seconds: how far it reaches, and where it is. Its last step is at the end or just behind it, so that the end
/// can be reached.
pub fn slider(
    longest: impl Fn() -> f64 + 'static,
    at: impl Fn() -> f64 + 'static,
) -> NodeRef<HtmlInputElement> {
    let slider = NodeRef::<HtmlInputElement>::new();
    let mut reach = String::new();
    effect(move || {
        let Some(slider) = slider.get() else { return };
        let max = fixed((longest() * 100.0 - 1e-6).ceil() / 100.0, 2).to_string();
        // First how far it reaches: a browser takes no value beyond that.
        if max != reach {
            slider.set_max(&max);
            reach = max;
        }
        slider.set_value(&fixed(at(), 3).to_string());
    });
    slider
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
    fn words(self) -> Option<String>;
}

impl Words for String {
    fn words(self) -> Option<String> {
        Some(self)
    }
}

impl Words for &str {
    fn words(self) -> Option<String> {
        Some(self.to_owned())
    }
}

impl Words for f64 {
    fn words(self) -> Option<String> {
        plain(self).words()
    }
}

impl Words for Written {
    fn words(self) -> Option<String> {
        Some(self.to_string())
    }
}

impl Words for u32 {
    fn words(self) -> Option<String> {
        Some(self.to_string())
    }
}

impl<T: Words> Words for Option<T> {
    fn words(self) -> Option<String> {
        self.and_then(T::words)
    }
}
