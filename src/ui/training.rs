//! How far a training is: its folds that are done, under way, and still to do, at the cursor.

use crate::ui::prelude::*;

use super::follow::{self, Memo};
use super::stage::Stage;
use super::strings::training::{title, told};
use crate::replay::training::Training;

/// The folds of a training, if the run has one.
#[component]
pub fn Progress(stage: Stage) -> impl IntoView {
    let training = Memo::new(move |_| stage.told.with(|replay| Training::of(replay)));
    let now = Memo::new(move |_| {
        let time = stage.time.get();
        training.with(|it| it.as_ref().map(|it| (it.done(time), it.under_way(time), it.folds)))
    });
    follow::part(move || {
        now.get().map(|(done, under_way, folds)| {
            follow::rarely(move || {
                let folds_drawn = (0..folds).map(|fold| {
                    let state = match fold {
                        _ if fold < done => "fold is-done",
                        _ if fold < done + under_way => "fold is-working",
                        _ => "fold",
                    };
                    view! { <i class=state></i> }
                });
                view! {
                    <p class="training" data-testid="training">
                        <b>{title()}</b>
                        <span class="folds" aria-hidden="true">{folds_drawn.collect_view()}</span>
                        <span class="told">{told(done, under_way, folds)}</span>
                    </p>
                }
            })
        })
    })
}
