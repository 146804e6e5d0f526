//! You, your friend, the people ahead; and the errands, each a chip where it is or waits.

use crate::decimal::{fixed, plain};
use crate::ui::prelude::*;

use super::super::people::{hair, half};
use super::{Room, transform};
use crate::replay::for_two::{Burgers, Doing, Figure, Spot};
use crate::replay::scene::{Mood, Point};
use crate::ui::follow::{self, Memo};
use crate::ui::strings::{for_two, words};
use crate::ui::who::Who;

const CLOTHES: &str = "M-24 60c-2-28 6-42 24-42s26 14 24 42z";
const SMILE: &str = "M-7 0v2M7 0v2M-5 8c3 4 7 4 10 0";
const STRAIGHT: &str = "M-7 0v2M7 0v2M-5 9h10";
const BORED: &str = "M-10 0h6M4 0h6M-4 11c3-2 5-2 8-1";

fn place(figure: Figure) -> String {
    transform(figure.at, figure.scale)
}

/// The people ahead, the first first.
#[component]
pub fn Guests(room: Room) -> impl IntoView {
    let order = Memo::new(move |_| {
        room.evening.with(|evening| evening.guests.iter().map(|guest| guest.index).collect::<Vec<_>>())
    });
    view! {
        {each(move || order.get(), ToString::to_string, move |index| view! { <Guest room=room index=index /> })}
    }
}

/// One of them.
#[component]
fn Guest(room: Room, index: usize) -> impl IntoView {
    let guest = Memo::new(move |before: Option<&Option<_>>| {
        let now =
            room.evening.with(|evening| evening.guests.iter().find(|guest| guest.index == index).copied());
        // One who has just gone is drawn as before until the list hears of it.
        now.or(before.copied().flatten())
    });
    let at = move || guest.get().map(|guest| place(guest.figure));
    let there = move || fixed(guest.get().map_or(0.0, |guest| guest.there), 2);
    let walks = move || guest.get().is_some_and(|guest| guest.figure.walks);
    view! {
        <g class=format!("person guest guest-{}", index % 4) class:walks=follow::flag(walks) opacity=follow::text(there) transform=follow::text(at)>
            <ellipse class="shadow" cx="0" cy="62" rx="26" ry="5" />
            <g class="body">
                <path class="clothes" d=CLOTHES />
                <circle class="skin" cx="0" cy="2" r="18" />
                <path class=format!("hair hair-{}", (index + 1) % 3) d=hair(index + 1) />
                <path class="face" d=STRAIGHT />
            </g>
        </g>
    }
}

/// Your friend, who keeps the table.
#[component]
pub fn Friend(room: Room) -> impl IntoView {
    let Room { evening, .. } = room;
    let at = move || place(evening.with(|evening| evening.friend));
    let mood = Memo::new(move |_| evening.with(|evening| evening.mood));
    let face = move || match mood.get() {
        Mood::Happy => SMILE,
        Mood::Patient => STRAIGHT,
        Mood::Cross | Mood::Sad => BORED,
    };
    let alone = move || {
        let alone = evening.with(|evening| evening.alone);
        alone.map(|alone| format!("{} {} s", for_two::ALONE, fixed(alone.seconds(), 1)))
    };
    let over = move || {
        let hall = room.hall.get();
        let (at, scale) = hall.place(Spot::FriendSeat);
        transform(Point { y: at.y - 28.0 * scale, ..at }, 1.0)
    };
    let sighs = room.is(|evening| evening.mood == Mood::Cross);
    let phone = room.is(|evening| evening.mood != Mood::Happy);
    let beside = move || {
        let (at, scale) = room.hall.get().place(Spot::FriendSeat);
        Point { x: at.x + 34.0 * scale, y: at.y + 4.0 * scale }
    };
    view! {
        <g class="person friend" class:walks=room.is(|evening| evening.friend.walks) transform=follow::text(at)>
            <ellipse class="shadow" cx="0" cy="62" rx="26" ry="5" />
            <g class="body">
                <path class="clothes" d=CLOTHES />
                <path fill="url(#dots)" d=CLOTHES />
                <path class="hair hair-1" d="M-19 26C-26-26 26-26 19 26c-6 4-8 0-8-8H-11c0 8-2 12-8 8z" />
                <circle class="skin" cx="0" cy="2" r="18" />
                <path class="hair hair-1" d=hair(3) />
                <path class="face" d=follow::text(face) />
                <g class="phone" class:gone=follow::flag(move || !phone.get()) transform="translate(-19 34) rotate(-14)">
                    <rect x="-7" y="-11" width="14" height="22" rx="3" />
                    <rect class="lit-screen" x="-5" y="-8" width="10" height="15" rx="1" />
                </g>
            </g>
            <text class="zzz sigh" class:gone=follow::flag(move || !sighs.get()) x="26" y="-16">{words().waits_here}</text>
        </g>
        <text class="alone" transform=follow::text(over)>{follow::text(alone)}</text>
        <Chip room=room errand="talk" when=|| true at=beside />
    }
}

/// You: the thread. The chip on you is the errand that has you.
#[component]
pub fn You(room: Room) -> impl IntoView {
    let Room { stage, evening, .. } = room;
    let at = move || place(evening.with(|evening| evening.you));
    let errand = Memo::new(move |_| evening.with(|evening| evening.errand));
    let waits = room.is(|evening| matches!(evening.doing, Doing::InLine(_) | Doing::Standing));
    let carries = room.is(|evening| evening.burgers == Burgers::Carried);
    let ticket = move || evening.with(|evening| evening.number);
    let orders = room.is(|evening| evening.doing == Doing::Ordering && !evening.you.walks);
    let labelled = room.is(|evening| {
        let speaks = evening.doing == Doing::Ordering && !evening.you.walks;
        !evening.you.sits && !speaks && evening.doing != Doing::Gone
    });
    let dots = room.is(|evening| evening.doing == Doing::Standing && !evening.you.walks);
    let badge = move || {
        let name = room.name(errand.get()?);
        let who = Who::named(&name);
        let (one, two) = (name.clone(), name);
        Some(view! {
            <g class=format!("on-you {}", who.class()) class:lit=follow::flag(move || stage.lit.with(|lit| lit.as_deref() == Some(&*one)))
                on:pointerenter=follow::press(move || stage.light(Some(&two))) on:pointerleave=follow::press(move || stage.light(None))>
                <circle class="badge" cx="0" cy="40" r="12" />
                <text class="letter" y="45.5">{who.letter.to_string()}</text>
            </g>
        })
    };
    view! {
        <g class="person you" class:walks=room.is(|evening| evening.you.walks) transform=follow::text(at)>
            <ellipse class="shadow" cx="0" cy="62" rx="26" ry="5" />
            <g class="body">
                <path class="clothes" d=CLOTHES />
                <circle class="skin" cx="0" cy="2" r="18" />
                <path class="hair hair-2" d=hair(0) />
                <path class="face" d=follow::text(move || if waits.get() { STRAIGHT } else { SMILE }) />
                {follow::part(badge)}
            </g>
            {follow::part(move || ticket().map(|ticket| view! {
                <g class="in-hand" transform="translate(-27 26) rotate(-8)">
                    <use href="#ticket" />
                    <text class="ticket-number" y="5">{ticket}</text>
                </g>
            }))}
            <g class="in-hand" class:gone=follow::flag(move || !carries.get())>
                <rect class="tray" x="-34" y="36" width="68" height="6" rx="3" />
                <use href="#burger" transform="translate(-16 24) scale(.8)" />
                <use href="#burger" transform="translate(16 24) scale(.8)" />
            </g>
            <g class="bubble" class:gone=follow::flag(move || !orders.get()) transform="translate(0 -40)">
                <rect x=-half(words().order) y="-17" width=2.0 * half(words().order) height="28" rx="11" />
                <path d="M-6 10h12l-6 8z" />
                <text y="2">{words().order}</text>
            </g>
            <text class="you-sign" class:gone=follow::flag(move || !labelled.get()) y="-28">{for_two::YOU}</text>
            <text class="zzz" class:gone=follow::flag(move || !dots.get()) x="24" y="-12">{words().waits_here}</text>
        </g>
    }
}

/// An errand that does not have you: a chip where it waits, dashed once it is ready.
#[component]
pub fn Chip(
    room: Room,
    errand: &'static str,
    when: impl Fn() -> bool + Send + Sync + 'static,
    at: impl Fn() -> Point + Send + Sync + 'static,
) -> impl IntoView {
    let stage = room.stage;
    let who = Who::named(errand);
    let among = move |tasks: &[crate::trace::TaskId]| tasks.iter().any(|task| room.name(*task) == errand);
    let ready = room.is(move |evening| among(&evening.ready));
    let here = room.is(move |evening| among(&evening.ready) || among(&evening.rest));
    view! {
        <g class=format!("errand {}", who.class()) class:ready=ready class:gone=follow::flag(move || !(when() && here.get()))
            class:lit=follow::flag(move || stage.lit.with(|lit| lit.as_deref() == Some(errand)))
            transform=follow::text(move || transform(at(), 1.0))
            on:pointerenter=follow::press(move || stage.light(Some(errand))) on:pointerleave=follow::press(move || stage.light(None))>
            <circle class="badge" r="11" />
            <text class="letter" y="5.5">{who.letter.to_string()}</text>
        </g>
    }
}

/// The story that is being told: a bubble over the table that fills as it goes on.
#[component]
pub fn Talk(room: Room) -> impl IntoView {
    let Room { hall, evening, .. } = room;
    let story = Memo::new(move |_| evening.with(|evening| evening.story.map(|(number, _)| number)));
    let told = move || evening.with(|evening| evening.story.map_or(0.0, |(_, told)| told));
    let place = move || {
        let (at, scale) = hall.get().table();
        transform(Point { x: at.x, y: at.y - 118.0 * scale }, 1.0)
    };
    let bubble = move || {
        let number = story.get()?;
        let text = for_two::STORIES[(number + for_two::STORIES.len() - 1) % for_two::STORIES.len()];
        let half = half(text);
        // Your friend begins, and you take turns.
        let side = if number % 2 == 1 { 1.0 } else { -1.0 };
        let bar = 2.0 * half - 28.0;
        Some(view! {
            <g class="bubble story-told">
                <rect x=-half y="-22" width=2.0 * half height="36" rx="13" />
                <path d="M-7 13h14l4 12z" transform=format!("translate({} 0) scale({} 1)", plain(side * 34.0), plain(side)) />
                <text y="-3">{text}</text>
                <rect class="bar-to-come" x=14.0 - half y="5" width=bar height="4" rx="2" />
                <rect class="bar-told" x=14.0 - half y="5" width=follow::text(move || fixed(bar * told(), 1)) height="4" rx="2" />
            </g>
        })
    };
    view! { <g transform=follow::text(place)>{follow::part(bubble)}</g> }
}
