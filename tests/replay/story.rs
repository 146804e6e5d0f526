//! The story tells everything, in order, and of the right ticket.

use concurrent_burgers::replay::story::{Tale, Told, tell};

use super::*;

fn name(replay: &Replay, task: TaskId) -> &str {
    replay.trace.name(task)
}

proptest! {
    #[test]
    fn every_line_that_is_printed_is_told(Shown(trace, _) in programs()) {
        let replay = whole(trace);
        let told = tell(&replay);
        let said = told.iter().filter_map(|it| match &it.what {
            Tale::Says(text) => Some((it.at, it.task, text.as_str())),
            _ => None,
        });
        let printed = replay.trace.events().iter().filter_map(|event| match event.what {
            What::Say { text } => Some((event.at, event.task, replay.trace.text(event.task, text))),
            _ => None,
        });
        prop_assert_eq!(said.collect::<Vec<_>>(), printed.collect::<Vec<_>>());
    }

    #[test]
    fn the_story_goes_forward_in_time(Shown(trace, _) in programs()) {
        prop_assert!(tell(&whole(trace)).is_sorted_by_key(|it| it.at));
    }

    #[test]
    fn of_every_errand_its_own_ticket_is_told(Shown(trace, _) in programs()) {
        let replay = whole(trace);
        let told = tell(&replay);
        let mut given: Vec<_> = told.iter().filter_map(|it| match it.what {
            Tale::SitsDown(ticket, step) => Some((it.at, it.task, ticket, step)),
            _ => None,
        }).collect();
        let mut asked: Vec<_> = replay.ios.iter().map(|io| (io.from, io.task, io.ticket, io.step)).collect();
        given.sort();
        asked.sort();
        prop_assert_eq!(given, asked);
        let mut up: Vec<_> = told.iter().filter_map(|it| match it.what {
            Tale::NumberUp(ticket, _) => Some((Some(it.at), it.task, ticket)),
            _ => None,
        }).collect();
        let mut came: Vec<_> = replay.ios.iter().filter(|io| io.done).map(|io| (io.to, io.task, io.ticket)).collect();
        up.sort();
        came.sort();
        prop_assert_eq!(up, came);
    }

    #[test]
    fn nobody_is_said_to_keep_the_clerk_from_itself(Shown(trace, _) in programs()) {
        for it in tell(&whole(trace)) {
            prop_assert!(!matches!(it.what, Tale::NumberUp(_, Some(keeper)) if keeper == it.task));
        }
    }

    #[test]
    fn everybody_arrives_once_and_goes_once(Shown(trace, _) in programs()) {
        let replay = whole(trace);
        let told = tell(&replay);
        for lane in &replay.lanes {
            let count = |is: fn(&Tale) -> bool| told.iter().filter(|it| it.task == lane.task && is(&it.what)).count();
            if lane.slip.is_some() {
                prop_assert_eq!(count(|it| *it == Tale::IsMade), 1);
                let goes = |it: &Tale| matches!(it, Tale::IsAwaited(_) | Tale::NeverStarts);
                prop_assert_eq!(count(goes), 1, "{}", lane.name);
                continue;
            }
            prop_assert_eq!(count(|it| *it == Tale::Arrives), usize::from(lane.task.index() > 0));
            let goes = |it: &Tale| matches!(it, Tale::Leaves | Tale::Fails(_) | Tale::IsCancelled);
            prop_assert_eq!(count(goes), 1, "{}", lane.name);
        }
    }
}

fn numbers_up(replay: &Replay) -> Vec<(f64, &str, u32, Option<&str>)> {
    let up = |it: Told| match it.what {
        Tale::NumberUp(ticket, keeper) => {
            Some((it.at.seconds(), name(replay, it.task), ticket, keeper.map(|keeper| name(replay, keeper))))
        }
        _ => None,
    };
    tell(replay).into_iter().filter_map(up).collect()
}

#[test]
fn a_number_that_lights_up_while_another_has_the_clerk_names_that_other() {
    let replay = counter(scenarios::counter::SCENARIO, "async", (2, 2500, 1000));
    assert_eq!(numbers_up(&replay), [(3.5, "Ada", 1, Some("Ben")), (6.0, "Ben", 2, None)]);
}

#[test]
fn a_number_that_lights_up_when_the_clerk_is_free_names_nobody() {
    let replay = counter(scenarios::counter::SCENARIO, "async", (2, 1000, 3000));
    assert_eq!(numbers_up(&replay), [(4.0, "Ada", 1, None), (5.0, "Ben", 2, None)]);
}

#[test]
fn the_blocking_counter_is_a_story_without_tickets() {
    let replay = counter(scenarios::counter::SCENARIO, "blocking", (1, 1000, 2000));
    let ada = tell(&replay).into_iter().filter(|it| name(&replay, it.task) == "Ada");
    let tales: Vec<_> = ada.map(|it| (it.at.seconds(), format!("{:?}", it.what))).collect();
    let expected = [
        (0.0, "Arrives"),
        (0.0, "Says(\"Ada orders\")"),
        (0.0, "Works(StepId(0))"),
        (1.0, "Says(\"Ada waits at the till\")"),
        (1.0, "Blocks(StepId(1))"),
        (3.0, "Says(\"Ada leaves with burgers\")"),
        (3.0, "Leaves"),
    ];
    assert_eq!(tales, expected.map(|(at, tale)| (at, tale.to_owned())));
}
