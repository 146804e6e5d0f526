//! `get_burgers`, awaited in a row, or gathered.
//!
//! modes: sequence, together, side
//! knobs: customers, ordering, grilling
//! steps: order, grill, gather

use futures_util::FutureExt;
use futures_util::future::join_all;

use super::{Scenario, customers};
use crate::runtime::{Rt, Setup, Threads};
use crate::trace::Millis;

/// How long an order takes at the till, and on the grill.
#[derive(Clone, Copy)]
struct Times {
    ordering: Millis,
    grilling: Millis,
}

/// Nothing can go wrong at this counter.
type Burgers = Result<Vec<&'static str>, std::convert::Infallible>;

// @region *
/// Orders at the till, then waits for the grill without keeping the clerk.
async fn get_burgers(rt: Rt, name: &str, number: usize, times: Times) -> Burgers {
    rt.say(format!("{name} orders"));
    rt.work("order", times.ordering); // @step order
    rt.say(format!("{name} has a ticket"));
    rt.io("grill", times.grilling).await; // @step grill
    rt.say(format!("{name} gets burgers"));
    Ok(vec!["burger"; number])
}
// @end

/// Await in a row, or all together.
async fn program(rt: Rt, setup: Setup, together: bool) {
    // @region *
    let names = customers(setup.knobs.count("customers", 3)); // @knob customers
    let ordering = setup.knobs.seconds("ordering", 1.0); // @knob ordering
    let grilling = setup.knobs.seconds("grilling", 3.0); // @knob grilling
    // @end
    let times = Times { ordering, grilling };

    if together {
        // @region together side
        let tasks: Vec<_> =
            names.iter().map(|name| rt.spawn(name, get_burgers(rt.clone(), name, 2, times))).collect();
        rt.at("gather");
        join_all(tasks).await; // @step gather
    // @end
    } else {
        // @region sequence side
        for name in names {
            let _ = get_burgers(rt.clone(), name, 2, times).await;
        }
        // @end
    }
    rt.say("all served");
}

/// Side by side, each program has a clerk: two threads.
fn threads(setup: &Setup) -> Threads {
    Threads { programs: if setup.mode == "side" { 2 } else { 1 }, pool: 0 }
}

/// What the registry knows of it.
pub const SCENARIO: Scenario = Scenario {
    name: "get_burgers",
    modes: &["sequence", "together", "side"],
    knobs: &["customers", "ordering", "grilling"],
    steps: &["order", "grill", "gather"],
    threads,
    start: |rt, setup, thread| {
        let together = setup.mode == "together" || thread == 1;
        program(rt, setup, together).boxed_local()
    },
    jobs: &[],
};
