//! What stands in the room: wall, clock, kitchen, board, counter, tables, and the clerk.

use leptos::prelude::*;

use crate::ui::follow;

use super::{Room, transform};
use crate::replay::State;
use crate::replay::scene::{self, Fate, Floor, Grill, Point};
use crate::trace::Micros;
use crate::ui::strings::words;

/// Wall, floor, clock, kitchen and board.
#[component]
pub fn Furniture(room: Room) -> impl IntoView {
    let Room { floor, .. } = room;
    let width = follow::text(move || floor.get().width);
    let skirting = follow::text(move || floor.get().skirting());
    view! {
        <rect class="wall" width=width height=skirting />
        <rect width=width height=skirting fill="url(#tiles)" />
        <rect class="floor" y=skirting width=width height=follow::text(move || floor.get().height() - floor.get().skirting()) />
        <rect class="skirting" y=follow::text(move || floor.get().skirting() - 5.0) width=width height="7" />
        {(!floor.get_untracked().is_booth()).then(|| view! {
            <Clock time=room.stage.time wide=Signal::derive(move || floor.get().width >= Floor::WIDE) />
            <Board room=room />
            <Monitor room=room />
        })}
        <Kitchen room=room />
        <Tables room=room />
    }
}

/// The clock on the wall: a hand for the seconds, and the time in figures.
#[component]
pub fn Clock(time: Memo<Micros>, wide: Signal<bool>) -> impl IntoView {
    let hand = move || format!("rotate({:.1})", time.get().seconds() % 12.0 * 30.0);
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
            <text class="clock-time" y="58">{follow::text(move || format!("{:.1} s", time.get().seconds()))}</text>
        </g>
    }
}

/// The kitchen: waiting happens here, and nobody's attention is used.
#[component]
fn Kitchen(room: Room) -> impl IntoView {
    let Room { floor, scene, .. } = room;
    let place = move || {
        let (left, _) = floor.get().kitchen();
        format!("translate({left} {})", if floor.get().is_booth() { 4 } else { 24 })
    };
    let width = move || floor.get().kitchen().1;
    let (height, steel) = if floor.get_untracked().is_booth() { (70, 60) } else { (124, 98) };
    // Beside the head of the clerk who sleeps.
    let doze = move || {
        let Point { x, y } = scene.get().clerk.at;
        // A booth has no room over the head.
        let (dx, dy) = if floor.get().is_booth() { (-76.0, 8.0) } else { (20.0, -20.0) };
        format!("translate({} {})", x + dx, y + dy)
    };
    let slots = move || (0..floor.get().plates()).collect::<Vec<_>>();
    view! {
        <g class="kitchen">
            <g transform=follow::text(place)>
                <rect class="hatch" width=follow::text(width) height=height rx="14" />
                <path class="hood" d=follow::text(move || format!("M14 0h{}l-16 19h-{}z", width() - 28.0, width() - 60.0)) />
                <text class="sign" x=follow::text(move || width() / 2.0) y="13">{words().kitchen}</text>
                <rect class="steel" x="12" y=steel width=follow::text(move || width() - 24.0) height=(height - steel).min(14) rx="5" />
            </g>
            <For each=slots key=|place| *place let:place>
                <Hotplate room=room place=place />
            </For>
            {follow::part(move || scene.with(|scene| scene.clerk.state == Some(State::Holding)).then(|| {
                view! { <g transform=follow::text(doze)><text class="zzz">{words().asleep}</text></g> }
            }))}
        </g>
    }
}

/// A place on the grill: a burger with a ring that fills, or nothing.
#[component]
fn Hotplate(room: Room, place: usize) -> impl IntoView {
    let Room { floor, scene, .. } = room;
    let now = move || scene.with(|scene| scene.grills.iter().find(|it| it.slot == place).copied());
    let progress = Memo::new(move |_| now().map_or(0.0, |it| it.progress));
    let burger = Memo::new(move |_| now().map(|it| Grill { progress: 0.0, ..it }));
    let is = move |fate: Fate| burger.with(|it| it.is_some_and(|it| it.fate == fate));
    let used = move || is(Fate::Cooks);
    let geometry = move || floor.get().grill(place);
    let around = move || std::f64::consts::TAU * geometry().1;
    let position = move || transform(geometry().0, 1.0);
    let size = move || format!("scale({:.3})", geometry().1 / 27.0);
    view! {
        <g class="grill" class:on=follow::flag(used) class:burnt=follow::flag(move || is(Fate::Burnt)) class:taken-off=follow::flag(move || is(Fate::TakenOff)) transform=follow::text(position)>
            <circle class="ring" r=follow::text(move || geometry().1) />
            <circle class="done-ring" class:watched=follow::flag(move || burger.get().is_some_and(|it| it.ticket.is_none())) r=follow::text(move || geometry().1)
                stroke-dasharray=follow::text(move || format!("{:.1} {:.1}", progress.get() * around(), around())) transform="rotate(-90)" />
            <g transform=follow::text(size)>
                <use href="#burger" class="meat" />
                <g class="smoke" class:rises=follow::flag(move || used() || is(Fate::Burnt))><path d="M-8-18q4-5 0-10M2-18q4-5 0-10M11-18q4-5 0-10" /></g>
                {follow::part(move || is(Fate::TakenOff).then(|| view! {
                    <g class="torn"><use href="#ticket" /><path d="M-19-14L19 14M19-14L-19 14" /></g>
                }))}
                <text class="ticket-number" x="24" y="-20">{follow::text(move || burger.get().and_then(|it| it.ticket))}</text>
            </g>
        </g>
    }
}

/// The monitor of a heartbeat: a spike for each beat, and a flat line when there is none.
#[component]
fn Monitor(room: Room) -> impl IntoView {
    const WIDTH: f64 = 104.0;
    let heart = Memo::new(move |_| room.scene.with(|scene| scene.heart.clone()));
    let place = move || {
        if room.floor.get().width >= Floor::WIDE { "translate(126 34)" } else { "translate(8 136) scale(.8)" }
    };
    let line = move || {
        let beats = heart.with(|heart| heart.as_ref().map(|heart| heart.beats.clone()).unwrap_or_default());
        let spikes =
            beats.iter().map(|age| format!("H{:.1}l3-14 4 24 3-10", WIDTH - 12.0 - age * (WIDTH - 22.0)));
        format!("M6 40{}H{}", spikes.collect::<String>(), WIDTH - 6.0)
    };
    let late = move || heart.with(|heart| heart.as_ref().is_some_and(|heart| heart.late));
    follow::part(move || {
        heart.with(Option::is_some).then(|| view! {
        <g class="monitor" class:late=follow::flag(late) transform=follow::text(place)>
            <rect class="screen" width=WIDTH height="66" rx="10" />
            <path class="pulse" d=follow::text(line) />
            <text class="monitor-sign" x=WIDTH / 2.0 y="17">{follow::text(move || if late() { words().no_beat } else { words().heartbeat })}</text>
        </g>
    })
    })
}

/// The board: the number that lights up.
#[component]
fn Board(room: Room) -> impl IntoView {
    let Room { floor, scene, .. } = room;
    let number = Memo::new(move |_| scene.with(|scene| scene.number.filter(|_| !scene.closed)));
    let closed = move || scene.with(|scene| scene.closed);
    let served = move || scene.with(|scene| scene.all_served);
    let text = move || match number.get() {
        _ if served() => "✓".to_owned(),
        Some(number) => number.to_string(),
        None => "–".to_owned(),
    };
    let place = move || {
        if floor.get().width >= Floor::WIDE { "translate(728 30)" } else { "translate(420 30) scale(.72)" }
    };
    view! {
        <g class="board" class:lit=follow::flag(move || number.get().is_some()) class:served=follow::flag(served) transform=follow::text(place)>
            <rect class="screen" width="152" height="94" rx="12" />
            <text class="board-sign" x="76" y="25">{follow::text(move || match () {
                () if served() => words().all_served,
                () if closed() => words().closed,
                () => words().now_serving,
            })}</text>
            <text class="board-number" x="76" y="76">{follow::text(text)}</text>
        </g>
    }
}

/// The tables, as many as the grill has places.
#[component]
fn Tables(room: Room) -> impl IntoView {
    let Room { floor, .. } = room;
    let tables = move || {
        let floor = floor.get();
        (0..floor.slots).map(|index| floor.place(scene::Place::Table(index))).collect::<Vec<_>>()
    };
    follow::part(move || {
        tables()
            .into_iter()
            .map(|(at, scale)| {
                view! {
                    <g class="table" transform=transform(Point { x: at.x, y: at.y }, scale)>
                        <ellipse class="shadow" cx="0" cy="82" rx="30" ry="5" />
                        <rect class="leg" x="-4" y="52" width="8" height="28" />
                        <rect class="top" x="-42" y="46" width="84" height="10" rx="5" />
                    </g>
                }
            })
            .collect_view()
    })
}

/// The clerk: at the till, or asleep at the grill.
#[component]
pub fn Clerk(room: Room) -> impl IntoView {
    let clerk = Memo::new(move |_| room.scene.with(|scene| scene.clerk));
    let asleep = move || clerk.get().state == Some(State::Holding);
    let works = move || clerk.get().state == Some(State::Working);
    view! {
        <g class="clerk" class:asleep=follow::flag(asleep) class:works=follow::flag(works) transform=follow::text(move || transform(clerk.get().at, 1.0))>
            <path class="coat" d="M-24 60c-2-28 6-42 24-42s26 14 24 42z" />
            <path class="apron" d="M-13 30h26v30h-26z" />
            <circle class="skin" cx="0" cy="2" r="18" />
            <path class="cap" d="M-18-6c0-16 36-16 36 0z" />
            <rect class="cap" x="-22" y="-8" width="44" height="5" rx="2.5" />
            {follow::part(move || if asleep() {
                view! { <path class="face" d="M-10 2q3 3 6 0M4 2q3 3 6 0M-3 10h6" /> }.into_any()
            } else if works() {
                view! { <path class="face" d="M-6 1v3M6 1v3M-5 9c3 3 7 3 10 0" /> }.into_any()
            } else {
                view! { <path class="face" d="M-7 1v2M7 1v2M-5 8c3 4 7 4 10 0" /> }.into_any()
            })}
        </g>
    }
}

/// The counter with its till: in front of the clerk, behind the customers.
#[component]
pub fn Bar(room: Room) -> impl IntoView {
    let Room { floor, scene, thread, .. } = room;
    let left = move || floor.get().counter().0;
    let width = move || floor.get().counter().1;
    let top = move || floor.get().bar();
    let till = move || {
        let beside = if floor.get().is_booth() { 58.0 } else { 76.0 };
        format!("translate({} {})", floor.get().till().x + beside, top() - 20.0)
    };
    let in_line = Memo::new(move |_| scene.with(|scene| scene.in_line));
    view! {
        <g class="bar">
            <rect class="bar-top" x=follow::text(left) y=follow::text(top) width=follow::text(width) height="14" rx="7" />
            <rect class="bar-front" x=follow::text(move || left() + 12.0) y=follow::text(move || top() + 14.0) width=follow::text(move || width() - 24.0) height="52" />
            <text class="bar-sign" x=follow::text(move || left() + width() - 26.0) y=follow::text(move || top() + 46.0)>{format!("{} {}", words().thread, thread.0 + 1)}</text>
            <g class="till" class:open=follow::flag(move || scene.with(|scene| scene.clerk.state == Some(State::Working))) transform=follow::text(till)>
                <rect class="till-box" x="-22" y="-10" width="44" height="32" rx="5" />
                <rect class="till-screen" x="-17" y="-5" width="34" height="13" rx="3" />
            </g>
            <text class="line-count" x="16" y=follow::text(move || floor.get().height() - 12.0)>
                {follow::text(move || format!("{}: {}", words().in_line, in_line.get()))}
            </text>
        </g>
    }
}
