//! Draws a crowd on a canvas.
//!
//! Whatever is a rectangle is written into a picture in memory ([`Raster`]), which is put on the canvas as a whole: ten
//! thousand calls of the canvas take the time of a frame. Who stays where they were is not drawn again. Words and faces,
//! which are few, are the canvas's own.

use crate::ui::prelude::*;
use wasm_bindgen::{Clamped, JsCast};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

use super::colours::Colours;
use super::look::Look;
use crate::replay::State;
use crate::replay::crowd::{Counts, Dots, Hall as Room};
use crate::replay::raster::{Colour, Raster, Rect};
use crate::ui::strings::crowd as words;

/// What the furniture depends on.
#[derive(PartialEq)]
pub struct Place {
    /// How large the room is.
    pub room: Room,
    /// How many tables there are.
    pub tables: usize,
    /// The theme, and whether the system's is dark.
    pub theme: String,
}

/// What to draw with, at as many dots a pixel as the screen has.
pub struct Easel {
    /// What it was made for.
    pub place: Place,
    pen: CanvasRenderingContext2d,
    colours: Colours,
    scale: f32,
    /// The room without people.
    empty: Raster,
    /// With those who stand in line and sit at tables; and who they are, in the picture that was drawn last.
    settled: Raster,
    line: usize,
    seats: Vec<bool>,
    /// With everybody.
    full: Raster,
    /// What is written in the picture that was drawn last, and whether anybody walks there.
    last: Option<(Counts, Option<State>, bool)>,
}

/// The size of the letters; words of other sizes are drawn larger or smaller, for a canvas takes long to change its font.
const LETTERS: u8 = 14;

impl Easel {
    /// For a canvas; none if it cannot be drawn on.
    pub fn new(canvas: &HtmlCanvasElement, place: Place) -> Option<Self> {
        let scale = window().device_pixel_ratio().clamp(1.0, 2.0) as f32;
        let size = |length: f32| (length * scale).round() as u32;
        let (width, height) = (size(place.room.width), size(place.room.height));
        canvas.set_width(width);
        canvas.set_height(height);
        let pen: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        let colours = Colours::read(canvas, &pen)?;
        pen.set_font(&format!("700 {LETTERS}px system-ui, sans-serif"));
        let full = Raster::new(width as usize, height as usize, colours.wall);
        let (empty, settled) = (Raster::default(), Raster::default());
        let (line, seats) = (0, Vec::new());
        let mut easel = Self { place, pen, colours, scale, empty, settled, line, seats, full, last: None };
        easel.furniture();
        easel.empty.copy(&easel.full);
        easel.settled.copy(&easel.full);
        Some(easel)
    }

    /// Draws everybody.
    pub fn draw(&mut self, dots: &Dots, counts: &Counts) {
        let running = dots.all.iter().find(|dot| dot.state.is_running());
        let walks = dots.all.iter().any(|dot| !dot.settled && !dot.state.is_running());
        let now = (*counts, running.map(|dot| dot.state), walks);
        if !self.settle(dots) && !walks && self.last == Some(now) {
            return;
        }
        self.last = Some(now);
        self.full.copy(&self.settled);
        for state in [State::Waiting, State::Done, State::Failed] {
            let look = Look::of(state, self.place.room, &self.colours);
            let is = |it: State| match state {
                State::Failed => matches!(it, State::Failed | State::Cancelled),
                _ => it == state,
            };
            for dot in dots.all.iter().filter(|dot| !dot.settled && is(dot.state)) {
                look.draw(&mut self.full, self.scale, dot.at);
            }
        }
        self.body(CLERK, 30.0, self.colours.run);
        let Colours { top, ready, .. } = self.colours;
        self.fill(top, 8.0, Room::COUNTER - 42.0, 76.0, 7.0);
        if let Some(dot) = running {
            self.body(dot.at, 26.0, ready);
        }
        self.show();
        self.face(CLERK, 30.0);
        self.pen.set_fill_style_str(&self.colours.hat);
        self.pen.fill_rect(36.0, f64::from(Room::COUNTER) - 80.0, 20.0, 5.0);
        if let Some(dot) = running {
            self.face(dot.at, 26.0);
        }
        self.words(counts, running.map(|dot| dot.state));
    }

    /// Draws who has come to stand or sit since the last picture, and takes back who has gone. Everybody else is there.
    /// Says whether there was any such.
    fn settle(&mut self, dots: &Dots) -> bool {
        let (room, scale) = (self.place.room, self.scale);
        let (look, line) = (Look::of(State::Ready, self.place.room, &self.colours), dots.in_line());
        let mut changed = line != self.line;
        for place in self.line..line {
            look.draw(&mut self.settled, scale, room.line(place));
        }
        for place in line..self.line {
            look.take_back(&mut self.settled, &self.empty, scale, room.line(place));
        }
        self.line = line;
        let look = Look::of(State::Waiting, self.place.room, &self.colours);
        self.seats.resize(dots.seats.len(), false);
        for (table, (sat, sits)) in self.seats.iter_mut().zip(&dots.seats).enumerate() {
            match (*sat, *sits) {
                (false, true) => look.draw(&mut self.settled, scale, room.table(table)),
                (true, false) => look.take_back(&mut self.settled, &self.empty, scale, room.table(table)),
                _ => {}
            }
            changed |= *sat != *sits;
            *sat = *sits;
        }
        changed
    }

    /// Puts the picture on the canvas. One that the browser cannot take is in the label, too.
    fn show(&self) {
        let width = (self.place.room.width * self.scale).round() as u32;
        if let Ok(image) = ImageData::new_with_u8_clamped_array(Clamped(self.full.bytes()), width) {
            let _ = self.pen.put_image_data(&image, 0.0, 0.0);
        }
    }

    fn fill(&mut self, colour: Colour, x: f32, y: f32, width: f32, height: f32) {
        let scale = self.scale;
        let rect = Rect { x: x * scale, y: y * scale, width: width * scale, height: height * scale };
        self.full.fill(colour, rect);
    }

    fn furniture(&mut self) {
        let room = self.place.room;
        let Colours { floor, counter, top, line, .. } = self.colours;
        self.fill(floor, 0.0, Room::COUNTER - 8.0, room.width, room.height);
        // The counter, behind which the clerk stands, and the way out.
        self.fill(top, 8.0, Room::COUNTER - 42.0, 76.0, 7.0);
        self.fill(counter, 12.0, Room::COUNTER - 35.0, 68.0, 27.0);
        let door = room.door().0;
        self.fill(counter, door - 22.0, 22.0, 44.0, Room::COUNTER - 30.0);
        self.fill(floor, door - 17.0, 27.0, 34.0, Room::COUNTER - 35.0);
        let size = (room.seats.cell * 0.8).max(1.0);
        for table in 0..self.place.tables {
            let (x, y) = room.table(table);
            self.fill(line, x - size / 2.0, y + size * 0.15, size, size * 0.3);
        }
    }

    /// Somebody who can be seen.
    fn body(&mut self, (x, y): (f32, f32), size: f32, cloth: Colour) {
        self.fill(cloth, x - size * 0.3, y - size * 0.4, size * 0.6, size * 0.8);
    }

    fn face(&self, (x, y): (f32, f32), size: f32) {
        let [red, green, blue] = self.colours.skin;
        self.stretch(1.0);
        self.pen.set_fill_style_str(&format!("rgb({red} {green} {blue})"));
        self.pen.begin_path();
        let (x, y, radius) = (f64::from(x), f64::from(y - size * 0.6), f64::from(size * 0.3));
        // A circle cannot fail: its radius is positive.
        let _ = self.pen.arc(x, y, radius, 0.0, std::f64::consts::TAU);
        self.pen.fill();
    }

    fn words(&self, counts: &Counts, state: Option<State>) {
        let (room, colours) = (&self.place.room, &self.colours);
        let door = room.door().0;
        self.pen.set_text_align("center");
        self.write(words::EXIT, door, 16.0, 12.0, &colours.quiet);
        self.pen.set_text_align("right");
        self.write(&words::served(counts), door - 32.0, 44.0, 15.0, &colours.ink);
        if counts.without > 0 {
            self.write(&words::without(counts), door - 32.0, 64.0, 13.0, &colours.quiet);
        }
        self.pen.set_text_align("left");
        let (line, seats) = (room.queue, room.seats);
        self.write(&words::in_line(counts), line.x, line.y - 9.0, 14.0, &colours.ink);
        if self.place.tables > 0 {
            self.write(&words::at_tables(counts), seats.x, seats.y - 9.0, 14.0, &colours.ink);
        }
        let (text, colour) = match state {
            Some(State::Holding) => (words::HELD, &colours.held),
            Some(_) => (words::WORKS, &colours.works),
            None => (words::FREE, &colours.quiet),
        };
        self.write(text, 114.0, 30.0, 14.0, colour);
    }

    fn write(&self, text: &str, x: f32, y: f32, size: f32, colour: &str) {
        let larger = size / f32::from(LETTERS);
        self.stretch(larger);
        self.pen.set_fill_style_str(colour);
        // A text that cannot be drawn is in the label, too.
        let _ = self.pen.fill_text(text, (x / larger).into(), (y / larger).into());
    }

    /// Draws larger, apart from what the screen needs.
    fn stretch(&self, times: f32) {
        let scale = f64::from(self.scale * times);
        // It cannot fail: these are numbers.
        let _ = self.pen.set_transform(scale, 0.0, 0.0, scale, 0.0, 0.0);
    }
}

/// Where the clerk stands.
const CLERK: (f32, f32) = (46.0, Room::COUNTER - 50.0);
