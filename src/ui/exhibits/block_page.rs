//! The mistake, done to this very page: its only thread is kept for a second, on request.

use crate::decimal::fixed;
use crate::ui::prelude::*;
use std::time::Duration;

use crate::ui::follow;
use crate::ui::strings::words;

/// How often the counter counts.
const TICK: Duration = Duration::from_millis(100);
/// How long the page is blocked, in milliseconds.
const BLOCK: f64 = 1000.0;

/// A counter that a timer moves on, and a button that keeps the page's thread from doing so.
#[component]
pub fn BlockPage() -> impl IntoView {
    let words = words();
    let count = RwSignal::new(0_u32);
    let ticking = StoredValue::new(None::<IntervalHandle>);
    let ticks = RwSignal::new(false);
    // When the timer came last, and the longest time between two comings since the counter began.
    let last = StoredValue::new(0.0);
    let gap = RwSignal::new(None::<f64>);
    let let_go = move || {
        if let Some(handle) = ticking.get_value() {
            handle.clear();
        }
        ticking.set_value(None);
    };
    let stop = move || {
        let_go();
        ticks.set(false);
    };
    let tick = move || {
        let now = now();
        let since = now - last.get_value();
        last.set_value(now);
        gap.update(|gap| *gap = Some(gap.map_or(since, |longest| longest.max(since))));
        count.update(|count| *count += 1);
    };
    let start = move || {
        stop();
        last.set_value(now());
        count.set(0);
        gap.set(None);
        ticking.set_value(set_interval_with_handle(tick, TICK).ok());
        ticks.set(true);
    };
    on_cleanup(let_go);
    let start_or_stop = move || if ticks.get_untracked() { stop() } else { start() };
    // Here it is: a loop that computes nothing and lets nothing else run.
    let block = move || {
        let until = now() + BLOCK;
        while now() < until {}
    };
    let found = move || {
        gap.get()
            .filter(|gap| *gap > BLOCK / 2.0)
            .map(|gap| words.page_was_blocked.replace("{}", &format!("{} s", fixed(gap / 1000.0, 2))))
    };
    view! {
        <section class="exhibit" aria-label=words.block_page data-testid="block-page">
            <p class="ask-kicker">{words.block_page}</p>
            <p class="counter-count" data-testid="count" class:ticks=follow::flag(move || ticks.get())>
                {follow::text(move || count.get())}
                <span class="count-dots" aria-hidden="true">{follow::text(move || "●".repeat(count.get() as usize % 10 + 1))}</span>
            </p>
            <div class="exhibit-actions">
                <button type="button" class="small" data-testid="count-start" on:click=follow::press(start_or_stop)>
                    {follow::text(move || if ticks.get() { words.count_stop } else { words.count_start })}
                </button>
                <button type="button" class="small danger" data-testid="block" disabled=follow::flag(move || !ticks.get())
                    on:click=follow::press(block)>{words.block_now}</button>
            </div>
            <p class="hint">{words.block_warning}</p>
            <p role="status" data-testid="gap">{follow::text(found)}</p>
        </section>
    }
}

fn now() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}
