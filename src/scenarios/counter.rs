//! The burger counter: one clerk, some customers, two ways to wait for the grill.
//!
//! modes: blocking, async, side
//! knobs: customers, ordering, grilling
//! steps: order, grill

use futures_util::FutureExt;

use super::{Scenario, customers};
use crate::runtime::{Rt, Setup, Threads};
use crate::trace::Millis;

// @region blocking side
/// Serves one customer and stays at the grill until the meat is done.
async fn serve_blocking(rt: Rt, name: &str, ordering: Millis, grilling: Millis) {
    rt.say(format!("{name} orders"));
    rt.work("order", ordering); // @step order
    rt.say(format!("{name} waits at the till"));
    rt.blocking_io("grill", grilling); // @step grill
    rt.say(format!("{name} leaves with burgers"));
}
// @end

// @region async side
/// Serves one customer; whoever waits for the grill waits at a table.
async fn serve(rt: Rt, name: &str, ordering: Millis, grilling: Millis) {
    rt.say(format!("{name} orders"));
    rt.work("order", ordering); // @step order
    rt.say(format!("{name} has a ticket"));
    rt.io("grill", grilling).await; // @step grill
    rt.say(format!("{name} leaves with burgers"));
}
// @end

/// A counter: all customers come at once, and the last to leave closes the door.
async fn counter(rt: Rt, setup: Setup, blocking: bool) {
    // @region *
    let names = customers(setup.knobs.count("customers", 3)); // @knob customers
    let ordering = setup.knobs.seconds("ordering", 1.0); // @knob ordering
    let grilling = setup.knobs.seconds("grilling", 3.0); // @knob grilling
    // @end

    let mut served = Vec::new();
    if blocking {
        // @region blocking side
        for name in names {
            served.push(rt.spawn(name, serve_blocking(rt.clone(), name, ordering, grilling)));
        }
        // @end
    } else {
        // @region async side
        for name in names {
            served.push(rt.spawn(name, serve(rt.clone(), name, ordering, grilling)));
        }
        // @end
    }
    for customer in served {
        let _ = customer.await;
    }
    rt.say("closed");
}

/// Side by side, each counter has a clerk: two threads.
fn threads(setup: &Setup) -> Threads {
    Threads { programs: if setup.mode == "side" { 2 } else { 1 }, pool: 0 }
}

/// What the registry knows of it.
pub const SCENARIO: Scenario = Scenario {
    name: "counter",
    modes: &["blocking", "async", "side"],
    knobs: &["customers", "ordering", "grilling"],
    steps: &["order", "grill"],
    threads,
    start: |rt, setup, thread| {
        let blocking = setup.mode != "async" && thread == 0;
        counter(rt, setup, blocking).boxed_local()
    },
    jobs: &[],
};
