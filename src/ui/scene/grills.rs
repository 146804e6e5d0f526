//! The places on the grill: a burger with a ring that fills, or nothing.
//!
//! All rings that fill are one path: each for itself was styled, laid out and painted in every frame.

use crate::ui::prelude::*;
use web_sys::Element;

use super::figure::{Figure, arrange, group};
use super::{Room, transform};
use crate::replay::ring;
use crate::replay::scene::{Fate, Floor, Grill, Point, Scene};

/// All of them.
#[component]
pub fn Grills(room: Room) -> impl IntoView {
    group(move |group, plates: &mut Plates| {
        let floor = room.floor.get();
        room.scene.with(|scene| plates.draw(group, scene, floor));
    })
}

#[derive(Default)]
struct Plates {
    /// The rings of all places, and over them of those on which something cooks; how far that is, and how far where the clerk waits for it.
    rings: Option<Figure>,
    /// What cooks, as it is drawn.
    cooks: [String; 3],
    plates: Vec<Plate>,
    /// An empty one, of which all others are copies.
    model: Option<Figure>,
    floor: Option<Floor>,
}

struct Plate {
    figure: Figure,
    /// Where it is, and the radius of its ring.
    at: (Point, f64),
    /// Whether it is drawn there. One on which nothing lies is not to be seen, and need not be.
    is_there: bool,
    /// What lies on it; how far that is, is drawn apart.
    on: Option<Grill>,
    progress: f64,
}

/// The rings of all places.
const ALL: usize = 0;
/// Those on which something cooks, and how far it is.
const COOKS: [usize; 3] = [1, 2, 3];

const RINGS: &str = r#"<path class="ring" data-part=""/><g class="cooks"><path class="ring" data-part=""/><path class="done-ring" data-part=""/><path class="done-ring watched" data-part=""/></g>"#;

/// The parts of a place.
const RING: usize = 0;
const DISH: usize = 1;
const SMOKE: usize = 2;
const TORN: usize = 3;
const NUMBER: usize = 4;

const PLATE: &str = r##"<path class="ring" data-part=""/><g data-part=""><use href="#burger" class="meat"/><g class="smoke" data-part=""><path d="M-8-18q4-5 0-10M2-18q4-5 0-10M11-18q4-5 0-10"/></g><g data-part=""></g><text class="ticket-number" x="24" y="-20" data-part=""></text></g>"##;
/// A slip that nobody wants any more.
const TORN_SLIP: &str =
    r##"<g class="torn"><use href="#ticket"/><path d="M-19-14L19 14M19-14L-19 14"/></g>"##;

impl Plates {
    fn draw(&mut self, group: &Element, scene: &Scene, floor: Floor) {
        if self.floor != Some(floor) {
            self.furnish(group, floor);
            self.floor = Some(floor);
        }
        for (slot, plate) in self.plates.iter_mut().enumerate() {
            plate.draw(scene.grills.iter().find(|grill| grill.slot == slot));
        }
        self.fill_rings();
    }

    /// Draws how far everything is that cooks.
    fn fill_rings(&mut self) {
        let mut now = <[String; 3]>::default();
        for (plate, on) in self.plates.iter().filter_map(|plate| Some((plate, plate.cooks()?))) {
            let (at, radius) = plate.at;
            now[0] += &ring::whole(at, radius);
            now[if on.ticket.is_some() { 1 } else { 2 }] += &ring::part(at, radius, plate.progress);
        }
        for (part, (now, before)) in COOKS.into_iter().zip(now.into_iter().zip(&mut self.cooks)) {
            if now != *before {
                self.rings.iter().for_each(|rings| rings.write(part, "d", &now));
                *before = now;
            }
        }
    }

    /// As many places as there are, where they are.
    fn furnish(&mut self, group: &Element, floor: Floor) {
        let count = floor.plates();
        self.plates.drain(count.min(self.plates.len())..).for_each(|gone| gone.figure.root.remove());
        while self.plates.len() < count {
            if self.model.is_none() {
                self.model = Figure::new(PLATE);
            }
            let Some(figure) = self.model.as_ref().and_then(Figure::again) else { return };
            figure.write_root("class", "grill");
            self.plates.push(Plate {
                figure,
                at: Default::default(),
                is_there: false,
                on: None,
                progress: 0.0,
            });
        }
        let mut rings = String::new();
        for (slot, plate) in self.plates.iter_mut().enumerate() {
            let (at, radius) = floor.grill(slot);
            rings += &ring::whole(at, radius);
            plate.at = (at, radius);
            plate.is_there = false;
            if plate.on.is_some() {
                plate.place();
            }
        }
        if self.rings.is_none() {
            self.rings = Figure::new(RINGS);
        }
        self.rings.iter().for_each(|it| it.write(ALL, "d", &rings));
        let plates = self.plates.iter().map(|plate| &plate.figure);
        arrange(group, self.rings.iter().chain(plates).map(|figure| &figure.root));
    }
}

impl Plate {
    /// What cooks here.
    fn cooks(&self) -> Option<Grill> {
        self.on.filter(|on| on.fate == Fate::Cooks)
    }

    /// Puts what is drawn of it where it is. Its ring is said there, without transforms: each costs something in every frame.
    fn place(&mut self) {
        let (at, radius) = self.at;
        self.figure.write(DISH, "transform", &transform(at, radius / 27.0));
        self.is_there = true;
        self.draw_ring();
    }

    /// What does not cook has a ring of its own.
    fn draw_ring(&self) {
        let (at, radius) = self.at;
        let own = self.on.is_some() && self.cooks().is_none();
        self.figure.write(RING, "d", &if own { ring::whole(at, radius) } else { String::new() });
    }

    fn draw(&mut self, grill: Option<&Grill>) {
        if grill.is_some() && !self.is_there {
            self.place();
        }
        self.progress = grill.map_or(0.0, |grill| grill.progress);
        let on = grill.map(|grill| Grill { progress: 0.0, ..*grill });
        let before = std::mem::replace(&mut self.on, on);
        if before != on {
            self.lay(before);
        }
    }

    /// Draws what lies here now.
    fn lay(&self, before: Option<Grill>) {
        let fate = self.on.map(|on| on.fate);
        let class = match fate {
            None => "grill",
            Some(Fate::Cooks) => "grill on",
            Some(Fate::Burnt) => "grill burnt",
            Some(Fate::TakenOff) => "grill taken-off",
        };
        self.figure.write_root("class", class);
        self.draw_ring();
        let smokes = matches!(fate, Some(Fate::Cooks | Fate::Burnt));
        self.figure.write(SMOKE, "class", if smokes { "smoke rises" } else { "smoke" });
        let torn = |grill: Option<Grill>| grill.is_some_and(|grill| grill.fate == Fate::TakenOff);
        if torn(before) != torn(self.on) {
            self.figure.fill(TORN, if torn(self.on) { TORN_SLIP } else { "" });
        }
        let ticket = self.on.and_then(|on| on.ticket).map(|ticket| ticket.to_string());
        self.figure.tell(NUMBER, &ticket.unwrap_or_default());
    }
}
