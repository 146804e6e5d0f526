//! JavaScript. The same programs under Node.js: `tests/python/facts/facts.mjs`.

use std::future::Future;
use std::task::{Context, Poll, Waker};

use concurrent_burgers::runtime::{Rt, Task};
use concurrent_burgers::trace::Outcome;
use futures_util::future::{Either, FutureExt, LocalBoxFuture, ready, try_join_all};

use crate::{Fact, seconds};

pub const FACTS: &[Fact] = &[
    Fact::new("js.async_function_runs_at_the_call", async_function_runs_at_the_call),
    Fact::new("js.promise_all_rejects_first", promise_all_rejects_first),
    Fact::new("js.microtask_before_timer", microtask_before_timer),
];

type Running = LocalBoxFuture<'static, ()>;

/// Calls an async function as JavaScript does: it runs up to its first await at once, the rest is a task.
pub fn call_eagerly<T: Outcome + 'static>(rt: &Rt, body: impl Future<Output = T> + 'static) -> Task<T> {
    let mut body = Box::pin(body);
    rt.spawn(
        "call",
        match body.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(output) => Either::Left(ready(output)),
            Poll::Pending => Either::Right(body),
        },
    )
}

fn async_function_runs_at_the_call(rt: Rt) -> Running {
    let program = async move {
        let inner = rt.clone();
        rt.say("before the call");
        let promise = call_eagerly(&rt, async move {
            inner.say("the body runs");
            inner.io("", seconds(1.0)).await;
            inner.say("the body goes on");
        });
        rt.say("after the call");
        let _ = promise.await;
        rt.say("closed");
    };
    program.boxed_local()
}

fn promise_all_rejects_first(rt: Rt) -> Running {
    let program = async move {
        let burger = |name: &'static str, time, burnt: bool| {
            let inner = rt.clone();
            let call = call_eagerly(&rt, async move {
                inner.io("", seconds(time)).await;
                inner.say(format!("{name} {}", if burnt { "fails" } else { "is served" }));
                if burnt { Err("Error") } else { Ok(()) }
            });
            async { call.await.map_err(|_| "cancelled").flatten() }
        };
        if let Err(error) = try_join_all([burger("Ada", 2.0, false), burger("Ben", 1.0, true)]).await {
            rt.say(format!("Promise.all rejects: {error}"));
        }
        rt.io("", seconds(1.5)).await;
        rt.say("closed");
    };
    program.boxed_local()
}

fn microtask_before_timer(rt: Rt) -> Running {
    let program = async move {
        let inner = rt.clone();
        let timer = async { rt.io("", seconds(0.0)).await };
        let microtask = async { drop(rt.spawn("microtask", async move { inner.say("a microtask") })) };
        futures_util::join!(timer, microtask);
        rt.say("a timer of no time");
    };
    program.boxed_local()
}
