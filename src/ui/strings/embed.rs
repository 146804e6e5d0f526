//! The words of the page in a frame, and of the lines that a teacher pastes.

use crate::course::embed::settings::{LONGEST_ID, Note};
use crate::course::embed::snippet::What;
use crate::decimal::plain;

/// The host could not bring back what it keeps.
pub const NO_STATE: &str = "This site could not bring back your progress. You start anew here; what it keeps is not touched \
                            until you get further.";
/// The address asks for a frame that keeps nothing.
pub const NOT_SAVED: &str = "Your progress is not saved here. It lasts until you leave this page.";
/// For whoever writes the host.
pub const LOOP: &str = "the height of the content hangs on the height of the frame: it is not told any more until the width changes";
pub const TOO_LONG: &str = "the message is too long, so it was not read";

/// The dialog.
pub const EMBED: &str = "Put it into a page";
pub const EMBED_TEXT: &str = "Paste these lines into a page of your own: a course site, a blog, a book. They show the lesson as it \
                              stands here, with step, mode and knobs.";
pub const WHAT: &str = "What to show";
pub const FRAME: &str = "A frame: works everywhere";
pub const ELEMENT: &str = "An element: grows with the lesson, and tells the page of score and state";
pub const COPY_LINES: &str = "Copy";
pub const PREVIEW: &str = "Preview";

/// What can be put into a page.
pub fn what(what: What) -> &'static str {
    match what {
        What::Lesson => "The lesson",
        What::Scene => "The scene alone",
        What::Full => "The whole course",
    }
}

/// What a frame is called, for those who cannot see it.
pub fn frame_title(lesson: &str) -> String {
    format!("Concurrent Burgers: {lesson}")
}

/// What was wrong with the address.
pub fn note(note: &Note) -> String {
    match note {
        Note::NoSuchChoice(key, text, choices) => {
            format!("The address says {key}=“{text}”. It can be: {choices}. The usual one is used.")
        }
        Note::NoSuchLanguage(text) => format!("The course is not to be had in “{text}”. This is English."),
        Note::NoSpeed(text) => format!("The speed “{text}” is not a number. It stays at 1×."),
        Note::Speed(speed) => {
            format!("The speed goes from 0.125 to 4, each twice the one before: set to {}.", plain(*speed))
        }
        Note::NoOrigin(text) => {
            format!("“{text}” is no origin, such as https://example.org. Any page around this one is heard.")
        }
        Note::Id => {
            format!("The id is too long, or has characters that are none. It has {LONGEST_ID} at most.")
        }
        Note::NeedsLesson => {
            "The address asks for one lesson, and names none that there is. This is the whole course."
                .to_owned()
        }
    }
}
