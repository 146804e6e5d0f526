//! Exhibits: things to try in the text itself, each started by the learner and by nothing else.
//!
//! A lesson places one with a fenced block `exhibit`; [`EXHIBITS`](crate::lessons::model::EXHIBITS) lists them.

mod block_page;
pub mod calls;
mod growth;
pub mod measures;
mod order;
pub mod speed_up;
mod stoppable;
mod three_ways;

use crate::ui::prelude::*;

use super::exam::Exam;
use super::follow;

/// Draws an exhibit by its name.
pub fn draw(name: &str) -> View {
    match name {
        "block-page" => follow::rarely(|| view! { <block_page::BlockPage /> }),
        "measures" => follow::rarely(|| view! { <measures::Measures /> }),
        "speed-up" => follow::rarely(|| view! { <speed_up::Speeds /> }),
        "growth" => follow::rarely(|| view! { <growth::Growing /> }),
        "three-ways" => follow::rarely(|| view! { <three_ways::ThreeWays /> }),
        "exam" => follow::rarely(|| view! { <Exam /> }),
        "calls" => follow::rarely(|| view! { <calls::Calls /> }),
        // The lesson compiler lets no other name pass.
        _ => ().into_view(),
    }
}
