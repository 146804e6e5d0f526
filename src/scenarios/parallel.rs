//! Parallel burgers: the same customers at one clerk or at several, each a thread of its own.
//!
//! modes: blocking, async, threads, both
//! knobs: threads, customers, work, wait, start
//! steps: open, work, wait

use futures_util::FutureExt;

use super::{Scenario, customers};
use crate::runtime::{Rt, Setup, Threads};
use crate::trace::Millis;

// @region blocking threads
/// Serves one customer. If there is something to wait for, the clerk waits too.
async fn serve_blocking(rt: Rt, name: &str, work: Millis, wait: Millis) {
    rt.say(format!("{name} begins"));
    rt.work("work", work); // @step work
    if wait > Millis(0.0) {
        rt.say(format!("{name} waits"));
        rt.blocking_io("wait", wait); // @step wait
    }
    rt.say(format!("{name} is done"));
}
// @end

// @region async both
/// Serves one customer. If there is something to wait for, only the customer waits.
async fn serve(rt: Rt, name: &str, work: Millis, wait: Millis) {
    rt.say(format!("{name} begins"));
    rt.work("work", work); // @step work
    if wait > Millis(0.0) {
        rt.say(format!("{name} waits"));
        rt.io("wait", wait).await; // @step wait
    }
    rt.say(format!("{name} is done"));
}
// @end

/// A clerk's day. There are `threads` clerks, and they run this program at the same time.
async fn clerk(rt: Rt, setup: Setup, thread: usize) {
    // @region *
    let names = customers(setup.knobs.count("customers", 8)); // @knob customers
    let work = setup.knobs.seconds("work", 0.4); // @knob work
    let wait = setup.knobs.seconds("wait", 2.2); // @knob wait
    // @end
    let threads = threads(&setup).programs;
    // @region threads both
    let start = setup.knobs.seconds("start", 0.1); // @knob start

    // To start a thread takes a moment, and they are started one after another.
    if thread > 0 {
        rt.io("open", Millis(start.0 * thread as f64)).await; // @step open
    }
    // @end
    // @region *

    rt.say(format!("clerk {} opens", thread + 1));
    // The customers are dealt out like cards.
    let mine = names.iter().skip(thread).step_by(threads);
    // @end
    let mut served = Vec::new();
    if waits_blocking(&setup) {
        // @region blocking threads
        for name in mine {
            served.push(rt.spawn(name, serve_blocking(rt.clone(), name, work, wait)));
        }
        // @end
    } else {
        // @region async both
        for name in mine {
            served.push(rt.spawn(name, serve(rt.clone(), name, work, wait)));
        }
        // @end
    }
    // @region *
    for customer in served {
        let _ = customer.await;
    }
    rt.say(format!("clerk {} closes", thread + 1));
    // @end
}

/// Whether the clerks wait along with their customers.
fn waits_blocking(setup: &Setup) -> bool {
    !matches!(&*setup.mode, "async" | "both")
}

/// As many threads as the knob says, in the modes that have several.
fn threads(setup: &Setup) -> Threads {
    let several = matches!(&*setup.mode, "threads" | "both");
    let threads = setup.knobs.count("threads", 4); // @knob threads
    Threads { programs: if several { threads.clamp(1, MOST) } else { 1 }, pool: 0 }
}

/// The most threads it is run on.
pub const MOST: usize = 8;

/// What the registry knows of it.
pub const SCENARIO: Scenario = Scenario {
    name: "parallel",
    modes: &["blocking", "async", "threads", "both"],
    knobs: &["threads", "customers", "work", "wait", "start"],
    steps: &["open", "work", "wait"],
    threads,
    start: |rt, setup, thread| clerk(rt, setup, thread).boxed_local(),
    jobs: &[],
};
