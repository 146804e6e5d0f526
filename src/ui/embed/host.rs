//! The page around this one: what it is told, and what it may have done.
//!
//! Nothing is decided here. [`Report`] says what is reported when, `Fields::read` what a message means,
//! [`Command::order`] what of it can be done; this file posts, listens, and hands orders to the stage.
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

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::reactive::owner::LocalStorage;
use wasm_bindgen::JsValue;

use super::sight::{Wanted, start_when_seen};
use super::{frame_height, settings};
use crate::course::embed::message::{Command, Field, Heard, Order, Refusal, VERSION};
use crate::course::embed::port::{Port, Post, new_id, object};
use crate::course::embed::report::{Due, Reached, Report, Scope};
use crate::course::embed::settings::Ui;
use crate::course::progress::Progress;
use crate::ui::app::Course;
use crate::ui::lesson::begin;
use crate::ui::stage::Stage;
use crate::ui::strings::{embed as words, words as all_words};

/// How often, and how long after another, in ms, the host is asked for what it keeps.
const ASKED: [u64; 3] = [0, 1000, 2000];

/// The page around this one. Without one, nothing of this does anything.
#[derive(Clone, Copy)]
pub struct Host {
    line: StoredValue<Option<Line>, LocalStorage>,
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
        let host = Self { line: StoredValue::new_local(line), stage: RwSignal::new(None) };
        if framed {
            host.listen(course);
            host.ask(lesson);
            host.report(course);
            frame_height::watch(host);
            if lesson.is_none() {
                Effect::new(move |_| host.ready());
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
        Effect::new(move |before: Option<usize>| {
            let at = position.get();
            match before {
                None => host.ready(),
                Some(before) if before != at => host.event("step", &step_of(stage, at)),
                _ => {}
            }
            at
        });
        Effect::new(move |_| {
            if stage.phase.get() == Some(crate::threads::run::Phase::Finished) {
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
        let back = window_event_listener_untyped("pageshow", move |_| host.ready());
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

    fn hear(&self, course: Course, heard: Heard) {
        match heard {
            Heard::Hello => self.ready(),
            Heard::State(state) => self.take(course, state),
            Heard::NoState => course.tell(words::NO_STATE),
            Heard::Flush(answers) => {
                // Who asks for it knows what to do with it.
                self.line.update_value(|line| line.iter_mut().for_each(|line| line.report.answered()));
                let had_state = self.flush();
                self.post(&[
                    ("subject", "SPLICE.flushState.response".into()),
                    ("message_id", (&answers).into()),
                    ("success", true.into()),
                    ("hadState", had_state.into()),
                ]);
            }
            Heard::Command(answers, command) => {
                let named = (answers != Field::Nothing).then_some(&answers);
                match command.and_then(|command| self.obey(course, &command)) {
                    Ok(()) if named.is_some() => self.say("burger:done", &[], named),
                    Ok(()) => {}
                    Err(refusal) => self.error(&refusal.0, named),
                }
            }
        }
    }

    /// What the host keeps is added to what is here. Of several answers the first with state counts.
    fn take(&self, course: Course, state: Option<String>) {
        let is_first = self.line.try_update_value(|line| {
            let line = line.as_mut()?;
            line.is_answered = true;
            let first = !line.has_state;
            line.has_state |= state.is_some();
            first.then_some(())
        });
        if is_first.flatten().is_none() {
            return;
        }
        match state.map(|state| Progress::read_code(&state)) {
            Some(Ok(found)) => course.bring(&found),
            Some(Err(_)) => return course.tell(words::NO_STATE),
            None => {}
        }
        course.is_kept_by_host();
        // What was brought back is part of the next report: nothing less may go out before it.
        self.line.update_value(|line| {
            let Some(line) = line else { return };
            if let Some(scope) = line.scope {
                line.report.take(course.progress.with_untracked(|progress| scope.of(progress)));
            }
            line.report.answered();
        });
        self.schedule();
    }

    /// Reports what is reached, whenever more is.
    fn report(&self, course: Course) {
        let host = *self;
        Effect::new(move |before: Option<usize>| {
            let Some(scope) = host.line.with_value(|line| line.as_ref()?.scope) else { return 0 };
            let reached = course.progress.with(|progress| scope.of(progress));
            let checks = reached.checks;
            if before.is_some_and(|before| checks > before) {
                host.event("check", &[("right", true.into())]);
            }
            let finished = host
                .line
                .try_update_value(|line| line.as_mut().is_some_and(|line| line.report.take(reached)));
            if finished == Some(true) && before.is_some() {
                host.flush();
            }
            host.schedule();
            checks
        });
    }

    /// Sends what is due, or waits until it is.
    fn schedule(&self) {
        let host = *self;
        let due = self.line.try_update_value(|line| {
            let line = line.as_mut()?;
            line.timer.take().iter().for_each(TimeoutHandle::clear);
            match line.report.due(now()) {
                Due::Now(reached) => return Some(reached),
                Due::In(ms) => {
                    let wait = Duration::from_millis(ms.ceil() as u64);
                    line.timer = set_timeout_with_handle(move || host.schedule(), wait).ok();
                }
                Due::Never => {}
            }
            None
        });
        if let Some(Some(reached)) = due {
            self.send(&reached);
        }
    }

    /// Sends what has not been sent; says whether there was anything.
    fn flush(&self) -> bool {
        let reached = self.line.try_update_value(|line| line.as_mut()?.report.flush(now())).flatten();
        reached.iter().for_each(|reached| self.send(reached));
        reached.is_some()
    }

    fn send(&self, reached: &Reached) {
        self.post(&[
            ("subject", "SPLICE.reportScoreAndState".into()),
            ("message_id", new_id().into()),
            ("score", reached.score.into()),
            ("state", (&*reached.state).into()),
            ("complete", reached.complete.into()),
        ]);
    }

    fn obey(&self, course: Course, command: &Command) -> Result<(), Refusal> {
        let on = self.stage.get_untracked();
        let order = command.order(on.map(|on| on.stage.lesson))?;
        // There is one language, and it is spoken already.
        if let Command::Theme(theme) = command {
            course.theme.set(*theme);
        }
        let Some(OnStage { stage, position, wanted }) = on else { return Ok(()) };
        match order {
            Order::Play => wanted.set(Wanted::Play),
            Order::Pause => {
                wanted.set(Wanted::Nothing);
                stage.pause();
            }
            Order::Reset => {
                wanted.set(Wanted::Nothing);
                stage.reset();
            }
            Order::Step(at) => begin(course, stage, position, at),
            Order::Mode(mode) => stage.set_mode(mode),
            Order::Speed(speed) => stage.set_speed(speed),
            Order::Knob(knob, value, moved) => {
                stage.set_knob(knob.id, value);
                if moved {
                    let note = all_words().note(&crate::course::address::Note::Clamped(knob, value));
                    self.error(&note, None);
                    course.tell(&note);
                }
            }
            Order::None => {}
        }
        Ok(())
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
