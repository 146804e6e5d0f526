//! The knobs: a slider and a field for each.

use crate::ui::prelude::*;

use super::follow::{self, Memo};

use super::stage::Stage;
use super::strings::words;
use crate::course::address::{BadKnob, Note};
use crate::decimal;
use crate::lessons::model::KnobSpec;

/// All knobs of a lesson.
#[component]
pub fn Knobs(stage: Stage) -> impl IntoView {
    let words = words();
    let turned = move || {
        let is_turned = |knob: &KnobSpec| stage.knobs.with(|knobs| knobs.get(knob.id) != Some(knob.default));
        stage.lesson.knobs.iter().any(is_turned)
    };
    view! {
        <section class="knobs" aria-label=words.knobs>
            {stage.lesson.knobs.iter().map(|knob| view! { <Knob stage=stage knob=knob /> }).collect_view()}
            <button type="button" class="small reset" disabled=follow::flag(move || !turned()) on:click=follow::press(move || stage.reset_knobs())>
                {words.reset}
            </button>
        </section>
    }
}

/// One knob.
#[component]
fn Knob(stage: Stage, knob: &'static KnobSpec) -> impl IntoView {
    let words = words();
    let value = Memo::new(move |_| stage.knobs.with(|knobs| knobs.get(knob.id)).unwrap_or(knob.default));
    let complaint = RwSignal::new(None::<String>);
    let slide = move |event: web_sys::Event| {
        if let Some(number) = decimal::read(&event_target_value(&event)) {
            complaint.set(None);
            stage.set_knob(knob.id, if knob.log { knob.at_notch(number) } else { knob.nearest(number).0 });
        }
    };
    let place = move || if knob.log { knob.notch(value.get()) } else { value.get() };
    let (min, max, step) =
        if knob.log { (0.0, KnobSpec::NOTCHES, 1.0) } else { (knob.min, knob.max, knob.step) };
    let field = NodeRef::<web_sys::HtmlInputElement>::new();
    let enter = move |event: web_sys::Event| {
        let text = event_target_value(&event);
        match knob.read(&text) {
            Ok(number) => {
                complaint.set(None);
                stage.set_knob(knob.id, number);
            }
            Err(BadKnob::NotANumber) => complaint.set(Some(format!(
                "“{}”: {} {} {} {}",
                text.chars().take(20).collect::<String>(),
                knob.write(knob.min),
                words.to,
                knob.write(knob.max),
                knob.unit
            ))),
            Err(BadKnob::OutOfRange(number)) => {
                complaint.set(Some(words.note(&Note::Clamped(knob, number))));
                stage.set_knob(knob.id, number);
            }
        }
        // What stands in the field is the knob's value again, even if that has not changed.
        if let Some(field) = field.get_untracked() {
            field.set_value(&knob.write(value.get_untracked()));
        }
    };
    let range = format!("{} {} {} {}", knob.write(knob.min), words.to, knob.write(knob.max), knob.unit);
    // Several stages may stand on one page.
    let slider_id = stage.scoped(&format!("knob-{}", knob.id));
    let note_id = stage.scoped(&format!("note-{}", knob.id));
    view! {
        <div class="knob">
            <div class="knob-head">
                <label for=slider_id.clone()>{knob.label}</label>
                <span class="knob-field">
                    <input type="text" inputmode="decimal" autocomplete="off" aria-label=format!("{} ({range})", knob.label)
                        data-testid=format!("field-{}", knob.id) node_ref=field
                        aria-invalid=follow::text(move || complaint.with(Option::is_some).to_string())
                        prop:value=follow::text(move || knob.write(value.get())) on:change=follow::hear(enter) />
                    <span aria-hidden="true">{knob.unit}</span>
                </span>
            </div>
            <input type="range" id=slider_id data-testid=format!("knob-{}", knob.id)
                aria-describedby=note_id.clone() min=min max=max step=step
                aria-valuetext=follow::text(move || format!("{} {}", knob.write(value.get()), knob.unit))
                prop:value=follow::text(place) on:input=follow::hear(slide) />
            <small id=note_id>{range}" · "{knob.note}</small>
            <p class="complaint" role="status">{follow::text(move || complaint.get())}</p>
        </div>
    }
}
