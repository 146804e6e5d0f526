//! Waiting: one clerk, one slow kitchen, and who keeps the clerk while the meat is on the grill.
//!
//! modes: blocking, async
//! knobs: customers, ordering, grilling
//! steps: order, grill

use futures_util::FutureExt;

use super::{Scenario, customers};
use crate::runtime::{Rt, Setup, Threads};
use crate::trace::Millis;

// @region blocking
/// One customer, who keeps the clerk until the burgers are there.
async fn serve_blocking(rt: Rt, name: &str, ordering: Millis, grilling: Millis) {
    rt.say(format!("{name} orders"));
    rt.work("order", ordering); // @step order
    rt.say(format!("{name} keeps the clerk"));
    rt.blocking_io("grill", grilling); // @step grill
    rt.say(format!("{name} has burgers"));
}
// @end

// @region async
/// One customer, who lets the clerk go and waits with a ticket.
async fn serve(rt: Rt, name: &str, ordering: Millis, grilling: Millis) {
    rt.say(format!("{name} orders"));
    rt.work("order", ordering); // @step order
    rt.say(format!("{name} lets the clerk go"));
    rt.io("grill", grilling).await; // @step grill
    rt.say(format!("{name} has burgers"));
}
// @end

/// The program: all customers come at once.
async fn program(rt: Rt, setup: Setup) {
    // @region *
    let names = customers(setup.knobs.count("customers", 3)); // @knob customers
    let ordering = setup.knobs.seconds("ordering", 1.0); // @knob ordering
    let grilling = setup.knobs.seconds("grilling", 3.0); // @knob grilling
    // @end

    let mut served = Vec::new();
    if setup.mode == "async" {
        // @region async
        for name in names {
            served.push(rt.spawn(name, serve(rt.clone(), name, ordering, grilling)));
        }
        // @end
    } else {
        // @region blocking
        for name in names {
            served.push(rt.spawn(name, serve_blocking(rt.clone(), name, ordering, grilling)));
        }
        // @end
    }
    for customer in served {
        let _ = customer.await;
    }
    rt.say("closed");
}

/// What the registry knows of it.
pub const SCENARIO: Scenario = Scenario {
    name: "waiting",
    modes: &["blocking", "async"],
    knobs: &["customers", "ordering", "grilling"],
    steps: &["order", "grill"],
    threads: |_| Threads { programs: 1, pool: 0 },
    start: |rt, setup, _| program(rt, setup).boxed_local(),
    jobs: &[],
};
