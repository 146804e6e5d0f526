//! Figures: parts of a picture that are made from markup once, and written to where they change.
//!
//! In a view of Leptos each attribute that follows something is an effect. A room has thousands of them, and nearly all stand still:
//! so what moves in it is drawn by one effect, which holds what is against what was.

use crate::ui::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::ui::follow;

/// A group of nodes.
pub struct Figure {
    /// The group itself.
    pub root: Element,
    parts: Vec<Element>,
}

impl Figure {
    /// Made from markup. Its elements with `data-part` are its parts, in their order.
    ///
    /// The markup is put together from words of this program only: nothing that a learner has written may be in it.
    pub fn new(markup: &str) -> Option<Self> {
        let root = document().create_element_ns(Some("http://www.w3.org/2000/svg"), "g").ok()?;
        root.set_inner_html(markup);
        Some(Self::of(root))
    }

    /// The same of another kind: an element of the page.
    pub fn html(tag: &str, markup: &str) -> Option<Self> {
        let root = document().create_element(tag).ok()?;
        root.set_inner_html(markup);
        Some(Self::of(root))
    }

    /// Another one like it.
    pub fn again(&self) -> Option<Self> {
        self.root.clone_node_with_deep(true).ok()?.dyn_into().ok().map(Self::of)
    }

    fn of(root: Element) -> Self {
        let marked = root.query_selector_all("[data-part]").ok();
        let parts = marked
            .map(|marked| (0..marked.length()).filter_map(|at| marked.get(at)?.dyn_into().ok()).collect());
        Self { root, parts: parts.unwrap_or_default() }
    }

    /// Writes an attribute of a part.
    pub fn write(&self, part: usize, attribute: &str, value: &str) {
        if let Some(part) = self.parts.get(part) {
            // The names of attributes are those of this program: they can be set.
            let _ = part.set_attribute(attribute, value);
        }
    }

    /// Writes an attribute of the group.
    pub fn write_root(&self, attribute: &str, value: &str) {
        let _ = self.root.set_attribute(attribute, value);
    }

    /// Takes an attribute of the group away.
    pub fn erase_root(&self, attribute: &str) {
        let _ = self.root.remove_attribute(attribute);
    }

    /// Writes the text of a part, into the node that is there: a new one would be styled and laid out from the start.
    pub fn tell(&self, part: usize, text: &str) {
        if let Some(part) = self.parts.get(part) {
            match part.first_child() {
                Some(node) => node.set_node_value(Some(text)),
                None => part.set_text_content(Some(text)),
            }
        }
    }

    /// Writes the text that comes right after a part.
    pub fn tell_after(&self, part: usize, text: &str) {
        if let Some(after) = self.parts.get(part).and_then(|part| part.next_sibling()) {
            after.set_node_value(Some(text));
        }
    }

    /// Puts other markup into a part.
    pub fn fill(&self, part: usize, markup: &str) {
        if let Some(part) = self.parts.get(part) {
            part.set_inner_html(markup);
        }
    }

    /// The first element of a class.
    pub fn find(&self, selector: &str) -> Option<Element> {
        self.root.query_selector(selector).ok().flatten()
    }
}

/// A group in which one effect draws, with what it keeps from one picture to the next.
pub fn group<T: Default + 'static>(draw: impl Fn(&Element, &mut T) + 'static) -> View {
    let kept = StoredValue::new(None::<T>);
    drawn_by(Box::new(move |group| {
        kept.update_value(|kept| {
            // A group is kept in which another has drawn.
            if kept.is_none() {
                group.replace_children_with_node_0();
            }
            draw(group, kept.get_or_insert_default());
        });
    }))
}

fn drawn_by(draw: Box<dyn Fn(&Element)>) -> View {
    let group = NodeRef::<Element>::new();
    follow::effect(move || group.get().iter().for_each(&draw));
    view! { <g node_ref=group></g> }.into_view()
}

/// Puts elements into an order from the last to the first, but those that stay where they are.
pub fn put<'e>(within: &Element, order: impl DoubleEndedIterator<Item = (&'e Element, bool)>) {
    let mut next: Option<&Element> = None;
    for (element, stays) in order.rev() {
        if !stays {
            // What is in the page can have other neighbours.
            let _ = within.insert_before(element, next.map(AsRef::as_ref));
        }
        next = Some(element);
    }
}

/// Puts elements into an order, those that are in place already untouched: what is moved begins its animations anew.
pub fn arrange<'e>(within: &Element, order: impl Iterator<Item = &'e Element>) {
    let mut next = within.first_element_child();
    for element in order {
        let is_here = next.as_ref() == Some(element);
        // Whoever should have been here comes later: it is put there then.
        let is_next = next.as_ref().is_some_and(|next| next.next_element_sibling().as_ref() == Some(element));
        if is_here || is_next {
            next = element.next_element_sibling();
        } else {
            let before: Option<&web_sys::Node> = next.as_ref().map(AsRef::as_ref);
            // What is in the page can have other neighbours.
            let _ = within.insert_before(element, before);
        }
    }
}
