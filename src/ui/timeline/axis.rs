//! The seconds over the lanes, in nodes that are kept: a knob that is turned moves them.

use crate::decimal::fixed;
use crate::ui::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::trace::Micros;
use crate::ui::follow::{self, Memo};

/// The steps between marks, in seconds; where there is no room, two minutes.
const STEPS: [f64; 9] = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 60.0];

/// The seconds.
#[component]
pub fn Axis(axis: Memo<Micros>) -> impl IntoView {
    let track = NodeRef::<web_sys::HtmlElement>::new();
    let drawn = StoredValue::new(None::<Vec<Tick>>);
    follow::effect(move || {
        let Some(track) = track.get() else { return };
        let end = axis.get().seconds();
        drawn.update_value(|drawn| {
            // A box is kept in which another has drawn.
            if drawn.is_none() {
                track.replace_children_with_node_0();
            }
            draw(&track, drawn.get_or_insert_default(), end);
        });
    });
    view! { <div class="axis" aria-hidden="true"><div node_ref=track class="axis-track"></div></div> }
}

struct Tick {
    mark: HtmlElement,
    label: HtmlElement,
    left: String,
    text: String,
}

fn draw(track: &HtmlElement, ticks: &mut Vec<Tick>, end: f64) {
    let step = STEPS.into_iter().find(|step| end / step <= 9.0).unwrap_or(120.0);
    let count = (end / step + 1e-6).floor() as usize + 1;
    ticks.drain(count.min(ticks.len())..).for_each(|gone| gone.mark.remove());
    for index in 0..count {
        if ticks.len() <= index {
            let Some(tick) = Tick::new(track) else { return };
            ticks.push(tick);
        }
        ticks[index].draw(index, step, end);
    }
}

impl Tick {
    fn new(track: &HtmlElement) -> Option<Self> {
        let element = |name: &str| document().create_element(name).ok()?.dyn_into::<HtmlElement>().ok();
        let (mark, label) = (element("i")?, element("span")?);
        mark.set_class_name("tick");
        // New elements can be put into a page.
        let _ = mark.append_child(&label);
        let _ = track.append_child(&mark);
        Some(Self { mark, label, left: String::new(), text: String::new() })
    }

    fn draw(&mut self, index: usize, step: f64, end: f64) {
        let time = index as f64 * step;
        let text = match index {
            0 if step < 1.0 => "0.0 s".to_owned(),
            0 => "0 s".to_owned(),
            _ => fixed(time, if step < 1.0 { 1 } else { 0 }).to_string(),
        };
        let left = format!("{}%", fixed(100.0 * time / end, 2));
        if left != self.left {
            // A share of the axis is a length.
            let _ = self.mark.style().set_property("left", &left);
            self.left = left;
        }
        if text != self.text {
            self.label.set_text_content(Some(&text));
            self.text = text;
        }
    }
}
