//! The page around this one: what it is told, and what it may have done.
//!
//! Nothing is decided here. [`Report`] says what is reported when, `Fields::read` what a message means,
//! `Command::order` what of it can be done; this folder posts (`score`), listens, and hands
//! orders to the stage (`orders`).
//!
//! | to the host | when |
//! |---|---|
//! | `SPLICE.getState {message_id, domain_id, content_id}` | at the start; again after 1 and 2 s without an answer |
//! | `SPLICE.reportScoreAndState {message_id, score, state, complete}` | as [`Report`] says |
//! | `SPLICE.sendEvent {message_id, name, data}` | `step`: one is opened; `check`: one is answered right; `run`: a live run is over |
//! | `SPLICE.flushState.response {message_id, success, hadState}` | asked; what was not reported goes before it |
//! | `burger:ready {v, id, lesson, step, mode, ui, steps}` | a page stands; and in answer to `burger:hello` |
//! | `burger:done {v, id, message_id}` | a command with a `message_id` is carried out |
//! | `burger:error {v, id, message, message_id?}` | something was put right, or refused |

mod orders;
mod score;

use std::time::Duration;

use crate::ui::prelude::*;
use leptos::leptos_dom::helpers::TimeoutHandle;
use wasm_bindgen::JsValue;

use super::sight::{Wanted, start_when_seen};
use super::{frame_height, settings};
use crate::course::embed::message::{Field, Heard, Refusal, VERSION};
use crate::course::embed::port::{Port, Post, new_id, object};
use crate::course::embed::report::{Report, Scope};
use crate::course::embed::settings::Ui;
use crate::threads::run::Phase;
use crate::ui::app::Course;
use crate::ui::follow;
use crate::ui::stage::Stage;
use crate::ui::strings::embed as words;

/// How often, and how long after another, in ms, the host is asked for what it keeps.
const ASKED: [u64; 3] = [0, 1000, 2000];

/// The page around this one. Without one, nothing of this does anything.
#[derive(Clone, Copy)]
pub struct Host {
    line: StoredValue<Option<Line>>,
    stage: RwSignal<Option<OnStage>>,
}

struct Line {
    port: Port,
    id: String,
    report: Report,
    /// What is reported; none for a scene, in which there is nothing to reach.
    scope: Option<Scope>,
    asked: String,
    is_answered: bool,
    has_state: bool,
    timer: Option<TimeoutHandle>,
}

/// The lesson that stands on the page.
#[derive(Clone, Copy)]
struct OnStage {
    stage: Stage,
    position: RwSignal<usize>,
    wanted: RwSignal<Wanted>,
}

/// The time in ms, on a clock that does not go back.
pub fn now() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}

impl Host {
    /// Begins to speak with the page around this one, if there is one.
    pub fn open(course: Course) -> Self {
        let settings = settings();
        let lesson = course.address.with_untracked(|address| address.lesson);
        let scope = match (lesson, settings.ui) {
            (_, Ui::Scene) => None,
            (Some(slug), Ui::Lesson) if !settings.links() => Some(Scope::Lesson(slug)),
            (Some(slug), _) => Some(Scope::LessonInCourse(slug)),
            (None, _) => Some(Scope::Course),
        };
        let line = Port::open(&settings).map(|port| Line {
            port,
            id: settings.id,
            report: Report::new(now()),
            scope,
            asked: new_id(),
            is_answered: false,
            has_state: false,
            timer: None,
        });
        let framed = line.is_some();
        let host = Self { line: StoredValue::new(line), stage: RwSignal::new(None) };
        if framed {
            host.listen(course);
            host.ask(lesson);
            host.report(course);
            frame_height::watch(host);
            if lesson.is_none() {
                follow::effect(move || host.ready());
            }
        }
        host
    }

    /// Posts a message.
    pub fn post(&self, fields: &[(&str, JsValue)]) {
        self.line.with_value(|line| line.iter().for_each(|line| line.port.post(fields)));
    }

    /// Tells of something that was put right, or refused.
    pub fn error(&self, message: &str, answers: Option<&Field>) {
        self.say("burger:error", &[("message", message.into())], answers);
    }

    /// One of our own messages.
    fn say(&self, kind: &str, more: &[(&str, JsValue)], answers: Option<&Field>) {
        let id = self.line.with_value(|line| line.as_ref().map(|line| line.id.clone()));
        let mut fields: Vec<(&str, JsValue)> =
            vec![("type", kind.into()), ("v", VERSION.into()), ("id", id.unwrap_or_default().into())];
        fields.extend_from_slice(more);
        fields.extend(answers.map(|answers| ("message_id", answers.into())));
        self.post(&fields);
    }

    fn event(&self, name: &str, data: &[(&str, JsValue)]) {
        self.post(&[
            ("subject", "SPLICE.sendEvent".into()),
            ("message_id", new_id().into()),
            ("name", name.into()),
            ("data", object(data).into()),
        ]);
    }

    /// A lesson stands on the page; until it goes, the host may play it.
    pub fn attach(&self, stage: Stage, position: RwSignal<usize>) {
        let host = *self;
        let wanted = start_when_seen(stage);
        self.stage.set(Some(OnStage { stage, position, wanted }));
        on_cleanup(move || {
            let _ = host.stage.try_set(None);
        });
        let mut before = None;
        follow::effect(move || {
            let at = position.get();
            match before.replace(at) {
                None => host.ready(),
                Some(before) if before != at => host.event("step", &step_of(stage, at)),
                _ => {}
            }
        });
        follow::effect(move || {
            if stage.phase.get() == Some(Phase::Finished) {
                let end =
                    stage.measured.with_untracked(|run| run.as_ref().map_or(0.0, |run| run.end.seconds()));
                host.event("run", &[("mode", stage.mode.get_untracked().into()), ("seconds", end.into())]);
            }
        });
    }

    /// Tells that the page stands, and what it shows.
    fn ready(&self) {
        let mut shows = vec![("ui", JsValue::from(settings().ui.id()))];
        if let Some(on) = self.stage.get_untracked() {
            let lesson = on.stage.lesson;
            shows.push(("title", lesson.title.into()));
            shows.push(("mode", on.stage.mode.get_untracked().into()));
            shows.extend(step_of(on.stage, on.position.get_untracked()));
        }
        self.say("burger:ready", &shows, None);
    }

    fn ask(&self, lesson: Option<&str>) {
        let host = *self;
        let content = lesson.unwrap_or("course").to_owned();
        for after in ASKED {
            let content = content.clone();
            let ask = move || {
                let open = host.line.try_with_value(|line| {
                    line.as_ref()
                        .filter(|line| !line.is_answered && line.scope.is_some())
                        .map(|line| line.asked.clone())
                });
                if let Some(Some(asked)) = open {
                    host.post(&[
                        ("subject", "SPLICE.getState".into()),
                        ("message_id", asked.into()),
                        ("domain_id", window().location().origin().unwrap_or_default().into()),
                        ("content_id", content.clone().into()),
                    ]);
                }
            };
            if after == 0 { ask() } else { set_timeout(ask, Duration::from_millis(after)) }
        }
    }

    fn listen(&self, course: Course) {
        let host = *self;
        self.line.with_value(|line| {
            line.iter().for_each(|line| line.port.let_speak(move |post| host.take_post(course, post)));
        });
        let message = window_event_listener(leptos::ev::message, move |event| {
            let post = host.line.with_value(|line| line.as_ref()?.port.read(&event));
            if let Some(post) = post {
                host.take_post(course, post);
            }
        });
        let hidden = window_event_listener_untyped("visibilitychange", move |_| {
            if document().hidden() {
                host.flush();
            }
        });
        let leaves = window_event_listener_untyped("pagehide", move |_| {
            host.flush();
        });
        // Back from the browser's cache, everything is as it was; the host may be another.
        let back = window_event_listener_untyped("pageshow", move |event| {
            if js_sys::Reflect::get(&event, &"persisted".into()).is_ok_and(|it| it.is_truthy()) {
                host.ready();
            }
        });
        on_cleanup(move || [message, hidden, leaves, back].into_iter().for_each(|it| it.remove()));
    }

    fn take_post(&self, course: Course, post: Post) {
        let heard = self.line.with_value(|line| match post {
            Post::Fields(fields) => fields.read(&line.as_ref()?.id, &line.as_ref()?.asked),
            Post::TooLong => Some(Heard::Command(Field::Nothing, Err(Refusal(words::TOO_LONG.into())))),
        });
        if let Some(heard) = heard {
            self.hear(course, heard);
        }
    }
}

fn step_of(stage: Stage, at: usize) -> Vec<(&'static str, JsValue)> {
    let steps = stage.lesson.steps;
    vec![
        ("lesson", stage.lesson.slug.into()),
        ("step", steps[at].id.into()),
        ("number", (at as f64 + 1.0).into()),
        ("steps", (steps.len() as f64).into()),
    ]
}
