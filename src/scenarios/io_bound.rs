//! Jobs that mostly wait, and jobs that mostly compute: one after another, and all together.
//!
//! modes: io_row, io_together, cpu_row, cpu_together
//! knobs: jobs, long, short
//! steps: clerk, kitchen

use futures_util::FutureExt;
use futures_util::future::join_all;

use super::{Scenario, customers};
use crate::runtime::{Rt, Setup, Threads};
use crate::trace::Millis;

// @region *
/// Something to order: how long it needs the clerk, and then the kitchen.
#[derive(Clone, Copy)]
struct Dish {
    name: &'static str,
    clerk: Millis,
    kitchen: Millis,
}

/// A job: the same program for every dish.
async fn order(rt: Rt, name: &str, dish: Dish) {
    rt.say(format!("{name} orders {}", dish.name));
    rt.work("clerk", dish.clerk); // @step clerk
    rt.say(format!("{name} waits for {}", dish.name));
    rt.io("kitchen", dish.kitchen).await; // @step kitchen
    rt.say(format!("{name} has {}", dish.name));
}
// @end

// @region io_row cpu_row
/// Each job begins when the one before is done.
async fn in_a_row(rt: &Rt, names: &[&'static str], dish: Dish) {
    for name in names {
        let _ = rt.spawn(name, order(rt.clone(), name, dish)).await;
    }
}
// @end

// @region io_together cpu_together
/// All jobs begin at once.
async fn together(rt: &Rt, names: &[&'static str], dish: Dish) {
    join_all(names.iter().map(|name| rt.spawn(name, order(rt.clone(), name, dish)))).await;
}
// @end

/// The program: everybody orders the same dish.
async fn program(rt: Rt, setup: Setup) {
    // @region *
    let names = customers(setup.knobs.count("jobs", 4)); // @knob jobs
    let long = setup.knobs.seconds("long", 2.4); // @knob long
    let short = setup.knobs.seconds("short", 0.1); // @knob short
    // @end

    // @region io_row io_together
    let burgers = Dish { name: "burgers", clerk: short, kitchen: long };
    // @end
    // @region cpu_row cpu_together
    let salad = Dish { name: "salad", clerk: long, kitchen: short };
    // @end

    match &*setup.mode {
        "io_together" => together(&rt, names, burgers).await,
        "cpu_row" => in_a_row(&rt, names, salad).await,
        "cpu_together" => together(&rt, names, salad).await,
        _ => in_a_row(&rt, names, burgers).await,
    }
    rt.say("all served");
}

/// What the registry knows of it.
pub const SCENARIO: Scenario = Scenario {
    name: "io_bound",
    modes: &["io_row", "io_together", "cpu_row", "cpu_together"],
    knobs: &["jobs", "long", "short"],
    steps: &["clerk", "kitchen"],
    threads: |_| Threads { programs: 1, pool: 0 },
    start: |rt, setup, _| program(rt, setup).boxed_local(),
    jobs: &[],
};
