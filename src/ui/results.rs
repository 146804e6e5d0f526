//! Guess, simulated and measured side by side; and the numbers of each clerk.

use leptos::prelude::*;

use super::lesson::Here;
use super::stage::Stage;
use super::strings::words;
use crate::course::numbers::{Numbers, write};
use crate::lessons::model::{Block, Expr, Format, Metric, Predict, Step};
use crate::replay::Metrics;
use crate::trace::{Micros, ThreadId};

/// The prediction of a step, if it has one.
pub fn prediction(step: &Step) -> Option<&Predict> {
    step.blocks.iter().find_map(|block| match block {
        Block::Predict(predict) => Some(predict),
        _ => None,
    })
}

/// The row of three numbers. Where the step asks for something, it is that; otherwise the total.
#[component]
pub fn Results(stage: Stage, step: Memo<Here>) -> impl IntoView {
    let words = words();
    let value = move |numbers: &Numbers, predict: Option<&Predict>| match predict {
        Some(predict) => numbers.text(&predict.answer, predict.format),
        None => numbers.text(&Expr::Metric(Metric::Total, stage.mode.get()), Format::Seconds),
    };
    let guess = move || stage.guess.with(|guess| guess.as_ref().map(|guess| guess.text.clone()));
    let answered = move || prediction(step.get().0).is_none() || stage.guess.with(Option::is_some);
    let simulated = move || stage.numbers.with(|numbers| value(numbers, prediction(step.get().0)));
    let measured = move || {
        let (numbers, modes) = stage.measured_numbers()?;
        let predict = prediction(step.get().0);
        predict.is_none_or(|it| it.answer.speaks_only_of(&modes)).then(|| value(&numbers, predict))
    };
    let cell = move |class: &'static str, label: &'static str, text: Signal<Option<String>>| view! {
        <div class=format!("result {class}")><dt>{label}</dt><dd data-testid=class>{move || text.get().unwrap_or_else(|| words.not_yet.into())}</dd></div>
    };
    view! {
        <dl class="results">
            {move || prediction(step.get().0).is_some().then(|| cell("guessed", words.you_said, Signal::derive(guess)))}
            {cell("in-simulation", words.in_simulation, Signal::derive(move || answered().then(simulated)))}
            {cell("in-browser", words.in_browser, Signal::derive(measured))}
        </dl>
        <Numbers stage=stage />
    }
}

/// A clerk's day.
#[component]
fn Numbers(stage: Stage) -> impl IntoView {
    let words = words();
    let days = move || {
        let modes = stage.modes_of_threads();
        stage.shown.with(|shown| {
            let days = modes.iter().enumerate().map(|(thread, mode)| {
                (*mode, Metrics::of_thread(shown, ThreadId(thread as u8)))
            });
            days.collect::<Vec<_>>()
        })
    };
    let seconds = |time: Micros| write(time.seconds(), Format::Seconds);
    view! {
        <div class="days">
            {move || (!stage.runs()).then(|| days().into_iter().map(|(mode, day)| {
                let label = stage.lesson.modes.iter().find(|it| it.id == mode).map_or("", |it| it.label);
                let share = |part| format!("{:.1}%", 100.0 * day.share(part));
                let parts = [
                    ("is-working", words.working, day.working),
                    ("is-holding", words.holding, day.holding),
                    ("is-free", words.free, day.free),
                ];
                view! {
                    <section class="day">
                        <h3>{label}" · "{seconds(day.total)}</h3>
                        <div class="share-bar" aria-hidden="true">
                            {parts.map(|(class, _, part)| view! { <i class=format!("bar {class}") style=("width", share(part))></i> }).into_iter().collect_view()}
                        </div>
                        <ul class="shares">
                            {parts.map(|(class, label, part)| view! {
                                <li><i class=format!("bar {class}") aria-hidden="true"></i>{words.clerk}" "{label}" "<b>{write(day.share(part), Format::Percent)}</b></li>
                            }).into_iter().collect_view()}
                        </ul>
                        <dl class="facts">
                            <div><dt>{words.longest_hold}</dt><dd>{day.longest_hold.map_or_else(|| "–".into(), |(time, ..)| seconds(time))}</dd></div>
                            <div><dt>{words.longest_line}</dt><dd>{seconds(day.longest_line)}</dd></div>
                            <div><dt>{words.mean_served}</dt><dd>{seconds(day.mean_served)}</dd></div>
                            <div><dt>{words.polls}</dt><dd>{day.polls}</dd></div>
                        </dl>
                    </section>
                }
            }).collect_view())}
        </div>
    }
}
