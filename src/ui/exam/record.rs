//! A record to print: what was done, the best score, and a name that is kept nowhere.
//!
//! The name lives in a signal of this component and nowhere else: not in the progress, not in
//! storage, not in the address. When the record is closed or the lesson left, it is gone.

use crate::ui::prelude::*;

use super::focus;
use crate::course::exam::ASKED;
use crate::lessons;
use crate::lessons::model::Lesson;
use crate::ui::app::Course;
use crate::ui::strings::{exam as words, words as general};
use crate::ui::{follow, root};

/// As many characters as fit on a line of the paper.
const LONGEST_NAME: u32 = 60;

/// The record, and the field for the name above it.
#[component]
pub fn Record(course: Course, open: RwSignal<bool>) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let whole = course
        .progress
        .with_untracked(|progress| lessons::ALL.iter().all(|lesson| progress.share(lesson.slug) >= 1.0));
    let title = if whole { words::OF_COMPLETION } else { words::OF_PROGRESS };
    let best = course.progress.with_untracked(|progress| progress.exam.best());
    let print = || {
        // Where the host page forbids printing, nothing happens; the browser's own menu still prints.
        let _ = window().print();
    };
    root::mark("data-record");
    focus("record-name");
    view! {
        <div class="record-form">
            <label for="record-name">{words::NAME}</label>
            <input id="record-name" type="text" autocomplete="off" spellcheck="false" maxlength=LONGEST_NAME data-testid="record-name"
                prop:value=follow::text(move || name.get()) on:input=follow::hear(move |event| name.set(event_target_value(&event))) />
            <p class="hint">{words::NAME_HINT}</p>
            <p class="exam-actions">
                <button type="button" class="button primary" data-testid="record-print" on:click=follow::press(print)>{words::PRINT}</button>
                <button type="button" class="button" on:click=follow::press(move || open.set(false))>{words::CLOSE}</button>
            </p>
        </div>
        <section class="record" aria-label=words::RECORD data-testid="record">
            <h2>{title}</h2>
            <p class="record-course">{words::COURSE}</p>
            <p class="record-name">{follow::text(move || {
                let name = name.get();
                if name.trim().is_empty() { String::new() } else { words::of(name.trim()) }
            })}</p>
            <table>
                <thead><tr><th scope="col">{words::LESSON}</th><th scope="col">{words::STEPS_SEEN}</th><th scope="col">{words::CHECK}</th></tr></thead>
                <tbody>{lessons::ALL.iter().map(|lesson| row(course, lesson)).collect_view()}</tbody>
            </table>
            {best.map(|best| view! { <p class="record-score">{words::final_questions(best, ASKED)}</p> })}
            <p>{words::on(&today())}</p>
            <p class="record-note">{words::SELF_CHECK}</p>
        </section>
    }
}

/// A lesson and its marks.
fn row(course: Course, lesson: &'static Lesson) -> impl IntoView {
    let done = course.progress.with_untracked(|progress| progress.of(lesson.slug));
    view! {
        <tr>
            <th scope="row">{lesson.number}". "{lesson.title}</th>
            <td>{words::steps(done.steps.len(), lesson.steps.len())}</td>
            <td>{if done.checked { words::ANSWERED } else { words::NOT_ANSWERED }}</td>
        </tr>
    }
}

/// The date by the browser's clock, in words.
fn today() -> String {
    let options = js_sys::Object::new();
    // A new object takes every property.
    let _ = js_sys::Reflect::set(&options, &"dateStyle".into(), &"long".into());
    js_sys::Date::new_0().to_locale_date_string(general().lang, &options).into()
}
