//! Work that a learner starts and may stop; leaving the page stops it too.

use crate::ui::prelude::*;
use futures_util::future::{AbortHandle, abortable};
use wasm_bindgen_futures::spawn_local;

/// The work that is under way, if any.
#[derive(Clone, Copy)]
pub struct Stoppable(StoredValue<Option<AbortHandle>>);

impl Stoppable {
    /// Nothing is under way.
    pub fn new() -> Self {
        let work = Self(StoredValue::new(None));
        on_cleanup(move || work.stop());
        work
    }

    /// Starts it; `over` is told how it ended, unless it was stopped.
    pub fn start<T: 'static>(self, work: impl Future<Output = T> + 'static, over: impl FnOnce(T) + 'static) {
        let (work, handle) = abortable(work);
        self.0.set_value(Some(handle));
        spawn_local(async move {
            // Whoever has stopped it knows.
            if let Ok(end) = work.await {
                over(end);
            }
        });
    }

    /// Stops it.
    pub fn stop(self) {
        // The page it belongs to may be gone already.
        let _ = self.0.try_update_value(|handle| {
            if let Some(handle) = handle.take() {
                handle.abort();
            }
        });
    }
}
