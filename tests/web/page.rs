//! The page comes up, whatever its address says.

use concurrent_burgers::course::texts;
use concurrent_burgers::lessons;
use concurrent_burgers::ui::{self, strings::words};
use wasm_bindgen::JsValue;

use super::*;

/// The texts of the lessons, as the build writes them to files.
const TEXTS: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// The course, mounted in a page with this query; gone when dropped.
struct Mounted(web_sys::Element);

impl Mounted {
    /// None after a test has failed: in a panicking thread the course cannot be mounted, and the
    /// test that failed is the one to look at.
    fn at(query: &str) -> Option<Self> {
        if std::thread::panicking() {
            return None;
        }
        let window = web_sys::window().expect("tests run in a page");
        let document = window.document().expect("a page has a document");
        go(query);
        let root = document.create_element("div").expect("elements can be made");
        root.set_id("app");
        document.body().expect("a page has a body").append_child(&root).expect("it takes another");
        // The course shows panics in the page; while tests run, the test runner does.
        let of_the_runner = std::panic::take_hook();
        ui::mount();
        std::panic::set_hook(of_the_runner);
        Some(Self(root))
    }

    fn text(&self, selector: &str) -> String {
        let found = self.0.query_selector(selector).ok().flatten();
        found.and_then(|it| it.text_content()).unwrap_or_else(|| panic!("there is no {selector}"))
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.0.remove();
        go("");
    }
}

fn go(query: &str) {
    let window = web_sys::window().expect("tests run in a page");
    let path = window.location().pathname().expect("a page has an address");
    let history = window.history().expect("a page has a history");
    history
        .replace_state_with_url(&JsValue::NULL, "", Some(&format!("{path}{query}")))
        .expect("the address can be changed");
}

#[wasm_bindgen_test]
async fn the_home_page_says_what_it_is_and_names_every_lesson() {
    let Some(page) = Mounted::at("") else { return };
    sleep(50).await;
    assert_eq!(page.text("h1"), words().tagline);
    let main = page.text("main");
    assert!(lessons::ALL.iter().all(|lesson| main.contains(lesson.title)), "{main}");
    assert_eq!(page.text("[data-testid=notes]"), "");
}

#[wasm_bindgen_test]
async fn an_unknown_lesson_leads_home_with_a_note() {
    let Some(page) = Mounted::at("?lesson=nope%3Cb%3E&step=x&t.grilling=NaN") else { return };
    sleep(50).await;
    let notes = page.text("[data-testid=notes]");
    assert!(notes.contains("nope<b>"), "{notes}");
    assert_eq!(page.text("h1"), words().tagline);
    assert!(page.0.query_selector(".note b").ok().flatten().is_none(), "a note is text");
}

#[wasm_bindgen_test]
fn a_lesson_has_its_text_once_that_has_come() {
    for lesson in lessons::ALL {
        assert!(lesson.steps.iter().all(|step| step.blocks.is_empty()));
    }
    let garbled = TEXTS.iter().try_for_each(|(file, text)| texts::keep(file, text[1..].to_vec()));
    assert!(garbled.is_err_and(|reason| reason.contains("not of this version")));
    TEXTS.iter().for_each(|(file, text)| texts::keep(file, text.to_vec()).expect("it is of this version"));
    for lesson in lessons::ALL {
        assert!(lesson.steps.iter().all(|step| !step.blocks.is_empty()));
        assert!(!lesson.python.lines.is_empty() && !lesson.rust.lines.is_empty());
    }
    assert!(!lessons::QUESTIONS.is_empty() && !lessons::TRUTHS.is_empty());
}
