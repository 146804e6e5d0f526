//! The people: each a letter, a colour, a pattern, a face, and what they carry.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::figure::{Figure, arrange, group};
use super::{Room, letters, transform};
use crate::replay::State;
use crate::replay::scene::{Floor, Mood, Person, Point, Scene};
use crate::trace::{Micros, TaskId};
use crate::ui::burger::TICKET;
use crate::ui::follow;
use crate::ui::strings::words;
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
    let over = move |event: web_sys::PointerEvent| {
        let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        let person = target.and_then(|it| it.closest("[data-name]").ok().flatten());
        stage.light(person.and_then(|it| it.get_attribute("data-name")).as_deref());
    };
    view! { <g on:pointerover=over on:pointerleave=follow::press(move || stage.light(None))>{everybody}</g> }
}

/// Those who are drawn.
#[derive(Default)]
struct Crew {
    people: Vec<Drawn>,
    /// A person without a face, of whom all others are copies.
    model: Option<Figure>,
}

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
}

/// The parts of a person.
const BODY: usize = 0;
const CLOTHES: usize = 1;
const LETTER: usize = 2;
const HAIR: usize = 3;
const FACE: usize = 4;
const TABLE: usize = 5;
const CARRIES: usize = 6;

const PERSON: &str = r#"<ellipse class="shadow" cx="0" cy="62" rx="26" ry="5"/><g class="body" data-part="">
<path class="clothes" d="M-24 60c-2-28 6-42 24-42s26 14 24 42z"/><path data-part="" fill="none" d="M-24 60c-2-28 6-42 24-42s26 14 24 42z"/>
<circle class="badge" cx="0" cy="42" r="11"/><path class="initial" data-part=""/><circle class="skin" cx="0" cy="2" r="18"/>
<path data-part=""/><path class="face" data-part=""/></g>
<g class="table-top" data-part=""><rect class="leg" x="-4" y="54" width="8" height="26"/><rect class="top" x="-42" y="46" width="84" height="10" rx="5"/></g>
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
        let mut before = std::mem::take(&mut self.people);
        for person in &scene.people {
            let known = before.iter().position(|it| it.task == person.task);
            let drawn =
                known.map(|at| before.swap_remove(at)).or_else(|| self.make(person.task, name(person.task)));
            if let Some(mut drawn) = drawn {
                drawn.draw(person, floor, lit);
                self.people.push(drawn);
            }
        }
        before.iter().for_each(|gone| gone.figure.root.remove());
        arrange(group, self.people.iter().map(|drawn| &drawn.figure.root));
    }

    fn make(&mut self, task: TaskId, name: String) -> Option<Drawn> {
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
        if self.stands.replace((person.at, person.scale)) != Some((person.at, person.scale)) {
            let place = transform(person.at, person.scale);
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
        let is = |class, on| if on { class } else { "" };
        let classes = [
            is(" lit", look.lit),
            is(" walks", person.walks),
            is(" sits", person.sits),
            is(" ready", person.state == State::Ready),
        ];
        figure.write_root("class", &format!("person {}{}", who.class(), classes.concat()));
        figure.write(FACE, "d", face(person.mood));
        if before.is_none_or(|before| before.person.sits != person.sits) {
            figure.write(BODY, "transform", if person.sits { "translate(0 -13)" } else { "" });
            figure.write(TABLE, "class", if person.sits { "table-top" } else { "table-top gone" });
        }
        let carries = carries(look);
        if before.map_or(!carries.is_empty(), |before| self::carries(before) != carries) {
            figure.fill(CARRIES, &carries);
            self.left = figure.find(".deadline .left").map(|clock| (clock, f64::NAN));
        }
    }
}

/// What somebody has in hand, overhead, and to say: as markup.
fn carries(Look { person, bubble, .. }: Look) -> String {
    let mut all = String::new();
    if let Some(ticket) = person.ticket {
        all += &format!(
            r##"<g class="in-hand" transform="translate(27 30) rotate(-8)"><path class="ticket" d="{TICKET}"/><path class="initial" d="{}"/></g>"##,
            letters::path(&ticket.to_string(), 0.0)
        );
    }
    let burgers = |class| {
        format!(
            r##"<g class="in-hand{class}" transform="translate(25 32) scale(.72)"><use href="#burger"/></g>"##
        )
    };
    if person.burgers {
        all += &burgers("");
    }
    if person.state == State::Failed {
        all += &burgers(" burnt");
    }
    if person.calls {
        all += r#"<g class="phone" transform="translate(18 4) rotate(14)"><rect x="-6" y="-12" width="12" height="25" rx="4"/><path d="M10-8q5 8 0 16M15-12q8 12 0 24"/></g>"#;
    }
    if person.deadline.is_some() {
        all += DEADLINE;
    }
    if let Some(text) = bubble {
        let half = half(text);
        all += &format!(
            r#"<g class="bubble" transform="translate(0 -40)"><rect x="{}" y="-17" width="{}" height="28" rx="11"/><path d="M-6 10h12l-6 8z"/><text y="2">{text}</text></g>"#,
            -half,
            2.0 * half
        );
    }
    all
}

/// A clock over the head: the time that is left to wait.
const DEADLINE: &str = r#"<g class="deadline" transform="translate(-26 -22)"><path class="bells" d="M-13-10l6-5M13-10l-6-5"/><circle class="dial" r="15"/><circle class="left" r="11" transform="rotate(-90)"/><path class="hands" d="M0-7V0l5 3"/></g>"#;

fn show_left(clock: &Element, left: f64) {
    const AROUND: f64 = std::f64::consts::TAU * 11.0;
    let _ = clock.set_attribute("stroke-dasharray", &format!("{:.1} {AROUND:.1}", left * AROUND));
    if let Some(whole) = clock.parent_element() {
        let _ = whole.set_attribute("class", if left < 0.25 { "deadline short" } else { "deadline" });
    }
}

/// What a person says, if anything. In a crowd, fewer talk: people must be seen.
fn bubble(person: &Person, index: usize, crowd: usize) -> Option<&'static str> {
    let words = words();
    match person.state {
        _ if person.walks || person.deadline.is_some() => None,
        State::Working => Some(words.order),
        State::Holding => Some(words.waits_here),
        State::Waiting if person.calls => Some(words.on_the_phone),
        // Not everybody talks at once.
        State::Waiting if crowd <= 6 && index % crowd.max(2) == 1 => {
            Some(words.talks[index / 2 % words.talks.len()])
        }
        _ => None,
    }
}
/// Half the width of a bubble round a text, in units of the drawing.
pub(super) fn half(text: &str) -> f64 {
    text.chars().count() as f64 * 3.7 + 12.0
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
