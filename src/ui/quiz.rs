//! A check question: every wrong answer is a known misconception with its own explanation.

use crate::ui::prelude::*;

use super::follow;

use super::app::Course;
use super::prose::{prose, sentence};
use super::stage::Stage;
use super::strings::words;
use crate::lessons::misconceptions;
use crate::lessons::model;

/// The question, its answers, and what each shows.
#[component]
pub fn Quiz(stage: Stage, quiz: &'static model::Quiz) -> impl IntoView {
    let words = words();
    let course: Course = expect_context();
    let chosen = RwSignal::new(None::<usize>);
    let choose = move |index: usize| {
        chosen.set(Some(index));
        if quiz.options[index].misconception.is_none() {
            course.check(stage.lesson.slug);
        }
    };
    let options = quiz.options.iter().enumerate().map(|(index, option)| {
        let here = move || chosen.get() == Some(index);
        let right = option.misconception.is_none();
        view! {
            <li class="option" class:chosen=follow::flag(here) class:right=follow::flag(move || here() && right) class:wrong=follow::flag(move || here() && !right)>
                <button type="button" class="option-button" data-testid="option" data-right=right.to_string()
                    aria-pressed=follow::text(move || here().to_string()) on:click=follow::press(move || choose(index))>
                    {prose(stage, &option.text)}
                </button>
                <div role="status">{follow::part(move || here().then(|| follow::rarely(|| view! { <Why stage=stage option=option quiz=quiz /> })))}</div>
            </li>
        }
    });
    view! {
        <section class="quiz" aria-label=words.check>
            <p class="ask-kicker">{words.check}</p>
            <div class="question">{prose(stage, quiz.question)}</div>
            <ul class="options">{options.collect_view()}</ul>
        </section>
    }
}

/// Why an answer is right or wrong, and the run that proves it.
#[component]
fn Why(stage: Stage, option: &'static model::Answer, quiz: &'static model::Quiz) -> impl IntoView {
    let words = words();
    let belief = option.misconception.and_then(misconceptions::find).map(|it| it.belief);
    let show = move || {
        stage.apply(&quiz.show);
        super::app::show_stage();
    };
    view! {
        <div class="why">
            <p class="verdict">{if belief.is_none() { words.right } else { words.not_quite }}</p>
            {belief.map(|belief| view! { <p class="belief">{words.belief}" "<q>{sentence(belief)}</q></p> })}
            {prose(stage, &option.why)}
            <p class="why-actions">
                <button type="button" class="small" data-testid="show-me" on:click=follow::press(show)>{words.show_me}</button>
                {belief.is_some().then_some(words.try_again)}
            </p>
        </div>
    }
}
