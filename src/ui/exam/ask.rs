//! The questions, one at a time. Answers can be changed until the result is asked for.

use std::sync::Arc;

use crate::ui::prelude::*;

use super::focus;
use crate::course::exam::{ASKED, Asked, draw};
use crate::course::progress::Progress;
use crate::lessons::model::Question;
use crate::ui::app::Course;
use crate::ui::follow::{self, Memo};
use crate::ui::prose::told;
use crate::ui::stage::Same;
use crate::ui::strings::exam as words;

/// The twelve questions of a seed.
#[component]
pub fn Ask(course: Course, seed: u32) -> impl IntoView {
    let asked = StoredValue::new(draw(seed));
    let all = asked.with_value(Vec::len).min(ASKED);
    let open = move |progress: &Progress| progress.exam.open();
    let first = course.progress.with_untracked(open).first().copied().unwrap_or(0);
    let at = RwSignal::new(first);
    let missing = RwSignal::new(false);
    let go = move |place: usize| {
        at.set(place);
        focus("exam-question");
    };
    let show = move || {
        let mut shown = false;
        course.exam(|sheet| shown = sheet.show());
        if shown {
            if let Some(slug) = course.address.with_untracked(|address| address.lesson) {
                course.check(slug);
            }
            focus("exam-result");
        } else if let Some(place) = course.progress.with_untracked(open).first() {
            missing.set(true);
            go(*place);
        }
    };
    let told = move || match course.progress.with(open) {
        left if missing.get() && !left.is_empty() => words::missing(&left),
        left => words::answered(all - left.len(), all),
    };
    let places = (0..all).map(|place| {
        let answered = move || course.progress.with(|progress| !progress.exam.open().contains(&place));
        view! {
            <li>
                <button type="button" class="exam-place" class:answered=follow::flag(answered) data-testid="exam-place"
                    aria-label=follow::text(move || words::place_button(place, answered()))
                    aria-current=follow::text(move || (at.get() == place).then_some("step"))
                    on:click=follow::press(move || go(place))>{place + 1}</button>
            </li>
        }
    });
    view! {
        <nav aria-label=words::PLACES><ol class="exam-places">{places.collect_view()}</ol></nav>
        {follow::part(move || asked.with_value(|asked| asked.get(at.get()).cloned()).map(|asked| view! {
            <OneQuestion course=course asked=asked at=at.get_untracked() all=all />
        }))}
        <div class="exam-actions">
            <button type="button" class="button" data-testid="exam-back" disabled=follow::flag(move || at.get() == 0)
                on:click=follow::press(move || go(at.get_untracked().saturating_sub(1)))>"← "{words::BACK}</button>
            <button type="button" class="button" data-testid="exam-next" disabled=follow::flag(move || at.get() + 1 >= all)
                on:click=follow::press(move || go((at.get_untracked() + 1).min(all - 1)))>{words::NEXT}" →"</button>
        </div>
        <p class="hint" role="status" data-testid="exam-answered">{follow::text(told)}</p>
        <p>
            <button type="button" class="button" class:primary=follow::flag(move || course.progress.with(open).is_empty())
                data-testid="exam-show" on:click=follow::press(show)>{words::SHOW}</button>
        </p>
        <p class="hint">{words::KEPT_HERE}</p>
    }
}

/// A question and its answers, in the order of the seed.
#[component]
fn OneQuestion(course: Course, asked: Asked, at: usize, all: usize) -> impl IntoView {
    let Asked { question, order } = asked;
    let id = question.id;
    let chosen = move || course.progress.with(|progress| progress.exam.answer_to(id));
    let options = order.into_iter().map(|option| {
        let answer = move |_| course.exam(|sheet| sheet.answer(id, option));
        let right = question.options[option].misconception.is_none();
        view! {
            <label class="exam-option">
                <input type="radio" name=id data-testid="exam-option" data-right=right.to_string() data-option=option
                    prop:checked=follow::flag(move || chosen() == Some(option)) on:change=follow::hear(answer) />
                <span>{spoken(question, &question.options[option].text)}</span>
            </label>
        }
    });
    view! {
        <fieldset class="exam-question" data-testid="exam-question" data-id=id>
            <legend id="exam-question" tabindex="-1">
                <span class="exam-place-of">{words::place(at, all)}</span>
                {spoken(question, &question.question)}
            </legend>
            {options.collect_view()}
        </fieldset>
    }
}

/// A text of a question, with the numbers of the lesson it is about.
pub fn spoken(question: &'static Question, nodes: &'static [crate::lessons::model::Node]) -> View {
    // The lesson compiler lets no question of an unknown lesson pass.
    let Some(numbers) = question.numbers() else { return ().into_view() };
    let numbers = Same(Arc::new(numbers));
    told(Memo::new(move |_| numbers.clone()), nodes)
}
