//! Text, from the closed subset of HTML that lessons are made of, with live numbers in it.

use leptos::prelude::*;

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
pub fn prose(stage: Stage, nodes: &'static [Node]) -> AnyView {
    told(stage.numbers, nodes)
}

/// A sentence in which backticks mark code, such as a misconception's.
pub fn sentence(text: &'static str) -> AnyView {
    let parts = text.split('`').enumerate().map(|(at, part)| match at % 2 {
        0 => part.into_any(),
        _ => view! { <code>{part}</code> }.into_any(),
    });
    parts.collect_view().into_any()
}

/// Draws text, with these numbers.
pub fn told(numbers: Spoken, nodes: &'static [Node]) -> AnyView {
    nodes.iter().map(|node| draw(numbers, node)).collect_view().into_any()
}

fn draw(numbers: Spoken, node: &'static Node) -> AnyView {
    match node {
        Node::Text(text) => (*text).into_any(),
        Node::Link(href, inside) => view! { <a href=*href>{told(numbers, inside)}</a> }.into_any(),
        Node::Value(value) => {
            let text = move || numbers.with(|numbers| numbers.text(&value.expr, value.format));
            view! { <span class="value">{follow::text(text)}</span> }.into_any()
        }
        Node::Term(id, inside) => term(numbers, id, inside),
        Node::Element(tag, inside) => element(tag, told(numbers, inside)),
    }
}

/// A word of the glossary: pressed, it says what it means.
fn term(numbers: Spoken, id: &'static str, inside: &'static [Node]) -> AnyView {
    let words = words();
    let open = RwSignal::new(false);
    let slip = move || {
        let term = lessons::term(id).filter(|_| open.get())?;
        let names = glossary::names(term);
        Some(follow::rarely(move || {
            view! {
                <span class="definition" data-testid="definition">
                    <strong>{term.name}</strong>": "{told(numbers, term.text)}
                    {(!names.is_empty()).then(|| view! { <small>{names}</small> })}
                    <a href=format!("?page=glossary#{id}")>{words.glossary}</a>
                </span>
            }
        }))
    };
    view! {
        <button type="button" class="term" data-testid="term" title=words.what_is aria-expanded=follow::text(move || open.get().to_string())
            on:click=follow::press(move || open.update(|open| *open = !*open))>{told(numbers, inside)}</button>
        <span role="status">{follow::part(slip)}</span>
    }
    .into_any()
}

fn element(tag: &str, inside: AnyView) -> AnyView {
    match tag {
        "p" => view! { <p>{inside}</p> }.into_any(),
        "ul" => view! { <ul>{inside}</ul> }.into_any(),
        "ol" => view! { <ol>{inside}</ol> }.into_any(),
        "li" => view! { <li>{inside}</li> }.into_any(),
        "em" => view! { <em>{inside}</em> }.into_any(),
        "strong" => view! { <strong>{inside}</strong> }.into_any(),
        "code" => view! { <code>{inside}</code> }.into_any(),
        "blockquote" => view! { <blockquote>{inside}</blockquote> }.into_any(),
        "h3" => view! { <h3>{inside}</h3> }.into_any(),
        "br" => view! { <br /> }.into_any(),
        // The lesson compiler lets no other tag pass.
        _ => inside,
    }
}
