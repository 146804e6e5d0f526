//! A stage alone: the scene, and, unless the host plays it, transport and knobs.

use crate::ui::prelude::*;

use super::settings;
use crate::lessons::model::Lesson;
use crate::ui::app::Course;
use crate::ui::follow;
use crate::ui::knobs::Knobs;
use crate::ui::lesson::{open_stage, playback_state, run_state};
use crate::ui::scene::Scenes;
use crate::ui::strings::words;
use crate::ui::training::Progress;
use crate::ui::transport::{Notices, Transport};

/// The stage of a lesson.
#[component]
pub fn ScenePage(lesson: &'static Lesson) -> impl IntoView {
    let course: Course = expect_context();
    let (stage, position) = open_stage(course, lesson);
    let step = move || lesson.steps[position.get()].id;
    view! {
        <main id="main" class="scene-page" data-step=follow::text(step)>
            <section class="stage" aria-label=words().legend_of(lesson.picture).stage data-testid="stage"
                data-run=follow::text(move || run_state(stage)) data-playback=follow::text(move || playback_state(stage))>
                <Scenes stage=stage />
                <Progress stage=stage />
                {if settings().controls {
                    view! { <div class="dock"><Transport stage=stage /></div><Knobs stage=stage /> }.into_view()
                } else {
                    // What goes wrong is told all the same.
                    view! { <Notices stage=stage /> }.into_view()
                }}
            </section>
        </main>
    }
}
