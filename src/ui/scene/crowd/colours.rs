//! The colours of a crowd. Style sheets say them, and a canvas knows none of these.

#![allow(missing_docs, reason = "each is what it is called")]

use crate::ui::prelude::*;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::replay::raster::Colour;

/// The page's colours, as they are in its theme.
pub struct Colours {
    pub wall: Colour,
    pub floor: Colour,
    pub counter: Colour,
    pub top: Colour,
    pub line: Colour,
    pub skin: Colour,
    pub ready: Colour,
    pub run: Colour,
    pub wait: Colour,
    pub wait_edge: Colour,
    pub done: Colour,
    pub bun: Colour,
    pub gone: Colour,
    /// Of what the canvas draws: the flat top of the clerk's head, and words.
    pub hat: String,
    pub ink: String,
    pub quiet: String,
    pub works: String,
    pub held: String,
}

impl Colours {
    /// Reads them; none if the browser does not say.
    pub fn read(canvas: &HtmlCanvasElement, pen: &CanvasRenderingContext2d) -> Option<Self> {
        let style = window().get_computed_style(canvas).ok()??;
        let word = |name: &str| {
            style.get_property_value(name).map(|value| value.trim().to_owned()).unwrap_or_default()
        };
        let of = |name: &str| {
            // However the style sheet writes a colour, a pen gives it back as #rrggbb.
            pen.set_fill_style_str(&word(name));
            let hex = pen.fill_style().as_string().unwrap_or_default();
            let hex = hex.get(1..7).and_then(|hex| u32::from_str_radix(hex, 16).ok()).unwrap_or_default();
            let [_, red, green, blue] = hex.to_be_bytes();
            [red, green, blue]
        };
        Some(Self {
            wall: of("--wall"),
            floor: of("--floor"),
            counter: of("--counter"),
            top: of("--counter-top"),
            line: of("--line"),
            skin: of("--skin"),
            ready: of("--ready"),
            run: of("--run"),
            wait: of("--wait"),
            wait_edge: of("--wait-2"),
            done: of("--done"),
            bun: of("--bun"),
            gone: of("--gone"),
            hat: word("--wall"),
            ink: word("--ink"),
            quiet: word("--ink-2"),
            works: word("--run"),
            held: word("--hold"),
        })
    }
}
