//! Every word of the interface, by language. English only, for now.

pub mod charts;
pub mod exam;
pub mod for_two;
pub mod measures;
pub mod speed_up;
pub mod training;

use crate::course::address::Note;
use crate::lessons::model::Picture;
use crate::replay::State;
use crate::replay::story::Tale;
use crate::threads::run::Trouble;
use crate::trace::TaskId;

/// The words of the interface in one language.
pub struct Strings {
    /// The language, as in `<html lang>`.
    pub lang: &'static str,
    pub brand: &'static str,
    pub tagline: &'static str,
    pub promise: &'static str,
    pub lessons: &'static str,
    pub lesson: &'static str,
    pub minutes: &'static str,
    pub start: &'static str,
    pub go_on: &'static str,
    pub done: &'static str,
    pub try_it: &'static str,
    pub back: &'static str,
    pub next: &'static str,
    pub next_lesson: &'static str,
    pub all_lessons: &'static str,
    pub step_of: &'static str,
    pub skip: &'static str,
    pub theme: [&'static str; 3],
    pub keys: &'static str,
    pub share: &'static str,
    pub close: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub copy_by_hand: &'static str,
    pub share_text: &'static str,
    pub stage: &'static str,
    pub run: &'static str,
    pub run_again: &'static str,
    pub starting: &'static str,
    pub stop: &'static str,
    pub play: &'static str,
    pub pause: &'static str,
    pub restart: &'static str,
    pub step_back: &'static str,
    pub step_forward: &'static str,
    pub speed: &'static str,
    pub time: &'static str,
    pub mode: &'static str,
    pub simulated: &'static str,
    pub measured: &'static str,
    pub live: &'static str,
    pub show_record: &'static str,
    pub timeline: &'static str,
    pub clerk: &'static str,
    pub pool_thread: &'static str,
    /// `{}` stands for how many.
    pub few_threads: &'static str,
    pub clerks: &'static str,
    pub legend: &'static str,
    pub python: &'static str,
    pub rust: &'static str,
    pub whole: &'static str,
    pub short: &'static str,
    pub copy_code: &'static str,
    pub story: &'static str,
    pub printed: &'static str,
    pub nothing_yet: &'static str,
    pub knobs: &'static str,
    pub reset: &'static str,
    pub to: &'static str,
    pub predict: &'static str,
    pub predict_hint: &'static str,
    pub predicted_right: &'static str,
    pub predicted_wrong: &'static str,
    pub you_said: &'static str,
    pub in_simulation: &'static str,
    pub in_browser: &'static str,
    pub total: &'static str,
    pub not_yet: &'static str,
    pub running: &'static str,
    pub secret: &'static str,
    pub working: &'static str,
    pub holding: &'static str,
    pub free: &'static str,
    pub polls: &'static str,
    pub longest_hold: &'static str,
    pub longest_line: &'static str,
    pub mean_served: &'static str,
    pub check: &'static str,
    pub right: &'static str,
    pub not_quite: &'static str,
    pub belief: &'static str,
    pub show_me: &'static str,
    pub try_again: &'static str,
    pub kitchen: &'static str,
    pub now_serving: &'static str,
    pub all_served: &'static str,
    pub closed: &'static str,
    pub heartbeat: &'static str,
    pub no_beat: &'static str,
    pub at_line: &'static str,
    pub thread: &'static str,
    pub in_line: &'static str,
    pub order: &'static str,
    pub waits_here: &'static str,
    pub talks: [&'static str; 3],
    pub asleep: &'static str,
    pub on_the_phone: &'static str,
    pub slip_in_hand: &'static str,
    pub slip_on_floor: &'static str,
    pub stopped: &'static str,
    pub stale: &'static str,
    pub hidden: &'static str,
    pub here: &'static str,
    pub fallback: &'static str,
    pub not_saved: &'static str,
    pub unreadable: &'static str,
    pub dismiss: &'static str,
    pub goes_on_at: &'static str,
    pub runs_at: &'static str,
    pub inside: &'static str,
    pub locals: &'static str,
    pub your_progress: &'static str,
    pub progress_text: &'static str,
    pub progress_code: &'static str,
    pub progress_paste: &'static str,
    pub progress_bring: &'static str,
    pub progress_reset: &'static str,
    pub progress_sure: &'static str,
    pub progress_brought: &'static str,
    pub progress_forgotten: &'static str,
    pub progress_unreadable: &'static str,
    pub who_is_who: &'static str,
    pub glossary: &'static str,
    pub glossary_text: &'static str,
    pub what_is: &'static str,
    pub metaphor: &'static str,
    pub counter_legend: [(&'static str, &'static str); 10],
    pub block_page: &'static str,
    pub block_now: &'static str,
    pub block_warning: &'static str,
    /// `{}` stands for the time.
    pub page_was_blocked: &'static str,
    pub count_start: &'static str,
    pub count_stop: &'static str,
    pub measures: measures::Words,
    pub speed_up: speed_up::Words,
    pub calls: &'static str,
    pub call_now: &'static str,
    pub await_now: &'static str,
    pub await_over: &'static str,
    pub got_coroutine: &'static str,
    pub got_future: &'static str,
    pub got_promise: &'static str,
    pub simulated_python: &'static str,
    pub real_future: &'static str,
    pub real_promise: &'static str,
    pub panic: &'static str,
    pub panic_text: &'static str,
    pub reload: &'static str,
    pub key_list: [(&'static str, &'static str); 8],
}

/// What hangs on the picture that a lesson is drawn in.
pub struct Legend {
    pub clerk: &'static str,
    pub stage: &'static str,
    pub mode: &'static str,
    pub longest_line: &'static str,
    pub mean_served: &'static str,
    pub title: &'static str,
    pub rows: &'static [(&'static str, &'static str)],
}

/// The words in the language of the page.
pub fn words() -> &'static Strings {
    &EN
}

static EN: Strings = Strings {
    lang: "en",
    brand: "Concurrent Burgers",
    tagline: "Watch async code run, one burger at a time.",
    promise: "Real programs run in your browser. Every step they take is recorded, and the counter, the timeline, the \
              code and the numbers are drawn from that record. Guess first. Then run it, rewind it, and turn the knobs.",
    lessons: "Lessons",
    lesson: "Lesson",
    minutes: "minutes",
    start: "Start",
    go_on: "Go on",
    done: "Done",
    try_it: "Three customers, one clerk. Press Run.",
    back: "Back",
    next: "Next",
    next_lesson: "Next lesson",
    all_lessons: "All lessons",
    step_of: "Step",
    skip: "Skip to the lesson",
    theme: ["System colours", "Light", "Dark"],
    keys: "Keys",
    share: "Share",
    close: "Close",
    copy: "Copy link",
    copied: "Copied",
    copy_by_hand: "The browser does not let the page copy. Select the link and copy it yourself.",
    share_text: "This link opens the lesson as it stands: step, mode and knobs.",
    stage: "The burger counter",
    run: "Run",
    run_again: "Run again",
    starting: "Starting",
    stop: "Stop",
    play: "Play",
    pause: "Pause",
    restart: "Back to the start",
    step_back: "Step back",
    step_forward: "Step forward",
    speed: "Speed",
    time: "Time",
    mode: "Counter",
    simulated: "Simulated",
    measured: "Measured",
    live: "Running",
    show_record: "What is shown",
    timeline: "Timeline",
    clerk: "clerk",
    pool_thread: "pool",
    few_threads: "Your browser starts {} threads of the pool, and not as many as the knob says: more is too much for it. \
                  The simulation has them all.",
    clerks: "clerks",
    legend: "What the colours mean",
    python: "Python",
    rust: "Rust",
    whole: "Whole program",
    short: "Short view",
    copy_code: "Copy",
    story: "What just happened",
    printed: "prints",
    nothing_yet: "Nothing has happened yet. Run the program, or step forward.",
    knobs: "Knobs",
    reset: "Reset",
    to: "to",
    predict: "Before you run it",
    predict_hint: "Choose one. Then run it and see.",
    predicted_right: "You saw it coming.",
    predicted_wrong: "It came out differently.",
    you_said: "You said",
    in_simulation: "Simulated",
    in_browser: "Measured in this browser",
    total: "Last customer served",
    not_yet: "not yet",
    running: "running…",
    secret: "?",
    working: "working",
    holding: "held, idle",
    free: "free",
    polls: "polls",
    longest_hold: "Longest hold of the thread",
    longest_line: "Longest time in line",
    mean_served: "Arriving to leaving, on average",
    check: "Check yourself",
    right: "Right.",
    not_quite: "Not quite.",
    belief: "What you may have thought:",
    show_me: "Show me",
    try_again: "Try another answer.",
    kitchen: "KITCHEN · I/O",
    now_serving: "NOW SERVING",
    all_served: "ALL SERVED",
    closed: "CLOSED",
    heartbeat: "HEARTBEAT",
    no_beat: "NO BEAT",
    at_line: "line",
    thread: "THREAD",
    in_line: "in line",
    order: "two burgers…",
    waits_here: "…",
    talks: ["…and then he said…", "did you see that?", "tell me more…"],
    asleep: "z z z",
    on_the_phone: "hello? …",
    slip_in_hand: "a slip that nobody has handed in yet",
    slip_on_floor: "a slip on the floor, never started",
    stopped: "Stopped. What ran until then can be looked at.",
    stale: "The knobs have changed, so the run was stopped. This is the simulation with the new knobs.",
    hidden: "The page was hidden while the program ran. Browsers slow hidden pages down, so times may be off.",
    here: "Threads could not be started here, so the program ran on the page's own event loop: when the program holds \
           it, the page stands still.",
    fallback: "Run it on this page instead",
    not_saved: "This browser keeps no data for this page, so your progress lasts until you close it.",
    unreadable: "Your stored progress could not be read. It has been kept aside, and you start anew.",
    dismiss: "Dismiss",
    goes_on_at: "goes on at line",
    runs_at: "at line",
    inside: "inside",
    locals: "Local variables",
    your_progress: "Your progress",
    progress_text: "Your progress is kept in this browser, and nowhere else. With this code you can take it to another \
                    browser, or keep it.",
    progress_code: "Your progress as a code",
    progress_paste: "Paste a code here",
    progress_bring: "Bring it back",
    progress_reset: "Forget my progress",
    progress_sure: "Really forget all of it?",
    progress_brought: "Your progress has been added.",
    progress_forgotten: "Forgotten. The code of what there was stands above, if you want it back.",
    progress_unreadable: "This is no progress code, so nothing has changed. Copy the whole code, from “v=1” on.",
    who_is_who: "Who is who?",
    glossary: "Glossary",
    glossary_text: "Every word that the lessons explain, and what stands for what at the counter.",
    what_is: "What is this?",
    metaphor: "Who is who at the counter",
    counter_legend: [
        ("The clerk", "a thread: does one thing at a time"),
        ("A customer", "a task: a coroutine that the event loop runs"),
        ("An order slip on the floor", "a coroutine that was made and never started"),
        ("In line", "ready: could run now, and waits for the thread"),
        ("At the till", "running: the task has the thread"),
        ("The clerk asleep at the grill", "blocking: the thread is held by somebody who only waits"),
        ("At a table, with a ticket", "waiting: the task is paused at an await"),
        ("The kitchen", "I/O: something slow that needs no thread"),
        ("The number lights up", "a wake: what the task waited for is there"),
        ("Leaves with the burgers", "done: the task has its result"),
    ],
    block_page: "Do it to this page",
    block_now: "Block this page for one second",
    block_warning: "The button keeps the only thread of this page busy. For one second, nothing here moves: no counter, \
                    no scrolling, no button.",
    page_was_blocked: "Counted every 0.1 s, but once {} went by in between: the page stood still.",
    count_start: "Start counting",
    count_stop: "Stop counting",
    measures: measures::EN,
    speed_up: speed_up::EN,
    calls: "What does a call do?",
    call_now: "Call order(2)",
    await_now: "Await all three",
    await_over: "the await is over: 2 burgers",
    got_coroutine: "the call gave a coroutine",
    got_future: "the call gave a future",
    got_promise: "the call gave a promise",
    simulated_python: "Simulated here; the course’s tests run this code under CPython.",
    real_future: "A real Rust future, in this browser.",
    real_promise: "A real promise, in this browser.",
    panic: "The page has stumbled",
    panic_text: "Something went wrong in the program behind this page. Your progress is kept. What it said:",
    reload: "Load the page again",
    key_list: [
        ("Space", "run, pause, go on"),
        ("← →", "step back, step forward"),
        ("Home End", "to the start, to the end"),
        ("+ −", "faster, slower"),
        ("M", "next counter (mode)"),
        ("Esc", "stop the run"),
        ("N B", "next step, step before"),
        ("?", "this list"),
    ],
};

impl Strings {
    /// A state, as the legend and the story name it.
    pub fn state(&self, state: State) -> &'static str {
        match state {
            State::NeverStarted => "never started",
            State::Ready => "ready",
            State::Working => "running",
            State::Holding => "blocking",
            State::Waiting => "waiting",
            State::Done => "done",
            State::Failed => "failed",
            State::Cancelled => "cancelled",
        }
    }

    /// What a state is at the counter.
    pub fn state_at_counter(&self, state: State) -> &'static str {
        match state {
            State::NeverStarted => "order slip never handed in",
            State::Ready => "in line",
            State::Working => "at the till",
            State::Holding => "keeps the clerk at the grill",
            State::Waiting => "at a table, with a ticket",
            State::Done => "left with the burgers",
            State::Failed => "left without burgers",
            State::Cancelled => "slip taken off the grill",
        }
    }

    /// A sentence of the story, to go after the task's name. `name` gives tasks their names.
    pub fn tale(&self, tale: &Tale, name: impl Fn(TaskId) -> String) -> String {
        match tale {
            Tale::Arrives => "comes and stands in line.".into(),
            Tale::Works(_) => "is at the till. The clerk works.".into(),
            Tale::Blocks(_) => "waits, and the clerk waits too. Nobody else is served.".into(),
            Tale::SitsDown(ticket, _) => format!("sits down with ticket {ticket}. The clerk is free."),
            Tale::NumberUp(ticket, None) => format!("sees number {ticket} light up."),
            Tale::NumberUp(ticket, Some(task)) => {
                format!(
                    "sees number {ticket} light up, but {} has the clerk: ready, not running.",
                    name(*task)
                )
            }
            Tale::Says(text) => text.clone(),
            Tale::Awaits(_) => "waits for the others.".into(),
            Tale::IsMade => "is made: a slip of paper. Nothing of it runs.".into(),
            Tale::IsAwaited(Some(task)) => format!("is awaited. It runs now, as a part of {}.", name(*task)),
            Tale::IsAwaited(None) => "is awaited. It runs now.".into(),
            Tale::NeverStarts => "is thrown away. It never started.".into(),
            Tale::Calls => "makes a call at a table. The clerk is free.".into(),
            Tale::Leaves => "is done.".into(),
            Tale::Fails(reason) => format!("fails: {reason}"),
            Tale::IsCancelled => "is cancelled.".into(),
        }
    }

    /// What things are called in a picture.
    pub fn legend_of(&'static self, picture: Picture) -> Legend {
        let Self { clerk, stage, mode, longest_line, mean_served, .. } = *self;
        match picture {
            Picture::Counter => {
                let (title, rows) = (self.metaphor, &self.counter_legend);
                Legend { clerk, stage, mode, longest_line, mean_served, title, rows }
            }
            Picture::Story => for_two::LEGEND,
        }
    }

    /// What a state is in a picture.
    pub fn state_in(&self, picture: Picture, state: State) -> &'static str {
        match picture {
            Picture::Counter => self.state_at_counter(state),
            Picture::Story => for_two::state(state),
        }
    }

    /// A sentence of the story, in the words of a picture.
    pub fn tale_in(&self, picture: Picture, tale: &Tale, name: impl Fn(TaskId) -> String) -> String {
        match picture {
            Picture::Story => for_two::tale(tale, &name).unwrap_or_else(|| self.tale(tale, name)),
            Picture::Counter => self.tale(tale, name),
        }
    }

    /// A note on the address.
    pub fn note(&self, note: &Note) -> String {
        match note {
            Note::UnknownLesson(slug) => format!("There is no lesson “{slug}”. Here are all there are."),
            Note::UnknownStep(step) => {
                format!("This lesson has no step “{step}”. It starts from the beginning.")
            }
            Note::UnknownMode(mode) => format!("This lesson has no mode “{mode}”. The usual one is shown."),
            Note::UnknownPage(page) => format!("There is no page “{page}”. This is the home page."),
            Note::UnknownTheme(theme) => format!("There is no theme “{theme}”: auto, light or dark."),
            Note::NotANumber(knob, text) => {
                format!("{}: “{text}” is not a number. It stays at {}.", knob.label, knob.write(knob.default))
            }
            Note::Clamped(knob, value) => {
                let (min, max) = (knob.write(knob.min), knob.write(knob.max));
                format!(
                    "{} goes from {min} to {max} {}: set to {}.",
                    knob.label,
                    knob.unit,
                    knob.write(*value)
                )
            }
            Note::TooLong => "The address is too long. Its end was not read.".into(),
        }
    }

    /// Why a run could not go on.
    pub fn trouble(&self, trouble: &Trouble) -> String {
        match trouble {
            Trouble::CannotStart(reason) => format!("Threads cannot be started here ({reason})."),
            Trouble::Died(thread, reason) => format!("Thread {} stopped with an error: {reason}", thread + 1),
            Trouble::Silent(thread) => {
                format!(
                    "Thread {} says nothing any more. What it did until then can be looked at.",
                    thread + 1
                )
            }
        }
    }
}
