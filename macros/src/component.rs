//! A component is a function: its attributes are what it is given.

use proc_macro2::TokenStream;
use quote::quote;
use rstml::node::{NodeAttribute, NodeElement, NodeName};

use crate::{all, fails, value};

type Element = NodeElement<rstml::Infallible>;

/// Whether the name is that of a component: a path, or one that begins with a capital.
pub fn is(element: &Element) -> bool {
    match element.name() {
        NodeName::Path(path) => {
            let name = path.path.get_ident();
            name.is_none_or(|name| name.to_string().starts_with(char::is_uppercase))
        }
        _ => false,
    }
}

/// The call of a component.
pub fn call(element: &Element) -> TokenStream {
    let name = element.name();
    let props = element.attributes().iter().map(|attribute| match attribute {
        NodeAttribute::Attribute(attribute) => {
            let key = &attribute.key;
            match attribute.value() {
                Some(it) => {
                    let it = value(it);
                    quote!(.#key(#it))
                }
                None => quote!(.#key(true)),
            }
        }
        other => fails(other, "a component is given things by their names"),
    });
    let children = (!element.children.is_empty()).then(|| {
        let children = all(&element.children);
        quote!(.children(::std::boxed::Box::new(move || #children)))
    });
    quote! {
        ::concurrent_burgers::ui::view::IntoView::into_view(
            ::leptos::component::component_view(
                #name,
                ::leptos::component::component_props_builder(&#name) #(#props)* #children .build()
            )
        )
    }
}
