//! The counter with any number of customers: each is spawned, stands in line, orders, waits for the grill, and leaves.
//!
//! `end2end/bench/counter_simpy.py` is the same counter in SimPy.

use concurrent_burgers::runtime::{Job, Program, Rt, Setup, Threads, simulated};
use concurrent_burgers::trace::{Millis, What};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;

use super::clock_ms;

/// The clerk needs so long for an order.
const ORDERING: Millis = Millis(0.5);
/// The grill needs so long.
const GRILLING: Millis = Millis(300.0);

/// How many customers come, and how often each.
#[derive(Clone, Copy)]
pub struct Counter {
    pub customers: usize,
    pub rounds: usize,
}

async fn serve(rt: Rt, rounds: usize) {
    for _ in 0..rounds {
        rt.work("order", ORDERING);
        rt.io("grill", GRILLING).await;
    }
}

impl Program for Counter {
    fn steps(self) -> &'static [&'static str] {
        &["order", "grill"]
    }

    fn threads(self, _: &Setup) -> Threads {
        Threads { programs: 1, pool: 0 }
    }

    fn start(self, rt: Rt, _: Setup, _: usize) -> LocalBoxFuture<'static, ()> {
        async move {
            let mut served = Vec::new();
            for index in 0..self.customers {
                served.push(rt.spawn(&format!("customer {}", index + 1), serve(rt.clone(), self.rounds)));
            }
            for customer in served {
                let _ = customer.await;
            }
        }
        .boxed_local()
    }

    fn job(self, _: &str) -> Option<Job> {
        None
    }
}

/// A whole simulated run with its trace: how long it took, who was served, and when the last one left.
pub fn simulated(customers: usize) -> Vec<(&'static str, f64)> {
    let begin = clock_ms();
    let trace = simulated::run(Counter { customers, rounds: 1 }, &Setup::default());
    let ms = clock_ms() - begin;
    let done = |what| matches!(what, What::PollEnd { ready: true });
    let served = trace.events().iter().filter(|event| event.task.index() > 0 && done(event.what)).count();
    let events = trace.events().len() as f64;
    vec![("ms", ms), ("served", served as f64), ("total_s", trace.end().seconds()), ("events", events)]
}
