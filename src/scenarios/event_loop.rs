//! The event loop: who is ready, who runs, and what one task can do to all the others.
//!
//! modes: fair, story, blocked
//! knobs: customers, ordering, cooking, talk, beat
//! steps: order, cook, call, tell, block, beat

use std::cell::Cell;
use std::rc::Rc;

use futures_util::FutureExt;

use super::{Scenario, customers};
use crate::runtime::{Rt, Setup, Threads};
use crate::trace::Millis;

/// How long an order takes at the till, a dish in the kitchen, and Ada's talk.
#[derive(Clone, Copy)]
struct Times {
    ordering: Millis,
    cooking: Millis,
    talk: Millis,
}

// @region *
/// Waits at a table for something from the kitchen.
async fn dish(rt: &Rt, name: &str, what: &str, times: Times) {
    rt.say(format!("{name} waits for {what}"));
    rt.io("cook", times.cooking).await; // @step cook
    rt.say(format!("{name} has {what}"));
}

/// One customer: an order at the till, then burgers.
async fn customer(rt: Rt, name: &str, times: Times) {
    rt.say(format!("{name} orders"));
    rt.work("order", times.ordering); // @step order
    dish(&rt, name, "burgers", times).await;
}
// @end

// @region fair
/// A phone call, made at a table: only the one who calls waits.
async fn call_at_a_table(rt: Rt, time: Millis) {
    rt.say("Ada calls from a table");
    rt.io("call", time).await; // @step call
    rt.say("Ada hangs up");
}
// @end

// @region story
/// A part of a story. It is async, but there is nothing in it to wait for.
async fn tell(rt: &Rt, part: u32, time: Millis) {
    rt.say(format!("Ada tells part {part}"));
    rt.work("tell", time); // @step tell
}

/// A long story, told at the till.
async fn tell_a_story(rt: Rt, time: Millis) {
    for part in [1, 2, 3] {
        tell(&rt, part, Millis(time.0 / 3.0)).await;
    }
    rt.say("Ada ends her story");
}
// @end

// @region blocked
/// The same phone call, made at the till: everybody waits.
async fn call_at_the_till(rt: Rt, time: Millis) {
    rt.say("Ada calls from the till");
    rt.blocking_io("block", time); // @step block
    rt.say("Ada hangs up");
}
// @end

// @region *
/// Ada wants burgers, then she talks, then she wants fries.
async fn ada(rt: Rt, times: Times, talk: impl AsyncFnOnce(Rt, Millis)) {
    customer(rt.clone(), "Ada", times).await;
    talk(rt.clone(), times.talk).await;
    dish(&rt, "Ada", "fries", times).await;
}

/// Says that the loop goes round, until the shop closes.
async fn heartbeat(rt: Rt, every: Millis, open: Rc<Cell<bool>>) {
    while open.get() {
        rt.io("beat", every).await; // @step beat
        rt.say("beat");
    }
}
// @end

/// The program: all come at once, and the last to leave closes the door.
async fn program(rt: Rt, setup: Setup) {
    // @region *
    let names = customers(setup.knobs.count("customers", 3)); // @knob customers
    let ordering = setup.knobs.seconds("ordering", 0.1); // @knob ordering
    let cooking = setup.knobs.seconds("cooking", 2.4); // @knob cooking
    let talk = setup.knobs.seconds("talk", 3.0); // @knob talk
    let beat = setup.knobs.seconds("beat", 1.0); // @knob beat
    // @end
    let times = Times { ordering, cooking, talk };

    // @region *
    let open = Rc::new(Cell::new(true));
    let heart = rt.spawn("heartbeat", heartbeat(rt.clone(), beat, open.clone()));
    let ada = match &*setup.mode {
        "story" => rt.spawn("Ada", ada(rt.clone(), times, tell_a_story)),
        "blocked" => rt.spawn("Ada", ada(rt.clone(), times, call_at_the_till)),
        _ => rt.spawn("Ada", ada(rt.clone(), times, call_at_a_table)),
    };
    let mut served = vec![ada];
    for name in names.iter().skip(1) {
        served.push(rt.spawn(name, customer(rt.clone(), name, times)));
    }
    for customer in served {
        let _ = customer.await;
    }
    open.set(false);
    let _ = heart.await;
    // @end
    rt.say("closed");
}

/// What the registry knows of it.
pub const SCENARIO: Scenario = Scenario {
    name: "event_loop",
    modes: &["fair", "story", "blocked"],
    knobs: &["customers", "ordering", "cooking", "talk", "beat"],
    steps: &["order", "cook", "call", "tell", "block", "beat"],
    threads: |_| Threads { programs: 1, pool: 0 },
    start: |rt, setup, _| program(rt, setup).boxed_local(),
    jobs: &[],
};
