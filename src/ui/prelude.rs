//! What every part of the page is written with: Leptos, and what draws (`view`) in the place of its own.

pub use leptos::prelude::*;

pub use super::follow::{RwSignal, StoredValue};
pub use super::view::{Children, CollectView, IntoView, NodeRef, Told, View, each, view};
