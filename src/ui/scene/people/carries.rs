//! What somebody has in hand, overhead, and to say.

use web_sys::Element;

use super::{Look, letters, lifted};
use crate::decimal::{fixed, plain};
use crate::replay::State;
use crate::replay::scene::Person;
use crate::ui::burger::{TICKET, ticket_at};
use crate::ui::strings::words;

/// What somebody has in hand, overhead, and to say: as markup.
pub fn carries(Look { person, bubble, packed, .. }: Look) -> String {
    let mut all = String::new();
    let down = |y: f64| y + lifted(&person);
    if let Some(ticket) = person.ticket {
        let (hand, number) = ((27.0, down(30.0)), ticket.to_string());
        // Among many nobody sees that it is held at an angle.
        all += &if packed {
            in_hand("", &ticket_at(hand), &letters::path_at(&number, hand))
        } else {
            let held = format!(r#" transform="translate({} {}) rotate(-8)""#, plain(hand.0), plain(hand.1));
            in_hand(&held, TICKET, &letters::path(&number, 0.0))
        };
    }
    let burgers = |class| {
        let y = plain(down(32.0));
        format!(
            r##"<g class="in-hand{class}" transform="translate(25 {y}) scale(.72)"><use href="#burger"/></g>"##
        )
    };
    if person.burgers {
        all += &burgers("");
    }
    if person.state == State::Failed {
        all += &burgers(" burnt");
    }
    if person.calls {
        all += &format!(r#"<g class="phone" transform="translate(18 {}) rotate(14)">"#, plain(down(4.0)));
        all += r#"<rect x="-6" y="-12" width="12" height="25" rx="4"/><path d="M10-8q5 8 0 16M15-12q8 12 0 24"/></g>"#;
    }
    if person.deadline.is_some() {
        let y = plain(down(-22.0));
        all += &format!(r#"<g class="deadline" transform="translate(-26 {y})">{DEADLINE}</g>"#);
    }
    if let Some(text) = bubble {
        let half = half(text);
        all += &format!(
            r#"<g class="bubble" transform="translate(0 {})"><rect x="{}" y="-17" width="{}" height="28" rx="11"/><path d="M-6 10h12l-6 8z"/><text y="2">{text}</text></g>"#,
            plain(down(-40.0)),
            plain(-half),
            plain(2.0 * half)
        );
    }
    all
}

fn in_hand(held: &str, ticket: &str, number: &str) -> String {
    format!(
        r#"<g class="in-hand"{held}><path class="ticket" d="{ticket}"/><path class="initial" d="{number}"/></g>"#
    )
}

/// A clock over the head: the time that is left to wait.
const DEADLINE: &str = r#"<path class="bells" d="M-13-10l6-5M13-10l-6-5"/><circle class="dial" r="15"/><circle class="left" r="11" transform="rotate(-90)"/><path class="hands" d="M0-7V0l5 3"/>"#;

pub fn show_left(clock: &Element, left: f64) {
    const AROUND: f64 = std::f64::consts::TAU * 11.0;
    let _ =
        clock.set_attribute("stroke-dasharray", &format!("{} {}", fixed(left * AROUND, 1), fixed(AROUND, 1)));
    if let Some(whole) = clock.parent_element() {
        let _ = whole.set_attribute("class", if left < 0.25 { "deadline short" } else { "deadline" });
    }
}

/// What a person says, if anything. In a crowd, fewer talk: people must be seen.
pub fn bubble(person: &Person, index: usize, crowd: usize) -> Option<&'static str> {
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
pub fn half(text: &str) -> f64 {
    text.chars().count() as f64 * 3.7 + 12.0
}
