//! How people in a crowd look: what they do shows in their shape.

use super::colours::Colours;
use crate::replay::State;
use crate::replay::crowd::Hall as Room;
use crate::replay::raster::{Colour, Raster, Rect};

/// How somebody in a crowd looks.
#[derive(Clone, Copy)]
pub struct Look {
    body: Colour,
    /// What is worn or carried, where there is room for it.
    on_top: Option<Colour>,
    /// How large the place is, and whoever stands there; and how wide and high, as a share of that.
    cell: f32,
    size: f32,
    width: f32,
    height: f32,
}

impl Look {
    /// Each state has a shape of its own: upright in line, flat at a table, a bun on the way out.
    pub fn of(state: State, room: Room, colours: &Colours) -> Self {
        let cell = if state == State::Waiting { room.seats.cell } else { room.queue.cell };
        let (body, width, height) = match state {
            State::Ready => (colours.ready, 0.62, 1.0),
            State::Waiting => (colours.wait_edge, 1.0, 0.55),
            State::Done => (colours.done, 0.7, 0.9),
            _ => (colours.gone, 0.5, 0.5),
        };
        let on_top = match state {
            State::Waiting => colours.wait,
            State::Done => colours.bun,
            _ => colours.skin,
        };
        let size = cell * 0.78;
        // Large enough for a head, a ticket, a bun.
        Self { body, cell, size, width, height, on_top: (size >= 5.0).then_some(on_top) }
    }

    /// The body, and what is on top. All in one state are of one size, and nobody reaches into the place of another.
    fn rects(&self, scale: f32, (x, y): (f32, f32)) -> [Rect; 2] {
        let size = self.size * scale;
        let place = (self.cell * scale).floor();
        let whole = |share: f32| (size * share).round().min(place).max(1.0);
        let (width, height, head) = (whole(self.width), whole(self.height), whole(0.4));
        let (x, y) = (x * scale, y * scale);
        [
            Rect { x: x - width / 2.0, y: y - height / 2.0, width, height },
            Rect { x: x - head / 2.0, y: y - size / 2.0, width: head, height: head },
        ]
    }

    /// Draws somebody.
    pub fn draw(&self, raster: &mut Raster, scale: f32, at: (f32, f32)) {
        let [body, top] = self.rects(scale, at);
        raster.fill(self.body, body);
        if let Some(colour) = self.on_top {
            raster.fill(colour, top);
        }
    }

    /// Makes their place as it was without them.
    pub fn take_back(&self, raster: &mut Raster, empty: &Raster, scale: f32, at: (f32, f32)) {
        for rect in self.rects(scale, at) {
            raster.restore(empty, rect);
        }
    }
}
