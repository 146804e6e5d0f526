//! One order, written three ways: the whole programs, as tests run them under CPython.

use crate::ui::prelude::*;

use crate::ui::app::copy_text;
use crate::ui::follow;
use crate::ui::strings::{crowd as crowd_words, words};

/// Each way, with its program: the very file that the tests run.
const WAYS: [(&str, &str); 3] = [
    (crowd_words::CALLBACKS, include_str!("../../../lessons/en/12-benefits/callbacks.py")),
    (crowd_words::THREADS, include_str!("../../../lessons/en/12-benefits/threads.py")),
    (crowd_words::ASYNC, include_str!("../../../lessons/en/12-benefits/order.py")),
];

/// The three programs.
#[component]
pub fn ThreeWays() -> impl IntoView {
    let way = |(name, program): (&'static str, &'static str)| {
        let copied = RwSignal::new(false);
        view! {
            <section class="way" data-testid="way">
                <div class="panel-head">
                    <h3>{name}</h3>
                    <button type="button" class="small" on:click=follow::press(move || copy_text(program, copied))>
                        {follow::text(move || if copied.get() { words().copied } else { words().copy_code })}
                    </button>
                </div>
                <pre tabindex="0" aria-label=name><code>{program}</code></pre>
            </section>
        }
    };
    view! { <div class="ways">{WAYS.map(way).into_iter().collect_view()}</div> }
}
