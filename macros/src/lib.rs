//! `view!`: what Leptos' macro of this name reads, made into markup and a list of what is put into it.
//!
//! Leptos compiles a type, and the code that builds it, for each element. Here an element is a piece of one string, which the
//! browser parses once; code is left only for what changes. `ui/view` of the course puts the two together.

mod component;
mod template;

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use rstml::node::{Node, NodeElement};
use syn::spanned::Spanned;
use syn::{Block, Expr, Stmt};

use template::Template;

/// A `View` of the course: elements, components, texts in quotes, and expressions in braces that are an `IntoView`.
///
/// Attributes are words, numbers or expressions. Besides, an element can have `on:event=…`, `class:name=…`, `prop:name=…`,
/// `style=("name", …)` and `node_ref=…`.
#[proc_macro]
pub fn view(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    match rstml::parse2(input.into()) {
        Ok(nodes) => all(&nodes).into(),
        Err(error) => error.to_compile_error().into(),
    }
}

/// Nodes one beside the other.
fn all(nodes: &[Node]) -> TokenStream {
    match nodes {
        [node] => one(node),
        nodes => {
            let views = nodes.iter().map(one);
            quote!(::concurrent_burgers::ui::view::View::Many(<[_]>::into_vec(::std::boxed::Box::new([#(#views),*]))))
        }
    }
}

fn one(node: &Node) -> TokenStream {
    match node {
        Node::Element(element) if component::is(element) => component::call(element),
        Node::Element(element) => Template::of(element),
        Node::Fragment(fragment) => all(&fragment.children),
        Node::Text(text) => {
            let text = &text.value;
            quote!(::concurrent_burgers::ui::view::IntoView::into_view(#text))
        }
        Node::Block(block) => {
            let block = block.try_block().map(bare);
            quote!(::concurrent_burgers::ui::view::IntoView::into_view(#block))
        }
        other => fails(other, "text stands in quotes here"),
    }
}

/// What is in braces, without them where they hold one expression.
fn bare(block: &Block) -> TokenStream {
    match &block.stmts[..] {
        [Stmt::Expr(value, None)] => quote!(#value),
        _ => quote!(#block),
    }
}

/// A value, without braces around it.
fn value(value: &Expr) -> TokenStream {
    match value {
        Expr::Block(block) if block.label.is_none() => bare(&block.block),
        value => quote!(#value),
    }
}

fn fails(at: &impl Spanned, message: &str) -> TokenStream {
    quote_spanned!(at.span() => compile_error!(#message))
}

/// An element's name as it is written.
fn name(element: &NodeElement<rstml::Infallible>) -> String {
    element.name().to_string()
}
