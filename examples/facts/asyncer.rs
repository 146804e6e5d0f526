//! Asyncer. The same programs under the real one: `tests/python/facts/asyncer_facts.py`.

use concurrent_burgers::runtime::{Rt, Setup, Task};
use futures_util::future::{FutureExt, LocalBoxFuture};

use crate::python::Raised;
use crate::{Fact, seconds};

pub const FACTS: &[Fact] = &[
    Fact::new("asyncer.soon_values_come_with_the_end", soon_values_come_with_the_end),
    Fact::new("asyncer.asyncify_uses_a_thread", asyncify_uses_a_thread).with_threads(1, double_slowly),
];

type Running = LocalBoxFuture<'static, ()>;
type Burger = Result<String, Raised>;

/// A job: blocks for a while and computes.
fn double_slowly(rt: &Rt, _: &Setup, argument: f64) -> Vec<f64> {
    rt.blocking_io("", seconds(1.5));
    vec![argument * 2.0]
}

/// `SoonValue.value`, while its task may not be over: `kept` is what was read before.
fn value(task: &mut Task<Burger>, kept: &mut Option<Burger>) -> Burger {
    if kept.is_none() {
        *kept = task.now_or_never().and_then(Result::ok);
    }
    kept.clone().unwrap_or(Err(Raised::PendingValueException))
}

fn soon_values_come_with_the_end(rt: Rt) -> Running {
    let program = async move {
        let soonify = |name: &'static str, time| {
            let inner = rt.clone();
            rt.spawn(name, async move {
                inner.io("", seconds(time)).await;
                Burger::Ok(format!("{name}'s burger"))
            })
        };
        let shown = |burger: Burger| burger.unwrap_or_else(|raised| raised.to_string());
        let (mut ada, mut kept) = (soonify("Ada", 1.0), None);
        let ben = soonify("Ben", 2.0);
        rt.say(format!("inside: {}", shown(value(&mut ada, &mut kept))));
        rt.io("", seconds(1.5)).await;
        rt.say(format!("inside, when it is over: {}", shown(value(&mut ada, &mut kept))));
        let ben = ben.await.map_err(Raised::from).flatten();
        rt.say(format!("after it: {}, {}", shown(value(&mut ada, &mut kept)), shown(ben)));
    };
    program.boxed_local()
}

fn asyncify_uses_a_thread(rt: Rt) -> Running {
    let program = async move {
        let inner = rt.clone();
        let beat = rt.spawn("heartbeat", async move {
            inner.io("", seconds(1.0)).await;
            inner.say("beat");
        });
        let result = rt.offload("", "job", 21.0).await;
        rt.say(format!("the thread gives {:.0}", result.unwrap_or_default()[0]));
        let _ = beat.await;
    };
    program.boxed_local()
}
