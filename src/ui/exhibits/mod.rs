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

use leptos::prelude::*;

use super::exam::Exam;

/// Draws an exhibit by its name.
pub fn draw(name: &str) -> AnyView {
    match name {
        "block-page" => view! { <block_page::BlockPage /> }.into_any(),
        "measures" => view! { <measures::Measures /> }.into_any(),
        "speed-up" => view! { <speed_up::Speeds /> }.into_any(),
        "growth" => view! { <growth::Growing /> }.into_any(),
        "three-ways" => view! { <three_ways::ThreeWays /> }.into_any(),
        "exam" => view! { <Exam /> }.into_any(),
        "calls" => view! { <calls::Calls /> }.into_any(),
        // The lesson compiler lets no other name pass.
        _ => ().into_any(),
    }
}
