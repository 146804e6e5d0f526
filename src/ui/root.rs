//! What style sheets are told of the page as a whole, on its root.
//!
//! `:has()` would tell them as well; but a browser then looks through the whole page whenever any node comes or goes, half a
//! millisecond of every frame.

use crate::ui::prelude::*;

/// Says that something is shown, as long as what calls this is there.
pub fn mark(attribute: &'static str) {
    let root = document().document_element();
    // The names of attributes are those of this program: they can be set.
    let _ = root.as_ref().map(|root| root.set_attribute(attribute, ""));
    on_cleanup(move || {
        let _ = document().document_element().map(|root| root.remove_attribute(attribute));
    });
}
