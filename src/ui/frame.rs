//! The browser's animation frames, as long as somebody wants them.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::prelude::*;

/// Calls back at every frame, with the ms since the frame before, until dropped.
pub struct Frames {
    inner: Rc<Inner>,
}

type Callback = Closure<dyn FnMut(f64)>;

struct Inner {
    callback: RefCell<Option<Callback>>,
    request: Cell<Option<i32>>,
    last_ms: Cell<Option<f64>>,
}

impl Frames {
    /// Begins with the next frame. The callback says whether it wants another.
    pub fn start(mut on_frame: impl FnMut(f64) -> bool + 'static) -> Self {
        let inner = Rc::new(Inner {
            callback: RefCell::new(None),
            request: Cell::new(None),
            last_ms: Cell::new(None),
        });
        let weak = Rc::downgrade(&inner);
        let callback = Closure::new(move |now: f64| {
            let Some(inner) = weak.upgrade() else { return };
            inner.request.set(None);
            let passed = inner.last_ms.replace(Some(now)).map_or(0.0, |last| now - last);
            if on_frame(passed) {
                inner.request();
            }
        });
        *inner.callback.borrow_mut() = Some(callback);
        inner.request();
        Self { inner }
    }
}

impl Inner {
    fn request(&self) {
        if let (Some(window), Some(callback)) = (web_sys::window(), &*self.callback.borrow()) {
            self.request.set(window.request_animation_frame(callback.as_ref().unchecked_ref()).ok());
        }
    }
}

impl Drop for Frames {
    fn drop(&mut self) {
        if let (Some(window), Some(request)) = (web_sys::window(), self.inner.request.get()) {
            // A request that has been served already is not cancelled; nothing comes of it.
            let _ = window.cancel_animation_frame(request);
        }
    }
}
