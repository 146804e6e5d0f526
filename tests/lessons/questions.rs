//! The questions of the last lesson: what becomes of them, and what the compiler says of every mistake.

use super::compile::{self, read::Files};
use super::model::{Expr, Metric, Node};
use super::{good, problems};

/// A list of questions that is right in every way.
const GOOD: &str = r#"[[truth]]
id = "call-runs"
truth = "A call makes `tea`."
revisit = ["?lesson=tea&step=kettle"]

[[question]]
id = "how-long"
lesson = "tea"
knobs = { cups = 3 }
question = "How long for {{ cups }}?"
revisit = ["?lesson=tea&step=pour&mode=quick"]

[[question.option]]
text = "{{ total(quick) | s }}."
right = true
why = "Yes."
check = "total(quick) < total(slow)"

[[question.option]]
text = "No time."
misconception = "call-runs"
why = "No."

[[question.option]]
text = "All at once."
misconception = "async-is-parallel"
why = "No."

[[question.option]]
text = "For ever."
misconception = "waiting-is-work"
why = "No."
"#;

fn with(questions: &str) -> Files {
    Files { questions: Some(questions.to_owned()), ..good() }
}

/// Puts one thing for another, and holds the only problem against `expected`, which begins with the line.
#[track_caller]
fn broken(from: &str, to: &str, expected: &str) {
    assert!(GOOD.contains(from), "the fixture has no {from:?}");
    let said = problems(&with(&GOOD.replacen(from, to, 1)));
    assert_eq!(said.len(), 1, "one problem for {to:?}, but: {said:#?}");
    let wanted = format!("lessons/en/questions.toml:{expected}");
    assert!(said[0].starts_with(&wanted), "wanted {wanted}\n   got {}", said[0]);
    let advice = said[0][wanted.len()..].trim_start_matches('.').trim();
    assert!(advice.len() > 8, "no advice in {}", said[0]);
}

#[test]
fn a_question_speaks_of_the_lesson_it_names() {
    let course = compile::compile(&with(GOOD)).expect("it is right");
    let [question] = &course.questions[..] else { panic!("one question, not {:#?}", course.questions) };
    assert_eq!((question.id, question.lesson, question.knobs), ("how-long", "tea", &[("cups", 3.0)][..]));
    assert!(matches!(*question.question, [Node::Text(_), Node::Value(_), Node::Text("?")]));
    let misconceptions: Vec<_> = question.options.iter().map(|option| option.misconception).collect();
    assert_eq!(misconceptions, [None, Some("call-runs"), Some("async-is-parallel"), Some("waiting-is-work")]);
    let check = question.options[0].check.as_ref();
    assert!(matches!(check, Some(Expr::Op(_, Expr::Metric(Metric::Total, "quick"), _))));
    let [revisit] = question.revisit else { panic!("one link") };
    assert_eq!((revisit.lesson, revisit.step), ("tea", "pour"));
    assert_eq!((course.truths[0].id, course.truths[0].revisit[0].step), ("call-runs", "kettle"));
    let written = compile::emit::emit(&course);
    assert!(written.contains(
        "pub static QUESTIONS: &[Question] = { static ITEMS: [Question; 1] = [Question { id: \"how-long\""
    ));
    assert!(written.contains("pub static TRUTHS: Late<Truth> = late!(Truth, &[Truth { id: \"call-runs\""));
}

#[test]
fn a_course_without_questions_is_right_too() {
    let course = compile::compile(&good()).expect("it is right");
    assert!(course.questions.is_empty() && course.truths.is_empty());
}

#[test]
fn mistakes_in_the_list() {
    broken("[[truth]]", "[[truth]", "1: the list of questions is not TOML");
    broken("[[truth]]", "colour = 1\n[[truth]]", "1: the list of questions has an unknown key `colour`");
    broken("knobs = {", "size = 1\nknobs = {", "9: a `[[question]]` has an unknown key `size`");
    broken("id = \"how-long\"\n", "", "6: a `[[question]]` has no `id`");
    broken("\"how-long\"", "\"How long\"", "7: the id `How long` holds more than small letters");
    broken("question = \"How long for {{ cups }}?\"\n", "", "6: a `[[question]]` has no `question`");
    let twice = format!("{GOOD}{}", &GOOD[GOOD.find("[[question]]").expect("there is one")..]);
    let said = problems(&with(&twice));
    assert_eq!(said.len(), 1);
    assert!(
        said[0].starts_with("lessons/en/questions.toml:33: question `how-long` is there twice"),
        "{said:?}"
    );
}

#[test]
fn mistakes_in_what_a_question_is_about() {
    broken("lesson = \"tea\"", "lesson = \"milk\"", "8: unknown lesson `milk`");
    broken("cups = 3 }", "spoons = 3 }", "9: unknown knob `spoons`");
    broken("cups = 3 }", "cups = 30 }", "9: the setting of knob `cups` is 30, outside 1 to 5");
    broken("{{ cups }}", "{{ spoons }}", "10: unknown knob `spoons`");
    broken("total(quick) < ", "total(warp) < ", "17: unknown mode `warp`");
    broken("total(quick) < ", "speed(quick) < ", "17: unknown metric `speed`");
}

#[test]
fn mistakes_in_answers() {
    broken("right = true", "misconception = \"gather-cancels\"", "6: the question has 0 right answers");
    broken("misconception = \"call-runs\"", "right = true", "6: the question has 2 right answers");
    broken("misconception = \"call-runs\"\n", "", "19: this wrong answer names no misconception");
    broken("misconception = \"call-runs\"", "misconception = \"tea-is-coffee\"", "21: unknown misconception");
    broken(
        "\"async-is-parallel\"",
        "\"call-runs\"",
        "6: two wrong answers show the misconception `call-runs`",
    );
    broken("text = \"No time.\"\n", "", "19: a `[[question.option]]` has no `text`");
    let short = &GOOD[..GOOD.rfind("[[question.option]]").expect("there are four")];
    let said = problems(&with(short));
    assert_eq!(said.len(), 1);
    assert!(said[0].starts_with("lessons/en/questions.toml:6: the question has fewer than 3 wrong answers"));
}

#[test]
fn mistakes_in_links() {
    broken("step=pour", "step=drink", "11: lesson `tea` has no step `drink`");
    broken("mode=quick", "mode=warp", "11: lesson `tea` has no mode `warp`");
    broken("?lesson=tea&step=pour", "?lesson=milk&step=pour", "11: unknown lesson `milk`");
    broken(
        "?lesson=tea&step=pour",
        "?lesson=tea",
        "11: the link `?lesson=tea&mode=quick` names no lesson and step",
    );
    broken(
        "?lesson=tea&step=pour",
        "https://tea.example/",
        "11: the link `https://tea.example/&mode=quick` names no",
    );
    broken("revisit = [\"?lesson=tea&step=pour&mode=quick\"]\n", "", "6: it leads to no step of a lesson");
    let said = problems(&with(&GOOD.replacen("revisit = [\"?lesson=tea&step=kettle\"]", "revisit = 3", 1)));
    assert!(
        said.iter().any(|it| it.starts_with("lessons/en/questions.toml:4: `revisit` is not a list of texts"))
    );
}

#[test]
fn mistakes_in_truths() {
    broken("id = \"call-runs\"", "id = \"tea-is-coffee\"", "2: unknown misconception `tea-is-coffee`");
    broken("truth = \"A call makes `tea`.\"\n", "", "1: a `[[truth]]` has no `truth`");
    broken("`tea`.\"", "{{ cups }}.\"", "3: unknown knob `cups`");
    let twice = format!("{}{GOOD}", &GOOD[..GOOD.find("[[question]]").expect("there is one")]);
    let said = problems(&with(&twice));
    assert_eq!(said.len(), 1);
    assert!(said[0].starts_with("lessons/en/questions.toml:6: truth `call-runs` is there twice"), "{said:?}");
}
