//! What browsers refuse, and how they say it.

use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::course::measures::{Refused, Why};

/// How a job ends.
pub type Outcome = Result<(), Refused>;

/// The longest time to wait for a browser's answer, in ms.
const PATIENCE_MS: u32 = 5_000;

/// What was thrown, as a refusal.
pub fn refused(error: JsValue) -> Refused {
    let field = |key: &str| js_sys::Reflect::get(&error, &key.into()).ok().and_then(|text| text.as_string());
    let name = field("name").unwrap_or_default();
    let said = match field("message").or_else(|| error.as_string()) {
        Some(message) if name.is_empty() => message,
        Some(message) => format!("{name}: {message}"),
        None => name.clone(),
    };
    Refused { why: Why::of(&name), said }
}

/// It is not there.
pub fn missing() -> Refused {
    Refused { why: Why::Missing, said: String::new() }
}

/// Waits for a promise.
pub async fn settled(promise: js_sys::Promise) -> Result<JsValue, Refused> {
    JsFuture::from(promise).await.map_err(refused)
}

/// Waits no longer than a browser's answer can be waited for.
pub async fn in_time<T>(work: impl Future<Output = Result<T, Refused>>) -> Result<T, Refused> {
    match select(std::pin::pin!(work), TimeoutFuture::new(PATIENCE_MS)).await {
        Either::Left((done, _)) => done,
        Either::Right(_) => Err(Refused { why: Why::Silent, said: String::new() }),
    }
}
