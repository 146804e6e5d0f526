//! Rust on the simulated runtime. The same programs with nothing of this project: `native.rs`.

use concurrent_burgers::runtime::Rt;
use futures_util::future::{FutureExt, LocalBoxFuture};
use futures_util::{join, poll, try_join};

use crate::python::Finally;
use crate::{Fact, seconds};

pub const FACTS: &[Fact] = &[
    Fact::new("rust.nothing_until_polled", nothing_until_polled),
    Fact::new("rust.spawned_tasks_start_later", spawned_tasks_start_later),
    Fact::new("rust.awaits_in_a_row_add_up", awaits_in_a_row_add_up),
    Fact::new("rust.join_overlaps", join_overlaps),
    Fact::new("rust.join_is_one_task", join_is_one_task),
    Fact::new("rust.try_join_drops_the_pending", try_join_drops_the_pending),
    Fact::new("rust.drop_is_cancellation", drop_is_cancellation),
];

type Running = LocalBoxFuture<'static, ()>;

fn nothing_until_polled(rt: Rt) -> Running {
    let program = async move {
        let _never_polled = async { rt.say("never") };
        let burgers = async { rt.say("the body runs") };
        rt.say("the future is made");
        rt.io("", seconds(1.0)).await;
        rt.say("now it is awaited");
        burgers.await;
    };
    program.boxed_local()
}

fn spawned_tasks_start_later(rt: Rt) -> Running {
    let program = async move {
        let inner = rt.clone();
        let task = rt.spawn("Ada", async move { inner.say("the task runs") });
        rt.say("the task is spawned");
        let _ = task.await;
    };
    program.boxed_local()
}

fn awaits_in_a_row_add_up(rt: Rt) -> Running {
    let program = async move {
        rt.io("", seconds(1.0)).await;
        rt.io("", seconds(1.0)).await;
        rt.say("both are there");
    };
    program.boxed_local()
}

fn join_overlaps(rt: Rt) -> Running {
    let program = async move {
        join!(rt.io("", seconds(1.0)), rt.io("", seconds(1.0)));
        rt.say("both are there");
    };
    program.boxed_local()
}

fn join_is_one_task(rt: Rt) -> Running {
    let program = async move {
        let waits = async {
            rt.io("", seconds(0.5)).await;
            rt.say("the timer of 0.5 s is seen");
        };
        let blocks = async {
            rt.blocking_io("", seconds(2.0));
            rt.say("the branch has blocked for 2 s");
        };
        join!(waits, blocks);
    };
    program.boxed_local()
}

fn try_join_drops_the_pending(rt: Rt) -> Running {
    let program = async move {
        let ada = async {
            let _finally = Finally(rt.clone(), "Ada is dropped");
            rt.io("", seconds(3.0)).await;
            Ok::<(), &str>(())
        };
        let ben = async {
            rt.io("", seconds(1.0)).await;
            rt.say("Ben fails");
            Err::<(), &str>("burnt")
        };
        let result = async { try_join!(ada, ben) }.await;
        rt.say(format!("try_join! gives {result:?}"));
    };
    program.boxed_local()
}

fn drop_is_cancellation(rt: Rt) -> Running {
    let program = async move {
        let inner = rt.clone();
        let mut ada = Box::pin(async move {
            let _finally = Finally(inner.clone(), "Ada is dropped");
            inner.say("Ada orders");
            inner.io("", seconds(2.0)).await;
            inner.say("never");
        });
        let _ = poll!(&mut ada);
        rt.io("", seconds(1.0)).await;
        drop(ada);
        rt.io("", seconds(2.0)).await;
        rt.say("closed");
    };
    program.boxed_local()
}
