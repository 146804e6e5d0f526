//! The learner's progress in their own hands: a code to copy, a code to bring back, and a fresh start.

use crate::ui::prelude::*;

use super::app::{Course, copy_text};
use super::follow;
use super::strings::words;
use crate::course::progress::Progress;

/// What can be done with the progress.
#[component]
pub fn ProgressBox() -> impl IntoView {
    let words = words();
    let course: Course = expect_context();
    let copied = RwSignal::new(false);
    let pasted = RwSignal::new(String::new());
    let told = RwSignal::new(None::<&'static str>);
    let sure = RwSignal::new(false);
    let code = move || course.progress.with(Progress::write);
    let bring = move || match Progress::read_code(&pasted.get_untracked()) {
        Ok(found) => {
            course.bring(&found);
            pasted.set(String::new());
            told.set(Some(words.progress_brought));
        }
        Err(_) => told.set(Some(words.progress_unreadable)),
    };
    // The first press asks, the second forgets; the old code stays in the field, to be brought back.
    let forget = move || {
        if !sure.get_untracked() {
            sure.set(true);
            return;
        }
        pasted.set(untrack(code));
        course.forget();
        sure.set(false);
        told.set(Some(words.progress_forgotten));
    };
    view! {
        <details class="progress-box" data-testid="progress">
            <summary>{words.your_progress}</summary>
            <p>{words.progress_text}</p>
            <div class="progress-row">
                <input type="text" readonly=true class="share-link" data-testid="progress-code" aria-label=words.progress_code prop:value=follow::text(code) />
                <button type="button" class="small" data-testid="progress-copy" on:click=follow::press(move || copy_text(&untrack(code), copied))>
                    {follow::text(move || if copied.get() { words.copied } else { words.copy_code })}
                </button>
            </div>
            <div class="progress-row">
                <input type="text" class="share-link" data-testid="progress-paste" aria-label=words.progress_paste placeholder=words.progress_paste
                    prop:value=follow::text(move || pasted.get()) on:input=follow::hear(move |event| pasted.set(event_target_value(&event))) />
                <button type="button" class="small" data-testid="progress-bring" on:click=follow::press(bring)>{words.progress_bring}</button>
            </div>
            <div class="progress-row">
                <button type="button" class="small danger" data-testid="progress-reset" on:click=follow::press(forget)>
                    {follow::text(move || if sure.get() { words.progress_sure } else { words.progress_reset })}
                </button>
                <p role="status" data-testid="progress-told">{follow::text(move || told.get())}</p>
            </div>
        </details>
    }
}
