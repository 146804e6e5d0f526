//! The bars of a row, in nodes that are kept: a knob that is turned moves them.

use leptos::html::Div;
use leptos::prelude::*;
use web_sys::HtmlElement;

use super::{Bar, class};
use crate::trace::Micros;
use wasm_bindgen::JsCast;

/// A bar as it is written: state, left edge and width, in thousandths of a percent. Of one that is not shown, nothing but its place in
/// the row is kept.
#[derive(Clone, Copy, PartialEq)]
struct Written {
    class: &'static str,
    left: u32,
    width: u32,
}

impl Written {
    fn of(bar: &Bar, axis: Micros, shown: (Micros, Micros)) -> Self {
        let share = |time: Micros| (100_000.0 * time.seconds() / axis.seconds()).round() as u32;
        let (from, to) = (bar.from.max(shown.0), bar.to.min(shown.1).min(axis));
        if from > to || (from == to && bar.from != bar.to) {
            return Self { class: "out", left: 0, width: 0 };
        }
        Self { class: class(bar.state), left: share(from), width: share(to - from) }
    }
}

/// A box with the bars of a row.
#[component]
pub fn Bars(
    /// Which of the row's boxes it is.
    class: &'static str,
    bars: Memo<Vec<Bar>>,
    axis: Memo<Micros>,
    /// From when to when they are shown.
    shown: Signal<(Micros, Micros)>,
) -> impl IntoView {
    let row = NodeRef::<Div>::new();
    let drawn = StoredValue::new_local(None::<Vec<(HtmlElement, Written)>>);
    Effect::new(move |_| {
        let Some(row) = row.get() else { return };
        let (axis, shown) = (axis.get(), shown.get());
        bars.with(|bars| {
            drawn.update_value(|drawn| {
                // Leptos takes a box over that another has drawn in.
                if drawn.is_none() {
                    row.replace_children_with_node_0();
                }
                draw(&row, drawn.get_or_insert_default(), bars, axis, shown);
            });
        });
    });
    view! { <div node_ref=row class=class></div> }
}

fn draw(
    row: &HtmlElement,
    drawn: &mut Vec<(HtmlElement, Written)>,
    bars: &[Bar],
    axis: Micros,
    shown: (Micros, Micros),
) {
    drawn.drain(bars.len().min(drawn.len())..).for_each(|(gone, _)| gone.remove());
    for (at, bar) in bars.iter().enumerate() {
        let now = Written::of(bar, axis, shown);
        match drawn.get_mut(at) {
            Some((element, before)) => write(element, now, Some(std::mem::replace(before, now))),
            None => {
                let Ok(element) = document().create_element("i") else { return };
                let Ok(element) = element.dyn_into::<HtmlElement>() else { return };
                write(&element, now, None);
                // A new element can be put into a page.
                let _ = row.append_child(&element);
                drawn.push((element, now));
            }
        }
    }
}

fn write(element: &HtmlElement, now: Written, before: Option<Written>) {
    if before.is_none_or(|before| before.class != now.class) {
        element.set_class_name(&format!("bar {}", now.class));
    }
    let set = |property: &str, now: u32, before: Option<u32>| {
        if before != Some(now) {
            // A share of the row is a length.
            let _ = element.style().set_property(property, &format!("{:.3}%", f64::from(now) / 1000.0));
        }
    };
    set("left", now.left, before.map(|it| it.left));
    set("width", now.width, before.map(|it| it.width));
}
