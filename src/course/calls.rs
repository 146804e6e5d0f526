//! What calling a coroutine function in Python does, run on the simulated runtime.
//!
//! There is no Python in the browser. `tests/python/test_calls.py` runs the program that the page
//! shows under CPython, and holds what it prints against [`called`] and [`awaited`].

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;

use crate::runtime::{Job, Program, Rt, Setup, Threads, simulated};
use crate::trace::{Millis, What};

/// What is printed when `order(2)` is called, and nothing else is done with it.
pub fn called() -> Vec<String> {
    printed("called")
}

/// What is printed when it is called and awaited.
pub fn awaited() -> Vec<String> {
    printed("awaited")
}

fn printed(mode: &str) -> Vec<String> {
    let trace = simulated::run(Call, &Setup { mode: mode.to_owned(), ..Setup::default() });
    let said = trace.events().iter().filter_map(|event| match event.what {
        What::Say { text } => Some(trace.text(event.task, text).to_owned()),
        _ => None,
    });
    said.collect()
}

/// The program of `src/ui/exhibits/order.py`.
#[derive(Clone, Copy)]
struct Call;

impl Program for Call {
    fn steps(self) -> &'static [&'static str] {
        &["grill"]
    }

    fn threads(self, _: &Setup) -> Threads {
        Threads { programs: 1, pool: 0 }
    }

    fn start(self, rt: Rt, setup: Setup, _: usize) -> LocalBoxFuture<'static, ()> {
        async move {
            let slip = rt.call("order(2)", order(rt.clone(), 2));
            if setup.mode == "awaited" {
                slip.await;
            }
        }
        .boxed_local()
    }

    fn job(self, _: &str) -> Option<Job> {
        None
    }
}

async fn order(rt: Rt, number: u32) -> u32 {
    rt.say("the order begins");
    rt.io("grill", Millis(1000.0)).await;
    rt.say("the burgers are there");
    number
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_call_alone_runs_nothing() {
        assert_eq!(super::called(), Vec::<String>::new());
        assert_eq!(super::awaited(), ["the order begins", "the burgers are there"]);
    }
}
