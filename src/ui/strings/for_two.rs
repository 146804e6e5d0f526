//! The words of FastAPI's story, in which the thread is you and tasks are your errands.

use super::Legend;
use crate::replay::State;
use crate::replay::for_two::{Doing, Evening};
use crate::replay::scene::Mood;
use crate::replay::story::Tale;
use crate::trace::TaskId;

/// What things are called.
pub const LEGEND: Legend = Legend {
    clerk: "you",
    stage: "The evening",
    mode: "How you wait",
    longest_line: "Longest time until an errand first gets its turn",
    mean_served: "From the errand's beginning to its end, on average",
    title: "Who is who in FastAPI's story",
    rows: &[
        ("You", "the thread: does one thing at a time"),
        ("An errand: burgers, talk", "a task"),
        ("Its letter on you", "running: the task has the thread"),
        ("Its letter with a dashed edge", "ready: could run now, and waits for the thread"),
        ("Its letter at the kitchen", "waiting: the task is paused at an await"),
        ("You stand in line, or at the counter", "blocking: the thread is held, and only waits"),
        ("The cashiers and the kitchen", "I/O: something slow, elsewhere, that needs no thread"),
        ("The number lights up", "a wake: what the task waited for is there"),
        ("You finish the story first", "nothing is taken off the thread in the middle of its work"),
    ],
};

/// You, over your head.
pub const YOU: &str = "you";
/// Over the tills.
pub const MENU: &str = "ORDER HERE";
/// Over your friend, who sits alone.
pub const ALONE: &str = "alone";
/// What stories sound like.
pub const STORIES: [&str; 6] = [
    "…and then the cat…",
    "…so I said to her…",
    "…at four in the morning…",
    "…in the rain, of course…",
    "…no shoes, no keys…",
    "…it was the wrong train…",
];

/// What a state is.
pub fn state(state: State) -> &'static str {
    match state {
        State::NeverStarted => "an errand nobody began",
        State::Ready => "it needs you",
        State::Working => "it has you",
        State::Holding => "it has you, and you only wait",
        State::Waiting => "it rests, and you are free",
        State::Done => "done",
        State::Failed => "gone wrong",
        State::Cancelled => "given up",
    }
}

/// A sentence of the story, where it differs from the counter's.
pub fn tale(tale: &Tale, name: &dyn Fn(TaskId) -> String) -> Option<String> {
    let told = match tale {
        Tale::Arrives => "is ready to begin.".into(),
        Tale::Works(_) => "has you.".into(),
        Tale::Blocks(_) => "has you, and you stand and wait. Nothing else gets done.".into(),
        Tale::SitsDown(..) => "rests: it waits, and you are free.".into(),
        Tale::NumberUp(_, None) => "is ready to go on.".into(),
        Tale::NumberUp(_, Some(task)) => {
            format!("could go on, but {} has you: ready, not running.", name(*task))
        }
        _ => return None,
    };
    Some(told)
}

/// The picture in words.
pub fn describe(evening: &Evening, name: &dyn Fn(TaskId) -> String) -> String {
    let mut told = vec![match evening.doing {
        Doing::InLine(ahead) => format!("you stand in line, {ahead} ahead"),
        Doing::Ordering => "you order".into(),
        Doing::Standing => "you stand at the counter and wait".into(),
        Doing::Fetching => "you fetch the burgers".into(),
        Doing::Talking => {
            format!("story {} is told at the table", evening.story.map_or(0, |(number, _)| number))
        }
        Doing::Sitting => "you sit at the table".into(),
        Doing::Eating => "you both eat".into(),
        Doing::Gone => "you both go home".into(),
    }];
    match (evening.alone, evening.mood) {
        (None, _) => {}
        (Some(_), Mood::Cross) => told.push("your friend is alone and bored".into()),
        (Some(_), _) => told.push("your friend is alone".into()),
    }
    if evening.cooking.is_some() {
        told.push("your burgers are on the grill".into());
    }
    if let Some(number) = evening.called {
        told.push(format!("number {number} is lit"));
    }
    told.extend(evening.ready.iter().map(|task| format!("{} is ready", name(*task))));
    told.join("; ")
}
