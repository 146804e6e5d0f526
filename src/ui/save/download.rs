//! Hands a file that was made here to the browser. Nothing is sent anywhere.

use crate::ui::prelude::*;
use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, HtmlCanvasElement, Url};

/// How long the browser may take to fetch the file, in ms, before its address is forgotten.
const KEPT: std::time::Duration = std::time::Duration::from_secs(10);

/// Saves a text.
pub fn text(name: &str, kind: &str, text: &str) {
    let options = BlobPropertyBag::new();
    options.set_type(&format!("{kind};charset=utf-8"));
    // A text can always be made a blob.
    if let Ok(blob) = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options) {
        save(name, &blob);
    }
}

/// Saves a picture as PNG.
pub fn canvas(name: &str, canvas: &HtmlCanvasElement) -> Result<(), JsValue> {
    let name = name.to_owned();
    let take = Closure::once_into_js(move |blob: Option<Blob>| {
        // A canvas too large for the browser gives none.
        blob.iter().for_each(|blob| save(&name, blob));
    });
    canvas.to_blob(take.unchecked_ref())
}

fn save(name: &str, blob: &Blob) {
    let Ok(url) = Url::create_object_url_with_blob(blob) else { return };
    let link = document().create_element("a").ok().and_then(|it| it.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(link) = link {
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    // Forgetting an address that is forgotten already does nothing.
    set_timeout(move || drop(Url::revoke_object_url(&url)), KEPT);
}
