//! What does a call do? One async function in Python, Rust and JavaScript, called side by side.
//!
//! The Rust future and the JavaScript promise are real ones, made in this browser by the very code
//! that is shown. Python is simulated; its tests run under CPython.

use std::rc::Rc;

use crate::ui::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::order::order;
use crate::course::calls;
use crate::ui::strings::words;
use crate::ui::{follow, root};

/// How a program here prints.
pub type Say = Rc<dyn Fn(&str)>;

/// A pause of so many milliseconds.
pub async fn grill(millis: u32) {
    gloo_timers::future::TimeoutFuture::new(millis).await;
}

/// What a column has printed.
type Lines = RwSignal<Vec<String>>;

/// What stands ready to be awaited.
#[derive(Default)]
struct Slips {
    rust: Option<std::pin::Pin<Box<dyn Future<Output = u32>>>>,
    javascript: Option<js_sys::Promise>,
}

/// The three columns, and the buttons that call and await in all of them at once.
#[component]
pub fn Calls() -> impl IntoView {
    let words = words();
    let [python, rust, javascript] = [(); 3].map(|()| Lines::new(Vec::new()));
    let slips = StoredValue::new(Slips::default());
    let stage = RwSignal::new(Stage::Fresh);
    let call = move || {
        [python, rust, javascript].iter().for_each(|lines| lines.set(Vec::new()));
        // Python: a coroutine object.
        print_all(python, &calls::called());
        print(python, words.got_coroutine);
        // Rust: a future.
        let future = order(2, say(rust));
        print(rust, words.got_future);
        // JavaScript: a promise, whose function has begun already.
        let promise = call_javascript(javascript);
        print(javascript, words.got_promise);
        slips.set_value(Slips { rust: Some(Box::pin(future)), javascript: promise });
        stage.set(Stage::Called);
    };
    let await_all = move || {
        let mut taken = Slips::default();
        slips.update_value(|slips| std::mem::swap(slips, &mut taken));
        print_all(python, &calls::awaited());
        if let Some(future) = taken.rust {
            spawn_local(async move {
                future.await;
                print(rust, words.await_over);
            });
        }
        if let Some(promise) = taken.javascript {
            spawn_local(async move {
                // It was made above and cannot be refused.
                let _ = JsFuture::from(promise).await;
                print(javascript, words.await_over);
            });
        }
        print(python, words.await_over);
        stage.set(Stage::Awaited);
    };
    let python_code = include_str!("order.py").split_once("\n\n\n").map_or("", |(_, code)| code);
    let rust_code = include_str!("order.rs").split_once("\n\n").map_or("", |(_, code)| code);
    root::mark("data-wide");
    view! {
        <section class="exhibit" aria-label=words.calls data-testid="calls">
            <p class="ask-kicker">{words.calls}</p>
            <div class="exhibit-actions">
                <button type="button" class="small" data-testid="call" on:click=follow::press(call)>{words.call_now}</button>
                <button type="button" class="small" data-testid="await" disabled=follow::flag(move || stage.get() != Stage::Called)
                    on:click=follow::press(await_all)>{words.await_now}</button>
            </div>
            <div class="columns">
                <Column name=words.python note=words.simulated_python code=python_code.to_owned() lines=python id="python" />
                <Column name=words.rust note=words.real_future code=rust_code.to_owned() lines=rust id="rust" />
                <Column name="JavaScript" note=words.real_promise code=javascript_code() lines=javascript id="javascript" />
            </div>
        </section>
    }
}

/// How far the exhibit is.
#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Fresh,
    Called,
    Awaited,
}

/// A language: its code, and what it has printed.
#[component]
fn Column(
    name: &'static str,
    note: &'static str,
    code: String,
    lines: Lines,
    id: &'static str,
) -> impl IntoView {
    view! {
        <div class="column">
            <h3>{name}</h3>
            <pre class="snippet"><code>{code.trim_end().to_owned()}</code></pre>
            <ol class="prints" data-testid=format!("prints-{id}") aria-live="polite">
                {follow::part(move || lines.get().into_iter().map(|line| view! { <li>{line}</li> }).collect_view())}
            </ol>
            <p class="hint">{note}</p>
        </div>
    }
}

fn print(lines: Lines, line: &str) {
    // The lesson may have been left meanwhile.
    let _ = lines.try_update(|lines| lines.push(line.to_owned()));
}

fn print_all(lines: Lines, all: &[String]) {
    all.iter().for_each(|line| print(lines, &quoted(line)));
}

fn quoted(line: &str) -> String {
    format!("“{line}”")
}

fn say(lines: Lines) -> Say {
    Rc::new(move |line| print(lines, &quoted(line)))
}

/// The function in `boot.js`, with a way to print and a grill; none if the host page has taken it away.
fn javascript(lines: Lines) -> Option<js_sys::Function> {
    let say = Closure::<dyn Fn(String)>::new(move |line: String| print(lines, &quoted(&line)));
    let grill = Closure::<dyn Fn(u32) -> js_sys::Promise>::new(|millis| {
        wasm_bindgen_futures::future_to_promise(async move {
            grill(millis).await;
            Ok(JsValue::UNDEFINED)
        })
    });
    let make = js_sys::Reflect::get(&js_sys::global(), &"orderInJavaScript".into()).ok()?;
    let make: js_sys::Function = make.dyn_into().ok()?;
    let made = make.call2(&JsValue::NULL, &say.into_js_value(), &grill.into_js_value()).ok()?;
    made.dyn_into().ok()
}

fn call_javascript(lines: Lines) -> Option<js_sys::Promise> {
    javascript(lines)?.call1(&JsValue::NULL, &2.into()).ok()?.dyn_into().ok()
}

/// The source of the function, as the browser itself tells it.
fn javascript_code() -> String {
    javascript(Lines::new(Vec::new())).map_or_else(String::new, |order| order.to_string().into())
}
