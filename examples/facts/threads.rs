//! CPython's threads. The same programs under CPython: `tests/python/facts/threads_facts.py`.

use concurrent_burgers::runtime::{Rt, Setup};
use futures_util::future::{FutureExt, LocalBoxFuture, join};

use crate::{Fact, seconds};

pub const FACTS: &[Fact] =
    &[Fact::new("threads.overlap_blocking_io", overlap_blocking_io).with_threads(2, blocking_io)];

/// A job: waits without letting go of its thread.
fn blocking_io(rt: &Rt, _: &Setup, time: f64) -> Vec<f64> {
    rt.blocking_io("", seconds(time));
    vec![time]
}

fn overlap_blocking_io(rt: Rt) -> LocalBoxFuture<'static, ()> {
    let program = async move {
        join(rt.offload("", "job", 1.0), rt.offload("", "job", 1.0)).await;
        rt.say("two threads have waited");
    };
    program.boxed_local()
}
