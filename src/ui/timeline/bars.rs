//! The bars of all rows: one element for each state, cut out along the edges of its bars.
//!
//! A knob that is dragged moves every bar in every frame. As elements of their own they were styled, laid out and painted one by
//! one, which took longer than all the rest.

use std::sync::Arc;

use crate::decimal::fixed;
use crate::ui::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::class;
use super::rows::{Bar, Of, Row};
use crate::replay::State;
use crate::replay::outline::{Band, Edge, Outline, Share, WHOLE};
use crate::trace::Micros;
use crate::ui::follow::{self, Memo};
use crate::ui::stage::Same;

/// Rows with their bars.
pub type Rows = Same<Vec<Row>>;

/// What is cut out, those behind first. Where the edge of a bar has a texture of its own, what is within lies on it.
const SHAPES: [(State, &str); 7] = [
    (State::Ready, "bar is-ready edge"),
    (State::Ready, WITHIN_READY),
    (State::Waiting, "bar is-waiting"),
    (State::Working, "bar is-working"),
    (State::Holding, "bar is-holding"),
    (State::NeverStarted, "bar is-never edge"),
    (State::NeverStarted, WITHIN_NEVER),
];
const WITHIN_READY: &str = "bar is-ready";
const WITHIN_NEVER: &str = "bar is-never";

/// The height of a row with the gap below it, and where bars stand in it, in pixels of the style sheet; a row that is higher has higher bars.
const ROW: f64 = 31.0;
const OF_TASK: [f64; 2] = [2.0, 24.0];
const OF_CLERK: [f64; 2] = [6.0, 20.0];
/// How thick an edge is, in the same pixels.
const THICK: f64 = 2.0;

/// What is drawn of rows.
#[derive(Clone, PartialEq)]
pub struct Picture {
    /// The rows, and at which place each of them stands.
    pub rows: Rows,
    /// The places.
    pub places: Arc<Vec<usize>>,
    /// How many places there are.
    pub count: usize,
    /// The end of the axis.
    pub axis: Micros,
    /// Whether there is little room: then what is thin must be a larger part of it.
    pub narrow: bool,
}

/// A box with the bars of all rows, in nodes that are kept.
#[component]
pub fn Bars(
    /// Which of the boxes it is.
    class: &'static str,
    /// What is in it, if anything.
    picture: Memo<Option<Picture>>,
    /// How it is cut, as a style sheet says it.
    cut: Told,
    /// A name that no other box of the page has.
    id: String,
) -> impl IntoView {
    let row = NodeRef::<web_sys::HtmlElement>::new();
    let drawn = StoredValue::new(None::<Drawn>);
    follow::effect(move || {
        let Some(row) = row.get() else { return };
        picture.with(|picture| {
            drawn.update_value(|drawn| {
                // A box is kept in which another has drawn.
                let drawn = drawn.get_or_insert_with(|| Drawn::within(&row, &id));
                drawn.cut_out(&row, picture.as_ref());
                drawn.mark(&row, picture.as_ref());
            });
        });
    });
    view! { <div node_ref=row class=class aria-hidden="true" style=("clip-path", cut)></div> }
}

/// What is drawn in a box.
struct Drawn {
    /// The elements of the shapes that have been needed, in their order.
    shapes: [Option<Shape>; SHAPES.len()],
    /// What they are cut by.
    paths: Vec<(Element, String)>,
    /// Where these are in the page.
    id: String,
    marks: Vec<(HtmlElement, Mark)>,
}

/// An element, and whether anything of it is to be seen.
type Shape = (HtmlElement, bool);

/// A bad end: where it is, and its state.
#[derive(Clone, Copy, PartialEq)]
struct Mark {
    left: Share,
    top: Share,
    state: State,
}

impl Picture {
    fn share(&self, time: Micros) -> Share {
        // A tenth of a pixel is fine enough: a number that is short is written and read in less time.
        let share = f64::from(WHOLE / 10) * time.seconds() / self.axis.seconds();
        (share.round() as Share * 10).min(WHOLE)
    }

    /// So many pixels down a row.
    fn down(&self, place: usize, pixels: f64) -> Share {
        (f64::from(WHOLE) * (place as f64 + pixels / ROW) / self.count as f64).round() as Share
    }

    /// The bars, each with the place of its row.
    fn bars(&self) -> impl Iterator<Item = (usize, &Row, &Bar)> {
        let rows = self.rows.iter().zip(self.places.iter());
        rows.flat_map(|(row, place)| row.bars.iter().map(move |bar| (*place, row, bar)))
    }

    fn outlines(&self) -> [Outline; SHAPES.len()] {
        let mut outlines: [Outline; SHAPES.len()] = Default::default();
        // About two pixels: nothing is thinner.
        let thin = if self.narrow { 700 } else { 200 };
        let edge = Edge { across: thin, down: self.down(0, THICK) };
        for (place, row, bar) in self.bars().filter(|(.., bar)| bar.from <= self.axis && !is_mark(bar)) {
            let [top, bottom] = if matches!(row.of, Of::Clerk(_)) { OF_CLERK } else { OF_TASK };
            let band = Band { top: self.down(place, top), bottom: self.down(place, bottom) };
            let left = self.share(bar.from);
            let right = self.share(bar.to).max(left + thin);
            for ((state, class), outline) in SHAPES.iter().zip(&mut outlines) {
                match *class {
                    _ if *state != bar.state => {}
                    WITHIN_READY | WITHIN_NEVER => outline.inside(band, left, right, edge),
                    _ => outline.bar(band, left, right),
                }
            }
        }
        outlines
    }

    fn marks(&self) -> impl Iterator<Item = Mark> {
        let middle = OF_TASK.iter().sum::<f64>() / 2.0;
        let marks = self.bars().filter(|(.., bar)| bar.from <= self.axis && is_mark(bar));
        marks.map(move |(place, _, bar)| Mark {
            left: self.share(bar.from),
            top: self.down(place, middle),
            state: bar.state,
        })
    }
}

fn is_mark(bar: &Bar) -> bool {
    matches!(bar.state, State::Failed | State::Cancelled)
}

impl Drawn {
    /// Nothing but the paths. Browsers read one of a drawing in a fraction of the time that they take for the same shape in a style.
    fn within(row: &HtmlElement, id: &str) -> Self {
        let clip = |at| {
            format!(r#"<clipPath id="{id}-{at}" clipPathUnits="objectBoundingBox"><path d=""/></clipPath>"#)
        };
        let clips = (0..SHAPES.len()).map(clip).collect::<String>();
        row.set_inner_html(&format!(r#"<svg class="definitions">{clips}</svg>"#));
        let found = row.query_selector_all("path").ok();
        let paths = found.map(|found| {
            (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect::<Vec<_>>()
        });
        let paths = paths.unwrap_or_default().into_iter().map(|path| (path, String::new())).collect();
        Self { shapes: Default::default(), paths, id: id.to_owned(), marks: Vec::new() }
    }

    fn cut_out(&mut self, within: &HtmlElement, picture: Option<&Picture>) {
        let outlines = picture.map(Picture::outlines).unwrap_or_default();
        for (at, outline) in outlines.into_iter().enumerate() {
            let path = outline.path();
            let Some((element, before)) = self.paths.get_mut(at).filter(|(_, before)| *before != path) else {
                continue;
            };
            // A path can have any shape.
            let _ = element.set_attribute("d", &path);
            let seen = !path.is_empty();
            *before = path;
            self.show(within, at, seen);
        }
    }

    /// Shows a shape, or hides it where there is no bar.
    fn show(&mut self, within: &HtmlElement, at: usize, seen: bool) {
        match &mut self.shapes[at] {
            Some((element, before)) if *before != seen => {
                element.set_hidden(!seen);
                *before = seen;
            }
            None if seen => {
                let Some(element) = element(SHAPES[at].1) else { return };
                write(&element, "clip-path", &format!("url(#{}-{at})", self.id));
                self.shapes[at] = Some((element, true));
                self.arrange(within);
            }
            _ => {}
        }
    }

    /// Shapes lie over each other in their order, and marks over all of them.
    fn arrange(&self, within: &HtmlElement) {
        let shapes = self.shapes.iter().flatten().map(|(element, _)| element);
        for element in shapes.chain(self.marks.iter().map(|(element, _)| element)) {
            // An element that is there can be put elsewhere.
            let _ = within.append_child(element);
        }
    }

    fn mark(&mut self, within: &HtmlElement, picture: Option<&Picture>) {
        let now: Vec<_> = picture.into_iter().flat_map(Picture::marks).collect();
        self.marks.drain(now.len().min(self.marks.len())..).for_each(|(gone, _)| gone.remove());
        for (at, mark) in now.into_iter().enumerate() {
            match self.marks.get_mut(at) {
                Some((element, before)) => {
                    if *before != mark {
                        mark.write(element);
                        *before = mark;
                    }
                }
                None => {
                    let Some(element) = element("") else { return };
                    mark.write(&element);
                    // A new element can be put into a page.
                    let _ = within.append_child(&element);
                    self.marks.push((element, mark));
                }
            }
        }
    }
}

impl Mark {
    fn write(self, element: &HtmlElement) {
        let percent = |share: Share| format!("{}%", fixed(f64::from(share) / 1000.0, 3));
        element.set_class_name(&format!("bar {}", class(self.state)));
        write(element, "left", &percent(self.left));
        write(element, "top", &percent(self.top));
    }
}

fn element(class: &str) -> Option<HtmlElement> {
    let element = document().create_element("i").ok()?.dyn_into::<HtmlElement>().ok()?;
    element.set_class_name(class);
    Some(element)
}

/// Writes a style. Our own are of their kinds.
fn write(element: &HtmlElement, property: &str, value: &str) {
    let _ = element.style().set_property(property, value);
}
