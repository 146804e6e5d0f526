//! AnyIO. The same programs under the real one: `tests/python/facts/anyio_facts.py`.

use std::collections::BTreeMap;

use concurrent_burgers::runtime::{Rt, Setup};
use futures_util::future::{FutureExt, LocalBoxFuture, join, join_all};
use futures_util::stream::{self, StreamExt};

use crate::python::{Cancel, Finally, Raised, give_way, leave_together, move_on_after};
use crate::{Fact, seconds};

/// Threads that AnyIO's `to_thread.run_sync` uses at once, unless it is told otherwise.
const TOKENS: usize = 40;

pub const FACTS: &[Fact] = &[
    Fact::new("anyio.task_group_owns_a_scope", task_group_owns_a_scope),
    Fact::new("anyio.task_group_cancels_the_rest", task_group_cancels_the_rest),
    Fact::new("anyio.cancellation_is_level", cancellation_is_level),
    Fact::new("anyio.move_on_after_is_quiet", move_on_after_is_quiet),
    Fact::new("anyio.fail_after_raises", fail_after_raises),
    Fact::new("anyio.threads_are_limited_to_forty", threads_are_limited_to_forty).with_threads(TOKENS, sleep),
    Fact::new("anyio.threads_are_shielded", threads_are_shielded).with_threads(TOKENS, sleep_and_tell),
    Fact::new("anyio.abandoned_threads_run_on", abandoned_threads_run_on)
        .with_threads(TOKENS, sleep_and_tell),
    Fact::new("anyio.capacity_limiter_bounds", capacity_limiter_bounds),
];

type Running = LocalBoxFuture<'static, ()>;

/// A job: `time.sleep`.
fn sleep(rt: &Rt, _: &Setup, time: f64) -> Vec<f64> {
    rt.blocking_io("", seconds(time));
    vec![time]
}

/// A job: `time.sleep` with a word in between.
fn sleep_and_tell(rt: &Rt, _: &Setup, time: f64) -> Vec<f64> {
    rt.blocking_io("", seconds(time - 0.5));
    rt.say("the thread is still at work");
    rt.blocking_io("", seconds(0.5));
    vec![time]
}

fn task_group_owns_a_scope(rt: Rt) -> Running {
    let program = async move {
        let tasks = ["Ada leaves", "Ben leaves"].map(|text| {
            let inner = rt.clone();
            rt.spawn(text, async move {
                let _finally = Finally(inner.clone(), text);
                inner.io("", seconds(3.0)).await;
                inner.say("never");
            })
        });
        rt.io("", seconds(1.0)).await;
        rt.say("the scope is cancelled");
        tasks.iter().for_each(|task| task.abort());
        join_all(tasks).await;
        rt.say("the group is left quietly");
    };
    program.boxed_local()
}

fn task_group_cancels_the_rest(rt: Rt) -> Running {
    let program = async move {
        let (inner, asked) = (rt.clone(), Cancel::again_and_again());
        let cancel = asked.clone();
        let ada = rt.spawn("Ada", async move {
            let _finally = Finally(inner.clone(), "Ada leaves");
            asked.wait(inner.io("", seconds(3.0))).await?;
            inner.say("Ada is served");
            Ok(())
        });
        let inner = rt.clone();
        let ben = rt.spawn("Ben", async move {
            inner.io("", seconds(1.0)).await;
            inner.say("Ben fails");
            Err(Raised::ValueError)
        });
        if let Err(raised) = leave_together(vec![(cancel, ada), (Cancel::again_and_again(), ben)]).await {
            rt.say(format!("the group raises {raised}"));
        }
    };
    program.boxed_local()
}

fn cancellation_is_level(rt: Rt) -> Running {
    let program = async move {
        let (inner, asked) = (rt.clone(), Cancel::again_and_again());
        let cancel = asked.clone();
        let ada = rt.spawn("Ada", async move {
            for time in ["once", "again", "and again"] {
                if asked.wait(inner.io("", seconds(3.0))).await.is_err() {
                    inner.say(format!("{time}: cancelled"));
                }
            }
        });
        rt.io("", seconds(1.0)).await;
        cancel.ask();
        let _ = ada.await;
        rt.say("the group is left quietly");
    };
    program.boxed_local()
}

fn move_on_after_is_quiet(rt: Rt) -> Running {
    let program = async move {
        let slow = async {
            let _finally = Finally(rt.clone(), "finally");
            rt.io("", seconds(3.0)).await;
            rt.say("never");
        };
        let result = move_on_after(&rt, seconds(1.0), slow).await;
        rt.say(if result.is_none() { "left quietly, cut short" } else { "left quietly, not cut short" });
        let result = move_on_after(&rt, seconds(2.0), rt.io("", seconds(1.0))).await;
        rt.say(if result.is_none() { "left quietly, cut short" } else { "left quietly, not cut short" });
    };
    program.boxed_local()
}

fn fail_after_raises(rt: Rt) -> Running {
    let program = async move {
        let slow = rt.io("", seconds(3.0));
        if move_on_after(&rt, seconds(1.0), slow).await.is_none() {
            rt.say(format!("fail_after raises {}", Raised::TimeoutError));
        }
    };
    program.boxed_local()
}

/// Two groups share the threads: how many calls of one second are over when?
fn threads_are_limited_to_forty(rt: Rt) -> Running {
    let program = async move {
        let call = |_| {
            let rt = rt.clone();
            async move {
                rt.offload("", "job", 1.0).await;
                (rt.now().0 / 500.0).round() as u64
            }
        };
        let (ours, theirs) = join(join_all((0..21).map(call)), join_all((0..20).map(call))).await;
        let mut over = BTreeMap::<_, usize>::new();
        ours.into_iter().chain(theirs).for_each(|half_seconds| *over.entry(half_seconds).or_default() += 1);
        for (half_seconds, calls) in over {
            rt.say(format!("{calls} over at {:.1} s", half_seconds as f64 / 2.0));
        }
    };
    program.boxed_local()
}

/// The time is over after one second, but nobody looks before the thread is back.
fn threads_are_shielded(rt: Rt) -> Running {
    let program = async move {
        let asked = Cancel::again_and_again();
        let (inner, cancel) = (rt.clone(), asked.clone());
        let deadline = rt.spawn("deadline", async move {
            inner.io("", seconds(1.0)).await;
            cancel.ask();
        });
        let result = rt.offload("", "job", 2.0).await;
        rt.say(format!("the thread is back with {:.0}", result.unwrap_or_default()[0]));
        if asked.wait(give_way()).await.is_err() {
            rt.say("left quietly at the next await");
        }
        let _ = deadline.await;
    };
    program.boxed_local()
}

fn abandoned_threads_run_on(rt: Rt) -> Running {
    let program = async move {
        let result = move_on_after(&rt, seconds(1.0), rt.offload("", "job", 2.0)).await;
        rt.say(if result.is_none() { "left quietly, without the thread" } else { "the thread is back" });
        rt.io("", seconds(2.0)).await;
        rt.say("closed");
    };
    program.boxed_local()
}

fn capacity_limiter_bounds(rt: Rt) -> Running {
    let program = async move {
        let grill = |name| {
            let rt = rt.clone();
            async move {
                rt.io("", seconds(1.0)).await;
                rt.say(format!("{name} is served"));
            }
        };
        stream::iter(["Ada", "Ben", "Cy"]).for_each_concurrent(2, grill).await;
    };
    program.boxed_local()
}
