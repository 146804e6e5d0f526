//! The lines that a teacher pastes, for the lesson as it stands, and what they will show.

use crate::ui::prelude::*;

use crate::course::address::Address;
use crate::course::embed::snippet::{Snippet, What};
use crate::course::numbers::knobs_of;
use crate::ui::app::copy_text;
use crate::ui::follow::{self, Memo};
use crate::ui::lesson::Here;
use crate::ui::stage::Stage;
use crate::ui::strings::{embed as words, words as all_words};

/// The lines, and a preview that loads when it is opened.
#[component]
pub fn ShareLines(stage: Stage, step: Memo<Here>) -> impl IntoView {
    let what = RwSignal::new(What::Lesson);
    let previewed = RwSignal::new(false);
    let choices = What::ALL.map(|choice| {
        let label = words::what(choice);
        view! {
            <button type="button" data-testid=format!("what-{}", choice.id()) aria-pressed=follow::text(move || (what.get() == choice).to_string())
                on:click=follow::press(move || what.set(choice))>{label}</button>
        }
    });
    let frame = Signal::derive(move || lines(stage, step.get(), what.get(), |it| it.frame()));
    let element = Signal::derive(move || lines(stage, step.get(), what.get(), |it| it.element()));
    // What is tried out here is nobody's progress.
    let address =
        move || lines(stage, step.get(), what.get(), |snippet| format!("{}&storage=none", snippet.address()));
    let title = move || words::frame_title(stage.lesson.title);
    view! {
        <section class="share-lines" aria-label=words::EMBED>
            <h3>{words::EMBED}</h3>
            <p>{words::EMBED_TEXT}</p>
            <div class="segments" role="group" aria-label=words::WHAT>{choices.into_iter().collect_view()}</div>
            <Lines label=words::FRAME id="share-frame" text=frame />
            <Lines label=words::ELEMENT id="share-element" text=element />
            <details data-testid="share-preview" on:toggle=follow::hear(move |event| previewed.set(is_open(&event)))>
                <summary>{words::PREVIEW}</summary>
                {follow::part(move || previewed.get().then(|| view! {
                    <iframe class="preview" src=follow::text(address) title=follow::text(title)></iframe>
                }))}
            </details>
        </section>
    }
}

/// Lines to copy.
#[component]
fn Lines(label: &'static str, id: &'static str, text: Signal<String>) -> impl IntoView {
    let copied = RwSignal::new(false);
    view! {
        <div class="lines">
            <label for=id>{label}</label>
            <button type="button" class="small" data-testid=format!("{id}-copy") on:click=follow::press(move || copy_text(&text.get_untracked(), copied))>
                {follow::text(move || if copied.get() { all_words().copied } else { words::COPY_LINES })}
            </button>
            <textarea id=id data-testid=id class="share-link" readonly=true rows="4" spellcheck="false" prop:value=follow::text(move || text.get())></textarea>
        </div>
    }
}

/// Makes lines for the lesson as it stands.
fn lines(stage: Stage, step: Here, what: What, make: fn(&Snippet<'_>) -> String) -> String {
    let (lesson, step) = (stage.lesson, step.0);
    let mode = stage.mode.get();
    let knobs = stage.knobs.get();
    let usual = knobs_of(lesson, &step.stage);
    let turned = lesson.knobs.iter().filter_map(|knob| {
        let value = knobs.get(knob.id).filter(|value| usual.get(knob.id) != Some(*value))?;
        Some((knob.id, knob.write(value)))
    });
    make(&Snippet {
        what,
        link: &here(&Address::link(lesson, Some(step.id), Some(mode), &knobs)),
        script: &here("burger-lesson.js"),
        title: &words::frame_title(lesson.title),
        place: [lesson.slug, step.id, mode],
        knobs: &turned.collect::<Vec<_>>(),
    })
}

/// The whole address of a file beside this page, or of this page with another query.
fn here(relative: &str) -> String {
    let here = window().location().href().unwrap_or_default();
    web_sys::Url::new_with_base(relative, &here).map_or_else(|_| relative.to_owned(), |url| url.href())
}

fn is_open(event: &web_sys::Event) -> bool {
    event_target::<web_sys::Element>(event).has_attribute("open")
}
