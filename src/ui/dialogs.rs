//! Dialogs: the list of keys, and sharing.

use leptos::html;
use leptos::prelude::*;

use super::follow;

use super::app::copy_text;
use super::embed::share::ShareLines;
use super::lesson::Here;
use super::stage::Stage;
use super::strings::words;
use crate::course::address::Address;

/// A dialog that opens and closes with a signal. Escape closes it; the browser sees to that.
#[component]
fn Dialog(open: RwSignal<bool>, title: &'static str, children: Children) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if open.get() && !dialog.open() {
            // A dialog that is in the page and not open can be opened.
            let _ = dialog.show_modal();
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
    view! {
        <dialog node_ref=dialog class="dialog" aria-label=title on:close=move |_| open.set(false)>
            <div class="dialog-head">
                <h2>{title}</h2>
                <button type="button" class="small" on:click=follow::press(move || open.set(false))>{words().close}</button>
            </div>
            {children()}
        </dialog>
    }
}

/// The list of keys.
#[component]
pub fn Keys(open: RwSignal<bool>) -> impl IntoView {
    let rows =
        words().key_list.map(|(key, what)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{what}</dd></div> });
    view! { <Dialog open=open title=words().keys><dl class="keys">{rows.into_iter().collect_view()}</dl></Dialog> }
}

/// A link to the lesson as it stands.
#[component]
pub fn Share(stage: Stage, step: Memo<Here>, open: RwSignal<bool>) -> impl IntoView {
    let words = words();
    let copied = RwSignal::new(false);
    let link = move || {
        let query = stage
            .knobs
            .with(|knobs| Address::link(stage.lesson, Some(step.get().0.id), Some(stage.mode.get()), knobs));
        let here = window().location().href().unwrap_or_default();
        web_sys::Url::new_with_base(&query, &here).map_or(query, |url| url.href())
    };
    view! {
        <Dialog open=open title=words.share>
            <p>{words.share_text}</p>
            <input type="text" class="share-link" data-testid="share-link" readonly=true aria-label=words.share_text prop:value=follow::text(link) />
            <p class="dialog-actions">
                <button type="button" class="button primary" on:click=follow::press(move || copy_text(&untrack(link), copied))>
                    {follow::text(move || if copied.get() { words.copied } else { words.copy })}
                </button>
            </p>
            {follow::part(move || open.get().then(|| view! { <ShareLines stage=stage step=step /> }))}
        </Dialog>
    }
}
