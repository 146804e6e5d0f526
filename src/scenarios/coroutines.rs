//! Coroutines: what a call makes, what awaits it, and what a task does with it.
//!
//! modes: forgotten, awaited, task
//! knobs: number, think, call, ordering, grilling
//! steps: think, call, join, order, grill

use futures_util::FutureExt;

use super::Scenario;
use crate::runtime::{Rt, Setup, Threads};
use crate::trace::Millis;

/// How long Ada thinks and calls, and how long a burger takes at the till and on the grill.
#[derive(Clone, Copy)]
struct Times {
    think: Millis,
    call: Millis,
    ordering: Millis,
    grilling: Millis,
}

// @region *
/// Gets burgers, one after another.
async fn order(rt: Rt, number: usize, times: Times) -> usize {
    rt.say("the order begins");
    rt.local("number", number);
    let mut burgers = 0;
    while burgers < number {
        rt.local("burgers", burgers);
        rt.work("order", times.ordering); // @step order
        rt.io("grill", times.grilling).await; // @step grill
        burgers += 1;
        rt.say(format!("burgers: {burgers}"));
    }
    rt.local("burgers", burgers);
    burgers
}
// @end

/// Ada wants burgers; she thinks at the till for a moment, and has a phone call to make.
async fn ada(rt: Rt, mode: String, number: usize, times: Times) {
    match &*mode {
        "awaited" => {
            // @region awaited
            rt.say(format!("Ada calls order({number})"));
            let slip = rt.call(&format!("order({number})"), order(rt.clone(), number, times));
            rt.work("think", times.think); // @step think
            rt.io("call", times.call).await; // @step call
            rt.say("Ada awaits it");
            let burgers = slip.await;
            rt.say(format!("Ada has {burgers} burgers"));
            // @end
        }
        "task" => {
            // @region task
            rt.say(format!("Ada calls order({number})"));
            let ben = rt.spawn("Ben", order(rt.clone(), number, times).map(drop));
            rt.work("think", times.think); // @step think
            rt.io("call", times.call).await; // @step call
            rt.say("Ada awaits Ben");
            rt.at("join");
            let _ = ben.await; // @step join
            rt.say(format!("Ada has {number} burgers"));
            // @end
        }
        _ => {
            // @region forgotten
            rt.say(format!("Ada calls order({number})"));
            let slip = rt.call(&format!("order({number})"), order(rt.clone(), number, times));
            rt.work("think", times.think); // @step think
            rt.io("call", times.call).await; // @step call
            if !slip.was_started() {
                rt.say("coroutine 'order' was never awaited");
            }
            drop(slip);
            rt.say("Ada has no burgers");
            // @end
        }
    }
}

/// The program: Ada, alone in the shop.
async fn program(rt: Rt, setup: Setup) {
    // @region *
    let number = setup.knobs.count("number", 2); // @knob number
    let think = setup.knobs.seconds("think", 0.6); // @knob think
    let call = setup.knobs.seconds("call", 3.2); // @knob call
    let ordering = setup.knobs.seconds("ordering", 0.5); // @knob ordering
    let grilling = setup.knobs.seconds("grilling", 2.0); // @knob grilling
    // @end
    let times = Times { think, call, ordering, grilling };
    // @region *
    let _ = rt.spawn("Ada", ada(rt.clone(), setup.mode, number, times)).await;
    // @end
    rt.say("closed");
}

/// What the registry knows of it.
pub const SCENARIO: Scenario = Scenario {
    name: "coroutines",
    modes: &["forgotten", "awaited", "task"],
    knobs: &["number", "think", "call", "ordering", "grilling"],
    steps: &["think", "call", "join", "order", "grill"],
    threads: |_| Threads { programs: 1, pool: 0 },
    start: |rt, setup, _| program(rt, setup).boxed_local(),
    jobs: &[],
};
