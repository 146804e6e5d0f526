//! A crowd: one clerk and any number of customers, from one to ten thousand.
//!
//! modes: blocking, async
//! knobs: customers, ordering, grilling
//! steps: order, grill

use futures_util::FutureExt;

use super::{CUSTOMERS, Scenario};
use crate::runtime::{Rt, Setup, Threads};
use crate::trace::Millis;

/// The most customers it is run with.
pub const MOST: usize = 10_000;

/// The first twelve have names, the others numbers.
fn name_of(index: usize) -> String {
    CUSTOMERS.get(index).map_or_else(|| format!("customer {}", index + 1), |name| (*name).to_owned())
}

// @region blocking
/// Serves one customer and stays at the grill until the meat is done.
async fn serve_blocking(rt: Rt, name: String, ordering: Millis, grilling: Millis) {
    rt.work("order", ordering); // @step order
    rt.blocking_io("grill", grilling); // @step grill
    rt.say(format!("{name} leaves with burgers"));
}
// @end

// @region async
/// Serves one customer; whoever waits for the grill waits at a table.
async fn serve(rt: Rt, name: String, ordering: Millis, grilling: Millis) {
    rt.work("order", ordering); // @step order
    rt.io("grill", grilling).await; // @step grill
    rt.say(format!("{name} leaves with burgers"));
}
// @end

/// A counter on a busy day: all customers come at once.
async fn counter(rt: Rt, setup: Setup) {
    // @region *
    let customers = setup.knobs.count("customers", 12).min(MOST); // @knob customers
    let ordering = setup.knobs.seconds("ordering", 0.0005); // @knob ordering
    let grilling = setup.knobs.seconds("grilling", 0.3); // @knob grilling
    // @end

    let mut served = Vec::new();
    for index in 0..customers {
        let name = name_of(index);
        let task = name.clone();
        if setup.mode == "async" {
            // @region async
            served.push(rt.spawn(&task, serve(rt.clone(), name, ordering, grilling)));
            // @end
        } else {
            // @region blocking
            served.push(rt.spawn(&task, serve_blocking(rt.clone(), name, ordering, grilling)));
            // @end
        }
    }
    // @region *
    for customer in served {
        let _ = customer.await;
    }
    rt.say("closed");
    // @end
}

/// What the registry knows of it.
pub const SCENARIO: Scenario = Scenario {
    name: "crowd",
    modes: &["blocking", "async"],
    knobs: &["customers", "ordering", "grilling"],
    steps: &["order", "grill"],
    threads: |_| Threads { programs: 1, pool: 0 },
    start: |rt, setup, _| counter(rt, setup).boxed_local(),
    jobs: &[],
};
