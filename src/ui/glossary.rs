//! The glossary: what everything at the counter stands for, and every word that lessons explain.

use crate::ui::prelude::*;

use super::strings::words;
use crate::lessons::model::{Node, Picture, Term};
use crate::lessons::{self, GLOSSARY};

/// The page `?page=glossary`.
#[component]
pub fn Glossary() -> impl IntoView {
    let words = words();
    // The address may name a word: `?page=glossary#coroutine`.
    request_animation_frame(|| {
        let hash = window().location().hash().unwrap_or_default();
        if let Some(word) = document().get_element_by_id(hash.trim_start_matches('#')) {
            word.scroll_into_view();
        }
    });
    view! {
        <main id="main" class="home glossary">
            <section class="hero">
                <h1>{words.glossary}</h1>
                <p class="promise">{words.glossary_text}</p>
            </section>
            <section aria-label=words.metaphor>
                <h2>{words.metaphor}</h2>
                <Legend picture=Picture::Counter />
            </section>
            <section aria-label=words.legend_of(Picture::Story).title>
                <h2>{words.legend_of(Picture::Story).title}</h2>
                <Legend picture=Picture::Story />
            </section>
            <section aria-label=words.glossary>
                <dl class="terms">{GLOSSARY.iter().map(entry).collect_view()}</dl>
            </section>
        </main>
    }
}

/// What everything in a picture stands for.
#[component]
pub fn Legend(picture: Picture) -> impl IntoView {
    let rows = words().legend_of(picture).rows.iter().map(|(shop, program)| {
        view! { <div><dt>{*shop}</dt><dd>{*program}</dd></div> }
    });
    view! { <dl class="legend-list">{rows.collect_view()}</dl> }
}

fn entry(term: &'static Term) -> impl IntoView {
    let names = names(term);
    let lesson = lessons::find(term.lesson);
    view! {
        <div class="entry" id=term.id>
            <dt>{term.name}</dt>
            <dd>
                {plain(term.text)}
                {(!names.is_empty()).then(|| view! { <small>{names}</small> })}
                {lesson.map(|lesson| view! {
                    <a href=format!("?lesson={}", lesson.slug)>{words().lesson}" "{lesson.number}": "{lesson.title}</a>
                })}
            </dd>
        </div>
    }
}

/// What a word is called in the three languages, where it has a name of its own.
pub fn names(term: &Term) -> String {
    let words = words();
    let languages = [words.python, words.rust, "JavaScript"];
    let named = languages.iter().zip(term.names).filter(|(_, name)| !name.is_empty());
    named.map(|(language, name)| format!("{language}: {name}")).collect::<Vec<_>>().join(" · ")
}

/// Text without values, which a glossary has none of.
pub fn plain(nodes: &'static [Node]) -> View {
    let draw = |node: &'static Node| match node {
        Node::Text(text) => (*text).into_view(),
        Node::Element("code", inside) => view! { <code>{plain(inside)}</code> }.into_view(),
        Node::Element("em", inside) => view! { <em>{plain(inside)}</em> }.into_view(),
        Node::Element(_, inside) | Node::Link(_, inside) | Node::Term(_, inside) => plain(inside),
        Node::Value(_) => ().into_view(),
    };
    nodes.iter().map(draw).collect_view().into_view()
}
