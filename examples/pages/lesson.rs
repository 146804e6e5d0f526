//! A lesson from its first word to its last, as HTML.

use concurrent_burgers::course::numbers::{self, Numbers};
use concurrent_burgers::lessons::model::{Answer, Block, Lesson, Predict, Quiz, Step};
use concurrent_burgers::lessons::{self, misconceptions};

use super::text::{self, escape};
use super::{about, code};

/// What a page without the app says above the text.
const NO_SCRIPT: &str = "<noscript><p><strong>The programs need JavaScript,</strong> which is switched off here. \
    The lesson can be read all the same.</p></noscript>";

/// What a page says whose program cannot run; `boot.js` fills in the reason, and shows it.
const NO_PROGRAM: &str = "<p id=\"no-wasm\" role=\"status\" hidden><strong>The programs cannot run here:</strong> \
    <span class=\"reason\"></span> The lesson can be read all the same.</p>";

/// For a frame in which nothing of the page may run; `boot.js` hides it elsewhere. The empty address is the page's own.
const OWN_TAB: &str = "<p id=\"own-tab\"><a href=\"\" target=\"_blank\" rel=\"noopener\">Open this page in a tab of its own</a>, \
    if it stands in the frame of another page and nothing moves here.</p>";

/// The notes above every text.
pub fn notes() -> String {
    format!("{NO_PROGRAM}{OWN_TAB}{NO_SCRIPT}")
}

/// Links to all lessons.
pub fn list() -> String {
    let entries = lessons::ALL.iter().map(|it| {
        let (title, summary) = (escape(it.title), escape(it.summary));
        format!("<li><a href=\"{}\">{title}</a>: {summary}</li>", about::file(it))
    });
    format!("<h2>The lessons</h2><ol>{}</ol>", entries.collect::<String>())
}

/// The whole text, with the picture of its scene and its programs.
pub fn html(lesson: &'static Lesson) -> String {
    let head = format!(
        "<p class=\"kicker\"><a href=\"./\">Concurrent Burgers</a> · Lesson {} · {} min</p><h1>{}</h1><p>{}</p>{}",
        lesson.number,
        lesson.minutes,
        escape(lesson.title),
        escape(lesson.summary),
        notes(),
    );
    let picture = picture(lesson);
    let steps: String = lesson.steps.iter().map(|it| step(lesson, it)).collect();
    format!("{head}{picture}{steps}{}{}", knobs(lesson), programs(lesson)) + &neighbours(lesson)
}

/// The picture, for those without JavaScript; and one without an address, to which `boot.js` gives it where the app cannot
/// start. Where it can, nobody sees the picture, and it need not be loaded.
fn picture(lesson: &Lesson) -> String {
    let image = |address: &str| {
        let ((width, height), words) = (about::PICTURE, escape(&about::picture_in_words(lesson)));
        format!("<img class=\"picture\" {address} width=\"{width}\" height=\"{height}\" alt=\"{words}\">")
    };
    let file = about::picture(lesson);
    format!(
        "<noscript>{}</noscript>{}",
        image(&format!("src=\"{file}\"")),
        image(&format!("id=\"picture\" hidden data-src=\"{file}\""))
    )
}

fn step(lesson: &'static Lesson, step: &Step) -> String {
    let numbers = Numbers::new(lesson, numbers::knobs_of(lesson, &step.stage));
    let blocks = step.blocks.iter().map(|block| match block {
        Block::Prose(nodes) => text::html(&numbers, nodes),
        Block::Predict(it) => predict(&numbers, it),
        Block::Quiz(it) => quiz(lesson, it),
        Block::Aside { title, body } => folded(title, &text::html(&numbers, body)),
        Block::Exhibit(_) => "<p><em>In the app, there is something to try here.</em></p>".to_owned(),
    });
    format!(
        "<section><h2 id=\"{}\">{}</h2>{}</section>",
        step.id,
        escape(step.title),
        blocks.collect::<String>()
    )
}

fn folded(title: &str, inside: &str) -> String {
    format!("<details class=\"aside\"><summary>{}</summary>{inside}</details>", escape(title))
}

fn predict(numbers: &Numbers, predict: &Predict) -> String {
    let mut choices: Vec<_> =
        predict.choices.iter().map(|choice| numbers.text(choice, predict.format)).collect();
    choices.dedup();
    let choices: String = choices.iter().map(|choice| format!("<li>{}</li>", escape(choice))).collect();
    let answer = format!(
        "<p><strong>{}</strong></p>{}",
        escape(&numbers.text(&predict.answer, predict.format)),
        text::html(numbers, predict.after)
    );
    let question = text::html(numbers, predict.question);
    format!("<div class=\"predict\">{question}<ul>{choices}</ul>{}</div>", folded("The answer", &answer))
}

fn quiz(lesson: &'static Lesson, quiz: &Quiz) -> String {
    let numbers = Numbers::new(lesson, numbers::knobs_of(lesson, &quiz.show));
    let options: String = quiz.options.iter().map(|option| answer(&numbers, option)).collect();
    format!("<div class=\"quiz\">{}<ul>{options}</ul></div>", text::html(&numbers, quiz.question))
}

fn answer(numbers: &Numbers, answer: &Answer) -> String {
    let verdict = match answer.misconception.and_then(misconceptions::find) {
        None => "<strong>Right.</strong>".to_owned(),
        Some(it) => format!("<strong>Not quite.</strong> The belief behind it: <q>{}</q>", escape(it.belief)),
    };
    let why = format!("<p>{verdict}</p>{}", text::html(numbers, &answer.why));
    format!("<li>{}{}</li>", text::html(numbers, &answer.text), folded("Is it so?", &why))
}

fn knobs(lesson: &Lesson) -> String {
    let rows: String = lesson
        .knobs
        .iter()
        .map(|knob| {
            let value = |number: f64| format!("{} {}", knob.write(number), knob.unit);
            let range = format!("{} to {}", value(knob.min).trim(), value(knob.max).trim());
            format!(
                "<tr><th scope=\"row\">{}</th><td>{}</td><td>{range}</td><td>{}</td></tr>",
                escape(knob.label),
                value(knob.default),
                escape(knob.note)
            )
        })
        .collect();
    format!(
        "<h2 id=\"knobs\">The knobs</h2><table class=\"knob-table\"><thead><tr><th scope=\"col\">Knob</th><th scope=\"col\">Here</th>\
         <th scope=\"col\">Range</th><th scope=\"col\">What it is</th></tr></thead><tbody>{rows}</tbody></table>"
    )
}

fn programs(lesson: &Lesson) -> String {
    format!(
        "<h2 id=\"python\">The program in Python</h2>{}<h2 id=\"rust\">The program in Rust, which the app runs</h2>{}",
        code::html(&lesson.python),
        code::html(&lesson.rust)
    )
}

fn neighbours(lesson: &Lesson) -> String {
    let link = |number: Option<&&'static Lesson>, before: &str| {
        number.map_or(String::new(), |it| {
            format!("<a href=\"{}\">{before}{}</a> ", about::file(it), escape(it.title))
        })
    };
    let all: Vec<_> = lessons::ALL.iter().collect();
    let here = all.iter().position(|it| it.slug == lesson.slug);
    let at = |index: Option<usize>| index.and_then(|index| all.get(index));
    format!(
        "<nav class=\"page-links\" aria-label=\"Lessons\">{}{}<a href=\"./\">All lessons</a></nav>",
        link(at(here.and_then(|here| here.checked_sub(1))), "← "),
        link(at(here.map(|here| here + 1)), "→ ")
    )
}
