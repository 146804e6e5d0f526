//! The words of the questions that end the course, of their result, and of the record to print.

pub const KICKER: &str = "Twelve questions";
pub const PLACES: &str = "The questions";
pub const MISSING: &str = "The questions did not arrive. They are a file of their own, and could not be loaded. Your progress is kept. What the browser said:";
pub const NEXT: &str = "Next question";
pub const BACK: &str = "Question before";
pub const SHOW: &str = "Show my result";
pub const YOUR_RESULT: &str = "Your result";
pub const NOTHING_CAUGHT: &str = "All right. None of your answers shows a wrong belief.";
pub const BELIEFS: &str = "What you seem to believe";
pub const BUT: &str = "But:";
pub const LOOK_AGAIN: &str = "Look again:";
pub const ALL_ANSWERS: &str = "All answers, and why";
pub const YOUR_ANSWER: &str = "Your answer:";
pub const RIGHT_ANSWER: &str = "The right one:";
pub const OTHER: &str = "Other questions";
pub const SAME: &str = "The same questions again";
pub const MAKE_RECORD: &str = "A record to print";
pub const KEPT_HERE: &str =
    "Your answers are kept in this browser, with your progress. Nothing is sent anywhere.";

pub const RECORD: &str = "The record";
pub const NAME: &str = "Your name, as it should stand on the record";
pub const NAME_HINT: &str =
    "The name is only shown and printed. It is not kept and not sent; when you leave, it is gone.";
pub const PRINT: &str = "Print";
pub const CLOSE: &str = "Close the record";
pub const OF_COMPLETION: &str = "Record of completion";
pub const OF_PROGRESS: &str = "Record of progress";
pub const COURSE: &str = "Concurrent Burgers, a course on asynchronous programming";
pub const LESSON: &str = "Lesson";
pub const STEPS_SEEN: &str = "Steps seen";
pub const CHECK: &str = "Check question";
pub const ANSWERED: &str = "answered";
pub const NOT_ANSWERED: &str = "–";
pub const SELF_CHECK: &str = "This is a self-check, and no certificate. The page has computed it in the browser from what is stored there. \
                              Nobody else has looked at it or confirms it.";

/// Which twelve, so that others can tell whether they have the same.
pub fn seed(seed: u32) -> String {
    format!("Set {seed:05}")
}

/// How many have an answer.
pub fn answered(answered: usize, all: usize) -> String {
    format!("{answered} of {all} answered")
}

/// What stands over a question.
pub fn place(at: usize, all: usize) -> String {
    format!("Question {} of {all}", at + 1)
}

/// A button that leads to a question.
pub fn place_button(at: usize, answered: bool) -> String {
    let state = if answered { "answered" } else { "no answer yet" };
    format!("Question {}, {state}", at + 1)
}

/// The result was asked for too early.
pub fn missing(places: &[usize]) -> String {
    let places: Vec<String> = places.iter().map(|at| (at + 1).to_string()).collect();
    format!("No answer yet: {}. Answer all, then ask for the result.", places.join(", "))
}

/// How many were right.
pub fn score(right: usize, all: usize) -> String {
    format!("{right} of {all} right")
}

/// The best there ever was.
pub fn best(best: u8, all: usize) -> String {
    format!("Your best so far: {best} of {all}.")
}

/// In which questions a belief showed.
pub fn showed_in(places: &[usize]) -> String {
    let places: Vec<String> = places.iter().map(|at| (at + 1).to_string()).collect();
    let questions = if places.len() == 1 { "question" } else { "questions" };
    format!("It showed in {questions} {}.", places.join(", "))
}

/// Whose record it is.
pub fn of(name: &str) -> String {
    format!("for {name}")
}

/// When it was printed.
pub fn on(date: &str) -> String {
    format!("Printed on {date}")
}

/// A lesson's steps.
pub fn steps(seen: usize, all: usize) -> String {
    format!("{seen} of {all}")
}

/// The score on the record.
pub fn final_questions(best: u8, all: usize) -> String {
    format!("Final questions: {best} of {all} right (best result).")
}
