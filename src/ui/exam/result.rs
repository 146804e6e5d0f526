//! The result: how many were right, and, by misconception, what the wrong answers show.

use crate::ui::prelude::*;

use super::ask::spoken;
use super::record::Record;
use super::{another_seed, focus, look_again};
use crate::course::exam::{Caught, Sheet};
use crate::lessons;
use crate::lessons::model::Question;
use crate::ui::app::Course;
use crate::ui::follow;
use crate::ui::glossary::plain;
use crate::ui::prose::sentence;
use crate::ui::strings::exam as words;

/// What came out, once the learner has asked for it.
#[component]
pub fn Shown(course: Course) -> impl IntoView {
    let sheet = course.progress.with_untracked(|progress| progress.exam.clone());
    let asked: Vec<&'static Question> = sheet.asked().into_iter().map(|asked| asked.question).collect();
    let all = asked.len();
    let caught = sheet.caught();
    let record = RwSignal::new(false);
    let seed = sheet.seed();
    let again = move |seed: u32| {
        course.exam(|sheet| sheet.begin(seed));
        focus("exam-question");
    };
    let beliefs = if caught.is_empty() {
        view! { <p>{words::NOTHING_CAUGHT}</p> }.into_view()
    } else {
        let list = caught.into_iter().map(|caught| belief(caught, &asked)).collect_view();
        view! { <h3>{words::BELIEFS}</h3><ul class="caught">{list}</ul> }.into_view()
    };
    let answers = asked.iter().map(|question| review(&sheet, question)).collect_view();
    view! {
        <h2 id="exam-result" tabindex="-1" data-testid="exam-result">{words::YOUR_RESULT}": "{words::score(sheet.right(), all)}</h2>
        {sheet.best().map(|best| view! { <p data-testid="exam-best">{words::best(best, all)}</p> })}
        {beliefs}
        <details class="aside" data-testid="exam-review"><summary>{words::ALL_ANSWERS}</summary><ol class="exam-review">{answers}</ol></details>
        <p class="exam-actions">
            <button type="button" class="button primary" data-testid="exam-other"
                on:click=follow::press(move || again(another_seed(seed)))>{words::OTHER}</button>
            <button type="button" class="button" data-testid="exam-same"
                on:click=follow::press(move || again(seed.unwrap_or(0)))>{words::SAME}</button>
            <button type="button" class="button" data-testid="exam-record" aria-expanded=follow::text(move || record.get().to_string())
                on:click=follow::press(move || record.update(|open| *open = !*open))>{words::MAKE_RECORD}</button>
        </p>
        <p class="hint">{words::KEPT_HERE}</p>
        {follow::part(move || record.get().then(|| view! { <Record course=course open=record /> }))}
    }
}

/// A belief that answers show, what is true instead, and where to see it.
fn belief(caught: Caught, asked: &[&'static Question]) -> impl IntoView + use<> {
    let Caught { misconception, by } = caught;
    let place = |question: &&'static Question| asked.iter().position(|it| it.id == question.id);
    let places: Vec<usize> = by.iter().filter_map(place).collect();
    let truth = lessons::truth(misconception.id);
    // Where nobody has written down what is true instead, the questions know where to look.
    let revisit = match truth {
        Some(truth) => truth.revisit.iter().collect(),
        None => by.iter().flat_map(|question| question.revisit).collect::<Vec<_>>(),
    };
    view! {
        <li data-testid="caught" data-misconception=misconception.id>
            <p class="belief"><q>{sentence(misconception.belief)}</q>" "<small>{words::showed_in(&places)}</small></p>
            {truth.map(|truth| view! { <p><strong>{words::BUT}</strong>" "{plain(truth.truth)}</p> })}
            {look_again(revisit.into_iter())}
        </li>
    }
}

/// A question, what was answered, and why that is right or wrong.
fn review(sheet: &Sheet, question: &'static Question) -> impl IntoView + use<> {
    let chosen = sheet.chosen(question);
    let is_right = chosen.is_some_and(|answer| answer.misconception.is_none());
    let right = question.right().filter(|_| !is_right);
    view! {
        <li class="exam-answer" class:right=is_right>
            <p class="question">{spoken(question, &question.question)}</p>
            {chosen.map(|answer| view! {
                <p class="verdict">{words::YOUR_ANSWER}" "{spoken(question, &answer.text)}</p>
                {spoken(question, &answer.why)}
            })}
            {right.map(|answer| view! {
                <p><strong>{words::RIGHT_ANSWER}</strong>" "{spoken(question, &answer.text)}</p>
                {spoken(question, &answer.why)}
            })}
            {look_again(question.revisit.iter())}
        </li>
    }
}
