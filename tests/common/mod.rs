//! Programs to run in tests: the counter's knobs, and random programs that do a bit of everything.

use concurrent_burgers::runtime::{Job, Program, Rt, Setup, Threads, simulated};
use concurrent_burgers::trace::{Millis, Trace};
use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, select};
use proptest::prelude::*;

/// A mode and the knobs that are not at their default.
pub fn setup(mode: &str, knobs: &[(&str, f64)]) -> Setup {
    Setup { mode: mode.to_owned(), knobs: knobs.iter().copied().collect() }
}

/// The knobs of a counter; times in ms.
pub fn times(customers: usize, order: u32, grill: u32) -> [(&'static str, f64); 3] {
    let seconds = |ms: u32| f64::from(ms) / 1000.0;
    [("customers", customers as f64), ("ordering", seconds(order)), ("grilling", seconds(grill))]
}

/// What a random program does next; times in ms.
#[derive(Clone, Debug)]
pub enum Verb {
    Work(u16),
    Block(u16),
    Io(u16),
    Offload(u16),
    Say(u8),
    At,
    /// Two errands at different steps; both are waited for.
    Both(u16, u16),
    /// Two errands at one step; both are waited for.
    Twins(u16, u16),
    /// Two errands; the one that takes longer is dropped.
    First(u16, u16),
    /// An errand, and work while it is on its way; both are waited for.
    During(u16, u16),
    Spawn(Vec<Verb>),
    /// A task that fails when it has done this.
    Fail(Vec<Verb>),
    /// A task that is aborted after a while.
    Abort(u16, Vec<Verb>),
    /// A coroutine that is called; awaited after an errand, or thrown away.
    Call(bool, u16, Vec<Verb>),
}

/// A random program.
pub fn verbs() -> impl Strategy<Value = Vec<Verb>> {
    let ms = || 0..500u16;
    let leaf = prop_oneof![
        ms().prop_map(Verb::Work),
        ms().prop_map(Verb::Block),
        ms().prop_map(Verb::Io),
        ms().prop_map(Verb::Offload),
        any::<u8>().prop_map(Verb::Say),
        Just(Verb::At),
        (ms(), ms()).prop_map(|(a, b)| Verb::Both(a, b)),
        (ms(), ms()).prop_map(|(a, b)| Verb::Twins(a, b)),
        (ms(), ms()).prop_map(|(a, b)| Verb::First(a, b)),
        (ms(), ms()).prop_map(|(a, b)| Verb::During(a, b)),
    ];
    let verb = leaf.prop_recursive(3, 24, 4, move |inner| {
        let some = || prop::collection::vec(inner.clone(), 0..4);
        prop_oneof![
            4 => inner.clone(),
            2 => some().prop_map(Verb::Spawn),
            1 => some().prop_map(Verb::Fail),
            1 => (ms(), some()).prop_map(|(after, verbs)| Verb::Abort(after, verbs)),
            1 => (any::<bool>(), ms(), some()).prop_map(|(awaited, after, verbs)| Verb::Call(awaited, after, verbs)),
        ]
    });
    prop::collection::vec(verb, 0..6)
}

fn perform(rt: Rt, verbs: Vec<Verb>) -> LocalBoxFuture<'static, ()> {
    async move {
        let mut children = Vec::new();
        let mut burnt = Vec::new();
        let ms = |time: u16| Millis(f64::from(time));
        for verb in verbs {
            match verb {
                Verb::Work(time) => rt.work("one", ms(time)),
                Verb::Block(time) => rt.blocking_io("one", ms(time)),
                Verb::Io(time) => rt.io("two", ms(time)).await,
                Verb::Offload(time) => {
                    let _ = rt.offload("two", "double", f64::from(time) / 1000.0).await;
                }
                Verb::Say(text) => rt.say(text.to_string()),
                Verb::At => rt.at("two"),
                Verb::Both(a, b) => {
                    futures_util::join!(rt.io("one", ms(a)), rt.io("two", ms(b)));
                }
                Verb::Twins(a, b) => {
                    futures_util::join!(rt.io("one", ms(a)), rt.io("one", ms(b)));
                }
                Verb::First(a, b) => drop(select(rt.io("one", ms(a)), rt.io("two", ms(b))).await),
                Verb::During(errand, work) => {
                    futures_util::join!(rt.io("one", ms(errand)), async { rt.work("two", ms(work)) });
                }
                Verb::Spawn(verbs) => children.push(rt.spawn("child", perform(rt.clone(), verbs))),
                Verb::Fail(verbs) => {
                    let work = perform(rt.clone(), verbs);
                    let raiser = rt.clone();
                    burnt.push(rt.spawn("burnt", work.map(move |()| Err::<(), _>(raiser.raise("burnt")))));
                }
                Verb::Call(awaited, after, verbs) => {
                    let slip = rt.call("slip", perform(rt.clone(), verbs));
                    rt.io("two", ms(after)).await;
                    if awaited {
                        slip.await;
                    }
                }
                Verb::Abort(after, verbs) => {
                    let late = rt.spawn("late", perform(rt.clone(), verbs));
                    rt.io("two", ms(after)).await;
                    late.abort();
                }
            }
        }
        for child in children {
            let _ = child.await;
        }
        for child in burnt {
            let _ = child.await;
        }
    }
    .boxed_local()
}

#[derive(Clone, Copy)]
struct Random {
    verbs: &'static [Verb],
    threads: Threads,
}

impl Program for Random {
    fn steps(self) -> &'static [&'static str] {
        &["one", "two"]
    }
    fn threads(self, _: &Setup) -> Threads {
        self.threads
    }
    fn start(self, rt: Rt, _: Setup, thread: usize) -> LocalBoxFuture<'static, ()> {
        perform(rt, self.verbs[thread * self.verbs.len() / self.threads.programs..].to_vec())
    }
    fn job(self, name: &str) -> Option<Job> {
        (name == "double").then_some(|rt, _, argument| {
            rt.work("two", Millis(argument * 1000.0));
            vec![argument * 2.0]
        })
    }
}

/// The simulated run of a random program.
pub fn random_trace(verbs: &[Verb], programs: usize, pool: usize) -> Trace {
    // Programs are `Copy`; a test may leak its few verbs.
    let verbs: &'static [Verb] = verbs.to_vec().leak();
    simulated::run(Random { verbs, threads: Threads { programs, pool } }, &Setup::default())
}
