//! asyncio. The same programs under CPython: `tests/python/facts/asyncio_facts.py`.

use std::collections::{HashMap, HashSet};

use concurrent_burgers::runtime::Rt;
use concurrent_burgers::trace::{Trace, What};
use futures_util::future::{FutureExt, LocalBoxFuture, join_all, try_join_all};

use crate::js::call_eagerly;
use crate::python::{Cancel, Finally, Raised, give_way, leave_together};
use crate::{Fact, Line, seconds};

pub const FACTS: &[Fact] = &[
    Fact::new("asyncio.create_task_starts_later", create_task_starts_later),
    Fact::new("asyncio.eager_start", eager_start),
    Fact::new("asyncio.await_coroutine_runs_straight_in", await_coroutine_runs_straight_in),
    Fact::new("asyncio.await_task_yields", await_task_yields),
    Fact::new("asyncio.await_done_goes_on", await_done_goes_on),
    Fact::new("asyncio.gather_keeps_the_order", gather_keeps_the_order),
    Fact::new("asyncio.gather_lets_siblings_go_on", gather_lets_siblings_go_on),
    Fact::new("asyncio.task_group_cancels_and_waits", task_group_cancels_and_waits),
    Fact::new("asyncio.cancelled_before_it_starts", cancelled_before_it_starts),
    Fact::new("asyncio.cancel_ends_a_waiting_task", cancel_ends_a_waiting_task),
    Fact::new("asyncio.cancel_is_raised_once", cancel_is_raised_once),
    Fact::new("asyncio.never_awaited", never_awaited).seen_in(with_warnings),
    Fact::new("asyncio.debug_names_slow_callbacks", debug_names_slow_callbacks).seen_in(with_slow_polls),
];

type Running = LocalBoxFuture<'static, ()>;

async fn tell(rt: Rt, text: &'static str) {
    rt.say(text);
}

async fn burger(rt: Rt, name: &'static str, time: f64) -> Result<String, Raised> {
    rt.io("", seconds(time)).await;
    rt.say(format!("{name} is served"));
    Ok(format!("{name}'s burger"))
}

async fn burnt(rt: Rt) -> Result<String, Raised> {
    rt.io("", seconds(1.0)).await;
    rt.say("Ben fails");
    Err(Raised::ValueError)
}

fn create_task_starts_later(rt: Rt) -> Running {
    let program = async move {
        let task = rt.spawn("Ada", tell(rt.clone(), "the body runs"));
        rt.say("the task is made");
        tell(rt.clone(), "a coroutine is awaited").await;
        give_way().await;
        rt.say("main goes on");
        let _ = task.await;
    };
    program.boxed_local()
}

fn eager_start(rt: Rt) -> Running {
    let program = async move {
        let inner = rt.clone();
        let task = call_eagerly(&rt, async move {
            inner.say("the body runs");
            give_way().await;
            inner.say("the body goes on");
        });
        rt.say("the task is made");
        let _ = task.await;
    };
    program.boxed_local()
}

fn await_coroutine_runs_straight_in(rt: Rt) -> Running {
    let program = async move {
        let other = rt.spawn("other", tell(rt.clone(), "the task in line runs"));
        tell(rt.clone(), "the awaited coroutine runs").await;
        rt.say("main goes on");
        let _ = other.await;
    };
    program.boxed_local()
}

fn await_task_yields(rt: Rt) -> Running {
    let program = async move {
        let other = rt.spawn("other", tell(rt.clone(), "the task in line runs"));
        let awaited = rt.spawn("awaited", tell(rt.clone(), "the awaited task runs"));
        let _ = awaited.await;
        rt.say("main goes on");
        let _ = other.await;
    };
    program.boxed_local()
}

fn await_done_goes_on(rt: Rt) -> Running {
    let program = async move {
        let done = rt.spawn("done", tell(rt.clone(), "the first task is done"));
        rt.io("", seconds(1.0)).await;
        let other = rt.spawn("other", tell(rt.clone(), "the task in line runs"));
        let _ = done.await;
        rt.say("main goes on");
        let _ = other.await;
    };
    program.boxed_local()
}

fn gather_keeps_the_order(rt: Rt) -> Running {
    let program = async move {
        let orders = [("Ada", 2.0), ("Ben", 1.0)];
        let tasks = orders.map(|(name, time)| rt.spawn(name, burger(rt.clone(), name, time)));
        for result in join_all(tasks).await {
            rt.say(result.ok().and_then(Result::ok).unwrap_or_default());
        }
    };
    program.boxed_local()
}

fn gather_lets_siblings_go_on(rt: Rt) -> Running {
    let program = async move {
        let ada = rt.spawn("Ada", burger(rt.clone(), "Ada", 2.0));
        let ben = rt.spawn("Ben", burnt(rt.clone()));
        let waits = [ada, ben].map(|task| async { task.await.map_err(Raised::from).flatten() });
        if let Err(raised) = try_join_all(waits).await {
            rt.say(format!("gather raises {raised}"));
        }
        rt.io("", seconds(1.5)).await;
        rt.say("closed");
    };
    program.boxed_local()
}

fn task_group_cancels_and_waits(rt: Rt) -> Running {
    let program = async move {
        let (inner, asked) = (rt.clone(), Cancel::once());
        let cancel = asked.clone();
        let ada = rt.spawn("Ada", async move {
            if let Err(raised) = asked.wait(inner.io("", seconds(3.0))).await {
                inner.say(format!("Ada is told: {raised}"));
                asked.wait(inner.io("", seconds(0.5))).await?;
                inner.say("Ada has cleaned up");
                return Err(raised);
            }
            inner.say("Ada is served");
            Ok(())
        });
        let fails = burnt(rt.clone());
        let ben = rt.spawn("Ben", async { fails.await.map(drop) });
        if let Err(raised) = leave_together(vec![(cancel, ada), (Cancel::once(), ben)]).await {
            rt.say(format!("the group raises {raised}"));
        }
    };
    program.boxed_local()
}

fn cancelled_before_it_starts(rt: Rt) -> Running {
    let program = async move {
        let task = rt.spawn("Ada", tell(rt.clone(), "the body runs"));
        task.abort();
        if let Err(cancelled) = task.await {
            rt.say(format!("awaited: {}", Raised::from(cancelled)));
        }
    };
    program.boxed_local()
}

fn cancel_ends_a_waiting_task(rt: Rt) -> Running {
    let program = async move {
        let inner = rt.clone();
        let task = rt.spawn("Ada", async move {
            let _finally = Finally(inner.clone(), "finally");
            inner.io("", seconds(3.0)).await;
            inner.say("Ada is served");
        });
        rt.io("", seconds(1.0)).await;
        task.abort();
        rt.say("asked to stop");
        if let Err(cancelled) = task.await {
            rt.say(format!("awaited: {}", Raised::from(cancelled)));
        }
    };
    program.boxed_local()
}

fn cancel_is_raised_once(rt: Rt) -> Running {
    let program = async move {
        let (inner, asked) = (rt.clone(), Cancel::once());
        let cancel = asked.clone();
        let task = rt.spawn("Ada", async move {
            if let Err(raised) = asked.wait(inner.io("", seconds(3.0))).await {
                inner.say(format!("Ada swallows {raised}"));
            }
            asked.wait(inner.io("", seconds(1.0))).await?;
            inner.say("Ada goes on");
            Ok::<_, Raised>("served")
        });
        rt.io("", seconds(1.0)).await;
        cancel.ask();
        rt.say(match task.await {
            Ok(Ok(result)) => format!("awaited: {result}"),
            Ok(Err(raised)) => format!("awaited: {raised}"),
            Err(cancelled) => format!("awaited: {}", Raised::from(cancelled)),
        });
    };
    program.boxed_local()
}

fn never_awaited(rt: Rt) -> Running {
    let program = async move {
        let forgotten = rt.call("get_burgers", tell(rt.clone(), "never"));
        let awaited = rt.call("get_burgers", tell(rt.clone(), "the awaited one runs"));
        rt.say("two calls are made");
        drop(forgotten);
        awaited.await;
    };
    program.boxed_local()
}

/// What was said, and a warning for each coroutine that was dropped and never entered.
fn with_warnings(trace: &Trace) -> Vec<Line> {
    let mut not_entered = HashSet::new();
    let mut lines = Vec::new();
    for event in trace.events() {
        let at = event.at.seconds();
        match event.what {
            What::Made { .. } => drop(not_entered.insert(event.task)),
            What::Entered { .. } => drop(not_entered.remove(&event.task)),
            What::Dropped if not_entered.contains(&event.task) => {
                let name = trace.name(event.task);
                lines.push((at, format!("RuntimeWarning: coroutine '{name}' was never awaited")));
            }
            What::Say { text } => lines.push((at, trace.text(event.task, text).to_owned())),
            _ => {}
        }
    }
    lines
}

fn debug_names_slow_callbacks(rt: Rt) -> Running {
    let program = async move {
        let tasks = [("Ada", 0.5), ("Ben", 0.0)].map(|(name, time)| {
            let inner = rt.clone();
            rt.spawn(name, async move { inner.blocking_io("", seconds(time)) })
        });
        join_all(tasks).await;
        rt.say("closed");
    };
    program.boxed_local()
}

/// What was said, and the polls that held the thread for more than 0.1 s.
fn with_slow_polls(trace: &Trace) -> Vec<Line> {
    let mut since = HashMap::new();
    let mut lines = Vec::new();
    for event in trace.events() {
        let at = event.at.seconds();
        match event.what {
            What::PollStart => drop(since.insert(event.task, at)),
            What::PollEnd { .. } => {
                let took = at - since.remove(&event.task).unwrap_or(at);
                if took > 0.1 {
                    lines.push((at, format!("slow: {} took {took:.1} s", trace.name(event.task))));
                }
            }
            What::Say { text } => lines.push((at, trace.text(event.task, text).to_owned())),
            _ => {}
        }
    }
    lines
}
