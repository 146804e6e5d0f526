//! FastAPI. The same programs under the real one: `tests/python/facts/fastapi_facts.py`.

use std::collections::BTreeMap;

use concurrent_burgers::runtime::{Rt, Setup};
use futures_util::future::{FutureExt, LocalBoxFuture, join_all};

use crate::{Fact, seconds};

/// AnyIO's own number of tokens.
const TOKENS: usize = 40;

pub const FACTS: &[Fact] = &[
    Fact::new("fastapi.async_def_is_awaited_on_the_loop", |rt| four_and_a_heartbeat(rt, Handler::Awaits)),
    Fact::new("fastapi.def_runs_in_the_pool", |rt| four_and_a_heartbeat(rt, Handler::Pool))
        .with_threads(TOKENS, sleep),
    Fact::new("fastapi.async_def_that_blocks_stops_everybody", |rt| {
        four_and_a_heartbeat(rt, Handler::Blocks)
    }),
    Fact::new("fastapi.def_dependencies_run_in_the_pool", |rt| four_and_a_heartbeat(rt, Handler::Pool))
        .with_threads(TOKENS, sleep),
    Fact::new("fastapi.helpers_are_called_as_they_are", |rt| four_and_a_heartbeat(rt, Handler::Blocks)),
    Fact::new("fastapi.the_forty_first_waits", the_forty_first_waits).with_threads(TOKENS, sleep),
];

/// How a request is answered. A dependency is a part of it, and so is a helper that the handler calls.
#[derive(Clone, Copy)]
enum Handler {
    Awaits,
    Pool,
    Blocks,
}

/// A job: `time.sleep`.
fn sleep(rt: &Rt, _: &Setup, time: f64) -> Vec<f64> {
    rt.blocking_io("", seconds(time));
    vec![time]
}

/// Four requests at once, and a task that wants its turn after 0.2 s.
fn four_and_a_heartbeat(rt: Rt, handler: Handler) -> LocalBoxFuture<'static, ()> {
    let program = async move {
        let inner = rt.clone();
        let mut tasks = vec![rt.spawn("heartbeat", async move {
            inner.io("", seconds(0.2)).await;
            inner.say("beat");
        })];
        for number in 1..=4 {
            let inner = rt.clone();
            tasks.push(rt.spawn(&format!("GET {number}"), async move {
                match handler {
                    Handler::Awaits => inner.io("", seconds(0.3)).await,
                    Handler::Pool => drop(inner.offload("", "job", 0.3).await),
                    Handler::Blocks => inner.blocking_io("", seconds(0.3)),
                }
                inner.say("answered");
            }));
        }
        join_all(tasks).await;
    };
    program.boxed_local()
}

fn the_forty_first_waits(rt: Rt) -> LocalBoxFuture<'static, ()> {
    let program = async move {
        let call = |_| async {
            rt.offload("", "job", 1.0).await;
            (rt.now().0 / 500.0).round() as u32
        };
        let mut over = BTreeMap::<_, usize>::new();
        join_all((0..41).map(call)).await.into_iter().for_each(|at| *over.entry(at).or_default() += 1);
        for (halves, count) in over {
            rt.say(format!("{count} answered after {:.1} s", f64::from(halves) / 2.0));
        }
    };
    program.boxed_local()
}
