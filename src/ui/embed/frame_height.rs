//! How tall the frame wants to be: the content is measured, and the host told.
//!
//! The content's own wrapper is watched, never `html` or `body`, which are as tall as the frame. Two
//! messages go out: Canvas understands the first, WordPress the second.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use crate::ui::prelude::*;
use leptos::leptos_dom::helpers::TimeoutHandle;
use wasm_bindgen::prelude::*;

use super::host::Host;
use crate::course::embed::height::{Height, Say};
use crate::course::embed::port::new_id;
use crate::course::embed::settings::secret;
use crate::ui::follow;
use crate::ui::strings::embed as words;

/// How long the content must be quiet before it is measured, in ms.
const QUIET: u64 = 100;

/// Watches the content from the first render on, as long as the page stands.
pub fn watch(host: Host) {
    let height = Rc::new(RefCell::new(Height::default()));
    let timer = Rc::new(RefCell::new(None::<TimeoutHandle>));
    let measure: Rc<dyn Fn()> = Rc::new(move || tell(host, &mut height.borrow_mut()));
    follow::effect(move || {
        let Some(content) = document().get_element_by_id("app") else { return };
        let first = measure.clone();
        request_animation_frame(move || first());
        let (measure, timer) = (measure.clone(), timer.clone());
        let changed = Closure::<dyn FnMut()>::new(move || {
            let measure = measure.clone();
            let quiet = move || request_animation_frame(move || measure());
            let waits = set_timeout_with_handle(quiet, Duration::from_millis(QUIET)).ok();
            if let Some(before) = timer.replace(waits) {
                before.clear();
            }
        });
        if let Ok(observer) = web_sys::ResizeObserver::new(changed.as_ref().unchecked_ref()) {
            observer.observe(&content);
            // The content stands as long as the page.
            changed.forget();
        }
    });
}

fn tell(host: Host, height: &mut Height) {
    let Some(content) = document().get_element_by_id("app") else { return };
    let size = content.get_bounding_client_rect();
    // A frame that is not displayed has no size.
    if size.width() == 0.0 {
        return;
    }
    match height.take(size.width(), size.height(), super::host::now()) {
        Say::Tell(px) => {
            let px = f64::from(px);
            host.post(&[
                ("subject", "lti.frameResize".into()),
                ("message_id", new_id().into()),
                ("height", px.into()),
                ("width", size.width().ceil().into()),
            ]);
            if let Some(secret) = secret(&window().location().hash().unwrap_or_default()) {
                host.post(&[("message", "height".into()), ("value", px.into()), ("secret", secret.into())]);
            }
        }
        Say::Loop => host.error(words::LOOP, None),
        Say::Nothing => {}
    }
}
