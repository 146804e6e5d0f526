//! A program made of a closure, with two steps and one job.

use std::future::Future;

use concurrent_burgers::runtime::{Job, Program, Rt, Setup, Threads};
use concurrent_burgers::trace::Millis;
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;

/// A program made of a closure, for trying the verbs.
#[derive(Clone, Copy)]
pub struct Try<F> {
    pub start: F,
    pub threads: Threads,
}

impl<F, R> Program for Try<F>
where
    F: Fn(Rt) -> R + Copy + 'static,
    R: Future<Output = ()> + 'static,
{
    fn steps(self) -> &'static [&'static str] {
        &["one", "two"]
    }
    fn threads(self, _: &Setup) -> Threads {
        self.threads
    }
    fn start(self, rt: Rt, _: Setup, _: usize) -> LocalBoxFuture<'static, ()> {
        (self.start)(rt).boxed_local()
    }
    fn job(self, name: &str) -> Option<Job> {
        (name == "double").then_some(|rt, _, argument| {
            rt.work("two", Millis(argument * 1000.0));
            vec![argument * 2.0]
        })
    }
}
