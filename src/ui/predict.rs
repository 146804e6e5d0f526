//! A prediction: asked before the run, answered by it.

use crate::ui::prelude::*;

use super::follow;

use super::prose::prose;
use super::stage::{Guess, Stage};
use super::strings::words;
use crate::lessons::model;

/// The question, its choices, and, once the learner has chosen and seen, what came out.
#[component]
pub fn Predict(stage: Stage, predict: &'static model::Predict) -> impl IntoView {
    let words = words();
    // What the learner said stays as it was said, even if a knob is turned afterwards.
    let choose = move |choice: usize| {
        stage.rest();
        let guess = stage.numbers.with_untracked(|numbers| {
            let text = numbers.text(&predict.choices[choice], predict.format);
            let right = text == numbers.text(&predict.answer, predict.format);
            Guess { choice, text, right }
        });
        stage.guess.set(Some(guess));
    };
    let chosen =
        move |choice: usize| stage.guess.with(|guess| guess.as_ref().is_some_and(|it| it.choice == choice));
    let known = move || stage.guess.with(Option::is_some) && stage.seen_to_the_end.get();
    let buttons = predict.choices.iter().enumerate().map(|(index, choice)| {
        let text = move || stage.numbers.with(|numbers| numbers.text(choice, predict.format));
        // At some settings of the knobs two choices are the same number: one of them is enough.
        let twice = move || stage.numbers.with(|numbers| {
            let text = |choice| numbers.text(choice, predict.format);
            predict.choices[..index].iter().any(|before| text(before) == text(choice))
        });
        view! {
            <button type="button" class="choice" data-testid="choice" hidden=follow::flag(twice) aria-pressed=follow::text(move || chosen(index).to_string())
                on:click=follow::press(move || choose(index))>{follow::text(text)}</button>
        }
    });
    view! {
        <section class="predict" class:known=follow::flag(known) aria-label=words.predict>
            <p class="ask-kicker">{words.predict}</p>
            <div class="question">{prose(stage, predict.question)}</div>
            <div class="choices">{buttons.collect_view()}</div>
            <div role="status">
                {follow::part(move || if known() { follow::rarely(|| {
                    let right = stage.guess.with(|guess| guess.as_ref().is_some_and(|it| it.right));
                    view! {
                        <div class="answer" data-testid="answer" class:right=right>
                            <p class="verdict">{if right { words.predicted_right } else { words.predicted_wrong }}</p>
                            {prose(stage, predict.after)}
                        </div>
                    }
                }) } else {
                    view! { <p class="hint">{words.predict_hint}</p> }.into_view()
                })}
            </div>
        </section>
    }
}
