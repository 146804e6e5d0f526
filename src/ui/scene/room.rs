//! What stands in the room: behind the people wall, clock, board and kitchen; before them tables, the clerk and the counter.

use crate::decimal::{fixed, plain};
use crate::ui::prelude::*;

use super::figure::{Figure, group};
use super::{Room, transform};
use crate::replay::State;
use crate::replay::scene::{Clerk, Floor, Heart, Place, Point, Scene};
use crate::trace::Micros;
use crate::ui::strings::words;

/// Wall, floor, clock, board, monitor, and the kitchen without what lies on the grill.
#[component]
pub fn Back(room: Room) -> impl IntoView {
    furnished(room, back, |figure, now, before| figure.follow_back(now, before))
}

/// Tables, clerk and counter.
#[component]
pub fn Front(room: Room) -> impl IntoView {
    furnished(room, front, |figure, now, before| figure.follow_front(now, before))
}

/// A group that is made for a width, and then follows the floor and the scene.
fn furnished(
    room: Room,
    markup: fn(Room, Floor) -> String,
    follow: fn(&Figure, &Now, Option<&Now>),
) -> impl IntoView {
    group(move |group, drawn: &mut Option<(f64, Figure, Now)>| {
        let (floor, time) = (room.floor.get(), room.stage.time.get());
        let now = room.scene.with(|scene| Now::of(scene, floor, time));
        if let Some((stood, figure, before)) = drawn
            && *stood == floor.width
        {
            follow(figure, &now, Some(before));
            *before = now;
            return;
        }
        let Some(figure) = Figure::new(&markup(room, floor)) else { return };
        follow(&figure, &now, None);
        group.replace_children_with_node_1(&figure.root);
        *drawn = Some((floor.width, figure, now));
    })
}

/// What is drawn of a scene here, as it is written.
#[derive(PartialEq)]
struct Now {
    /// How many tables there are.
    floor: Floor,
    hand: String,
    time: String,
    board: [&'static str; 2],
    number: String,
    heart: Option<Heart>,
    clerk: Clerk,
    doze: Point,
    in_line: usize,
}

impl Now {
    fn of(scene: &Scene, floor: Floor, time: Micros) -> Self {
        let words = words();
        let number = scene.number.filter(|_| !scene.closed);
        let class = match number {
            _ if scene.all_served && number.is_some() => "board lit served",
            _ if scene.all_served => "board served",
            Some(_) => "board lit",
            None => "board",
        };
        let sign = match () {
            () if scene.all_served => words.all_served,
            () if scene.closed => words.closed,
            () => words.now_serving,
        };
        let shown = match number {
            _ if scene.all_served => "✓".to_owned(),
            Some(number) => number.to_string(),
            None => "–".to_owned(),
        };
        // Beside the head of the clerk who sleeps. A booth has no room over it.
        let (dx, dy) = if floor.is_booth() { (-76.0, 8.0) } else { (20.0, -20.0) };
        let Point { x, y } = scene.clerk.at;
        Self {
            floor,
            hand: format!("rotate({})", fixed(time.seconds() % 12.0 * 30.0, 1)),
            time: format!("{} s", fixed(time.seconds(), 1)),
            board: [class, sign],
            number: shown,
            heart: scene.heart.clone(),
            clerk: scene.clerk,
            doze: Point { x: x + dx, y: y + dy },
            in_line: scene.in_line,
        }
    }
}

/// The parts behind the people.
const HAND: usize = 0;
const TIME: usize = 1;
const BOARD: usize = 2;
const SIGN: usize = 3;
const NUMBER: usize = 4;
const MONITOR: usize = 5;

/// The parts before them.
const DOZE: usize = 0;
const SHADOWS: usize = 1;
const LEGS: usize = 2;
const TOPS: usize = 3;
const CLERK: usize = 4;
const FACE: usize = 5;
const TILL: usize = 6;
const LINE: usize = 7;

fn back(_: Room, floor: Floor) -> String {
    let (width, skirting) = (plain(floor.width), plain(floor.skirting()));
    let (below, edge) = (plain(floor.height() - floor.skirting()), plain(floor.skirting() - 5.0));
    let mut all = format!(
        r##"<rect class="wall" width="{width}" height="{skirting}"/><rect width="{width}" height="{skirting}" fill="url(#tiles)"/><rect class="floor" y="{skirting}" width="{width}" height="{below}"/><rect class="skirting" y="{edge}" width="{width}" height="7"/>"##
    );
    if !floor.is_booth() {
        all += &on_the_wall(floor.width >= Floor::WIDE);
    }
    all + &kitchen(floor)
}

/// The sines of the hours on a clock. Twelve numbers are less to download than what computes them.
const HOURS: [f64; 12] = {
    const STEEP: f64 = 0.866_025;
    [0.0, 0.5, STEEP, 1.0, STEEP, 0.5, 0.0, -0.5, -STEEP, -1.0, -STEEP, -0.5]
};

/// Clock, board and monitor. A booth has none of them.
fn on_the_wall(wide: bool) -> String {
    let (clock, board) = match wide {
        true => ("translate(70 66)", "translate(728 30)"),
        false => ("translate(52 62) scale(.88)", "translate(420 30) scale(.72)"),
    };
    let marks = (0..12).map(|hour| {
        let (x, y) = (HOURS[hour], HOURS[(hour + 3) % 12]);
        let at = |far: f64| format!("{} {}", fixed(far * x, 2), fixed(far * y, 2));
        format!("M{}L{}", at(31.0), at(27.0))
    });
    format!(
        r#"<g class="clock" transform="{clock}"><circle class="clock-face" r="36"/><path class="mark-line" d="{}"/><path class="hand" d="M0 6V-26" data-part=""/><circle class="pin" r="3.5"/><text class="clock-time" y="58" data-part=""></text></g><g transform="{board}"><g class="board" data-part=""><rect class="screen" width="152" height="94" rx="12"/><text class="board-sign" x="76" y="25" data-part=""></text><text class="board-number" x="76" y="76" data-part=""></text></g></g><g data-part="" transform="{}"></g>"#,
        marks.collect::<String>(),
        if wide { "translate(126 34)" } else { "translate(8 136) scale(.8)" }
    )
}

/// The kitchen: waiting happens here, and nobody's attention is used.
fn kitchen(floor: Floor) -> String {
    let (left, width) = floor.kitchen();
    let (top, height, steel) = if floor.is_booth() { (4, 70, 60) } else { (24, 124, 98) };
    format!(
        r#"<g class="kitchen" transform="translate({} {top})"><rect class="hatch" width="{}" height="{height}" rx="14"/><path class="hood" d="M14 0h{}l-16 19h-{}z"/><text class="sign" x="{}" y="13">{}</text><rect class="steel" x="12" y="{steel}" width="{}" height="{}" rx="5"/></g>"#,
        plain(left),
        plain(width),
        plain(width - 28.0),
        plain(width - 60.0),
        plain(width / 2.0),
        words().kitchen,
        plain(width - 24.0),
        (height - steel).min(14)
    )
}

fn front(room: Room, floor: Floor) -> String {
    format!(
        r#"<g data-part=""></g><g class="table"><path class="shadow" data-part=""/><path class="leg" data-part=""/><path class="top" data-part=""/></g>{CLERK_MARKUP}{}"#,
        counter(room, floor)
    )
}

/// The shadows, legs and tops of all tables, each as one path: a floor with another number of tables is drawn while a knob is turned.
fn tables(floor: Floor) -> [String; 3] {
    let [mut shadows, mut legs, mut tops] = [const { String::new() }; 3];
    let short = |length: f64| fixed(length, 1);
    let places = (0..floor.slots).map(|index| floor.place(Place::Table(index)));
    for (Point { x, y }, scale) in places.filter(|(at, scale)| floor.shows(*at, *scale, 0.0)) {
        let (rx, ry, across) = (short(30.0 * scale), short(5.0 * scale), short(60.0 * scale));
        shadows += &format!(
            "M{} {}a{rx} {ry} 0 1 0 {across} 0a{rx} {ry} 0 1 0 -{across} 0z",
            short(x - 30.0 * scale),
            short(y + 82.0 * scale)
        );
        let (wide, high) = (short(8.0 * scale), short(28.0 * scale));
        legs += &format!("M{} {}h{wide}v{high}h-{wide}z", short(x - 4.0 * scale), short(y + 52.0 * scale));
        let (wide, high, round) = (short(74.0 * scale), short(10.0 * scale), short(5.0 * scale));
        tops += &format!(
            "M{} {}h{wide}a{round} {round} 0 0 1 0 {high}h-{wide}a{round} {round} 0 0 1 0 -{high}z",
            short(x - 37.0 * scale),
            short(y + 46.0 * scale)
        );
    }
    [shadows, legs, tops]
}

const CLERK_MARKUP: &str = r#"<g class="clerk" data-part=""><path class="coat" d="M-24 60c-2-28 6-42 24-42s26 14 24 42z"/><path class="apron" d="M-13 30h26v30h-26z"/><circle class="skin" cx="0" cy="2" r="18"/><path class="cap" d="M-18-6c0-16 36-16 36 0z"/><rect class="cap" x="-22" y="-8" width="44" height="5" rx="2.5"/><path class="face" data-part=""/></g>"#;

/// The counter with its till: before the clerk, behind the customers.
fn counter(room: Room, floor: Floor) -> String {
    let ((left, width), top) = (floor.counter(), floor.bar());
    let till = floor.till().x + if floor.is_booth() { 58.0 } else { 76.0 };
    format!(
        r#"<g class="bar"><rect class="bar-top" x="{}" y="{}" width="{}" height="14" rx="7"/><rect class="bar-front" x="{}" y="{}" width="{}" height="52"/><text class="bar-sign" x="{}" y="{}">{} {}</text><g class="till" transform="translate({} {})" data-part=""><rect class="till-box" x="-22" y="-10" width="44" height="32" rx="5"/><rect class="till-screen" x="-17" y="-5" width="34" height="13" rx="3"/></g><text class="line-count" x="16" y="{}" data-part=""></text></g>"#,
        plain(left),
        plain(top),
        plain(width),
        plain(left + 12.0),
        plain(top + 14.0),
        plain(width - 24.0),
        plain(left + width - 26.0),
        plain(top + 46.0),
        words().thread,
        room.thread.0 + 1,
        plain(till),
        plain(top - 20.0),
        plain(floor.height() - 12.0)
    )
}

impl Figure {
    fn follow_back(&self, now: &Now, before: Option<&Now>) {
        if before.is_none_or(|it| it.hand != now.hand) {
            self.write(HAND, "transform", &now.hand);
        }
        if before.is_none_or(|it| it.time != now.time) {
            self.tell(TIME, &now.time);
        }
        if before.is_none_or(|it| (it.board, &it.number) != (now.board, &now.number)) {
            self.write(BOARD, "class", now.board[0]);
            self.tell(SIGN, now.board[1]);
            self.tell(NUMBER, &now.number);
        }
        if before.map_or(now.heart.is_some(), |it| it.heart != now.heart) {
            self.fill(MONITOR, &now.heart.as_ref().map(monitor).unwrap_or_default());
        }
    }

    fn follow_front(&self, now: &Now, before: Option<&Now>) {
        if before.is_none_or(|it| it.floor != now.floor) {
            for (part, path) in [SHADOWS, LEGS, TOPS].into_iter().zip(tables(now.floor)) {
                self.write(part, "d", &path);
            }
        }
        let (clerk, was) = (now.clerk, before.map(|it| it.clerk));
        if was.is_none_or(|was| was.at != clerk.at) {
            self.write(CLERK, "transform", &transform(clerk.at, 1.0));
        }
        let asleep = clerk.state == Some(State::Holding);
        if was.is_none_or(|was| was.state != clerk.state) {
            let works = clerk.state == Some(State::Working);
            let (class, face) = match () {
                () if asleep => ("clerk asleep", "M-10 2q3 3 6 0M4 2q3 3 6 0M-3 10h6"),
                () if works => ("clerk works", "M-6 1v3M6 1v3M-5 9c3 3 7 3 10 0"),
                () => ("clerk", "M-7 1v2M7 1v2M-5 8c3 4 7 4 10 0"),
            };
            self.write(CLERK, "class", class);
            self.write(FACE, "d", face);
            self.write(TILL, "class", if works { "till open" } else { "till" });
            let zzz = format!(r#"<text class="zzz">{}</text>"#, words().asleep);
            self.fill(DOZE, if asleep { &zzz } else { "" });
        }
        if asleep && before.is_none_or(|it| it.doze != now.doze || !it.dozes()) {
            self.write(DOZE, "transform", &transform(now.doze, 1.0));
        }
        if before.is_none_or(|it| it.in_line != now.in_line) {
            self.tell(LINE, &format!("{}: {}", words().in_line, now.in_line));
        }
    }
}

impl Now {
    fn dozes(&self) -> bool {
        self.clerk.state == Some(State::Holding)
    }
}

/// The monitor of a heartbeat: a spike for each beat, and a flat line when there is none.
fn monitor(heart: &Heart) -> String {
    const WIDTH: f64 = 104.0;
    let spike = |age: &f64| format!("H{}l3-14 4 24 3-10", fixed(WIDTH - 12.0 - age * (WIDTH - 22.0), 1));
    let spikes = heart.beats.iter().map(spike).collect::<String>();
    let (class, sign) =
        if heart.late { ("monitor late", words().no_beat) } else { ("monitor", words().heartbeat) };
    format!(
        r#"<g class="{class}"><rect class="screen" width="{}" height="66" rx="10"/><path class="pulse" d="M6 40{spikes}H{}"/><text class="monitor-sign" x="{}" y="17">{sign}</text></g>"#,
        plain(WIDTH),
        plain(WIDTH - 6.0),
        plain(WIDTH / 2.0)
    )
}
