//! The questions of the last lesson: `[[question]]` tables, each about a named lesson, and `[[truth]]`
//! tables, which say what is true instead of a misconception.

use super::directives::{knob_setting, option, prose};
use super::fields::{Fields, Located, Toml};
use super::lesson::Names;
use super::markdown::{Scope, one_paragraph};
use super::misconceptions::MISCONCEPTIONS;
use super::model::{Answer, Late, Lesson, Question, Revisit, Truth};
use super::problem::{Problem, Report, listed};
use super::read::QUESTIONS;
use super::{leak_list, leak_str};

/// How many wrong answers a question has at least.
const WRONG: usize = 3;

/// What the file stands on: the lessons that could be compiled, and the names of all.
#[derive(Clone, Copy)]
struct Ground<'a> {
    lessons: &'a [Lesson],
    names: Names<'a>,
}

/// Reads the questions and the truths, in the order of the file.
pub fn read(
    text: &str,
    lessons: &[Lesson],
    names: Names<'_>,
    problems: &mut Vec<Problem>,
) -> (Vec<Question>, Vec<Truth>) {
    let mut report = Report::new(QUESTIONS);
    let ground = Ground { lessons, names };
    let (mut questions, mut truths) = (Vec::<Question>::new(), Vec::<Truth>::new());
    if let Some(mut fields) = Fields::parse(Toml { text, line: 1 }, "the list of questions", &mut report) {
        let asked = fields.tables("question", "a `[[question]]`", &mut report);
        let told = fields.tables("truth", "a `[[truth]]`", &mut report);
        fields.finish(&mut report);
        for table in told {
            let line = table.line;
            let Some(truth) = truth(table, ground, &mut report) else { continue };
            if truths.iter().any(|known| known.id == truth.id) {
                report.error(line, format!("truth `{}` is there twice", truth.id), "Keep one of them");
            }
            truths.push(truth);
        }
        for table in asked {
            let line = table.line;
            let Some(question) = question(table, ground, &mut report) else { continue };
            if questions.iter().any(|known| known.id == question.id) {
                let advice = "Give each question an id of its own: answers are stored by it";
                report.error(line, format!("question `{}` is there twice", question.id), advice);
            }
            questions.push(question);
        }
    }
    problems.extend(report.into_problems());
    (questions, truths)
}

fn question(mut fields: Fields<'_>, ground: Ground<'_>, report: &mut Report) -> Option<Question> {
    let line = fields.line;
    let id = fields.text("id", report);
    let about = fields.text("lesson", report);
    let text = fields.text("question", report);
    let knobs = fields.table("knobs", "`knobs`", report);
    let revisit = fields.optional_texts("revisit", report);
    let options = fields.tables("option", "a `[[question.option]]`", report);
    fields.finish(report);
    let id = id.and_then(|id| stored(id, report));
    let lesson = known_lesson(&about?, ground, report)?;
    let Names { slugs, terms } = ground.names;
    let scope = Scope { modes: lesson.modes, knobs: lesson.knobs, slugs, terms };
    let knobs = knobs.map_or_else(Vec::new, |table| table.numbers(report));
    let knobs = knobs.into_iter().filter_map(|(id, value)| knob_setting(&id, &value, scope, report));
    let knobs: Vec<_> = knobs.collect();
    let (given, mut right) = (options.len(), 0);
    let options: Vec<Answer> =
        options.into_iter().filter_map(|fields| option(fields, &mut right, scope, report)).collect();
    check_answers(&options, (given, right), line, report);
    Some(Question {
        id: id?,
        lesson: lesson.slug,
        knobs: leak_list(knobs),
        question: Late::Here(one_paragraph(prose(&text?), scope, report)),
        options: leak_list(options),
        revisit: places(&revisit, line, ground, report),
    })
}

/// One right answer, and enough wrong ones, each with a misconception of its own. An answer that could
/// not be read counts as given: its own problems are told.
fn check_answers(options: &[Answer], (given, right): (usize, usize), line: usize, report: &mut Report) {
    if right != 1 {
        let advice = "Give exactly one `[[question.option]]` a line `right = true`";
        report.error(line, format!("the question has {right} right answers"), advice);
    }
    let wrong: Vec<_> = options.iter().filter_map(|option| option.misconception).collect();
    if right == 1 && given <= WRONG {
        let advice = "Add one that shows another misconception";
        report.error(line, format!("the question has fewer than {WRONG} wrong answers"), advice);
    }
    if let Some(twice) = (1..wrong.len()).find(|at| wrong[..*at].contains(&wrong[*at])) {
        let message = format!("two wrong answers show the misconception `{}`", wrong[twice]);
        report.error(line, message, "Keep one of them: each answer tells of another belief");
    }
}

fn truth(mut fields: Fields<'_>, ground: Ground<'_>, report: &mut Report) -> Option<Truth> {
    let line = fields.line;
    let id = fields.text("id", report);
    let text = fields.text("truth", report);
    let revisit = fields.optional_texts("revisit", report);
    fields.finish(report);
    let id = id?;
    let known = MISCONCEPTIONS.iter().find(|known| known.id == id.value);
    if known.is_none() {
        let advice = format!("Use one of {}", listed(MISCONCEPTIONS.iter().map(|known| known.id)));
        report.error(id.line, format!("unknown misconception `{}`", id.value), advice);
    }
    let Names { slugs, terms } = ground.names;
    let scope = Scope { modes: &[], knobs: &[], slugs, terms };
    Some(Truth {
        id: known?.id,
        truth: one_paragraph(prose(&text?), scope, report),
        revisit: places(&revisit, line, ground, report),
    })
}

/// An id that can stand in storage between dots and commas.
fn stored(id: Located<String>, report: &mut Report) -> Option<&'static str> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if id.value.is_empty() || !id.value.chars().all(plain) {
        let message = format!("the id `{}` holds more than small letters, digits and dashes", id.value);
        report.error(id.line, message, "Name it like `await-in-a-row`");
        return None;
    }
    Some(leak_str(id.value))
}

/// The lesson of this slug. One that is there and could not be compiled has had its own problems told.
fn known_lesson<'a>(named: &Located<String>, ground: Ground<'a>, report: &mut Report) -> Option<&'a Lesson> {
    if !ground.names.slugs.contains(&named.value) {
        let advice = format!("Use one of {}", listed(ground.names.slugs.iter().map(String::as_str)));
        report.error(named.line, format!("unknown lesson `{}`", named.value), advice);
    }
    ground.lessons.iter().find(|lesson| lesson.slug == named.value)
}

/// The links to look again at; each must lead to a step that is there.
fn places(
    links: &[Located<String>],
    line: usize,
    ground: Ground<'_>,
    report: &mut Report,
) -> &'static [Revisit] {
    if links.is_empty() {
        let advice = "Add a line `revisit = [\"?lesson=…&step=…&mode=…\"]`";
        report.error(line, "it leads to no step of a lesson", advice);
    }
    leak_list(links.iter().filter_map(|link| place(link, ground, report)).collect())
}

fn place(link: &Located<String>, ground: Ground<'_>, report: &mut Report) -> Option<Revisit> {
    let pairs = link.value.strip_prefix('?').unwrap_or_default().split('&');
    let pairs: Vec<(&str, &str)> = pairs.filter_map(|pair| pair.split_once('=')).collect();
    let find = |key: &str| pairs.iter().find(|(known, _)| *known == key).map(|(_, value)| *value);
    let (Some(slug), Some(step)) = (find("lesson"), find("step")) else {
        let message = format!("the link `{}` names no lesson and step", link.value);
        report.error(link.line, message, "Write it like `?lesson=event-loop&step=mistake&mode=blocked`");
        return None;
    };
    let lesson = known_lesson(&Located { value: slug.to_owned(), line: link.line }, ground, report)?;
    let found = lesson.steps.iter().find(|known| known.id == step);
    if found.is_none() {
        let advice = format!("Use one of {}", listed(lesson.steps.iter().map(|step| step.id)));
        report.error(link.line, format!("lesson `{slug}` has no step `{step}`"), advice);
    }
    if let Some(mode) = find("mode").filter(|mode| lesson.modes.iter().all(|known| known.id != *mode)) {
        let advice = format!("Use one of {}", listed(lesson.modes.iter().map(|mode| mode.id)));
        report.error(link.line, format!("lesson `{slug}` has no mode `{mode}`"), advice);
    }
    Some(Revisit { link: leak_str(link.value.clone()), lesson: lesson.slug, step: found?.id })
}
