//! Markdown to [`Node`]s: the small, closed subset of HTML that lessons are made of.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::model::{KnobSpec, Mode, Node};
use super::problem::{Report, listed};
use super::values::values;
use super::{leak_list, leak_str};

/// The names that the text of a lesson may use.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The lesson's modes.
    pub modes: &'static [Mode],
    /// The lesson's knobs.
    pub knobs: &'static [KnobSpec],
    /// The slugs of all lessons.
    pub slugs: &'a [String],
    /// The words of the glossary, by their ids.
    pub terms: &'a [String],
}

/// A piece of Markdown inside a file.
#[derive(Clone, Copy, Debug)]
pub struct Markdown<'a> {
    /// The Markdown.
    pub text: &'a str,
    /// The line of the file on which it begins, from 1.
    pub line: usize,
}

impl<'a> Markdown<'a> {
    /// The line of the file at a byte of the text.
    pub fn line_at(&self, offset: usize) -> usize {
        self.line + self.text[..offset].matches('\n').count()
    }

    /// Parses it; values in `{{ … }}` are hidden from the parser, so that no `*` or `<` in them is Markdown.
    pub fn events(&self) -> Vec<(Event<'static>, Range<usize>)> {
        let masked = mask(self.text);
        let options = Options::ENABLE_HEADING_ATTRIBUTES | Options::ENABLE_SMART_PUNCTUATION;
        let parser = Parser::new_ext(&masked, options).into_offset_iter();
        parser.map(|(event, range)| (self.unmask(&masked, event, &range), range)).collect()
    }

    fn unmask(&self, masked: &str, event: Event<'_>, range: &Range<usize>) -> Event<'static> {
        match event {
            Event::Text(text) if masked[range.clone()] == *text => {
                Event::Text(self.text[range.clone()].to_owned().into())
            }
            // The range of inline code includes its backticks.
            Event::Code(code) => match masked[range.clone()].find(&*code) {
                Some(at) => {
                    let start = range.start + at;
                    Event::Code(self.text[start..start + code.len()].to_owned().into())
                }
                None => Event::Code(code.into_static()),
            },
            other => other.into_static(),
        }
    }
}

fn mask(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("{{") {
        let Some(length) = rest[start..].find("}}").map(|end| end + 2) else { break };
        masked.push_str(&rest[..start]);
        let hidden = &rest[start..start + length];
        masked.extend(hidden.bytes().map(|byte| if byte == b'\n' { '\n' } else { 'x' }));
        rest = &rest[start + length..];
    }
    masked + rest
}

/// Builds nodes from the events of a parser.
#[derive(Debug, Default)]
pub struct Nodes {
    open: Vec<Open>,
    done: Vec<Node>,
}

#[derive(Debug)]
struct Open {
    kind: Kind,
    children: Vec<Node>,
}

#[derive(Debug)]
enum Kind {
    Element(&'static str),
    Link(&'static str),
    Term(&'static str),
    /// Reported as an error; its text is kept.
    Refused,
}

impl Nodes {
    /// Whether all elements are closed.
    pub fn is_whole(&self) -> bool {
        self.open.is_empty()
    }

    /// Hands over the nodes so far.
    pub fn take(&mut self) -> Vec<Node> {
        std::mem::take(&mut self.done)
    }

    /// Takes the next event.
    pub fn event(&mut self, event: Event<'_>, line: usize, scope: Scope<'_>, report: &mut Report) {
        match event {
            Event::Start(tag) => {
                let kind = kind_of(tag, line, scope, report);
                self.open.push(Open { kind, children: Vec::new() });
            }
            Event::End(_) => {
                let Some(Open { kind, children }) = self.open.pop() else { return };
                match kind {
                    Kind::Element(tag) => self.push(Node::Element(tag, leak_list(children))),
                    Kind::Link(to) => self.push(Node::Link(to, leak_list(children))),
                    Kind::Term(id) => self.push(Node::Term(id, leak_list(children))),
                    Kind::Refused => children.into_iter().for_each(|child| self.push(child)),
                }
            }
            Event::Text(text) => {
                values(&text, line, scope, report).into_iter().for_each(|node| self.push(node))
            }
            Event::Code(code) => {
                let children = values(&code, line, scope, report);
                self.push(Node::Element("code", leak_list(children)));
            }
            Event::SoftBreak => self.push(Node::Text(" ")),
            Event::HardBreak => self.push(Node::Element("br", &[])),
            Event::Html(_) | Event::InlineHtml(_) => {
                report.error(
                    line,
                    "HTML is not allowed in a lesson",
                    "Write Markdown, or `&lt;` for a less-than sign",
                );
            }
            _ => report.error(
                line,
                "this Markdown is not allowed in a lesson",
                "Use paragraphs, lists, emphasis, code, quotes and links",
            ),
        }
    }

    fn push(&mut self, node: Node) {
        let siblings = self.open.last_mut().map_or(&mut self.done, |open| &mut open.children);
        match (siblings.last_mut(), node) {
            // Quotes and dashes made by the parser split a text; joined again it is smaller.
            (Some(Node::Text(before)), Node::Text(text)) => *before = leak_str(format!("{before}{text}")),
            (_, node) => siblings.push(node),
        }
    }
}

fn kind_of(tag: Tag<'_>, line: usize, scope: Scope<'_>, report: &mut Report) -> Kind {
    match tag {
        Tag::Paragraph => Kind::Element("p"),
        Tag::Heading { level: HeadingLevel::H3, .. } => Kind::Element("h3"),
        Tag::BlockQuote(_) => Kind::Element("blockquote"),
        Tag::List(None) => Kind::Element("ul"),
        Tag::List(Some(_)) => Kind::Element("ol"),
        Tag::Item => Kind::Element("li"),
        Tag::Emphasis => Kind::Element("em"),
        Tag::Strong => Kind::Element("strong"),
        Tag::Link { dest_url, .. } => link(&dest_url, line, scope, report),
        Tag::Heading { .. } => {
            let advice = "Use `## Title {#id}` for a step, outside of blocks, and `###` inside one";
            report.error(line, "this heading is not allowed here", advice);
            Kind::Refused
        }
        Tag::CodeBlock(_) => {
            report.error(
                line,
                "a text cannot hold a code block",
                "The code is shown in the panes: point at it in words",
            );
            Kind::Refused
        }
        Tag::Image { .. } => {
            report.error(
                line,
                "a lesson cannot hold an image",
                "The stage shows what happens: set it with a `stage` block",
            );
            Kind::Refused
        }
        // The pieces of HTML inside are reported one by one.
        Tag::HtmlBlock => Kind::Refused,
        _ => {
            report.error(
                line,
                "this Markdown is not allowed in a lesson",
                "Use paragraphs, lists, emphasis, code, quotes and links",
            );
            Kind::Refused
        }
    }
}

fn link(to: &str, line: usize, scope: Scope<'_>, report: &mut Report) -> Kind {
    if let Some(id) = to.strip_prefix("term:") {
        if !scope.terms.iter().any(|known| known == id) {
            let advice = format!(
                "Add it to the glossary, or use one of {}",
                listed(scope.terms.iter().map(String::as_str))
            );
            report.error(line, format!("the glossary has no term `{id}`"), advice);
        }
        return Kind::Term(leak_str(id.to_owned()));
    }
    if let Some(query) = to.strip_prefix('?') {
        let slug = query.split('&').find_map(|pair| pair.strip_prefix("lesson="));
        if let Some(slug) = slug
            && !scope.slugs.iter().any(|known| known == slug)
        {
            let slugs = listed(scope.slugs.iter().map(String::as_str));
            report.error(
                line,
                format!("the link leads to an unknown lesson `{slug}`"),
                format!("Use one of {slugs}"),
            );
        }
    } else if !to.starts_with("https://") {
        let advice = "Link to `?lesson=slug`, `term:id` or to an address that begins with `https://`";
        report.error(line, format!("the link `{to}` is not allowed"), advice);
    }
    Kind::Link(leak_str(to.to_owned()))
}

/// A whole text: paragraphs, lists and what else a step may hold.
pub fn text(markdown: Markdown<'_>, scope: Scope<'_>, report: &mut Report) -> &'static [Node] {
    let mut nodes = Nodes::default();
    for (event, range) in markdown.events() {
        let line = markdown.line_at(range.start);
        nodes.event(event, line, scope, report);
    }
    leak_list(nodes.take())
}

/// A text of one paragraph, without the paragraph around it.
pub fn one_paragraph(markdown: Markdown<'_>, scope: Scope<'_>, report: &mut Report) -> &'static [Node] {
    match text(markdown, scope, report) {
        [Node::Element("p", children)] => children,
        _ => {
            report.error(markdown.line, "this text is not one paragraph", "Write one paragraph here");
            &[]
        }
    }
}

/// Whether an event ends a heading.
pub fn ends_heading(event: &Event<'_>) -> bool {
    matches!(event, Event::End(TagEnd::Heading(_)))
}
