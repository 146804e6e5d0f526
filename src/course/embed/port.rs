//! The messages between the frame and the page around it.
//!
//! Only the parent is heard, and with `origin=` only from there; what is posted goes to that origin,
//! or to any. Nothing personal is ever in it: ids of the course, numbers, the progress code. A message
//! is taken apart into plain fields here, and judged in [`super::message`].

use js_sys::{JsString, Object, Reflect};
use wasm_bindgen::prelude::*;

use super::message::{Field, Fields, LONGEST, MOST_FIELDS};
use super::settings::Settings;

/// The way to the host.
pub struct Port(Way);

enum Way {
    /// A page around this one.
    Around { parent: web_sys::Window, origin: Option<String> },
    /// A program in this page that stands for one, `globalThis.burgerHost`: it is told by its `post`, and calls its
    /// `hear`, which is set here. Packages for learning management systems have one.
    Beside(Object),
}

/// What came with a message.
#[derive(Debug)]
pub enum Post {
    /// Its fields.
    Fields(Fields),
    /// It was meant for us, and longer than any message is.
    TooLong,
}

impl Port {
    /// The way to the program that stands for a host, or to the page around this one, if it stands in a frame.
    pub fn open(settings: &Settings) -> Option<Self> {
        let beside = Reflect::get(&js_sys::global(), &"burgerHost".into()).ok();
        if let Some(beside) = beside.and_then(|it| it.dyn_into::<Object>().ok()) {
            return Some(Self(Way::Beside(beside)));
        }
        let window = web_sys::window()?;
        let parent = window.parent().ok().flatten()?;
        let framed = AsRef::<JsValue>::as_ref(&parent) != AsRef::<JsValue>::as_ref(&window);
        framed.then(|| Self(Way::Around { parent, origin: settings.origin.clone() }))
    }

    /// Posts a message. Nobody is to be told if it is not heard.
    pub fn post(&self, fields: &[(&str, JsValue)]) {
        match &self.0 {
            Way::Around { parent, origin } => {
                // A parent of another origin, or none any more, hears nothing.
                let _ = parent.post_message(&object(fields), origin.as_deref().unwrap_or("*"));
            }
            Way::Beside(host) => {
                let post = Reflect::get(host, &"post".into()).ok();
                if let Some(post) = post.and_then(|it| it.dyn_into::<js_sys::Function>().ok()) {
                    let _ = post.call1(host, &object(fields));
                }
            }
        }
    }

    /// Lets a program beside the course speak, for as long as the page stands. Pages around it speak by events.
    pub fn let_speak(&self, hear: impl Fn(Post) + 'static) {
        let Way::Beside(host) = &self.0 else { return };
        let hear = Closure::<dyn Fn(JsValue)>::new(move |data| {
            if let Some(post) = take_apart(data) {
                hear(post);
            }
        });
        // A plain object takes every property.
        let _ = Reflect::set(host, &"hear".into(), hear.as_ref());
        hear.forget();
    }

    /// What an event says, if it comes from the host and speaks of something we know.
    pub fn read(&self, event: &web_sys::MessageEvent) -> Option<Post> {
        let Way::Around { parent, origin } = &self.0 else { return None };
        let source = event.source()?;
        if AsRef::<JsValue>::as_ref(&source) != AsRef::<JsValue>::as_ref(parent) {
            return None;
        }
        if origin.as_ref().is_some_and(|origin| *origin != event.origin()) {
            return None;
        }
        take_apart(event.data())
    }
}

/// The fields of a message, if it speaks of something we know.
fn take_apart(data: JsValue) -> Option<Post> {
    let data = data.dyn_into::<Object>().ok()?;
    let ours = |name: &str, begins: &str| {
        let text = Reflect::get(&data, &name.into()).ok().and_then(|it| it.dyn_into::<JsString>().ok());
        text.is_some_and(|text| text.starts_with(begins, 0))
    };
    if !(ours("subject", "SPLICE.") || ours("type", "burger:")) {
        return None;
    }
    let mut fields = Vec::new();
    let mut room = LONGEST;
    let whole = take(&data, "", &mut fields, &mut room).is_some();
    Some(if whole { Post::Fields(Fields(fields)) } else { Post::TooLong })
}

/// Takes the fields of an object, as long as there is room.
fn take(data: &Object, before: &str, fields: &mut Vec<(String, Field)>, room: &mut usize) -> Option<()> {
    for key in Object::keys(data) {
        let key = key.dyn_into::<JsString>().ok()?;
        *room = room.checked_sub(key.length() as usize)?;
        if fields.len() >= MOST_FIELDS {
            return None;
        }
        let value = Reflect::get(data, &key).ok()?;
        let name = format!("{before}{}", String::from(key));
        if name == "args"
            && let Some(args) = value.dyn_ref::<Object>()
        {
            take(args, "args.", fields, room)?;
            continue;
        }
        let field = match (value.dyn_ref::<JsString>(), value.as_f64()) {
            (Some(text), _) => {
                *room = room.checked_sub(text.length() as usize)?;
                Field::Text(text.into())
            }
            (_, Some(number)) => Field::Number(number),
            _ if value.is_null() || value.is_undefined() => Field::Nothing,
            _ => Field::Other,
        };
        fields.push((name, field));
    }
    Some(())
}

/// A plain object.
pub fn object(fields: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        // A new object takes every property.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object
}

impl From<&Field> for JsValue {
    fn from(field: &Field) -> Self {
        match field {
            Field::Text(text) => text.into(),
            Field::Number(number) => (*number).into(),
            Field::Nothing | Field::Other => Self::NULL,
        }
    }
}

/// A name for a message that no other message has.
pub fn new_id() -> String {
    let number = || (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
    format!("burger-{:08x}{:08x}", number(), number())
}
