//! What is drawn: a tree of one type, made by `view!`, built into the page and held against what was there before.
//!
//! The words are Leptos', and so are signals, effects, owners and components. What draws is not: Leptos has a type for each element, and
//! code that builds, compares and removes it. Here an element is markup that the browser parses once and copies (`made`), and a list
//! of values that are put into it. As in Leptos, a part that is drawn anew keeps the nodes of what is drawn from the same markup, so that
//! focus, scrolling and animations stay.

mod made;
mod shown;
mod text;
mod value;

use std::borrow::Cow;

use any_spawner::Executor;
use leptos::prelude::{Get, Owner, Signal};

pub use concurrent_burgers_macros::view;
pub use value::{IntoValue, NodeRef, Value, node, on};

use shown::Place;

/// Something that can be drawn.
pub enum View {
    /// Nothing.
    Nothing,
    /// A text.
    Text(Cow<'static, str>),
    /// A text that follows what it reads.
    Told(Told),
    /// Several things, one after the other.
    Many(Vec<View>),
    /// Drawn anew whenever what it reads has changed.
    Part(Box<dyn Fn() -> View>),
    /// Things that are known by a key: what stays is not drawn anew, but put where it belongs.
    Each(Box<dyn Fn() -> Vec<(String, Draw)>>),
    /// An element, and what is put into it.
    Made(Made),
}

/// Draws one of several things.
pub type Draw = Box<dyn FnOnce() -> View>;

/// What stands in a component.
pub type Children = Box<dyn Fn() -> View>;

/// An element, and what is put into it.
pub struct Made {
    markup: &'static str,
    plan: &'static str,
    values: Vec<Value>,
}

/// A text that follows what it reads; where there is none, an attribute is not there.
pub struct Told(pub Box<dyn Fn() -> Option<String>>);

/// Yes or no, as it is read.
pub struct Flag(pub Box<dyn Fn() -> bool>);

/// What `view!` makes of an element.
pub fn made<const N: usize>(markup: &'static str, plan: &'static str, values: Box<[Value; N]>) -> View {
    let values: Box<[Value]> = values;
    View::Made(Made { markup, plan, values: values.into_vec() })
}

/// Things that are known by a key, each drawn once.
pub fn each<T: 'static>(
    read: impl Fn() -> Vec<T> + 'static,
    key: impl Fn(&T) -> String + 'static,
    draw: impl Fn(T) -> View + Clone + 'static,
) -> View {
    View::Each(Box::new(move || {
        let drawn = read().into_iter().map(|item| {
            let (key, draw) = (key(&item), draw.clone());
            (key, Box::new(move || draw(item)) as Draw)
        });
        drawn.collect()
    }))
}

/// Draws into an element of the page, for as long as the page is there.
pub fn mount(parent: &web_sys::Node, draw: impl FnOnce() -> View) {
    // An executor that is there already is this one.
    let _ = Executor::init_wasm_bindgen();
    let owner = Owner::new();
    let shown = owner.with(|| draw().build(&Place { parent, before: None }));
    std::mem::forget((owner, shown));
}

/// What can be drawn.
pub trait IntoView {
    /// As something that can be drawn.
    fn into_view(self) -> View;
}

impl IntoView for View {
    fn into_view(self) -> View {
        self
    }
}

impl IntoView for () {
    fn into_view(self) -> View {
        View::Nothing
    }
}

impl IntoView for Told {
    fn into_view(self) -> View {
        View::Told(self)
    }
}

impl IntoView for Signal<String> {
    fn into_view(self) -> View {
        View::Told(Told(Box::new(move || Some(self.get()))))
    }
}

impl<T: IntoView> IntoView for Option<T> {
    fn into_view(self) -> View {
        self.map_or(View::Nothing, T::into_view)
    }
}

impl<T: IntoView> IntoView for Vec<T> {
    fn into_view(self) -> View {
        self.into_iter().collect_view()
    }
}

impl<T: IntoView, U: IntoView> IntoView for (T, U) {
    fn into_view(self) -> View {
        View::Many(vec![self.0.into_view(), self.1.into_view()])
    }
}

/// What can be drawn one after the other.
pub trait CollectView {
    /// All of it.
    fn collect_view(self) -> View;
}

impl<I: IntoIterator<Item: IntoView>> CollectView for I {
    fn collect_view(self) -> View {
        View::Many(self.into_iter().map(IntoView::into_view).collect())
    }
}
