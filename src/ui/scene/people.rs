//! The people: each a letter, a colour, a pattern, a face, and what they carry.

use leptos::prelude::*;

use crate::ui::follow;

use super::{Room, transform};
use crate::replay::State;
use crate::replay::scene::{Mood, Person, Point};
use crate::trace::{Micros, TaskId};
use crate::ui::strings::words;
use crate::ui::who::Who;

/// Everybody in the room, those at the back first.
#[component]
pub fn People(room: Room) -> impl IntoView {
    let stage = room.stage;
    let order = Memo::new(move |before: Option<&Vec<TaskId>>| {
        let here = room.scene.with(|scene| scene.people.iter().map(|it| it.task).collect::<Vec<_>>());
        // Nothing has been heard of a run that has just begun: whoever waited for it to begin still does.
        let unheard = || stage.runs() && stage.scene_time.get() == Micros(0);
        if here.is_empty() && unheard() { before.cloned().unwrap_or_default() } else { here }
    });
    view! {
        <For each=move || order.get() key=|task| *task let:task>
            <Customer room=room task=task />
        </For>
    }
}

/// One person.
#[component]
fn Customer(room: Room, task: TaskId) -> impl IntoView {
    let stage = room.stage;
    let now = move || room.scene.with(|scene| scene.people.iter().find(|it| it.task == task).copied());
    // A person who has just gone is drawn as before until the list hears of it.
    let place = Memo::new(move |before: Option<&Option<String>>| {
        now().map(|it| transform(it.at, it.scale)).or_else(|| before.cloned().flatten())
    });
    let left = Memo::new(move |_| now().and_then(|it| it.deadline));
    // Whoever walks, or has less time left, looks the same as in the frame before.
    let person = Memo::new(move |before: Option<&Option<Person>>| {
        let looks = |it: Person| Person {
            at: Point::default(),
            scale: 1.0,
            deadline: it.deadline.map(|_| 0.0),
            ..it
        };
        now().map(looks).or(before.copied().flatten())
    });
    let name = stage.shown.with_untracked(|shown| shown.trace.name(task).to_owned());
    let who = Who::named(&name);
    let get = move |read: fn(&Person) -> bool| {
        follow::flag(move || person.get().is_some_and(|person| read(&person)))
    };
    let (lit_name, hovered) = (name.clone(), name);
    let lit = move || stage.lit.with(|lit| lit.as_deref() == Some(&*lit_name));
    let bubble = move || {
        let crowd = room.floor.get().slots;
        // A booth has no room for talk.
        let person = person.get().filter(|_| !room.floor.get().is_booth());
        person.and_then(|person| bubble(&person, task.index(), crowd))
    };
    view! {
        <g class=format!("person {}", who.class()) class:lit=follow::flag(lit) class:walks=get(|it| it.walks)
            class:sits=get(|it| it.sits) class:ready=get(|it| it.state == State::Ready) transform=follow::text(move || place.get())
            on:pointerenter=follow::press(move || stage.light(Some(&hovered))) on:pointerleave=follow::press(move || stage.light(None))>
            <ellipse class="shadow" cx="0" cy="62" rx="26" ry="5" />
            <g class="body" transform=follow::text(move || person.get().is_some_and(|it| it.sits).then_some("translate(0 -13)"))>
                <path class="clothes" d="M-24 60c-2-28 6-42 24-42s26 14 24 42z" />
                {who.pattern().map(|pattern| view! { <path fill=pattern d="M-24 60c-2-28 6-42 24-42s26 14 24 42z" /> })}
                <circle class="badge" cx="0" cy="42" r="11" />
                <text class="letter" y="47.5">{who.letter.to_string()}</text>
                <circle class="skin" cx="0" cy="2" r="18" />
                <path class="hair" d=hair(task.index()) />
                <path class="face" d=follow::text(move || person.get().map_or("", |it| face(it.mood))) />
            </g>
            <g class="table-top" class:gone=follow::flag(move || !person.get().is_some_and(|it| it.sits))>
                <rect class="leg" x="-4" y="54" width="8" height="26" />
                <rect class="top" x="-42" y="46" width="84" height="10" rx="5" />
            </g>
            {follow::part(move || person.get().and_then(|it| it.ticket).map(|ticket| view! {
                <g class="in-hand" transform="translate(27 30) rotate(-8)">
                    <use href="#ticket" />
                    <text class="ticket-number" y="5">{ticket}</text>
                </g>
            }))}
            {follow::part(move || person.get().is_some_and(|it| it.burgers).then(|| view! {
                <g class="in-hand" transform="translate(25 32) scale(.72)"><use href="#burger" /></g>
            }))}
            {follow::part(move || person.get().is_some_and(|it| it.state == State::Failed).then(|| view! {
                <g class="in-hand burnt" transform="translate(25 32) scale(.72)"><use href="#burger" /></g>
            }))}
            {follow::part(move || person.get().is_some_and(|it| it.calls).then(|| view! {
                <g class="phone" transform="translate(18 4) rotate(14)">
                    <rect x="-6" y="-12" width="12" height="25" rx="4" /><path d="M10-8q5 8 0 16M15-12q8 12 0 24" />
                </g>
            }))}
            {follow::part(move || person.get().is_some_and(|it| it.deadline.is_some()).then(|| view! { <Deadline left=left /> }))}
            {follow::part(move || bubble().map(|text| view! {
                <g class="bubble" transform="translate(0 -40)">
                    <rect x=-half(text) y="-17" width=2.0 * half(text) height="28" rx="11" />
                    <path d="M-6 10h12l-6 8z" />
                    <text y="2">{text}</text>
                </g>
            }))}
        </g>
    }
}

/// A clock over the head: the time that is left to wait.
#[component]
fn Deadline(left: Memo<Option<f64>>) -> impl IntoView {
    const AROUND: f64 = std::f64::consts::TAU * 11.0;
    let left = move || left.get().unwrap_or(0.0);
    view! {
        <g class="deadline" class:short=follow::flag(move || { left() < 0.25 }) transform="translate(-26 -22)">
            <path class="bells" d="M-13-10l6-5M13-10l-6-5" />
            <circle class="dial" r="15" />
            <circle class="left" r="11" transform="rotate(-90)"
                stroke-dasharray=follow::text(move || format!("{:.1} {AROUND:.1}", left() * AROUND)) />
            <path class="hands" d="M0-7V0l5 3" />
        </g>
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
