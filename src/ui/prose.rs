//! Text, from the closed subset of HTML that lessons are made of, with live numbers in it.

use crate::ui::prelude::*;

use super::follow::{self, Memo};
use super::glossary;
use super::stage::{Same, Stage};
use super::strings::words;
use crate::course::numbers::Numbers;
use crate::lessons;
use crate::lessons::model::Node;

/// The numbers that a text speaks of.
type Spoken = Memo<Same<Numbers>>;

/// Draws a text of a lesson, with the numbers of its stage.
pub fn prose(stage: Stage, nodes: &'static [Node]) -> View {
    told(stage.numbers, nodes)
}

/// A sentence in which backticks mark code, such as a misconception's.
pub fn sentence(text: &'static str) -> View {
    let parts = text.split('`').enumerate().map(|(at, part)| match at % 2 {
        0 => part.into_view(),
        _ => view! { <code>{part}</code> }.into_view(),
    });
    parts.collect_view().into_view()
}

/// Draws text, with these numbers.
pub fn told(numbers: Spoken, nodes: &'static [Node]) -> View {
    nodes.iter().map(|node| draw(numbers, node)).collect_view().into_view()
}

fn draw(numbers: Spoken, node: &'static Node) -> View {
    match node {
        Node::Text(text) => (*text).into_view(),
        Node::Link(href, inside) => view! { <a href=*href>{told(numbers, inside)}</a> }.into_view(),
        Node::Value(value) => {
            let text = move || numbers.with(|numbers| numbers.text(&value.expr, value.format));
            view! { <span class="value">{follow::text(text)}</span> }.into_view()
        }
        Node::Term(id, inside) => term(numbers, id, inside),
        Node::Element(tag, inside) => element(tag, told(numbers, inside)),
    }
}

/// A word of the glossary: pressed, it says what it means.
fn term(numbers: Spoken, id: &'static str, inside: &'static [Node]) -> View {
    let words = words();
    let open = RwSignal::new(false);
    let slip = move || {
        // All terms of the glossary are a part of the program that nobody needs before.
        open.get().then(|| {
            follow::rarely(move || {
                let Some(term) = lessons::term(id) else { return View::Nothing };
                let names = glossary::names(term);
                view! {
                    <span class="definition" data-testid="definition">
                        <strong>{term.name}</strong>": "{told(numbers, term.text)}
                        {(!names.is_empty()).then(|| view! { <small>{names}</small> })}
                        <a href=format!("?page=glossary#{id}")>{words.glossary}</a>
                    </span>
                }
            })
        })
    };
    view! {
        <button type="button" class="term" data-testid="term" title=words.what_is aria-expanded=follow::text(move || open.get().to_string())
            on:click=follow::press(move || open.update(|open| *open = !*open))>{told(numbers, inside)}</button>
        <span role="status">{follow::part(slip)}</span>
    }
    .into_view()
}

fn element(tag: &str, inside: View) -> View {
    match tag {
        "p" => view! { <p>{inside}</p> }.into_view(),
        "ul" => view! { <ul>{inside}</ul> }.into_view(),
        "ol" => view! { <ol>{inside}</ol> }.into_view(),
        "li" => view! { <li>{inside}</li> }.into_view(),
        "em" => view! { <em>{inside}</em> }.into_view(),
        "strong" => view! { <strong>{inside}</strong> }.into_view(),
        "code" => view! { <code>{inside}</code> }.into_view(),
        "blockquote" => view! { <blockquote>{inside}</blockquote> }.into_view(),
        "h3" => view! { <h3>{inside}</h3> }.into_view(),
        "br" => view! { <br /> }.into_view(),
        // The lesson compiler lets no other tag pass.
        _ => inside,
    }
}
