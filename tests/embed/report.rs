//! What a host hears of score and state, and when.

use concurrent_burgers::course::embed::report::{CHECK, Due, GRACE, PAUSE, Reached, Report, Scope, score};
use concurrent_burgers::course::progress::Progress;
use concurrent_burgers::lessons;
use proptest::prelude::*;

const LESSON: &str = "sync-vs-async";

fn reached(score: f64, state: &str, checks: usize) -> Reached {
    Reached { score, state: state.to_owned(), checks, complete: false }
}

/// A host that has answered at time zero.
fn answered() -> Report {
    let mut report = Report::new(0.0);
    report.answered();
    report
}

fn see(progress: &mut Progress, slug: &str, steps: usize) {
    let lesson = lessons::find(slug).expect("it exists");
    lesson.steps.iter().take(steps).for_each(|step| progress.see(slug, step.id));
}

#[test]
fn the_check_question_counts_most() {
    let lesson = lessons::find(LESSON).expect("it exists");
    let mut reader = Progress::default();
    assert_eq!(score(lesson, &reader), 0.0);
    see(&mut reader, LESSON, lesson.steps.len());
    let read_all = score(lesson, &reader);
    assert!((read_all - (1.0 - CHECK)).abs() < 1e-9 && read_all < 0.5);
    let mut knower = Progress::default();
    knower.check(LESSON);
    assert!(score(lesson, &knower) > read_all);
    assert!(!Scope::Lesson(LESSON).of(&reader).complete && !Scope::Lesson(LESSON).of(&knower).complete);
    reader.add(&knower);
    assert_eq!((score(lesson, &reader), Scope::Lesson(LESSON).of(&reader).complete), (1.0, true));
}

#[test]
fn the_last_lesson_counts_its_best_answers() {
    let lesson = lessons::find("takeaways").expect("it exists");
    let mut progress = Progress::default();
    progress.exam.begin(7);
    for asked in progress.exam.asked() {
        let right = asked.question.options.iter().position(|option| option.misconception.is_none());
        progress.exam.answer(asked.question.id, right.expect("there is a right one"));
    }
    assert_eq!(score(lesson, &progress), 0.0, "not before the result is shown");
    progress.exam.show();
    assert!((score(lesson, &progress) - CHECK).abs() < 1e-9);
    progress.exam.begin(8);
    assert!((score(lesson, &progress) - CHECK).abs() < 1e-9, "another try takes nothing away");
}

#[test]
fn a_lesson_tells_nothing_of_the_others() {
    let mut progress = Progress::default();
    see(&mut progress, LESSON, 2);
    see(&mut progress, "waiting", 3);
    progress.exam.begin(3);
    let told = |scope: Scope| Progress::read(&scope.of(&progress).state).expect("it is a progress code");
    assert_eq!(told(Scope::Lesson(LESSON)), progress.only(LESSON));
    assert!(told(Scope::Lesson(LESSON)).of("waiting").steps.is_empty());
    assert_eq!(told(Scope::Lesson(LESSON)).exam.seed(), None);
    assert_eq!(told(Scope::LessonInCourse(LESSON)), progress);
    assert_eq!(told(Scope::Course), progress);
    assert!(Scope::Course.of(&progress).score < Scope::Lesson(LESSON).of(&progress).score);
}

#[test]
fn the_state_of_the_whole_course_fits_into_scorm() {
    let mut all = Progress::default();
    for lesson in lessons::ALL {
        see(&mut all, lesson.slug, lesson.steps.len());
        all.check(lesson.slug);
    }
    all.exam.begin(u32::MAX);
    for asked in all.exam.asked() {
        all.exam.answer(asked.question.id, 0);
    }
    all.exam.show();
    let reached = Scope::Course.of(&all);
    assert!(reached.complete && reached.state.len() <= 4096, "{} bytes", reached.state.len());
}

#[test]
fn nothing_is_sent_before_the_host_could_answer() {
    let mut report = Report::new(100.0);
    report.take(reached(0.1, "a", 0));
    assert_eq!(report.due(200.0), Due::In(GRACE - 100.0));
    assert_eq!(report.flush(200.0), None, "coming back must not write over what the host keeps");
    // A host that does not know the protocol hears of it later all the same.
    assert_eq!(report.due(100.0 + GRACE), Due::Now(reached(0.1, "a", 0)));

    let mut report = Report::new(100.0);
    report.take(reached(0.1, "a", 0));
    report.answered();
    assert_eq!(report.due(200.0), Due::Now(reached(0.1, "a", 0)));
}

#[test]
fn at_most_one_a_second_unless_it_matters() {
    let mut report = answered();
    report.take(reached(0.1, "a", 0));
    assert_eq!(report.due(0.0), Due::Now(reached(0.1, "a", 0)));
    assert_eq!(report.due(10.0), Due::Never);
    assert!(!report.take(reached(0.2, "b", 0)));
    report.take(reached(0.3, "c", 0));
    assert_eq!(report.due(10.0), Due::In(PAUSE - 10.0));
    assert!(report.has_news());
    assert_eq!(report.due(PAUSE), Due::Now(reached(0.3, "c", 0)), "the newest, and only that");
    assert!(report.take(reached(0.9, "d", 1)), "one more check is worth a flush");
    assert_eq!(report.flush(PAUSE + 1.0), Some(reached(0.9, "d", 1)));
    assert_eq!((report.flush(PAUSE + 2.0), report.has_news()), (None, false));
}

#[test]
fn zero_is_never_sent() {
    let mut report = answered();
    report.take(reached(0.0, "v=1", 0));
    assert_eq!((report.due(1e6), report.flush(1e6)), (Due::Never, None));
    report.take(reached(f64::NAN, "v=1", 0));
    report.take(reached(-3.0, "v=1", 0));
    assert_eq!(report.flush(1e6), None);
}

#[test]
fn a_lower_score_goes_out_as_the_best_one() {
    let mut report = answered();
    report.take(reached(0.8, "much", 1));
    report.due(0.0);
    // The learner has forgotten all progress, or came back to less.
    report.take(reached(0.1, "little", 0));
    assert_eq!(report.due(PAUSE), Due::Now(reached(0.8, "little", 0)));
}

proptest! {
    #[test]
    fn scores_never_fall_and_reports_are_seldom(
        turns in proptest::collection::vec((0.0..1.5f64, 0usize..3, 0.0..900.0f64, 0u8..4), 1..80),
    ) {
        let mut report = Report::new(0.0);
        let (mut now, mut best, mut last) = (0.0, 0.0, f64::NEG_INFINITY);
        for (score, checks, passed, what) in turns {
            now += passed;
            let flush = report.take(reached(score, &format!("{score}"), checks)) || what == 0;
            if what == 1 {
                report.answered();
            }
            let sent = match flush {
                true => report.flush(now),
                false => match report.due(now) {
                    Due::Now(sent) => {
                        prop_assert!(now - last >= PAUSE);
                        Some(sent)
                    }
                    _ => None,
                },
            };
            if let Some(sent) = sent {
                prop_assert!(sent.score >= best && sent.score > 0.0 && sent.score <= 1.0);
                (best, last) = (sent.score, now);
            }
        }
    }
}
