//! What `view!` draws, and what becomes of it when it is drawn anew.

use concurrent_burgers::ui::follow;
use concurrent_burgers::ui::prelude::*;
use concurrent_burgers::ui::view::mount;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement};

use super::*;

/// An element in the page with this in it; gone when dropped.
struct Drawn(Element);

impl Drawn {
    fn new(draw: impl FnOnce() -> View) -> Self {
        let root = document().create_element("div").expect("elements can be made");
        document().body().expect("a page has a body").append_child(&root).expect("it takes another");
        mount(&root, draw);
        Self(root)
    }

    fn find<T: JsCast>(&self, selector: &str) -> T {
        let found = self.0.query_selector(selector).expect("a selector");
        found
            .and_then(|it| it.dyn_into().ok())
            .unwrap_or_else(|| panic!("no {selector} in {}", self.markup()))
    }

    /// What is there, without the comments that mark where something ends.
    fn markup(&self) -> String {
        self.0.inner_html().replace("<!---->", "")
    }
}

impl Drop for Drawn {
    fn drop(&mut self) {
        self.0.remove();
    }
}

#[wasm_bindgen_test]
async fn values_are_put_where_they_belong_and_follow_what_they_read() {
    let (name, on) = (RwSignal::new("Ada".to_owned()), RwSignal::new(false));
    let drawn = Drawn::new(|| {
        view! {
            <section class="card" id=format!("card-{}", 1) hidden=false class:on=follow::flag(move || on.get())>
                "Guest "{follow::text(move || name.get())}", "<b title="a & b" aria-current=follow::text(move || on.get().then_some("true"))>{7_u32}</b>
                <i style=("--share", follow::text(move || if on.get() { "2" } else { "1" }))></i>"."
                <br />
            </section>
        }
    });
    let before = drawn.markup();
    assert_eq!(
        before,
        r#"<section class="card" id="card-1">Guest Ada, <b title="a &amp; b">7</b><i style="--share: 1;"></i>.<br></section>"#
    );
    name.set("Ben".to_owned());
    on.set(true);
    sleep(0).await;
    let after = before
        .replace("Ada", "Ben")
        .replace("card\"", "card on\"")
        .replace("b\">7", "b\" aria-current=\"true\">7")
        .replace("share: 1", "share: 2");
    assert_eq!(drawn.markup(), after);
}

#[wasm_bindgen_test]
async fn a_part_drawn_anew_keeps_its_nodes_and_hears_with_what_is_new() {
    let (turn, heard) = (RwSignal::new(1_u32), RwSignal::new(Vec::new()));
    let drawn = Drawn::new(|| {
        follow::part(move || {
            let turn = turn.get();
            let press = follow::press(move || heard.update(|heard| heard.push(turn)));
            let list = (0..turn).map(|it| view! { <li>{it}</li> }).collect_view();
            match turn {
                4 => view! { <p>"another"</p> },
                _ => {
                    view! { <div><button on:click=press>{turn}</button><ul>{list}</ul>{(turn == 2).then_some("two")}</div> }
                }
            }
        })
    });
    let button: HtmlElement = drawn.find("button");
    button.focus().expect("a button takes the focus");
    button.click();
    for now in [2, 3, 1] {
        turn.set(now);
        sleep(0).await;
        let list: String = (0..now).map(|it| format!("<li>{it}</li>")).collect();
        let two = if now == 2 { "two" } else { "" };
        assert_eq!(drawn.markup(), format!("<div><button>{now}</button><ul>{list}</ul>{two}</div>"));
        assert_eq!(document().active_element().as_ref(), Some(button.as_ref()), "the focus stays");
        button.click();
    }
    assert_eq!(heard.get_untracked(), [1, 2, 3, 1]);
    turn.set(4);
    sleep(0).await;
    assert_eq!(drawn.markup(), "<p>another</p>");
}

#[wasm_bindgen_test]
async fn things_with_a_key_stay_are_moved_or_end() {
    let (names, gone) = (RwSignal::new(vec!["a", "b", "c"]), RwSignal::new(Vec::new()));
    let made = RwSignal::new(0);
    let drawn = Drawn::new(|| {
        view! {
            <ol>
                {each(move || names.get(), ToString::to_string, move |name| {
                    made.update(|made| *made += 1);
                    on_cleanup(move || gone.update(|gone| gone.push(name)));
                    view! { <li id=name>{name}</li><li>"-"</li> }
                })}
                <li>"end"</li>
            </ol>
        }
    });
    let text = || drawn.0.text_content().unwrap_or_default();
    assert_eq!(text(), "a-b-c-end");
    let b: Element = drawn.find("#b");
    names.set(vec!["d", "c", "b"]);
    sleep(0).await;
    assert_eq!(text(), "d-c-b-end");
    assert_eq!(drawn.find::<Element>("#b"), b, "who stays is the same");
    assert_eq!((made.get_untracked(), gone.get_untracked()), (4, vec!["a"]));
    names.set(Vec::new());
    sleep(0).await;
    assert_eq!(text(), "end");
}

#[wasm_bindgen_test]
async fn what_is_drawn_ends_with_the_part_that_has_drawn_it() {
    let (shown, ticks, read) = (RwSignal::new(true), RwSignal::new(0), RwSignal::new(0));
    let drawn = Drawn::new(|| {
        follow::part(move || {
            shown.get().then(|| {
                let own = RwSignal::new(5);
                let told = move || {
                    read.update(|read| *read += 1);
                    ticks.get() + own.get()
                };
                view! { <p>{follow::text(move || told().to_string())}</p> }
            })
        })
    });
    assert_eq!(drawn.markup(), "<p>5</p>");
    shown.set(false);
    sleep(0).await;
    assert_eq!(drawn.markup(), "");
    ticks.set(1);
    sleep(0).await;
    assert_eq!(read.get_untracked(), 1, "nobody reads for what is not there any more");
}

#[wasm_bindgen_test]
fn a_part_of_a_picture_a_choice_and_an_element_that_is_told() {
    let field = NodeRef::<HtmlInputElement>::new();
    let drawn = Drawn::new(|| {
        let shape = view! { <g class="shape"><path d="M0 0h1" /></g> };
        view! {
            <svg viewBox="0 0 8 8">{shape}</svg>
            <select prop:value="b">{["a", "b"].into_iter().map(|it| view! { <option value=it>{it}</option> }).collect_view()}</select>
            <input type="checkbox" prop:checked=true node_ref=field />
        }
    });
    let path: Element = drawn.find("svg[viewBox] > g.shape > path");
    assert_eq!(path.namespace_uri().as_deref(), Some("http://www.w3.org/2000/svg"));
    assert_eq!(drawn.find::<HtmlSelectElement>("select").value(), "b");
    assert!(field.get_untracked().is_some_and(|it| it.checked()));
}

#[wasm_bindgen_test]
async fn a_list_in_a_part_ends_with_what_it_was_drawn_from() {
    let stage = RwSignal::new(1_u32);
    let drawn = Drawn::new(|| {
        follow::part(move || {
            let own = RwSignal::new(stage.get() * 10);
            let row = move |name: &'static str| view! { <i>{name}{follow::text(move || own.get())}</i> };
            view! { <p>{each(|| vec!["a", "b"], ToString::to_string, row)}</p> }
        })
    });
    assert_eq!(drawn.markup(), "<p><i>a10</i><i>b10</i></p>");
    stage.set(2);
    sleep(0).await;
    assert_eq!(drawn.markup(), "<p><i>a20</i><i>b20</i></p>");
}
