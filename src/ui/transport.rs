//! Run, stop, the cursor's buttons, and the modes.

use crate::ui::prelude::*;

use super::follow;

use super::stage::{Notice, Stage};
use super::strings::words;
use crate::decimal::{self, fixed, plain};
use crate::replay::playback::{Playback, SPEEDS};
use crate::threads::run::{MOST_POOL, Phase};

/// The row of controls under the scene.
#[component]
pub fn Transport(stage: Stage) -> impl IntoView {
    let words = words();
    let playing = move || stage.playback.with(|playback| playback.playing);
    let run_label = move || match stage.phase.get() {
        Some(Phase::Starting) => words.starting,
        Some(Phase::Running) => words.live,
        Some(_) => words.run_again,
        None => words.run,
    };
    let total = move || {
        let end = if stage.shows_measured() && stage.runs() {
            stage.axis_end()
        } else {
            stage.shown.with(|it| it.end)
        };
        if stage.keeps_secret() { "/ ? s".to_owned() } else { format!("/ {} s", fixed(end.seconds(), 1)) }
    };
    view! {
        <div class="transport">
            <button type="button" class="run" data-testid="run" aria-disabled=follow::text(move || stage.runs().to_string())
                class:runs=follow::flag(move || stage.runs()) on:click=follow::press(move || stage.run())>
                <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3 1.5v13l11-6.5z" /></svg>
                {follow::text(run_label)}
            </button>
            <button type="button" class="icon stop" data-testid="stop" title=words.stop aria-label=words.stop
                disabled=follow::flag(move || !stage.runs()) on:click=follow::press(move || stage.stop())>
                <svg viewBox="0 0 16 16" aria-hidden="true"><rect x="2" y="2" width="12" height="12" rx="2" /></svg>
            </button>
            <Speed playback=stage.playback />
            <div class="buttons" role="group" aria-label=words.time>
                <Icon label=words.restart path="M2 2h2.5v12H2zM14 2v12L5 8z" id="restart" press=follow::press(move || stage.to_start()) />
                <Icon label=words.step_back path="M11 2v12L3 8zM12.5 2H14v12h-1.5z" id="back" press=follow::press(move || stage.step_back()) />
                <button type="button" class="icon" data-testid="play" title=follow::text(move || if playing() { words.pause } else { words.play })
                    aria-label=follow::text(move || if playing() { words.pause } else { words.play }) on:click=follow::press(move || stage.play_or_pause())>
                    <svg viewBox="0 0 16 16" aria-hidden="true">
                        <path d=follow::text(move || if playing() { "M3 2h4v12H3zM9 2h4v12H9z" } else { "M4 2v12l9-6z" }) />
                    </svg>
                </button>
                <Icon label=words.step_forward path="M5 2v12l8-6zM2 2h1.5v12H2z" id="forward" press=follow::press(move || stage.step_forward()) />
            </div>
            <output class="time" data-testid="time">{follow::text(move || fixed(stage.time.get().seconds(), 1))}<span>{follow::text(total)}</span></output>
            <Modes stage=stage />
        </div>
        <Notices stage=stage />
    }
}

/// A button with a picture.
#[component]
pub fn Icon(
    label: &'static str,
    path: &'static str,
    id: &'static str,
    press: Box<dyn FnMut(web_sys::MouseEvent)>,
) -> impl IntoView {
    view! {
        <button type="button" class="icon" data-testid=id title=label aria-label=label on:click=press>
            <svg viewBox="0 0 16 16" aria-hidden="true"><path d=path /></svg>
        </button>
    }
}

/// How fast the record is played.
#[component]
pub fn Speed(playback: RwSignal<Playback>) -> impl IntoView {
    let name = |speed: f64| match speed {
        0.125 => "⅛×".to_owned(),
        0.25 => "¼×".to_owned(),
        0.5 => "½×".to_owned(),
        speed => format!("{}×", plain(speed)),
    };
    let choose = move |event: web_sys::Event| {
        if let Some(speed) = decimal::read(&event_target_value(&event)) {
            playback.update(|playback| playback.set_speed(speed));
        }
    };
    view! {
        <label class="speed"><span class="visually-hidden">{words().speed}</span>
            <select data-testid="speed" prop:value=follow::text(move || playback.with(|it| plain(it.speed))) on:change=follow::hear(choose)>
                {SPEEDS.map(|speed| view! { <option value=speed selected=speed == 1.0>{name(speed)}</option> }).into_iter().collect_view()}
            </select>
        </label>
    }
}

/// The modes of the lesson.
#[component]
pub fn Modes(stage: Stage) -> impl IntoView {
    let buttons = stage.lesson.modes.iter().map(|mode| view! {
        <button type="button" aria-pressed=follow::text(move || (stage.mode.get() == mode.id).to_string())
            hidden=follow::flag(move || !stage.offers(mode.id)) data-testid=format!("mode-{}", mode.id) on:click=follow::press(move || stage.set_mode(mode.id))>{mode.label}</button>
    });
    view! { <div class="segments modes" role="group" aria-label=words().legend_of(stage.lesson.picture).mode>{buttons.collect_view()}</div> }
}

/// What must be told of the run.
#[component]
pub fn Notices(stage: Stage) -> impl IntoView {
    let words = words();
    let text = move || stage.notice.get().map(|notice| notice_text(&notice));
    let failed = move || matches!(stage.notice.get(), Some(Notice::Trouble(_)));
    view! {
        <div class="notice" role="status" data-testid="notice" class:shown=follow::flag(move || stage.notice.with(Option::is_some))>
            {follow::part(move || text().map(|text| view! { <p>{text}</p> }))}
            {follow::part(move || failed().then(|| view! {
                <button type="button" class="small" on:click=follow::press(move || stage.run_here())>{words.fallback}</button>
            }))}
        </div>
    }
}

/// A notice in words.
pub fn notice_text(notice: &Notice) -> String {
    let words = words();
    match notice {
        Notice::Stopped => words.stopped.to_owned(),
        Notice::Stale => words.stale.to_owned(),
        Notice::Hidden => words.hidden.to_owned(),
        Notice::Here => words.here.to_owned(),
        Notice::FewThreads => words.few_threads.replace("{}", &MOST_POOL.to_string()),
        Notice::Thinned(polls) => words.thinned.replace("{}", &polls.to_string()),
        Notice::Trouble(trouble) => words.trouble(trouble),
    }
}
