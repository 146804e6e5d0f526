//! What a place of the course needs, in the browser: the text of a lesson is a file, fetched when the lesson is opened for the
//! first time, and with it the parts of the program that it will call.

use std::cell::RefCell;

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use crate::lessons::{self, EXAM_TEXT, QUESTIONS, TRUTHS, packed};
use crate::parts;

/// The folder they are in, beside the page.
const FOLDER: &str = "lessons";

thread_local! {
    /// The files that have come, and the places of which everything is here.
    static HERE: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

/// The lab has no text, but the program may fetch a part for it.
pub const LAB: &str = "lab";

/// Whether everything that a place shows is here. A place is a lesson, by its slug, or the lab.
pub fn are_here(place: &str) -> bool {
    HERE.with_borrow(|here| here.contains(&place))
}

/// Fetches what a place shows and is not here yet: texts, and parts of the program.
///
/// # Errors
///
/// Says why a text could not be fetched or read.
pub async fn bring(place: &'static str) -> Result<(), String> {
    let texts = async {
        match lessons::find(place) {
            Some(lesson) => bring_file(lesson.text).await,
            None => Ok(()),
        }
    };
    let (texts, ()) = futures_util::join!(texts, parts::bring(place));
    texts?;
    HERE.with_borrow_mut(|here| here.push(place));
    Ok(())
}

/// Whether the questions of the last lesson are here.
pub fn has_exam() -> bool {
    are_here(EXAM_TEXT)
}

/// Fetches the questions of the last lesson, which come with the step that asks them.
///
/// # Errors
///
/// Says why they could not be fetched or read.
pub async fn bring_exam() -> Result<(), String> {
    bring_file(EXAM_TEXT).await
}

async fn bring_file(file: &'static str) -> Result<(), String> {
    if are_here(file) {
        return Ok(());
    }
    keep(file, fetch(file).await?)
}

/// Reads a text that has come.
///
/// # Errors
///
/// It is not the text that this program belongs to.
pub fn keep(file: &'static str, bytes: Vec<u8>) -> Result<(), String> {
    // It is read once, and the lesson's text points into it from then on.
    let bytes: &'static [u8] = bytes.leak();
    let read = match lessons::ALL.iter().find(|lesson| lesson.text == file) {
        Some(lesson) => packed::unpack_lesson(lesson, bytes),
        None => questions(bytes),
    };
    read.ok_or_else(|| format!("{file} is not of this version of the course"))?;
    HERE.with_borrow_mut(|here| here.push(file));
    Ok(())
}

/// A function of its own: whoever has no questions yet need not have what they hang on.
#[inline(never)]
fn questions(bytes: &'static [u8]) -> Option<()> {
    packed::unpack_exam(QUESTIONS, bytes).map(|truths| TRUTHS.come(truths))
}

async fn fetch(file: &str) -> Result<Vec<u8>, String> {
    let window = web_sys::window().ok_or("there is no page")?;
    let response =
        JsFuture::from(window.fetch_with_str(&format!("./{FOLDER}/{file}"))).await.map_err(reason)?;
    let response: Response = response.dyn_into().map_err(reason)?;
    if !response.ok() {
        return Err(format!("{} for {file}", response.status()));
    }
    let bytes = JsFuture::from(response.array_buffer().map_err(reason)?).await.map_err(reason)?;
    Ok(Uint8Array::new(&bytes).to_vec())
}

fn reason(error: JsValue) -> String {
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => String::from(error.message()),
        None => format!("{error:?}"),
    }
}
