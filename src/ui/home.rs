//! The home page: what this is, one scene that runs when asked, and the menu of lessons.

use crate::decimal::fixed;
use crate::ui::prelude::*;

use super::follow::{self, Memo};

use super::app::Course;
use super::lesson::{Here, playback_state, run_state};
use super::progress::ProgressBox;
use super::results::Results;
use super::scene::Scenes;
use super::stage::Stage;
use super::strings::{lab, words};
use super::timeline::Timeline;
use super::transport::Transport;
use crate::lessons::{self, model::Lesson};

/// The home page.
#[component]
pub fn Home() -> impl IntoView {
    let words = words();
    let course: Course = expect_context();
    // The scene of the first lesson there is, as it opens.
    let stage = lessons::ALL.first().map(Stage::new);
    let first = lessons::ALL.first();
    view! {
        <main id="main" class="home">
            <section class="hero">
                <h1>{words.tagline}</h1>
                <p class="promise">{words.promise}</p>
                {first.map(|lesson| view! { <a class="button primary" href=format!("?lesson={}", lesson.slug)>{words.start}" →"</a> })}
            </section>
            {stage.map(|stage| {
                if let Some(mode) = stage.lesson.modes.get(1) {
                    stage.set_mode(mode.id);
                }
                view! {
                    <section class="stage" aria-label=words.stage data-testid="stage"
                        data-run=follow::text(move || run_state(stage)) data-playback=follow::text(move || playback_state(stage))>
                        <Scenes stage=stage />
                        <Transport stage=stage />
                        <Results stage=stage step=Memo::new(move |_| Here(&stage.lesson.steps[0])) />
                        <Timeline stage=stage />
                    </section>
                }
            })}
            <section class="menu" aria-label=words.lessons>
                <h2>{words.lessons}</h2>
                <ol class="cards">
                    {lessons::ALL.iter().map(|lesson| view! { <Card course=course lesson=lesson /> }).collect_view()}
                </ol>
                <a class="lab-card" href="?page=lab" data-testid="lab-card">
                    <strong>{lab::TITLE}</strong><span>{lab::SUMMARY}</span><span class="card-state">{lab::OPEN}" →"</span>
                </a>
                <p class="home-foot"><a href="?page=glossary" data-testid="glossary">{words.glossary}</a></p>
                <ProgressBox />
            </section>
        </main>
    }
}

/// A lesson in the menu.
#[component]
fn Card(course: Course, lesson: &'static Lesson) -> impl IntoView {
    let words = words();
    let share = move || course.progress.with(|progress| progress.share(lesson.slug));
    let state = move || match share() {
        share if share >= 1.0 => words.done,
        share if share > 0.0 => words.go_on,
        _ => words.start,
    };
    view! {
        <li class="card">
            <a href=format!("?lesson={}", lesson.slug)>
                <span class="card-number" aria-hidden="true">{lesson.number}</span>
                <strong>{lesson.title}</strong>
                <span class="card-summary">{lesson.summary}</span>
                <span class="card-foot">
                    <span>{lesson.minutes}" "{words.minutes}</span>
                    <progress max="1" value=follow::text(move || fixed(share(), 2)) aria-label=words.done></progress>
                    <span class="card-state">{follow::text(state)}</span>
                </span>
            </a>
        </li>
    }
}
