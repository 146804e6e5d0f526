//! The questions that end the course: the pool, what a seed draws, and what is kept of the answers.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;

use concurrent_burgers::course::address::Address;
use concurrent_burgers::course::exam::{ASKED, Asked, LAST_SEED, Sheet, catches, draw, draw_from};
use concurrent_burgers::course::progress::Progress;
use concurrent_burgers::lessons::misconceptions::MISCONCEPTIONS;
use concurrent_burgers::lessons::model::{Block, Node};
use concurrent_burgers::lessons::{ALL, QUESTIONS, truth};

mod pool {
    use super::*;

    #[test]
    fn every_misconception_is_caught_by_a_question_and_set_right() {
        for misconception in MISCONCEPTIONS {
            let catching = QUESTIONS.iter().filter(|it| catches(it).any(|id| id == misconception.id)).count();
            assert!(catching >= 2, "{} is caught by {catching} questions", misconception.id);
            assert!(truth(misconception.id).is_some(), "nothing is true instead of {}", misconception.id);
        }
    }

    #[test]
    fn the_pool_is_larger_than_what_is_asked() {
        assert!(QUESTIONS.len() >= 2 * ASKED, "{}", QUESTIONS.len());
    }

    #[test]
    fn what_answers_claim_is_what_the_simulation_of_their_lesson_says() {
        let mut checked = 0;
        for question in QUESTIONS {
            let numbers = question.numbers().expect("its lesson is there");
            for check in question.options.iter().filter_map(|option| option.check.as_ref()) {
                assert_eq!(numbers.value(check), 1.0, "{}: {check:?}", question.id);
                checked += 1;
            }
        }
        assert!(checked > QUESTIONS.len(), "{checked} claims of {} questions", QUESTIONS.len());
    }

    #[test]
    fn where_two_answers_give_a_time_the_right_one_is_checked() {
        let timed = |nodes: &[Node]| nodes.iter().any(|node| matches!(node, Node::Value(_)));
        for question in QUESTIONS {
            let right = question.right().expect("one is right");
            if timed(&right.text) {
                assert!(right.check.is_some(), "{}: nothing holds the time it gives", question.id);
            }
        }
    }

    #[test]
    fn all_links_of_questions_and_lessons_lead_to_a_step_that_is_there() {
        let mut links: Vec<(&str, &str)> = Vec::new();
        for question in QUESTIONS {
            links.extend(question.revisit.iter().map(|revisit| (question.id, revisit.link)));
        }
        for misconception in MISCONCEPTIONS {
            let revisit = truth(misconception.id).map_or(&[][..], |truth| truth.revisit);
            links.extend(revisit.iter().map(|revisit| (misconception.id, revisit.link)));
        }
        for lesson in ALL {
            for block in lesson.steps.iter().flat_map(|step| step.blocks.iter()) {
                if let Block::Prose(nodes) | Block::Aside { body: nodes, .. } = block {
                    collect(nodes, lesson.slug, &mut links);
                }
            }
        }
        assert!(links.len() > 60, "{}", links.len());
        for (whose, link) in links.into_iter().filter(|(_, link)| link.starts_with("?lesson=")) {
            let address = Address::parse(link);
            assert!(address.lesson.is_some() && address.notes.is_empty(), "{whose}: {link}");
        }
    }

    fn collect(nodes: &'static [Node], whose: &'static str, links: &mut Vec<(&str, &str)>) {
        for node in nodes {
            match node {
                Node::Link(to, _) => links.push((whose, to)),
                Node::Element(_, inside) => collect(inside, whose, links),
                _ => {}
            }
        }
    }
}

mod seed {
    use super::*;

    fn ids(seed: u32) -> Vec<&'static str> {
        draw(seed).iter().map(|asked| asked.question.id).collect()
    }

    #[test]
    fn the_same_seed_draws_the_same_twelve_in_the_same_order() {
        for seed in [0, 1, 4711, LAST_SEED] {
            let orders = |seed| draw(seed).into_iter().map(|asked| asked.order).collect::<Vec<_>>();
            assert_eq!((ids(seed), orders(seed)), (ids(seed), orders(seed)));
        }
    }

    #[test]
    fn every_seed_draws_twelve_that_catch_every_misconception() {
        for seed in (0..=LAST_SEED).step_by(37) {
            let drawn = draw(seed);
            let different: BTreeSet<_> = drawn.iter().map(|asked| asked.question.id).collect();
            assert_eq!((drawn.len(), different.len()), (ASKED, ASKED), "seed {seed}");
            let caught: BTreeSet<_> = drawn.iter().flat_map(|asked| catches(asked.question)).collect();
            assert_eq!(caught.len(), MISCONCEPTIONS.len(), "seed {seed}: {caught:?}");
        }
    }

    #[test]
    fn other_seeds_draw_other_questions_and_every_question_has_its_day() {
        let drawn: BTreeSet<Vec<_>> = (0..200).map(ids).collect();
        assert!(drawn.len() > 195, "{}", drawn.len());
        let asked: BTreeSet<_> = drawn.iter().flatten().collect();
        assert_eq!(asked.len(), QUESTIONS.len());
    }

    #[test]
    fn the_right_answer_stands_in_every_place() {
        let mut places = [0_u32; 4];
        for Asked { question, order } in (0..100).flat_map(draw) {
            let mut sorted = order.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, (0..question.options.len()).collect::<Vec<_>>());
            let right = order.iter().position(|at| question.options[*at].misconception.is_none());
            places[right.expect("one is right")] += 1;
        }
        assert!(places.iter().all(|times| (200..400).contains(times)), "{places:?}");
    }

    #[test]
    fn a_small_pool_is_asked_to_its_end() {
        assert_eq!(draw_from(&QUESTIONS[..5], 1).len(), 5);
        assert!(draw_from(&[], 1).is_empty());
    }
}

mod sheet {
    use super::*;

    /// The answer to a question: right, or the first wrong one.
    fn option(asked: &Asked, right: bool) -> usize {
        let options = asked.question.options;
        options.iter().position(|it| it.misconception.is_none() == right).expect("there is one")
    }

    /// All twelve answered, so many of them right, and the result shown.
    fn done(sheet: &mut Sheet, seed: u32, right: usize) {
        sheet.begin(seed);
        for (at, asked) in draw(seed).iter().enumerate() {
            sheet.answer(asked.question.id, option(asked, at < right));
        }
        assert!(sheet.show());
    }

    #[test]
    fn answers_can_be_changed_until_the_result_is_shown() {
        let mut sheet = Sheet::default();
        sheet.begin(7);
        let drawn = draw(7);
        let first = &drawn[0];
        sheet.answer(first.question.id, option(first, false));
        assert_eq!((sheet.right(), sheet.open().len(), sheet.open()[0]), (0, ASKED - 1, 1));
        sheet.answer(first.question.id, option(first, true));
        assert_eq!(sheet.right(), 1);
        assert!(!sheet.show(), "eleven have no answer");
        assert!(!sheet.shown());
        done(&mut sheet, 7, ASKED);
        sheet.answer(first.question.id, option(first, false));
        assert_eq!(sheet.right(), ASKED, "it is over");
    }

    #[test]
    fn what_was_not_asked_cannot_be_answered() {
        let mut sheet = Sheet::default();
        sheet.answer(QUESTIONS[0].id, 0);
        assert_eq!(sheet, Sheet::default(), "no questions yet");
        sheet.begin(7);
        let drawn = draw(7);
        let other = QUESTIONS.iter().find(|it| drawn.iter().all(|asked| asked.question.id != it.id));
        sheet.answer(other.expect("the pool is larger").id, 0);
        sheet.answer("nope", 0);
        sheet.answer(drawn[0].question.id, 9);
        assert_eq!(sheet.open().len(), ASKED);
    }

    #[test]
    fn a_wrong_answer_shows_its_misconception_and_where_it_showed() {
        let mut sheet = Sheet::default();
        done(&mut sheet, 3, 9);
        let wrong = &draw(3)[9..];
        let caught = sheet.caught();
        let mut expected: Vec<_> = wrong.iter().map(|asked| option(asked, false)).collect();
        for (asked, option) in wrong.iter().zip(expected.drain(..)) {
            let id = asked.question.options[option].misconception.expect("it is wrong");
            let found = caught.iter().find(|it| it.misconception.id == id).expect("it is caught");
            assert!(found.by.iter().any(|question| question.id == asked.question.id));
        }
        assert_eq!(caught.iter().map(|it| it.by.len()).sum::<usize>(), 3);
        let places =
            caught.iter().map(|it| MISCONCEPTIONS.iter().position(|known| known.id == it.misconception.id));
        assert!(places.is_sorted(), "in the order of the course");
        done(&mut sheet, 3, ASKED);
        assert!(sheet.caught().is_empty());
    }

    #[test]
    fn the_score_never_falls() {
        let mut sheet = Sheet::default();
        assert_eq!(sheet.best(), None);
        done(&mut sheet, 1, 0);
        assert_eq!(sheet.best(), Some(0));
        done(&mut sheet, 2, 8);
        done(&mut sheet, 3, 5);
        assert_eq!((sheet.right(), sheet.best()), (5, Some(8)));
        sheet.begin(4);
        assert_eq!((sheet.best(), sheet.shown(), sheet.open().len()), (Some(8), false, ASKED));
    }

    #[test]
    fn it_survives_storage_with_the_progress() {
        let mut progress = Progress::default();
        progress.see("sync-vs-async", "wake");
        assert!(!progress.write().contains("exam"), "nothing where nothing was done");
        progress.exam.begin(4711);
        let drawn = draw(4711);
        progress.exam.answer(drawn[3].question.id, 2);
        assert_eq!(Progress::read(&progress.write()), Ok(progress.clone()));
        done(&mut progress.exam, 4711, 10);
        assert_eq!(Progress::read(&progress.write()), Ok(progress.clone()));
        progress.exam.begin(12);
        assert_eq!(Progress::read(&progress.write()), Ok(progress));
    }

    #[test]
    fn texts_from_before_it_are_still_read_and_no_lesson_has_its_name() {
        let progress = Progress::read("v=1&sync-vs-async=wake,two-ways;checked").expect("it is one");
        assert!(progress.of("sync-vs-async").checked);
        assert_eq!(progress.exam, Sheet::default());
        assert!(ALL.iter().all(|lesson| lesson.slug != "exam"));
    }

    #[test]
    fn what_does_not_belong_is_left_out() {
        let mut sheet = Sheet::default();
        done(&mut sheet, 5, 6);
        let text = sheet.write().expect("something was done");
        assert_eq!(Sheet::read(&text), sheet);
        // A question that is no longer in the pool: the result has a gap, and is open again.
        let first = draw(5)[0].question.id;
        let gone = Sheet::read(&text.replace(first, "gone"));
        assert_eq!((gone.shown(), gone.open().len(), gone.best()), (false, 1, Some(6)));
        for broken in
            ["", ";;;", "x;y;z;w", "99999999;;;", "-1;a.b;shown;200", "5;.;shown;13", ";;;;;;", "\u{0}ä"]
        {
            let read = Sheet::read(broken);
            assert!(read.best().is_none() && !read.shown(), "{broken}");
        }
        assert_eq!(Sheet::read(";;shown;7").best(), Some(7));
    }

    #[test]
    fn a_pasted_code_brings_the_better_score_and_takes_no_answers_away() {
        let (mut here, mut there) = (Progress::default(), Progress::default());
        done(&mut there.exam, 9, 11);
        here.add(&there);
        assert_eq!(here.exam, there.exam);
        let mut begun = Progress::default();
        begun.exam.begin(2);
        begun.exam.answer(draw(2)[0].question.id, 1);
        let before = begun.exam.clone();
        begun.add(&there);
        assert_eq!((begun.exam.seed(), begun.exam.best()), (Some(2), Some(11)));
        assert_eq!(begun.exam.open(), before.open());
        // And nothing takes a score back.
        begun.add(&Progress::default());
        assert_eq!(begun.exam.best(), Some(11));
    }
}
