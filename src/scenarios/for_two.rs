//! Burgers for two, after FastAPI's story. You are the thread; your errands are the tasks.
//!
//! modes: sitting, standing
//! knobs: ahead, cashiers, cooking, story, stories, turn, ordering, look, fetching, eating
//! steps: queue, order, kitchen, wait_here, look, talk, fetch, both, eat

use futures_util::FutureExt;

use super::Scenario;
use crate::runtime::{Rt, Setup, Threads};
use crate::trace::Millis;

/// How many there are of everything, and how long everything takes.
#[derive(Clone, Copy)]
struct Evening {
    ahead: usize,
    cashiers: usize,
    cooking: Millis,
    story: Millis,
    stories: usize,
    turn: Millis,
    ordering: Millis,
    look: Millis,
    fetching: Millis,
    eating: Millis,
}

// @region *
/// Stand in line, then order.
fn order(rt: &Rt, evening: Evening) {
    let mut ahead = evening.ahead;
    while ahead >= evening.cashiers {
        rt.say(format!("in line, {ahead} ahead"));
        rt.blocking_io("queue", evening.turn); // @step queue
        ahead -= evening.cashiers;
    }
    rt.say("you order two burgers");
    rt.work("order", evening.ordering); // @step order
}

/// One story, from its beginning to its end.
fn tell(rt: &Rt, number: usize, evening: Evening) {
    rt.say(format!("story {number} begins"));
    rt.work("talk", evening.story); // @step talk
    rt.say(format!("story {number} ends"));
}

/// Carry the burgers to the table.
fn fetch(rt: &Rt, evening: Evening) {
    rt.say("you fetch the burgers");
    rt.work("fetch", evening.fetching); // @step fetch
}

/// Eat them, both of you.
fn eat(rt: &Rt, evening: Evening) {
    rt.say("you eat together");
    rt.work("eat", evening.eating); // @step eat
    rt.say("you both get up");
}
// @end

// @region sitting
/// An errand. The kitchen does not need you.
async fn get_burgers(rt: Rt, evening: Evening) {
    order(&rt, evening);
    rt.say("you have a number and sit down");
    rt.io("kitchen", evening.cooking).await; // @step kitchen
    fetch(&rt, evening);
}

/// An errand. You look up before each story.
async fn talk(rt: Rt, evening: Evening) {
    for number in 1..=evening.stories {
        rt.io("look", evening.look).await; // @step look
        tell(&rt, number, evening);
    }
}

/// Two errands, one you.
async fn sit(rt: &Rt, evening: Evening) {
    let burgers = rt.spawn("burgers", get_burgers(rt.clone(), evening));
    let talk = rt.spawn("talk", talk(rt.clone(), evening));
    rt.at("both");
    let _ = futures_util::join!(burgers, talk); // @step both
    eat(rt, evening);
}
// @end

// @region standing
/// One thing after another, and the kitchen is one of them.
fn stand(rt: &Rt, evening: Evening) {
    order(rt, evening);
    rt.say("you wait at the counter");
    rt.blocking_io("wait_here", evening.cooking); // @step wait_here
    fetch(rt, evening);
    for number in 1..=evening.stories {
        tell(rt, number, evening);
    }
    eat(rt, evening);
}
// @end

/// The evening, in one of two ways.
async fn program(rt: Rt, setup: Setup) {
    let knobs = &setup.knobs;
    // @region *
    let evening = Evening {
        ahead: knobs.count("ahead", 6),              // @knob ahead
        cashiers: knobs.count("cashiers", 1).max(1), // @knob cashiers
        cooking: knobs.seconds("cooking", 4.0),      // @knob cooking
        story: knobs.seconds("story", 1.5),          // @knob story
        stories: knobs.count("stories", 4),          // @knob stories
        turn: knobs.seconds("turn", 0.3),            // a cashier, for each person
        ordering: knobs.seconds("ordering", 0.5),    // to choose and to pay
        look: knobs.seconds("look", 0.2),            // a look round the room
        fetching: knobs.seconds("fetching", 0.5),    // to the counter and back
        eating: knobs.seconds("eating", 1.0),        // two burgers, two people
    };
    // @end
    match &*setup.mode {
        "standing" => stand(&rt, evening),
        _ => sit(&rt, evening).await,
    }
}

/// What the registry knows of it.
pub const SCENARIO: Scenario = Scenario {
    name: "for_two",
    modes: &["sitting", "standing"],
    knobs: &[
        "ahead", "cashiers", "cooking", "story", "stories", "turn", "ordering", "look", "fetching", "eating",
    ],
    steps: &["queue", "order", "kitchen", "wait_here", "look", "talk", "fetch", "both", "eat"],
    threads: |_| Threads { programs: 1, pool: 0 },
    start: |rt, setup, _| program(rt, setup).boxed_local(),
    jobs: &[],
};
