//! Dialogs: the list of keys, and sharing.

use crate::ui::prelude::*;

use super::follow::{self, Memo};

use super::app::copy_text;
use super::embed::share::ShareLines;
use super::lesson::Here;
use super::stage::Stage;
use super::strings::{lab, words};
use crate::course::address::Address;

/// A dialog that opens and closes with a signal. Escape closes it; the browser sees to that.
#[component]
fn Dialog(open: RwSignal<bool>, title: &'static str, children: Children) -> impl IntoView {
    let dialog = NodeRef::<web_sys::HtmlDialogElement>::new();
    follow::effect(move || {
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
            {follow::part(move || open.get().then(|| follow::rarely(&children)))}
        </dialog>
    }
}

/// The list of keys.
#[component]
pub fn Keys(
    open: RwSignal<bool>,
    /// Whether they are the lab's.
    lab: Signal<bool>,
) -> impl IntoView {
    let rows = move || {
        let keys = if lab.get() { &lab::KEYS[..] } else { &words().key_list[..] };
        let row = |(key, what): &(&'static str, &'static str)| {
            view! { <div><dt><kbd>{*key}</kbd></dt><dd>{*what}</dd></div> }
        };
        keys.iter().map(row).collect_view()
    };
    view! { <Dialog open=open title=words().keys><dl class="keys">{follow::part(rows)}</dl></Dialog> }
}

/// A link to the lesson as it stands.
#[component]
pub fn Share(stage: Stage, step: Memo<Here>, open: RwSignal<bool>) -> impl IntoView {
    let link = move || {
        stage
            .knobs
            .with(|knobs| Address::link(stage.lesson, Some(step.get().0.id), Some(stage.mode.get()), knobs))
    };
    view! { <ShareLink link=Signal::derive(link) note=words().share_text open=open lines=(stage, step) /> }
}

/// A link to copy: a query of this page, and what it opens.
#[component]
pub fn ShareLink(
    link: Signal<String>,
    note: &'static str,
    open: RwSignal<bool>,
    /// The stage that can be put into a page, at its step.
    #[prop(optional)]
    lines: Option<(Stage, Memo<Here>)>,
) -> impl IntoView {
    let words = words();
    let copied = RwSignal::new(false);
    let link = move || {
        // Nobody reads it before: while a knob is dragged, an address takes its time.
        let query = if open.get() { link.get() } else { return String::new() };
        let here = window().location().href().unwrap_or_default();
        web_sys::Url::new_with_base(&query, &here).map_or(query, |url| url.href())
    };
    view! {
        <Dialog open=open title=words.share>
            <p>{note}</p>
            <input type="text" class="share-link" data-testid="share-link" readonly=true aria-label=note prop:value=follow::text(link) />
            <p class="dialog-actions">
                <button type="button" class="button primary" on:click=follow::press(move || copy_text(&untrack(link), copied))>
                    {follow::text(move || if copied.get() { words.copied } else { words.copy })}
                </button>
            </p>
            {follow::part(move || {
                let (stage, step) = lines.filter(|_| open.get())?;
                Some(follow::rarely(|| view! { <ShareLines stage=stage step=step /> }))
            })}
        </Dialog>
    }
}
