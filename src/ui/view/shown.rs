//! What is in the page: nodes, and what keeps them up to date.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::{Owner, RenderEffect, document, untrack};
use web_sys::{Comment, Element, Node, Text};

use super::made::{Held, effect};
use super::{Draw, Told, View};

/// Where something is put: before a node, or at the end.
pub struct Place<'a> {
    pub parent: &'a Node,
    pub before: Option<&'a Node>,
}

impl Place<'_> {
    fn put(&self, node: &Node) {
        // Whatever is put there is no ancestor of it, and what it stands before is there.
        let _ = self.parent.insert_before(node, self.before);
    }
}

/// Something that has been drawn.
pub enum Shown {
    Nothing,
    Text(Text, Cow<'static, str>),
    Told(Text, RenderEffect<()>),
    Many(Vec<Shown>, Comment),
    Part(Rc<RefCell<Shown>>, Comment, RenderEffect<()>),
    Each(Rc<RefCell<Vec<Item>>>, Comment, RenderEffect<()>),
    Made(&'static str, Element, Vec<Held>),
}

/// One of several things that are known by a key.
pub struct Item {
    key: String,
    owner: Owner,
    shown: Shown,
}

impl View {
    /// Draws it where nothing of it is yet.
    pub fn build(self, place: &Place<'_>) -> Shown {
        match self {
            Self::Nothing => Shown::Nothing,
            Self::Text(text) => {
                let node = document().create_text_node(&text);
                place.put(&node);
                Shown::Text(node, text)
            }
            Self::Told(told) => {
                let node = document().create_text_node("");
                place.put(&node);
                let follows = tell(told, &node);
                Shown::Told(node, follows)
            }
            Self::Many(views) => {
                let end = end(place);
                let within = Place { parent: place.parent, before: Some(&end) };
                let shown = views.into_iter().map(|view| view.build(&within)).collect();
                Shown::Many(shown, end)
            }
            Self::Part(read) => {
                let (end, kept) = (end(place), Rc::new(RefCell::new(Shown::Nothing)));
                let follows = draw(read, kept.clone(), end.clone());
                Shown::Part(kept, end, follows)
            }
            Self::Each(read) => {
                let (end, kept) = (end(place), Rc::new(RefCell::new(Vec::new())));
                let follows = list(read, kept.clone(), end.clone());
                Shown::Each(kept, end, follows)
            }
            Self::Made(made) => {
                let markup = made.markup();
                let (root, held) = made.build();
                place.put(&root);
                Shown::Made(markup, root, held)
            }
        }
    }

    /// Draws it where something else is, of which it keeps what is like it.
    pub fn rebuild(self, shown: &mut Shown, place: &Place<'_>) {
        match (self, shown) {
            (Self::Nothing, Shown::Nothing) => {}
            (Self::Text(text), Shown::Text(node, before)) => {
                if text != *before {
                    node.set_data(&text);
                    *before = text;
                }
            }
            (Self::Told(told), Shown::Told(node, follows)) => *follows = tell(told, node),
            (Self::Many(views), Shown::Many(shown, end)) => many(views, shown, place.parent, end),
            (Self::Part(read), Shown::Part(kept, end, follows)) => {
                *follows = draw(read, kept.clone(), end.clone());
            }
            // What is in a list of before hangs on what it was drawn from: it is drawn anew.
            (Self::Made(made), Shown::Made(markup, _, held)) if made.is_like(markup) => made.rebuild(held),
            (view, shown) => {
                let first = shown.first();
                let before = first.as_ref().or(place.before);
                let new = view.build(&Place { parent: place.parent, before });
                std::mem::replace(shown, new).remove();
            }
        }
    }
}

impl Shown {
    /// Takes it out of the page.
    fn remove(self) {
        self.nodes(&mut |node| {
            if let Some(parent) = node.parent_node() {
                let _ = parent.remove_child(node);
            }
        });
    }

    /// All nodes that stand where it was put, in their order.
    fn nodes(&self, see: &mut dyn FnMut(&Node)) {
        match self {
            Self::Nothing => {}
            Self::Text(node, _) | Self::Told(node, _) => see(node),
            Self::Many(shown, end) => {
                shown.iter().for_each(|shown| shown.nodes(see));
                see(end);
            }
            Self::Part(kept, end, _) => {
                kept.borrow().nodes(see);
                see(end);
            }
            Self::Each(kept, end, _) => {
                kept.borrow().iter().for_each(|item| item.shown.nodes(see));
                see(end);
            }
            Self::Made(_, root, _) => see(root),
        }
    }

    fn first(&self) -> Option<Node> {
        let mut first = None;
        self.nodes(&mut |node| {
            first.get_or_insert_with(|| node.clone());
        });
        first
    }
}

/// A comment that stands where something ends that can become longer.
fn end(place: &Place<'_>) -> Comment {
    let end = document().create_comment("");
    place.put(&end);
    end
}

fn tell(Told(read): Told, node: &Text) -> RenderEffect<()> {
    let node = node.clone();
    let mut told = None;
    effect(Box::new(move || {
        let now = read().unwrap_or_default();
        if told.as_ref() != Some(&now) {
            node.set_data(&now);
            told = Some(now);
        }
    }))
}

/// Draws several things where others are: the first in the place of the first, and so on.
fn many(views: Vec<View>, shown: &mut Vec<Shown>, parent: &Node, end: &Node) {
    let more = shown.split_off(views.len().min(shown.len()));
    more.into_iter().for_each(Shown::remove);
    for (at, view) in views.into_iter().enumerate() {
        let next = shown.iter().skip(at + 1).find_map(Shown::first);
        let place = Place { parent, before: Some(next.as_ref().unwrap_or(end)) };
        match shown.get_mut(at) {
            Some(shown) => view.rebuild(shown, &place),
            None => shown.push(view.build(&place)),
        }
    }
}

fn draw(read: Box<dyn Fn() -> View>, kept: Rc<RefCell<Shown>>, end: Comment) -> RenderEffect<()> {
    effect(Box::new(move || {
        let view = read();
        if let Some(parent) = end.parent_node() {
            view.rebuild(&mut kept.borrow_mut(), &Place { parent: &parent, before: Some(&end) });
        }
    }))
}

fn list(
    read: Box<dyn Fn() -> Vec<(String, Draw)>>,
    kept: Rc<RefCell<Vec<Item>>>,
    end: Comment,
) -> RenderEffect<()> {
    // What is drawn lives until it is gone, not until the list is read anew.
    let owner = Owner::current().unwrap_or_default();
    effect(Box::new(move || {
        let wanted = read();
        let Some(parent) = end.parent_node() else { return };
        let mut before = std::mem::take(&mut *kept.borrow_mut());
        let items =
            wanted.into_iter().map(|(key, draw)| match before.iter().position(|item| item.key == key) {
                Some(at) => before.remove(at),
                None => untrack(|| {
                    let owner = owner.with(Owner::new);
                    let place = Place { parent: &parent, before: Some(&end) };
                    let shown = owner.with(|| draw().build(&place));
                    Item { key, owner, shown }
                }),
            });
        let items: Vec<_> = items.collect();
        for gone in before {
            gone.owner.cleanup();
            gone.shown.remove();
        }
        arrange(&items, &parent, &end);
        *kept.borrow_mut() = items;
    }))
}

/// Puts things into their order, from the last to the first; who is in place stays there.
fn arrange(items: &[Item], parent: &Node, end: &Node) {
    let mut next = end.clone();
    for item in items.iter().rev() {
        let mut nodes = Vec::new();
        item.shown.nodes(&mut |node| nodes.push(node.clone()));
        for node in nodes.into_iter().rev() {
            if node.next_sibling().as_ref() != Some(&next) {
                let _ = parent.insert_before(&node, Some(&next));
            }
            next = node;
        }
    }
}
