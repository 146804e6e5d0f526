//! A lesson's text as HTML, its numbers computed.

use concurrent_burgers::course::address::Address;
use concurrent_burgers::course::numbers::Numbers;
use concurrent_burgers::lessons::model::Node;

/// Text, as it may stand in HTML and in an attribute.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// Nodes as HTML. Numbers are those of the simulated runs at these settings of the knobs.
pub fn html(numbers: &Numbers, nodes: &[Node]) -> String {
    nodes.iter().map(|node| one(numbers, node)).collect()
}

fn one(numbers: &Numbers, node: &Node) -> String {
    match node {
        Node::Text(text) => escape(text),
        Node::Element("br", _) => "<br>".to_owned(),
        Node::Element(tag, inside) => format!("<{tag}>{}</{tag}>", html(numbers, inside)),
        Node::Link(href, inside) => {
            format!("<a href=\"{}\">{}</a>", escape(&target(href)), html(numbers, inside))
        }
        Node::Value(value) => {
            format!("<span class=\"value\">{}</span>", escape(&numbers.text(&value.expr, value.format)))
        }
        Node::Term(id, inside) => {
            format!(
                "<a class=\"term\" href=\"{}#{id}\">{}</a>",
                super::about::GLOSSARY,
                html(numbers, inside)
            )
        }
    }
}

/// Where a link of the app leads among these pages: to the lesson's own, at its step.
pub fn target(href: &str) -> String {
    let address = Address::parse(href);
    match (href.starts_with('?'), address.lesson, address.step) {
        (false, ..) => href.to_owned(),
        (_, Some(lesson), Some(step)) => format!("{lesson}.html{href}#{step}"),
        (_, Some(lesson), None) => format!("{lesson}.html{href}"),
        (_, None, _) if address.glossary => {
            let word = href.split_once('#').map_or(String::new(), |(_, word)| format!("#{word}"));
            format!("{}{word}", super::about::GLOSSARY)
        }
        _ => format!("index.html{href}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_becomes_markup() {
        assert_eq!(escape("<b a=\"1\" c='2'>&"), "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;");
    }

    #[test]
    fn links_of_the_app_lead_to_the_pages() {
        assert_eq!(target("?lesson=waiting"), "waiting.html?lesson=waiting");
        assert_eq!(target("?lesson=waiting&step=check"), "waiting.html?lesson=waiting&step=check#check");
        assert_eq!(target("?page=glossary"), "glossary.html");
        assert_eq!(target("https://example.org/?lesson=waiting"), "https://example.org/?lesson=waiting");
    }
}
