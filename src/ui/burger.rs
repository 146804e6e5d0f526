//! The burger, and the patterns of clothes: drawn once, used everywhere.

use crate::decimal::plain;
use crate::ui::prelude::*;

/// The outline of a ticket.
pub const TICKET: &str = "M-15-11h30v6a5 5 0 0 0 0 10v6h-30v-6a5 5 0 0 0 0-10z";

/// The same with its middle at a point.
pub fn ticket_at((x, y): (f64, f64)) -> String {
    format!("M{} {}m-15-11{}", plain(x), plain(y), TICKET.trim_start_matches("M-15-11"))
}

/// Definitions that every drawing of the page refers to.
#[component]
pub fn Definitions() -> impl IntoView {
    view! {
        <svg class="definitions" aria-hidden="true" width="0" height="0">
            <defs>
                <pattern id="tiles" width="32" height="24" patternUnits="userSpaceOnUse">
                    <path class="tile-line" d="M0 .5H32M.5 0V12M16.5 12V24M0 12.5H32" />
                </pattern>
                <pattern id="stripes" width="8" height="8" patternUnits="userSpaceOnUse">
                    <rect class="cloth" width="8" height="3.4" />
                </pattern>
                <pattern id="dots" width="10" height="10" patternUnits="userSpaceOnUse">
                    <circle class="cloth" cx="2.5" cy="2.5" r="1.9" />
                    <circle class="cloth" cx="7.5" cy="7.5" r="1.9" />
                </pattern>
                <pattern id="checks" width="10" height="10" patternUnits="userSpaceOnUse">
                    <path class="cloth" d="M0 0h5v5h-5zM5 5h5v5h-5z" />
                </pattern>
                <g id="burger">
                    <path class="bun" d="M-16 0C-16-9-9-13 0-13s16 4 16 13zM-16 11.5h32c0 4-4 5-7 5H-9c-3 0-7-1-7-5z" />
                    <path class="sesame" d="M-7-7a1 1 0 0 1 2 0a1 1 0 0 1-2 0zM0-9a1 1 0 0 1 2 0a1 1 0 0 1-2 0zM6-6a1 1 0 0 1 2 0a1 1 0 0 1-2 0z" />
                    <path class="lettuce" d="M-18 2q3-3 6 0t6 0 6 0 6 0 6 0 6 0v3h-36z" />
                    <rect class="patty" x="-16" y="5" width="32" height="5.5" rx="2.5" />
                </g>
                <g id="ticket">
                    <path class="ticket" d=TICKET />
                </g>
            </defs>
        </svg>
    }
}

/// The mark of the course.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg class="logo" width="36" height="32" viewBox="-19 -15 38 33" aria-hidden="true">
            <use href="#burger" />
        </svg>
    }
}
