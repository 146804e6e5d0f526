//! A lesson page: the text of a step beside the stage.

use crate::ui::prelude::*;
use gloo_timers::callback::Timeout;

use super::follow::{self, Memo};

use super::app::{self, Course, push_history};
use super::charts::Charts;
use super::code::Code;
use super::dialogs::Share;
use super::embed::{self, host::Host};
use super::exhibits;
use super::glossary::Legend;
use super::keys;
use super::knobs::Knobs;
use super::pieces::Pieces;
use super::predict::Predict;
use super::progress::ProgressBox;
use super::prose::prose;
use super::quiz::Quiz;
use super::results::{Days, Results, prediction};
use super::save::Save;
use super::scene::Scenes;
use super::stage::Stage;
use super::story::Story;
use super::strings::{lab, words};
use super::timeline::Timeline;
use super::training::Progress;
use super::transport::Transport;
use crate::course::address::Address;
use crate::course::lab::Lab;
use crate::lessons::model::{Block, Lesson, Step};
use crate::lessons::{self};
use crate::runtime::live::clock_ms;
use crate::threads::run::Phase;

/// A lesson.
#[component]
pub fn LessonPage(lesson: &'static Lesson) -> impl IntoView {
    let words = words();
    let course: Course = expect_context();
    let (stage, position) = open_stage(course, lesson);
    let step = Memo::new(move |_| Here(&lesson.steps[position.get()]));
    let share_open = RwSignal::new(false);
    let pieces: Pieces = expect_context();
    view! {
        <main id="main" class="page" data-step=follow::text(move || step.get().0.id)>
            <article class="prose">{pieces.draw(move || article(stage, position, step))}</article>
            {pieces.then(app::uncover)}
            <section class="stage" aria-label=words.legend_of(lesson.picture).stage data-testid="stage" data-run=follow::text(move || run_state(stage))
                data-playback=follow::text(move || playback_state(stage))>
                // Between the step's heading and those of the stage's parts.
                <h2 class="visually-hidden">{words.legend_of(lesson.picture).stage}</h2>
                {pieces.draw(move || view! { <Scenes stage=stage /><Progress stage=stage /> }.into_view())}
                {pieces.draw(move || view! { <Transport stage=stage /><Results stage=stage step=step /> }.into_view())}
                {pieces.draw(move || view! { <Timeline stage=stage /> }.into_view())}
                {pieces.draw(move || view! { <Charts stage=stage /><Days stage=stage /><Knobs stage=stage /> }.into_view())}
                {pieces.draw(move || view! { <div class="below"><Code stage=stage /><Story stage=stage /></div> }.into_view())}
                {pieces.draw(move || foot(stage, share_open))}
            </section>
            {pieces.draw(move || view! { <Share stage=stage step=step open=share_open /> }.into_view())}
        </main>
    }
}

/// What is read: the step's text, and the way to the next.
fn article(stage: Stage, position: RwSignal<usize>, step: Memo<Here>) -> View {
    let (words, lesson) = (words(), stage.lesson);
    let course: Course = expect_context();
    let kicker = move || {
        let (at, all) = (position.get() + 1, lesson.steps.len());
        format!("{} {} · {} {}", words.lesson, lesson.number, lesson.minutes, words.minutes)
            + &format!(" · {} {at}/{all}", words.step_of)
    };
    view! {
                <p class="kicker">{follow::text(kicker)}</p>
                <p class="lesson-title">{lesson.title}</p>
                {follow::part(move || view! { <StepText stage=stage step=step.get().0 /> })}
                <Pager lesson=lesson stage=stage position=position />
                // Without the home page, this is the place to take the progress along.
                {follow::part(move || (course.unsaved.get() && !embed::is_full()).then(|| follow::rarely(|| view! { <ProgressBox /> })))}
    }
    .into_view()
}

/// What stands under everything else: who is who, and what can be done with the stage as a whole.
fn foot(stage: Stage, share_open: RwSignal<bool>) -> View {
    let (words, lesson) = (words(), stage.lesson);
    let to_lab = move || stage.settled.with(|knobs| Lab::with(lesson, stage.mode.get(), knobs).link());
    view! {
        <details class="legend-box" data-testid="legend">
            <summary>{words.who_is_who}</summary>
            <Legend picture=lesson.picture />
            <p><a href="?page=glossary">{words.glossary}</a></p>
        </details>
        <div class="stage-foot">
            <a class="small" data-testid="open-in-lab" href=follow::text(to_lab)>{lab::OPEN_IN_LAB}</a>
            <Save stages=Signal::derive(move || vec![(0, stage)]) />
            <button type="button" class="small" data-testid="share" on:click=follow::press(move || share_open.set(true))>{words.share}</button>
        </div>
    }
    .into_view()
}

/// The stage of a lesson, as the address asks for it, and the place of the step that is shown.
pub fn open_stage(course: Course, lesson: &'static Lesson) -> (Stage, RwSignal<usize>) {
    let stage = Stage::new(lesson);
    let position = RwSignal::new(0);
    embed::settings().speed.iter().for_each(|speed| stage.set_speed(*speed));
    open(course, stage, position);
    keys::listen(course, stage, position);
    keep_address(stage, position);
    expect_context::<Host>().attach(stage, position);
    (stage, position)
}

/// A step, equal only to itself.
#[derive(Clone, Copy)]
pub struct Here(pub &'static Step);

impl PartialEq for Here {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

/// The address says which step, mode and knobs; what it leaves open, the step says.
fn open(course: Course, stage: Stage, position: RwSignal<usize>) {
    follow::effect(move || {
        let address = course.address.get();
        if address.lesson != Some(stage.lesson.slug) {
            return;
        }
        let at = stage.lesson.steps.iter().position(|it| Some(it.id) == address.step).unwrap_or(0);
        untrack(|| begin(course, stage, position, at));
        if let Some(mode) = address.mode {
            stage.set_mode(mode);
        }
        for (id, value) in address.knobs.iter() {
            stage.set_knob(id, value);
        }
    });
}

/// Goes to a step and sets the stage for it.
pub fn begin(course: Course, stage: Stage, position: RwSignal<usize>, at: usize) {
    let step = &stage.lesson.steps[at];
    // A stage alone asks for nothing, and its text has not been read.
    let has_text = !embed::is_scene();
    stage.begin_step(&step.stage, has_text && prediction(step).is_some());
    position.set(at);
    if has_text {
        course.see(stage.lesson.slug, step.id);
    }
}

/// The address bar follows step, mode and knobs, so that a reload or a copied address comes back.
///
/// A browser takes the time of a frame to write it: while a knob is dragged, only its first turn is written, and its last.
fn keep_address(stage: Stage, position: RwSignal<usize>) {
    let waiting = StoredValue::new(None::<Timeout>);
    let mut before = None;
    follow::effect(move || {
        let (at, mode, now) = (position.get(), stage.mode.get(), clock_ms());
        stage.knobs.track();
        let write = move || push_history(&link_to(stage, position.get_untracked()), false);
        waiting.set_value(None);
        let turned = match before {
            // The address that brought us here stands until something changes.
            None => f64::MIN,
            Some((place, set, turned)) if (place, set) == (at, mode) => {
                if now - turned > SETTLED_MS {
                    write();
                } else {
                    waiting.set_value(Some(Timeout::new(SETTLED_MS as u32, write)));
                }
                now
            }
            Some(_) => {
                write();
                f64::MIN
            }
        };
        before = Some((at, mode, turned));
    });
}

/// A knob that has not been turned for so many ms is at rest.
const SETTLED_MS: f64 = 300.0;

/// The address of the lesson as it stands, at a step.
fn link_to(stage: Stage, at: usize) -> String {
    let step = &stage.lesson.steps[at];
    let mode = stage.mode.get_untracked();
    stage.knobs.with_untracked(|knobs| Address::link(stage.lesson, Some(step.id), Some(mode), knobs))
}

/// The text of a step.
#[component]
fn StepText(stage: Stage, step: &'static Step) -> impl IntoView {
    let blocks = step.blocks.iter().map(|block| match block {
        Block::Prose(nodes) => prose(stage, nodes),
        Block::Predict(predict) => follow::rarely(|| view! { <Predict stage=stage predict=predict /> }),
        Block::Quiz(quiz) => follow::rarely(|| view! { <Quiz stage=stage quiz=quiz /> }),
        Block::Exhibit(name) => exhibits::draw(name),
        Block::Aside { title, body } => {
            view! { <details class="aside"><summary>{*title}</summary>{prose(stage, body)}</details> }
                .into_view()
        }
    });
    view! { <h1 tabindex="-1" id="step-title">{step.title}</h1>{blocks.collect_view()} }
}

/// Back and next, through the steps and on to the next lesson.
#[component]
fn Pager(lesson: &'static Lesson, stage: Stage, position: RwSignal<usize>) -> impl IntoView {
    let words = words();
    let course: Course = expect_context();
    let last = lesson.steps.len() - 1;
    let next = lessons::ALL.iter().find(|it| it.number > lesson.number);
    let dots = lesson.steps.iter().enumerate().map(|(index, step)| view! {
        <button type="button" class="dot" aria-label=format!("{} {}: {}", words.step_of, index + 1, step.title)
            title=step.title aria-current=follow::text(move || (position.get() == index).then_some("step"))
            on:click=follow::press(move || turn(course, stage, position, index))></button>
    });
    view! {
        <nav class="pager" aria-label=words.step_of>
            <button type="button" class="button" data-testid="back-step" disabled=follow::flag(move || position.get() == 0)
                on:click=follow::press(move || turn(course, stage, position, position.get_untracked().saturating_sub(1)))>"← "{words.back}</button>
            <span class="dots">{dots.collect_view()}</span>
            {follow::part(move || if position.get() < last {
                view! {
                    <button type="button" class="button primary" data-testid="next-step"
                        on:click=follow::press(move || turn(course, stage, position, (position.get_untracked() + 1).min(last)))>{words.next}" →"</button>
                }.into_view()
            } else if !embed::settings().links() || (next.is_none() && !embed::is_full()) {
                ().into_view()
            } else {
                let (href, label) = match next {
                    Some(next) => (format!("?lesson={}", next.slug), words.next_lesson),
                    None => ("./".to_owned(), words.all_lessons),
                };
                view! { <a class="button primary" href=href data-testid="next-lesson">{label}" →"</a> }.into_view()
            })}
        </nav>
    }
}

/// Turns to a step, and tells screen readers and eyes where it begins.
pub fn turn(course: Course, stage: Stage, position: RwSignal<usize>, at: usize) {
    begin(course, stage, position, at);
    // The browser's own Back goes to the step before.
    push_history(&link_to(stage, at), true);
    request_animation_frame(|| {
        if let Some(title) = document().get_element_by_id("step-title") {
            use wasm_bindgen::JsCast;
            // Focus moves to the heading, and the page with it.
            let _ = title.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    });
}

/// The stage's run, as tests and style sheets read it.
pub fn run_state(stage: Stage) -> &'static str {
    match stage.phase.get() {
        None => "idle",
        Some(Phase::Starting) => "starting",
        Some(Phase::Running) => "running",
        Some(Phase::Finished) => "finished",
        Some(Phase::Stopped) => "stopped",
        Some(Phase::Failed(_)) => "failed",
    }
}

/// The stage's cursor, as tests and style sheets read it.
pub fn playback_state(stage: Stage) -> &'static str {
    match () {
        () if stage.playback.with(|playback| playback.playing) => "playing",
        () if !stage.runs() && stage.time.get() >= stage.end() => "ended",
        () => "paused",
    }
}
