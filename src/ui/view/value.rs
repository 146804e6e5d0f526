//! What is put into an element: attributes, classes, properties, handlers, other things.

use std::borrow::Cow;
use std::marker::PhantomData;

use leptos::prelude::{Get, Signal};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use super::{Flag, Told, View};
use crate::ui::follow::RwSignal;

/// What is put into an element.
pub enum Value {
    /// An attribute that is not there.
    Nothing,
    /// A text; that of an attribute that is only there is empty.
    Text(Cow<'static, str>),
    /// A text that follows what it reads.
    Told(Told),
    /// Something that is there or not, as is read.
    Flag(Flag),
    /// What to do at an event.
    Act(Act),
    /// Who is told the element.
    Node(NodeRef<Element>),
    /// Something that stands in it.
    View(View),
}

/// What to do at an event.
pub type Act = Box<dyn FnMut(Event)>;

/// What to do at an event of a kind.
pub fn on<E: JsCast + 'static>(mut act: impl FnMut(E) + 'static) -> Value {
    Value::Act(Box::new(move |event| act(event.unchecked_into())))
}

/// Who is told an element.
pub fn node<T>(told: NodeRef<T>) -> Value {
    Value::Node(NodeRef(told.0, PhantomData))
}

/// An element of the page, once it is there.
pub struct NodeRef<T>(RwSignal<Option<Element>>, PhantomData<fn() -> T>);

impl<T> Clone for NodeRef<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for NodeRef<T> {}

impl<T: JsCast> Default for NodeRef<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: JsCast> NodeRef<T> {
    /// One that is told nothing yet.
    pub fn new() -> Self {
        Self(RwSignal::new(None), PhantomData)
    }

    /// The element. Whoever follows something hears when it is there.
    pub fn get(&self) -> Option<T> {
        self.0.get().map(JsCast::unchecked_into)
    }

    /// The element as it is now.
    pub fn get_untracked(&self) -> Option<T> {
        self.0.get_untracked().map(JsCast::unchecked_into)
    }
}

impl NodeRef<Element> {
    pub(super) fn set(&self, element: Element) {
        self.0.set(Some(element));
    }
}

/// What can be the value of an attribute, a class, a property.
pub trait IntoValue {
    /// As a value.
    fn into_value(self) -> Value;
}

impl IntoValue for Told {
    fn into_value(self) -> Value {
        Value::Told(self)
    }
}

impl IntoValue for Flag {
    fn into_value(self) -> Value {
        Value::Flag(self)
    }
}

impl IntoValue for Signal<String> {
    fn into_value(self) -> Value {
        Value::Told(Told(Box::new(move || Some(self.get()))))
    }
}

impl IntoValue for Signal<bool> {
    fn into_value(self) -> Value {
        Value::Flag(Flag(Box::new(move || self.get())))
    }
}

impl IntoValue for bool {
    fn into_value(self) -> Value {
        if self { Value::Text("".into()) } else { Value::Nothing }
    }
}

impl<T: IntoValue> IntoValue for Option<T> {
    fn into_value(self) -> Value {
        self.map_or(Value::Nothing, T::into_value)
    }
}
