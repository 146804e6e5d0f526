//! An element, with all that is in it, as markup; and a plan that says where values are put into it.
//!
//! A line of the plan is the number of an element, in the order in which they begin, what is done there, and a name:
//!
//! - `0=href` an attribute, `0.gone` a class, `0:value` a property that is a text, `0?checked` one that is yes or no,
//!   `0~--share` a property of the style
//! - `0!click` an event, `0&` the element itself is told
//! - `0>2` something stands before the element's third node, which is a comment; `0>` at its end

use proc_macro2::TokenStream;
use quote::quote;
use rstml::node::{KeyedAttribute, Node, NodeAttribute, NodeElement};
use syn::{Expr, ExprLit, Lit};

use crate::{all, component, fails, name, one};

/// Elements that have no end.
const VOID: [&str; 7] = ["br", "hr", "img", "input", "link", "meta", "wbr"];

/// Elements that the browser knows as parts of a picture only if they are parsed within one.
const PICTURE: [&str; 16] = [
    "g",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "text",
    "tspan",
    "use",
    "defs",
    "pattern",
    "polyline",
    "polygon",
    "clipPath",
    "linearGradient",
    "stop",
];

/// A paragraph ends where one of these begins.
const BLOCKS: [&str; 15] = [
    "p", "div", "ul", "ol", "dl", "section", "article", "nav", "header", "figure", "table", "details", "h1",
    "h2", "h3",
];

#[derive(Default)]
pub struct Template {
    markup: String,
    plan: Vec<String>,
    values: Vec<TokenStream>,
    elements: usize,
    /// What cannot be, where.
    errors: Vec<TokenStream>,
}

impl Template {
    /// The element as an expression.
    pub fn of(element: &NodeElement<rstml::Infallible>) -> TokenStream {
        let mut template = Self::default();
        template.element(element);
        let Self { mut markup, plan, values, errors, .. } = template;
        if PICTURE.contains(&name(element).as_str()) {
            // The space tells it from a picture of its own.
            markup = format!("<svg >{markup}");
        }
        let plan = plan.join("\n");
        quote!({
            #(#errors;)*
            ::concurrent_burgers::ui::view::made(#markup, #plan, ::std::boxed::Box::new([#(#values),*]))
        })
    }

    fn element(&mut self, element: &NodeElement<rstml::Infallible>) {
        let (tag, at) = (name(element), self.elements);
        self.elements += 1;
        self.markup.push('<');
        self.markup.push_str(&tag);
        let mut later = Vec::new();
        for attribute in element.attributes() {
            match attribute {
                // A list has its choice only when there is something to choose.
                NodeAttribute::Attribute(it) if tag == "select" && it.key.to_string() == "prop:value" => {
                    later.push(it);
                }
                NodeAttribute::Attribute(it) => self.attribute(at, it),
                other => self.errors.push(fails(other, "an attribute has a name")),
            }
        }
        self.markup.push('>');
        if VOID.contains(&tag.as_str()) {
            return;
        }
        self.children(at, &tag, &element.children);
        later.into_iter().for_each(|it| self.attribute(at, it));
        self.markup.push_str(&format!("</{tag}>"));
    }

    fn put(&mut self, at: usize, how: &str, name: &str, value: TokenStream) {
        self.plan.push(format!("{at}{how}{name}"));
        self.values.push(value);
    }

    fn attribute(&mut self, at: usize, attribute: &KeyedAttribute) {
        let key = attribute.key.to_string();
        let Some(value) = attribute.value() else {
            return self.markup.push_str(&format!(" {key}"));
        };
        let bare = crate::value(value);
        let plain = quote!(::concurrent_burgers::ui::view::IntoValue::into_value(#bare));
        match key.split_once(':') {
            Some(("on", event)) => {
                let kind = kind_of(event);
                let handler = quote!(::concurrent_burgers::ui::view::on::<::web_sys::#kind>(#value));
                self.put(at, "!", event, handler);
            }
            Some(("class", class)) => self.put(at, ".", class, plain),
            Some(("prop", "checked")) => self.put(at, "?", "checked", plain),
            Some(("prop", property)) => self.put(at, ":", property, plain),
            _ if key == "node_ref" => {
                self.put(at, "&", "", quote!(::concurrent_burgers::ui::view::node(#value)))
            }
            _ if key == "style" => match style(value) {
                Some((name, value)) => {
                    self.put(
                        at,
                        "~",
                        &name,
                        quote!(::concurrent_burgers::ui::view::IntoValue::into_value(#value)),
                    );
                }
                None => self.errors.push(fails(value, "a style is a name and a value: (\"--share\", …)")),
            },
            _ => match literal(value) {
                Some(Some(text)) => self.markup.push_str(&format!(" {key}=\"{}\"", escape(&text))),
                Some(None) => {}
                None => self.put(at, "=", &key, plain),
            },
        }
    }

    fn children(&mut self, at: usize, tag: &str, children: &[Node]) {
        let mut nodes = 0;
        let mut text = false;
        for (place, child) in children.iter().enumerate() {
            match child {
                Node::Text(it) => {
                    let words = it.value_string();
                    self.markup.push_str(&escape(&words));
                    nodes += usize::from(!text && !words.is_empty());
                    text |= !words.is_empty();
                    continue;
                }
                Node::Element(it) if !component::is(it) => {
                    let inner = name(it);
                    let moves =
                        (tag == "p" && BLOCKS.contains(&inner.as_str())) || (tag == "table" && inner == "tr");
                    if moves {
                        self.errors.push(fails(it, "the browser would put this elsewhere"));
                    }
                    self.element(it);
                }
                Node::Element(_) | Node::Block(_) | Node::Fragment(_) => {
                    let value = match child {
                        Node::Fragment(it) => all(&it.children),
                        _ => one(child),
                    };
                    let place = if place + 1 == children.len() {
                        String::new()
                    } else {
                        self.markup.push_str("<!---->");
                        nodes.to_string()
                    };
                    self.put(at, ">", &place, quote!(::concurrent_burgers::ui::view::Value::View(#value)));
                    if place.is_empty() {
                        continue;
                    }
                }
                other => self.errors.push(fails(other, "text stands in quotes here")),
            }
            nodes += 1;
            text = false;
        }
    }
}

/// What an event is called in `web_sys`.
fn kind_of(event: &str) -> TokenStream {
    match event {
        "click" => quote!(MouseEvent),
        "blur" | "focus" | "focusin" | "focusout" => quote!(FocusEvent),
        _ if event.starts_with("key") => quote!(KeyboardEvent),
        _ if event.starts_with("pointer") => quote!(PointerEvent),
        _ => quote!(Event),
    }
}

/// `("name", value)`.
fn style(value: &Expr) -> Option<(String, &Expr)> {
    let Expr::Tuple(pair) = value else { return None };
    match (pair.elems.first()?, pair.elems.get(1)?) {
        (Expr::Lit(ExprLit { lit: Lit::Str(name), .. }), value) => Some((name.value(), value)),
        _ => None,
    }
}

/// The text of a value that is known already; an inner nothing if the attribute is not there.
fn literal(value: &Expr) -> Option<Option<String>> {
    let Expr::Lit(ExprLit { lit, .. }) = value else { return None };
    match lit {
        Lit::Str(text) => Some(Some(text.value())),
        Lit::Int(number) => Some(Some(number.base10_digits().to_owned())),
        Lit::Float(number) => Some(Some(number.base10_digits().to_owned())),
        Lit::Bool(yes) => Some(yes.value.then(String::new)),
        _ => None,
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
