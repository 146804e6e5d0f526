//! The program may be in parts: `cargo xtask build` moves functions that are not called when the first lesson is opened into
//! files of their own. Whoever calls a function that was moved asks for its part first, if it is not there; everybody else need not know.
//!
//! Whether the program is in parts, and which there are, is known to the script that starts it (`assets/parts.js`).

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = courseParts)]
    fn need(place: u32, main: &JsValue);
}

/// Fetches the part whose function belongs in this place of the table of all that was moved. Called when nothing is there.
#[wasm_bindgen]
pub fn need_part(place: u32) {
    need(place, &wasm_bindgen::exports());
}

/// The script that knows of parts, if the program is in parts.
fn script() -> Option<JsValue> {
    Reflect::get(&js_sys::global(), &"courseParts".into()).ok().filter(|it| !it.is_undefined())
}

/// The parts that are compiled already, for a thread that starts; undefined if the program is in one piece.
pub fn compiled() -> JsValue {
    let compiled = script().and_then(|script| Reflect::get(&script, &"compiled".into()).ok());
    compiled.unwrap_or(JsValue::UNDEFINED)
}

/// Fetches the parts that a place will call, if the program is in parts. One that does not come is fetched when it is called.
pub async fn bring(place: &str) {
    let Some(script) = script() else { return };
    let bring = Reflect::get(&script, &"bring".into()).and_then(|it| it.dyn_into::<Function>());
    let promise = bring.and_then(|bring| bring.call1(&script, &place.into()));
    if let Some(promise) = promise.ok().and_then(|it| it.dyn_into::<Promise>().ok()) {
        let _ = JsFuture::from(promise).await;
    }
}
