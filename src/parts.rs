//! The program may be in parts: `cargo xtask build` moves functions that are not called when the first lesson is opened into
//! files of their own. A function that was moved asks for its part here before it is called; everybody else need not know.
//!
//! Whether the program is in parts, and which there are, is known to the script that starts it (`assets/parts.js`).

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// The parts that are here, a bit for each.
static HERE: AtomicU32 = AtomicU32::new(0);

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = courseParts)]
    fn need(part: u32, main: &JsValue);
}

/// Called by what a moved function leaves in its place.
#[wasm_bindgen]
pub fn need_part(part: u32) {
    let bit = 1u32.wrapping_shl(part);
    if HERE.load(Relaxed) & bit == 0 {
        need(part, &wasm_bindgen::exports());
        HERE.fetch_or(bit, Relaxed);
    }
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
