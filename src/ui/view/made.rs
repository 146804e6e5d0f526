//! An element from markup, and its values: where each goes, and what it becomes.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::{RenderEffect, document};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, HtmlElement, HtmlTemplateElement, Node};

use super::shown::{Place, Shown};
use super::value::{Act, Value};
use super::{Flag, Made, Told};

/// A value that has been put somewhere.
pub struct Held {
    node: Node,
    is: Is,
}

enum Is {
    /// It stands there, and nobody has to look after it.
    Put,
    /// Written anew when what it reads has changed.
    Follows { _effect: RenderEffect<()> },
    /// What to do now at an event.
    Acts(Rc<RefCell<Act>>),
    /// Something that stands in the element.
    Shows(Shown),
}

impl Made {
    /// A new element.
    pub fn build(self) -> (Element, Vec<Held>) {
        let root = copy(self.markup);
        // All places are looked up before anything is put there.
        let (mut inner, mut nodes) = (None, Vec::with_capacity(self.values.len()));
        for spot in self.plan.lines().map(Spot::read) {
            let element = match spot.element {
                0 => root.clone(),
                at => {
                    let inner = inner.get_or_insert_with(|| root.get_elements_by_tag_name("*"));
                    inner.item(at - 1).unwrap_or_else(|| root.clone())
                }
            };
            nodes.push(match spot.before() {
                Some(at) => element.child_nodes().item(at).unwrap_or_else(|| element.into()),
                None => element.into(),
            });
        }
        let spots = self.plan.lines().map(Spot::read);
        let held = spots.zip(nodes).zip(self.values).map(|((spot, node), value)| {
            let is = put(&spot, &node, value, None);
            Held { node, is }
        });
        let held = held.collect();
        (root, held)
    }

    /// The same element with other values.
    pub fn rebuild(self, held: &mut [Held]) {
        let spots = self.plan.lines().map(Spot::read);
        for ((spot, value), held) in spots.zip(self.values).zip(held) {
            let before = std::mem::replace(&mut held.is, Is::Put);
            held.is = put(&spot, &held.node, value, Some(before));
        }
    }

    /// Whether an element was made from the same markup.
    pub fn is_like(&self, markup: &'static str) -> bool {
        std::ptr::eq(self.markup, markup)
    }

    pub fn markup(&self) -> &'static str {
        self.markup
    }
}

/// A line of a plan, which `view!` has written: see `macros/src/template.rs`.
struct Spot {
    element: u32,
    how: u8,
    name: &'static str,
}

impl Spot {
    fn read(line: &'static str) -> Self {
        let digits = line.bytes().take_while(u8::is_ascii_digit);
        let (element, length) = digits
            .fold((0, 0), |(number, length), digit| (number * 10 + u32::from(digit - b'0'), length + 1));
        let how = line.as_bytes().get(length).copied().unwrap_or(b'=');
        Self { element, how, name: line.get(length + 1..).unwrap_or_default() }
    }

    /// Before which of the element's nodes something stands.
    fn before(&self) -> Option<u32> {
        if self.how == b'>' { self.name.parse().ok() } else { None }
    }
}

thread_local! {
    /// What has been parsed, by where its markup is.
    static PARSED: RefCell<Vec<(&'static str, Node)>> = const { RefCell::new(Vec::new()) };
}

/// A copy of the element that is in the markup.
fn copy(markup: &'static str) -> Element {
    let known = PARSED.with_borrow(|parsed| {
        parsed.iter().find(|(known, _)| std::ptr::eq(*known, markup)).map(|(_, node)| node.clone())
    });
    let node = known.unwrap_or_else(|| {
        let node = parse(markup);
        PARSED.with_borrow_mut(|parsed| parsed.push((markup, node.clone())));
        node
    });
    document().import_node_with_deep(&node, true).unwrap_or(node).unchecked_into()
}

fn parse(markup: &'static str) -> Node {
    let template = create("template").unchecked_into::<HtmlTemplateElement>();
    template.set_inner_html(markup);
    let root = template.content().first_child();
    // A part of a picture is parsed within one, which has no end.
    let root = if markup.starts_with("<svg >") { root.and_then(|svg| svg.first_child()) } else { root };
    root.unwrap_or_else(|| create("span").into())
}

fn create(tag: &str) -> Element {
    // The names of elements are those of this program.
    document().create_element(tag).expect("an element of HTML")
}

/// Puts a value to its place, where another may have been before.
fn put(spot: &Spot, node: &Node, value: Value, before: Option<Is>) -> Is {
    match (value, before) {
        (Value::View(view), before) => {
            let parent = if spot.name.is_empty() { Some(node.clone()) } else { node.parent_node() };
            let Some(parent) = parent else { return Is::Put };
            let place = Place { parent: &parent, before: (!spot.name.is_empty()).then_some(node) };
            match before {
                Some(Is::Shows(mut shown)) => {
                    view.rebuild(&mut shown, &place);
                    Is::Shows(shown)
                }
                _ => Is::Shows(view.build(&place)),
            }
        }
        (Value::Act(act), Some(Is::Acts(acts))) => {
            *acts.borrow_mut() = act;
            Is::Acts(acts)
        }
        (Value::Act(act), _) => {
            let acts = Rc::new(RefCell::new(act));
            let heard = acts.clone();
            let listener = Closure::<dyn FnMut(web_sys::Event)>::new(move |event| {
                // What is done at an event may be the reason for another one.
                if let Ok(mut act) = heard.try_borrow_mut() {
                    act(event);
                }
            });
            let listener = listener.into_js_value();
            let _ = node.add_event_listener_with_callback(spot.name, listener.unchecked_ref());
            Is::Acts(acts)
        }
        (Value::Node(told), _) => {
            told.set(node.clone().unchecked_into());
            Is::Put
        }
        (Value::Told(Told(read)), _) => follow(spot, node, Box::new(move || read().map(Cow::Owned))),
        (Value::Flag(Flag(read)), _) => {
            follow(spot, node, Box::new(move || read().then_some(Cow::Borrowed(""))))
        }
        (Value::Text(text), _) => {
            write(spot.how, spot.name, node, Some(&text));
            Is::Put
        }
        (Value::Nothing, None) => Is::Put,
        (Value::Nothing, Some(_)) => {
            write(spot.how, spot.name, node, None);
            Is::Put
        }
    }
}

/// Writes what is read whenever it is another.
fn follow(spot: &Spot, node: &Node, read: Box<dyn Fn() -> Option<Cow<'static, str>>>) -> Is {
    let (how, name, node) = (spot.how, spot.name, node.clone());
    let mut written = None;
    let act: Box<dyn FnMut()> = Box::new(move || {
        let now = read();
        if written.as_ref() != Some(&now) {
            write(how, name, &node, now.as_deref());
            written = Some(now);
        }
    });
    Is::Follows { _effect: effect(act) }
}

/// Does something now, and again whenever what it has read is another.
pub fn effect(mut act: Box<dyn FnMut()>) -> RenderEffect<()> {
    RenderEffect::new(move |_| act())
}

/// Writes a text, or that there is none. Nothing here can fail: names are those of this program.
fn write(how: u8, name: &str, node: &Node, text: Option<&str>) {
    let element: &Element = node.unchecked_ref();
    match (how, text) {
        (b'.', text) => {
            let _ = element.class_list().toggle_with_force(name, text.is_some());
        }
        (b'?', text) => {
            let _ =
                js_sys::Reflect::set(element, &JsValue::from_str(name), &JsValue::from_bool(text.is_some()));
        }
        (b':', text) => {
            let text = JsValue::from_str(text.unwrap_or_default());
            let _ = js_sys::Reflect::set(element, &JsValue::from_str(name), &text);
        }
        (b'~', text) => {
            let style = element.unchecked_ref::<HtmlElement>().style();
            let _ = style.set_property(name, text.unwrap_or_default());
        }
        (_, Some(text)) => {
            let _ = element.set_attribute(name, text);
        }
        (_, None) => {
            let _ = element.remove_attribute(name);
        }
    }
}
