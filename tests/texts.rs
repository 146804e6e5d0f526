//! The texts of lessons as bytes: what is read is what was written, and what is not a text is no reason to panic.

#![cfg(not(target_arch = "wasm32"))]

use concurrent_burgers::lessons::model::{
    Answer, Apart, Block, Details, Late, Lesson, Line, Question, Source, StageSettings, Step,
};
use concurrent_burgers::lessons::packed::{self, Bytes, Packed};
use concurrent_burgers::lessons::{self, EXAM_TEXT, QUESTIONS, TRUTHS};
use proptest::prelude::*;

/// The texts, as the build writes them to files.
const TEXTS: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/texts.rs"));

fn text(file: &str) -> &'static [u8] {
    TEXTS.iter().find(|(name, _)| *name == file).map(|(_, text)| *text).expect("each text has a file")
}

/// A list that has not come yet.
fn coming<T>() -> Late<T> {
    Late::Coming(Box::leak(Box::default()))
}

/// The lesson as the page has it before its text has come.
fn before(lesson: &Lesson) -> Lesson {
    let settings = || StageSettings { mode: None, knobs: &[], time: None, light: None, modes: &[] };
    let step = |step: &Step| Step { id: step.id, title: step.title, stage: settings(), blocks: coming() };
    let source = |source: &Source| Source { file: source.file, lines: coming() };
    let details = Details {
        steps: lesson.steps.iter().map(step).collect::<Vec<_>>().leak(),
        python: source(&lesson.python),
        rust: source(&lesson.rust),
        ..*lesson.details
    };
    Lesson { details: Apart::Here(Box::leak(Box::new(details))), ..*lesson }
}

fn said(lesson: &Lesson) -> String {
    let blocks: Vec<&[Block]> = lesson.steps.iter().map(|step| &*step.blocks).collect();
    let lines: [&[Line]; 2] = [&lesson.python.lines, &lesson.rust.lines];
    format!("{blocks:?} {lines:?}")
}

#[test]
fn every_lesson_says_the_same_when_its_text_has_come() {
    for lesson in lessons::ALL {
        let page = before(lesson);
        assert!(page.steps.iter().all(|step| step.blocks.is_empty()));
        packed::unpack_lesson(&page, text(lesson.text)).expect("it is this lesson's");
        assert_eq!(said(&page), said(lesson), "{}", lesson.slug);
    }
}

#[test]
fn the_exam_asks_the_same_when_its_text_has_come() {
    let answer = |answer: &Answer| Answer {
        text: coming(),
        why: coming(),
        misconception: answer.misconception,
        check: None,
    };
    let before = |question: &Question| Question {
        question: coming(),
        options: question.options.iter().map(answer).collect::<Vec<_>>().leak(),
        ..*question
    };
    let page: Vec<Question> = QUESTIONS.iter().map(before).collect();
    let truths = packed::unpack_exam(&page, text(EXAM_TEXT)).expect("it is the exam's");
    let says = |question: &Question| {
        let options = question.options.iter().map(|it| format!("{:?} {:?}", &*it.text, &*it.why));
        format!("{:?} {:?}", &*question.question, options.collect::<Vec<_>>())
    };
    assert!(page.iter().map(says).eq(QUESTIONS.iter().map(says)));
    assert_eq!(format!("{truths:?}"), format!("{:?}", &*TRUTHS));
}

#[test]
fn the_text_of_another_lesson_is_none_of_this_one() {
    let [first, second, ..] = lessons::ALL else { panic!("there are lessons") };
    let page = before(first);
    assert!(packed::unpack_lesson(&page, text(second.text)).is_none());
    assert!(page.steps.iter().all(|step| step.blocks.is_empty()), "nothing of it is shown");
}

#[test]
fn a_file_is_named_after_what_is_in_it() {
    let mut names: Vec<&str> = TEXTS.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), lessons::ALL.len() + 1);
    assert!(lessons::ALL.iter().all(|lesson| lesson.text.starts_with(&format!("{}-", lesson.slug))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_text_that_is_cut_short_or_garbled_is_none_or_another(at in 0.0..1.0f64, byte: u8) {
        let whole = text(lessons::ALL[0].text);
        let at = (at * whole.len() as f64) as usize;
        prop_assert!(packed::unpack_lesson(&before(&lessons::ALL[0]), &whole[..at]).is_none());
        let mut garbled = whole.to_vec();
        garbled[at] = byte;
        // It must not panic; by chance it may be a text.
        let _ = packed::unpack_lesson(&before(&lessons::ALL[0]), garbled.leak());
    }

    #[test]
    fn numbers_are_read_as_they_were_written(number: u64, float: f64) {
        let mut bytes = Vec::new();
        number.pack(&mut bytes);
        float.pack(&mut bytes);
        let from = &mut Bytes(bytes.leak());
        prop_assert_eq!(u64::unpack(from), Some(number));
        prop_assert_eq!(f64::unpack(from).map(f64::to_bits), Some(float.to_bits()));
    }
}
