//! What the simulation claims of the languages and libraries the course speaks of, one small program a fact.
//!
//! - `facts` lists the facts it knows, `facts ID` prints what the simulated run of one says
//! - `facts real` and `facts real ID SCALE` do the same with real futures and a real clock, which goes SCALE times as
//!   fast: the other side of the facts about Rust
//!
//! `tests/python/test_facts.py` holds these against CPython, Node.js and real futures. The table of all facts is
//! `tests/python/facts/facts.toml`.

mod anyio;
mod asyncer;
mod asyncio;
mod fastapi;
mod js;
mod native;
mod python;
mod rust;
mod threads;

use concurrent_burgers::runtime::{Job, Program, Rt, Setup, Threads, simulated};
use concurrent_burgers::trace::{Millis, Trace, What};
use futures_util::future::LocalBoxFuture;

/// A fact: a program that shows it, and how to read the record of its run.
#[derive(Clone, Copy)]
struct Fact {
    id: &'static str,
    program: fn(Rt) -> LocalBoxFuture<'static, ()>,
    /// Threads for its jobs.
    pool: usize,
    job: Option<Job>,
    read: fn(&Trace) -> Vec<Line>,
}

/// When, in seconds, and what.
type Line = (f64, String);

impl Fact {
    /// A fact of one thread, seen in what its program says.
    const fn new(id: &'static str, program: fn(Rt) -> LocalBoxFuture<'static, ()>) -> Self {
        Self { id, program, pool: 0, job: None, read: said }
    }

    /// With so many further threads, which do this job: the one called "job".
    const fn with_threads(self, pool: usize, job: Job) -> Self {
        Self { pool, job: Some(job), ..self }
    }

    /// A fact that is seen in the record itself.
    const fn seen_in(self, read: fn(&Trace) -> Vec<Line>) -> Self {
        Self { read, ..self }
    }
}

impl Program for Fact {
    fn steps(self) -> &'static [&'static str] {
        &[]
    }

    fn threads(self, _: &Setup) -> Threads {
        Threads { programs: 1, pool: self.pool }
    }

    fn start(self, rt: Rt, _: Setup, _: usize) -> LocalBoxFuture<'static, ()> {
        (self.program)(rt)
    }

    fn job(self, name: &str) -> Option<Job> {
        self.job.filter(|_| name == "job")
    }
}

/// What a run said.
fn said(trace: &Trace) -> Vec<Line> {
    let lines = trace.events().iter().filter_map(|event| match event.what {
        What::Say { text } => Some((event.at.seconds(), trace.text(event.task, text).to_owned())),
        _ => None,
    });
    lines.collect()
}

/// Seconds, as the programs write them.
fn seconds(seconds: f64) -> Millis {
    Millis::from_seconds(seconds)
}

fn facts() -> impl Iterator<Item = &'static Fact> {
    [asyncio::FACTS, anyio::FACTS, asyncer::FACTS, fastapi::FACTS, rust::FACTS, js::FACTS, threads::FACTS]
        .into_iter()
        .flatten()
}

fn main() -> Result<(), String> {
    let words: Vec<_> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => facts().for_each(|fact| println!("{}", fact.id)),
        ["real"] => native::FACTS.iter().for_each(|(id, _)| println!("{id}")),
        ["real", id, scale] => {
            let scale = scale.parse().map_err(|_| format!("{scale}: not a number"))?;
            let (_, program) = native::FACTS.iter().find(|(known, _)| *known == id).ok_or(unknown(id))?;
            native::run(*program, scale);
        }
        [id] => {
            let fact = facts().find(|fact| fact.id == id).ok_or(unknown(id))?;
            for (at, text) in (fact.read)(&simulated::run(*fact, &Setup::default())) {
                println!("{at:5.1} s  {text}");
            }
        }
        _ => return Err("usage: facts [ID], or facts real [ID SCALE]".into()),
    }
    Ok(())
}

fn unknown(id: &str) -> String {
    format!("no fact is called {id}")
}
