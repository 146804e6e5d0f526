//! Guess, simulated and measured side by side; and the numbers of each clerk.

use crate::decimal::fixed;
use crate::ui::prelude::*;

use super::follow::{self, Memo};

use super::lesson::Here;
use super::stage::Stage;
use super::strings::words;
use crate::course::numbers::{Numbers, write};
use crate::lessons::model::{Block, Expr, Format, Metric, Predict, Step};
use crate::replay::{Metrics, Replay};
use crate::scenarios;
use crate::trace::{Micros, ThreadId};

/// The prediction of a step, if it has one.
pub fn prediction(step: &Step) -> Option<&Predict> {
    step.blocks.iter().find_map(|block| match block {
        Block::Predict(predict) => Some(predict),
        _ => None,
    })
}

/// The row of three numbers. Where the step asks for something, it is that; otherwise the total.
/// It also chooses which record is shown: what is simulated and what was measured is told apart.
#[component]
pub fn Results(stage: Stage, step: Memo<Here>) -> impl IntoView {
    let words = words();
    let value = move |numbers: &Numbers, predict: Option<&Predict>| match predict {
        Some(predict) => numbers.text(&predict.answer, predict.format),
        None => numbers.text(&Expr::Metric(Metric::Total, stage.mode.get()), Format::Seconds),
    };
    let guess = move || stage.guess.with(|guess| guess.as_ref().map(|guess| guess.text.clone()));
    let simulated = move || match stage.keeps_secret() {
        true => words.secret.to_owned(),
        false => stage.numbers.with(|numbers| value(numbers, prediction(step.get().0))),
    };
    let measured = move || {
        let (numbers, modes) = stage.measured_numbers()?;
        let predict = prediction(step.get().0);
        predict.is_none_or(|it| it.answer.speaks_only_of(&modes)).then(|| value(&numbers, predict))
    };
    let measured = move || {
        measured().unwrap_or_else(|| if stage.runs() { words.running.into() } else { words.not_yet.into() })
    };
    let none = move || stage.measured.with(Option::is_none);
    view! {
        <div class="results" role="group" aria-label=words.show_record>
            {follow::part(move || prediction(step.get().0).is_some().then(|| view! {
                <p class="result guessed">{words.you_said}" "
                    <b data-testid="guessed">{follow::text(move || guess().unwrap_or_else(|| words.not_yet.into()))}</b></p>
            }))}
            <button type="button" class="result simulated" aria-pressed=follow::text(move || (!stage.shows_measured()).to_string())
                on:click=follow::press(move || stage.prefers_simulated.set(true))>
                {words.in_simulation}" "<b data-testid="in-simulation">{follow::text(simulated)}</b>
            </button>
            <button type="button" class="result measured" class:live=follow::flag(move || stage.runs()) disabled=follow::flag(none)
                aria-pressed=follow::text(move || stage.shows_measured().to_string())
                on:click=follow::press(move || stage.prefers_simulated.set(false))>
                {words.in_browser}" "<b data-testid="in-browser">{follow::text(measured)}</b>
            </button>
        </div>
    }
}

/// A clerk's day, or the day of all clerks of one program.
#[component]
pub fn Days(stage: Stage) -> impl IntoView {
    let words = words();
    let legend = words.legend_of(stage.lesson.picture);
    // While a run goes on, its day is not over: the simulated one stays.
    let measured = Memo::new(move |_| stage.shows_measured() && !stage.runs());
    let measured = move || measured.get();
    let expected = stage.at_rest(move || stage.simulated.get());
    let record = move || if measured() { stage.told.get() } else { expected.get() };
    let days = move || {
        let shown = record();
        if stage.has_many_clerks() {
            // They have one day: shares are of the time of all of them.
            return vec![(stage.mode.get(), Metrics::of(&shown))];
        }
        let modes = stage.modes_of_threads().into_iter().enumerate();
        let days = modes.map(|(thread, mode)| (mode, Metrics::of_thread(&shown, ThreadId(thread as u8))));
        days.collect::<Vec<_>>()
    };
    let seconds = |time: Micros| write(time.seconds(), Format::Seconds);
    view! {
        <div class="days">
            {follow::part(move || (!stage.keeps_secret()).then(|| days().into_iter().map(|(mode, day)| follow::rarely(|| {
                let label = stage.label_of(mode);
                let kind = if measured() { words.measured } else { words.simulated };
                let clerk = if stage.has_many_clerks() { words.clerks } else { legend.clerk };
                let share = |part| format!("{}%", fixed(100.0 * day.share(part), 1));
                let parts = [
                    ("is-working", words.working, day.working),
                    ("is-holding", words.holding, day.holding),
                    ("is-free", words.free, day.free),
                ];
                view! {
                    <section class="day">
                        <h3>{label}" · "{seconds(day.total)}<small>{kind}</small></h3>
                        <div class="share-bar" aria-hidden="true">
                            {parts.map(|(class, _, part)| view! { <i class=format!("bar {class}") style=("width", share(part))></i> }).into_iter().collect_view()}
                        </div>
                        <ul class="shares">
                            {parts.map(|(class, label, part)| view! {
                                <li><i class=format!("bar {class}") aria-hidden="true"></i>{clerk}" "{label}" "<b>{write(day.share(part), Format::Percent)}</b></li>
                            }).into_iter().collect_view()}
                        </ul>
                        <dl class="facts">
                            <div><dt>{words.longest_hold}</dt><dd>{culprit(stage, mode, &day, &record())}</dd></div>
                            <div><dt>{legend.longest_line}</dt><dd>{seconds(day.longest_line)}</dd></div>
                            <div><dt>{legend.mean_served}</dt><dd>{seconds(day.mean_served)}</dd></div>
                            <div><dt>{words.polls}</dt><dd>{day.polls}</dd></div>
                        </dl>
                    </section>
                }
            })).collect_view()))}
        </div>
    }
}

/// The longest hold: how long, who, and at which line of the Python program.
fn culprit(stage: Stage, mode: &str, day: &Metrics, replay: &Replay) -> String {
    let Some((time, task, step)) = day.longest_hold else { return "–".to_owned() };
    let steps = scenarios::find(stage.lesson.scenario).map_or(&[][..], |scenario| scenario.steps);
    let line = steps.get(usize::from(step.0)).and_then(|step| stage.lesson.python.line_of(step, mode));
    let line = line.map(|line| format!(", {} {line}", words().at_line)).unwrap_or_default();
    format!("{} ({}{line})", write(time.seconds(), Format::Seconds), replay.trace.name(task))
}
