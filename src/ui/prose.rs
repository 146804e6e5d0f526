//! Text, from the closed subset of HTML that lessons are made of, with live numbers in it.

use leptos::prelude::*;

use super::stage::Stage;
use crate::lessons::model::Node;

/// Draws text.
pub fn prose(stage: Stage, nodes: &'static [Node]) -> AnyView {
    nodes.iter().map(|node| draw(stage, node)).collect_view().into_any()
}

fn draw(stage: Stage, node: &'static Node) -> AnyView {
    match node {
        Node::Text(text) => (*text).into_any(),
        Node::Link(href, inside) => view! { <a href=*href>{prose(stage, inside)}</a> }.into_any(),
        Node::Value(value) => {
            let text = move || stage.numbers.with(|numbers| numbers.text(&value.expr, value.format));
            view! { <span class="value">{super::follow::text(text)}</span> }.into_any()
        }
        Node::Element(tag, inside) => element(tag, prose(stage, inside)),
    }
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
