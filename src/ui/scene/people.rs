//! The people: each a letter, a colour, a pattern, a face, and what they carry.

mod carries;

use crate::decimal::plain;
use crate::ui::prelude::*;
use web_sys::Element;

pub(super) use carries::half;
use carries::{bubble, carries, show_left};

use super::figure::{Figure, group, put};
use super::{Room, letters, transform};
use crate::replay::scene::{Floor, Mood, Person, Point, Scene, layers};
use crate::replay::{State, kept};
use crate::trace::{Micros, TaskId};
use crate::ui::follow;
use crate::ui::who::Who;

/// Everybody in the room, those at the back first.
#[component]
pub fn People(room: Room) -> impl IntoView {
    let stage = room.stage;
    let everybody = group(move |group, crew: &mut Crew| {
        let (floor, lit) = (room.floor.get(), stage.lit.get());
        // Nothing has been heard of a run that has just begun: whoever waited for it to begin still does.
        let unheard = || stage.runs() && stage.scene_time.get() == Micros(0);
        room.scene.with(|scene| {
            if scene.people.is_empty() && unheard() {
                return;
            }
            let name = |task| stage.shown.with_untracked(|shown| shown.trace.name(task).to_owned());
            crew.draw(group, scene, floor, lit.as_deref(), name);
        });
    });
    view! { <g on:pointerover=follow::light(stage) on:pointerleave=follow::press(move || stage.light(None))>{everybody}</g> }
}

/// Those who are drawn.
#[derive(Default)]
struct Crew {
    people: Vec<Drawn>,
    /// Those who have gone, as they were drawn: whoever plays a run again sees them all come back at once.
    gone: Vec<Drawn>,
    /// A person without a face, of whom all others are copies.
    model: Option<Figure>,
}

/// How many of those who have gone are kept.
const MOST_GONE: usize = 80;

/// A person, as drawn.
struct Drawn {
    task: TaskId,
    name: String,
    who: Who,
    figure: Figure,
    /// Where it stands and how large it is, and the same as it is written.
    stands: Option<(Point, f64)>,
    place: String,
    /// Whether anything can be seen of it.
    seen: bool,
    /// Somebody who walks, or has less time left, looks the same as in the frame before.
    look: Option<Look>,
    left: Option<(Element, f64)>,
}

#[derive(Clone, Copy, PartialEq)]
struct Look {
    person: Person,
    lit: bool,
    bubble: Option<&'static str>,
    /// Among so many that nobody looks at one of them closely.
    packed: bool,
}

impl Look {
    /// What its classes say of somebody, besides who it is.
    fn classes(&self) -> [&'static str; 4] {
        let is = |class, on| if on { class } else { "" };
        let Self { person, lit, .. } = self;
        [
            is(" lit", *lit),
            is(" walks", person.walks),
            is(" sits", person.sits),
            is(" ready", person.state == State::Ready),
        ]
    }
}

/// The parts of a person.
const SHADOW: usize = 0;
const CLOTHES: usize = 1;
const LETTER: usize = 2;
const HAIR: usize = 3;
const FACE: usize = 4;
const TABLE: usize = 5;
const CARRIES: usize = 6;

const PERSON: &str = r#"<ellipse class="shadow" cx="0" cy="62" rx="26" ry="5" data-part=""/><g class="body">
<path class="clothes" d="M-24 60c-2-28 6-42 24-42s26 14 24 42z"/><path data-part="" fill="none" d="M-24 60c-2-28 6-42 24-42s26 14 24 42z"/>
<circle class="badge" cx="0" cy="42" r="11"/><path class="initial" data-part=""/><circle class="skin" cx="0" cy="2" r="18"/>
<path data-part=""/><path class="face" data-part=""/></g>
<g class="table-top" data-part=""><rect class="leg" x="-4" y="67" width="8" height="26"/><rect class="top" x="-42" y="59" width="84" height="10" rx="5"/></g>
<g data-part=""></g>"#;

impl Crew {
    fn draw(
        &mut self,
        group: &Element,
        scene: &Scene,
        floor: Floor,
        lit: Option<&str>,
        name: impl Fn(TaskId) -> String,
    ) {
        let tasks: Vec<_> = self.people.iter().map(|drawn| drawn.task).collect();
        let mut before: Vec<_> = std::mem::take(&mut self.people).into_iter().map(Some).collect();
        let mut places = Vec::with_capacity(scene.people.len());
        for person in layers::order(&scene.people, floor, &tasks).into_iter().map(|at| &scene.people[at]) {
            let known = tasks.iter().position(|task| *task == person.task);
            let kept = known.and_then(|at| before[at].take());
            if let Some(mut drawn) = kept.or_else(|| self.make(person.task, name(person.task))) {
                drawn.draw(person, floor, lit);
                self.people.push(drawn);
                places.push(known);
            }
        }
        for gone in before.into_iter().flatten() {
            gone.figure.root.remove();
            if self.gone.len() < MOST_GONE {
                self.gone.push(gone);
            }
        }
        let order = self.people.iter().map(|drawn| &drawn.figure.root).zip(kept::stays(&places));
        put(group, order);
    }

    fn make(&mut self, task: TaskId, name: String) -> Option<Drawn> {
        if let Some(at) = self.gone.iter().position(|gone| gone.task == task && gone.name == name) {
            return Some(self.gone.swap_remove(at));
        }
        if self.model.is_none() {
            self.model = Figure::new(&PERSON.replace('\n', ""));
        }
        let figure = self.model.as_ref()?.again()?;
        let who = Who::named(&name);
        match who.pattern() {
            Some(pattern) => figure.write(CLOTHES, "fill", pattern),
            None => figure.write(CLOTHES, "display", "none"),
        }
        figure.write(LETTER, "d", &letters::path(&who.letter.to_string(), 42.0));
        figure.write(HAIR, "class", &format!("hair hair-{}", task.index() % 3));
        figure.write(HAIR, "d", hair(task.index()));
        figure.write_root("data-name", &name);
        Some(Drawn {
            task,
            name,
            who,
            figure,
            stands: None,
            place: String::new(),
            seen: true,
            look: None,
            left: None,
        })
    }
}

impl Drawn {
    fn draw(&mut self, person: &Person, floor: Floor, lit: Option<&str>) {
        let talks = person.calls || person.deadline.is_some() || person.state.is_running();
        let seen = floor.shows(person.at, person.scale, if talks || floor.slots <= 6 { 45.0 } else { 0.0 });
        if seen != self.seen {
            self.figure.write_root("display", if seen { "inline" } else { "none" });
            self.seen = seen;
        }
        // Whoever is out of the picture comes into it where the line has got to by then.
        if !seen && !self.place.is_empty() {
            return;
        }
        let at = Point { y: person.at.y - person.scale * lifted(person), ..person.at };
        if self.stands.replace((at, person.scale)) != Some((at, person.scale)) {
            let place = transform(at, person.scale);
            if place != self.place {
                self.figure.write_root("transform", &place);
                self.place = place;
            }
        }
        let look = Look {
            person: Person {
                at: Point::default(),
                scale: 1.0,
                deadline: person.deadline.map(|_| 0.0),
                ..*person
            },
            lit: lit == Some(&*self.name),
            packed: floor.is_packed(),
            // A booth has no room for talk.
            bubble: if floor.is_booth() { None } else { bubble(person, self.task.index(), floor.slots) },
        };
        let before = self.look.replace(look);
        if before != Some(look) {
            self.dress(look, before);
        }
        if let (Some((clock, shown)), Some(left)) = (&mut self.left, person.deadline)
            && *shown != left
        {
            *shown = left;
            show_left(clock, left);
        }
    }

    /// Draws how somebody looks.
    fn dress(&mut self, look: Look, before: Option<Look>) {
        let Self { figure, who, .. } = self;
        let person = look.person;
        let classes = look.classes();
        if before.is_none_or(|before| before.classes() != classes) {
            figure.write_root("class", &format!("person {}{}", who.class(), classes.concat()));
        }
        if before.is_none_or(|before| before.person.mood != person.mood) {
            figure.write(FACE, "d", face(person.mood));
        }
        if before.is_none_or(|before| before.person.sits != person.sits) {
            figure.write(SHADOW, "cy", &plain(62.0 + lifted(&person)).to_string());
            figure.write(TABLE, "class", if person.sits { "table-top" } else { "table-top gone" });
        }
        let carries = carries(look);
        if before.map_or(!carries.is_empty(), |before| carries::carries(before) != carries) {
            figure.fill(CARRIES, &carries);
            let clock = person.deadline.and_then(|_| figure.find(".deadline .left"));
            self.left = clock.map(|clock| (clock, f64::NAN));
        }
    }
}

/// How much higher than others somebody sits, in units of a person. All of a person is moved, and what stays on the ground is written
/// lower: a part with a transform of its own costs something in every frame.
fn lifted(person: &Person) -> f64 {
    if person.sits { 13.0 } else { 0.0 }
}

fn face(mood: Mood) -> &'static str {
    match mood {
        Mood::Happy => "M-7 0v2M7 0v2M-5 8c3 4 7 4 10 0",
        Mood::Patient => "M-7 0v2M7 0v2M-5 9h10",
        Mood::Sad => "M-8 0v2M8 0v2M-6 11c3-4 9-4 12 0",
        Mood::Cross => "M-10-4l6 2M10-4l-6 2M-7 1v2M7 1v2M-5 11c3-4 7-4 10 0",
    }
}

/// Everyone wears their hair a little differently.
pub(super) fn hair(index: usize) -> &'static str {
    const HAIR: [&str; 4] = [
        "M-18 0C-20-22 20-22 18 0 12-10-10-12-18 0z",
        "M-18 2C-22-24 22-24 18 2c-4-8-8-10-18-10S-14-6-18 2z",
        "M-17-4C-14-20 14-20 17-4 8-12-8-12-17-4z",
        "M-18 4c-6-30 42-30 36 0-2-6-4-10-6-12-8 4-18 4-24 0-3 2-5 6-6 12z",
    ];
    HAIR[index % HAIR.len()]
}
