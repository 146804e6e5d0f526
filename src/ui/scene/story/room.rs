//! What stands in the hall: tills and cashiers, the kitchen with its cook, the board, the table.

use crate::decimal::{fixed, plain};
use crate::ui::prelude::*;

use super::{Room, people, transform};
use crate::replay::for_two::{Burgers, Spot};
use crate::replay::scene::{Floor, Point};
use crate::trace::Micros;
use crate::ui::follow::{self, Memo};
use crate::ui::strings::{for_two, words};

/// Wall, floor, clock, menu, kitchen and board.
#[component]
pub fn Furniture(room: Room) -> impl IntoView {
    let hall = room.hall;
    let width = move || follow::text(move || hall.get().width);
    let wide = Signal::derive(move || hall.get().is_wide());
    view! {
        <rect class="wall" width=width() height=Floor::SKIRTING />
        <rect width=width() height=Floor::SKIRTING fill="url(#tiles)" />
        <rect class="floor" y=Floor::SKIRTING width=width() height=Floor::HEIGHT - Floor::SKIRTING />
        <rect class="skirting" y=Floor::SKIRTING - 5.0 width=width() height="7" />
        <Clock time=room.stage.time wide=wide />
        <Menu wide=wide />
        <Kitchen room=room />
        <Board room=room />
        <Lamp room=room />
        <Plant wide=wide />
    }
}

/// The menu over the tills.
#[component]
fn Menu(wide: Signal<bool>) -> impl IntoView {
    let place = move || if wide.get() { "translate(176 28)" } else { "translate(98 34) scale(.4)" };
    view! {
        <g class="menu-board" transform=follow::text(place)>
            <rect class="screen" width="232" height="86" rx="12" />
            <text class="board-sign" x="116" y="25">{follow::text(move || if wide.get() { for_two::MENU } else { "" })}</text>
            <use href="#burger" transform="translate(46 58)" />
            <use href="#burger" transform="translate(116 58)" />
            <use href="#burger" transform="translate(186 58)" />
        </g>
    }
}

/// The kitchen: a cook, and your burgers on the grill.
#[component]
fn Kitchen(room: Room) -> impl IntoView {
    let Room { hall, evening, .. } = room;
    let place = move || format!("translate({} 24)", plain(hall.get().kitchen().0));
    let width = move || hall.get().kitchen().1;
    let cooking = Memo::new(move |_| evening.with(|evening| evening.cooking));
    let on = move || cooking.with(Option::is_some);
    let watched = move || cooking.get().is_some_and(|it| it.watched);
    let radius = move || hall.get().grill().1;
    let around = move || std::f64::consts::TAU * radius();
    let progress = move || cooking.get().map_or(0.0, |it| it.progress);
    let cook = move || format!("translate({} 62) scale(.8)", fixed(width() * 0.25, 1));
    view! {
        <g class="kitchen">
            <g transform=follow::text(place)>
                <rect class="hatch" width=follow::text(width) height="124" rx="14" />
                <path class="hood" d=follow::text(move || format!("M14 0h{}l-16 19h-{}z", plain(width() - 28.0), plain(width() - 60.0))) />
                <text class="sign" x=follow::text(move || width() / 2.0) y="13">{words().kitchen}</text>
                <g class="clerk cook" class:works=follow::flag(on) transform=follow::text(cook)>
                    <path class="coat" d="M-24 60c-2-28 6-42 24-42s26 14 24 42z" />
                    <circle class="skin" cx="0" cy="2" r="18" />
                    <path class="toque" d="M-15-9c-14-8-4-24 7-18 4-9 16-8 18 0 12-4 17 11 5 18v7h-30z" />
                    <path class="face" d="M-6 1v3M6 1v3M-5 9c3 3 7 3 10 0" />
                </g>
                <rect class="steel" x="12" y="98" width=follow::text(move || width() - 24.0) height="14" rx="5" />
            </g>
            <g class="grill" class:on=follow::flag(on) transform=follow::text(move || transform(hall.get().grill().0, 1.0))>
                <circle class="hatch plate" r=follow::text(radius) />
                <circle class="ring" r=follow::text(radius) />
                <circle class="done-ring" class:watched=follow::flag(watched) r=follow::text(radius) transform="rotate(-90)"
                    stroke-dasharray=follow::text(move || format!("{} {}", fixed(progress() * around(), 1), fixed(around(), 1))) />
                <use href="#burger" class="meat" />
                <g class="smoke" class:rises=follow::flag(on)><path d="M-8-18q4-5 0-10M2-18q4-5 0-10M11-18q4-5 0-10" /></g>
            </g>
            <people::Chip room=room errand="burgers" when=move || on() && !watched()
                at=move || { let (at, radius) = hall.get().grill(); Point { x: at.x + radius, y: at.y + radius * 0.7 } } />
        </g>
    }
}

/// The board: your number, when it is lit.
#[component]
fn Board(room: Room) -> impl IntoView {
    let called = Memo::new(move |_| room.evening.with(|evening| evening.called));
    let place = move || {
        let (at, scale) = room.hall.get().board();
        transform(at, scale)
    };
    let text = move || called.get().map_or("–".to_owned(), |number| number.to_string());
    view! {
        <g class="board" class:lit=follow::flag(move || called.get().is_some()) transform=follow::text(place)>
            <rect class="screen" width="152" height="94" rx="12" />
            <text class="board-sign" x="76" y="25">{words().now_serving}</text>
            <text class="board-number" x="76" y="76">{follow::text(text)}</text>
        </g>
    }
}

/// A plant, where nobody stands.
#[component]
fn Plant(wide: Signal<bool>) -> impl IntoView {
    view! {
        <g class="plant" class:gone=follow::flag(move || !wide.get()) transform="translate(52 300)">
            <path class="leaf" d="M0-22C-34-30-38-62-34-78-14-66-2-46 0-22zM0-22C34-30 38-62 34-78 14-66 2-46 0-22zM0-20C-14-48-10-80 0-98 10-80 14-48 0-20z" />
            <path class="pot" d="M-22-24h44l-6 40h-32z" />
        </g>
    }
}

/// A lamp over the table.
#[component]
fn Lamp(room: Room) -> impl IntoView {
    let place = move || transform(Point { y: 0.0, ..room.hall.get().table().0 }, 1.0);
    view! {
        <g class="lamp" transform=follow::text(place)>
            <path class="glow" d="M-22 172L-92 272H92L22 172z" />
            <path class="cord" d="M0 124V158" />
            <path class="shade" d="M-26 174c2-14 14-18 26-18s24 4 26 18z" />
        </g>
    }
}

/// Cashiers, and the counter with their tills; at its end, burgers that are done.
#[component]
pub fn Bar(room: Room) -> impl IntoView {
    let Room { hall, evening, .. } = room;
    let left = move || hall.get().counter().0;
    let width = move || hall.get().counter().1;
    let tills = Memo::new(move |_| evening.with(|evening| evening.tills.clone()));
    let done = room.is(|evening| evening.burgers == Burgers::Done);
    let counter = move || Point { y: 222.0, ..hall.get().place(Spot::Counter).0 };
    let plate = move || transform(counter(), if hall.get().is_wide() { 0.95 } else { 0.8 });
    let number = move || evening.with(|evening| evening.called.or(evening.number));
    view! {
        <g class="bar">
            {follow::part(move || {
                let hall = hall.get();
                let cashiers = tills.get().into_iter().enumerate().map(|(till, busy)| {
                    let (at, scale) = hall.cashier(till);
                    view! { <Cashier place=transform(at, scale) busy=busy /> }
                });
                cashiers.collect_view()
            })}
            <rect class="bar-top" x=follow::text(left) y="232" width=follow::text(width) height="14" rx="7" />
            <rect class="bar-front" x=follow::text(move || left() + 12.0) y="246" width=follow::text(move || width() - 24.0) height="46" />
            {follow::part(move || {
                let hall = hall.get();
                let tills = tills.get().into_iter().enumerate().map(|(till, busy)| {
                    let (at, scale) = hall.cashier(till);
                    let place = transform(Point { x: at.x + 34.0 * scale, y: 216.0 }, scale);
                    view! {
                        <g class="till" class:open=busy transform=place>
                            <rect class="till-box" x="-20" y="-10" width="40" height="32" rx="5" />
                            <rect class="till-screen" x="-15" y="-5" width="30" height="13" rx="3" />
                        </g>
                    }
                });
                tills.collect_view()
            })}
            <g class="served" class:gone=follow::flag(move || !done.get()) transform=follow::text(plate)>
                <use href="#burger" transform="translate(-19 -6)" />
                <use href="#burger" transform="translate(19 -6)" />
                <g class="in-hand" transform="translate(0 22) rotate(-4)">
                    <use href="#ticket" />
                    <text class="ticket-number" y="5">{follow::text(number)}</text>
                </g>
            </g>
            <people::Chip room=room errand="burgers" when=move || done.get() at=move || { let at = counter(); Point { x: at.x + 46.0, y: at.y - 6.0 } } />
        </g>
    }
}

/// A cashier.
#[component]
fn Cashier(place: String, busy: bool) -> impl IntoView {
    view! {
        <g class="clerk" class:works=busy transform=place>
            <path class="coat" d="M-24 60c-2-28 6-42 24-42s26 14 24 42z" />
            <path class="apron" d="M-13 30h26v30h-26z" />
            <circle class="skin" cx="0" cy="2" r="18" />
            <path class="cap" d="M-18-6c0-16 36-16 36 0z" />
            <rect class="cap" x="-22" y="-8" width="44" height="5" rx="2.5" />
            <path class="face" d=if busy { "M-6 1v3M6 1v3M-5 9c3 3 7 3 10 0" } else { "M-7 1v2M7 1v2M-5 8c3 4 7 4 10 0" } />
        </g>
    }
}

/// The table, in front of those who sit at it, and what stands on it.
#[component]
pub fn Table(room: Room) -> impl IntoView {
    let Room { hall, evening, .. } = room;
    let place = move || {
        let (at, scale) = hall.get().table();
        transform(at, scale)
    };
    let left = move || match evening.with(|evening| evening.burgers) {
        Burgers::Served(left) => left,
        _ => 0.0,
    };
    let burger = move |x: f64| {
        let x = plain(x);
        follow::text(move || format!("translate({x} -13) scale({})", fixed(0.45 + 0.5 * left(), 3)))
    };
    let told = Memo::new(move |_| evening.with(|evening| evening.told));
    view! {
        <g class="table" transform=follow::text(place)>
            <ellipse class="shadow" cx="0" cy="52" rx="70" ry="6" />
            <rect class="leg" x="-6" y="8" width="12" height="40" />
            <rect class="leg" x="-30" y="44" width="60" height="6" rx="3" />
            <rect class="top" x="-98" y="0" width="196" height="12" rx="6" />
            <g class="glass" transform="translate(-9 0)"><path d="M-5-20h10l-1.5 20h-7z" /></g>
            <g class="glass" transform="translate(9 0)"><path d="M-5-20h10l-1.5 20h-7z" /></g>
            <g class:gone=follow::flag(move || left() <= 0.0)>
                <use href="#burger" transform=burger(-38.0) />
                <use href="#burger" transform=burger(38.0) />
            </g>
            {follow::part(move || {
                let told = told.get();
                let hearts = (0..told).map(|index| {
                    let x = 15.0 * (index as f64 - (told as f64 - 1.0) / 2.0);
                    view! { <path class="heart" d="M0 5C-9-2-4-8 0-3.500 4-8 9-2 0 5z" transform=format!("translate({} -66)", fixed(x, 1)) /> }
                });
                hearts.collect_view()
            })}
        </g>
    }
}

/// The clock on the wall: a hand for the seconds, and the time in figures.
#[component]
fn Clock(time: Memo<Micros>, wide: Signal<bool>) -> impl IntoView {
    let hand = move || format!("rotate({})", fixed(time.get().seconds() % 12.0 * 30.0, 1));
    let place = move || {
        if wide.get() { "translate(70 66)" } else { "translate(52 62) scale(.88)" }
    };
    let marks = (0..12).map(
        |hour| view! { <path class="mark-line" d="M0-31V-27" transform=format!("rotate({})", hour * 30) /> },
    );
    view! {
        <g class="clock" transform=follow::text(place)>
            <circle class="clock-face" r="36" />
            {marks.collect_view()}
            <path class="hand" d="M0 6V-26" transform=follow::text(hand) />
            <circle class="pin" r="3.5" />
            <text class="clock-time" y="58">{follow::text(move || format!("{} s", fixed(time.get().seconds(), 1)))}</text>
        </g>
    }
}
