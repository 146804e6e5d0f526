//! `GET /burgers`: a small server. Requests come when they come; what the handler does decides who waits.
//!
//! modes: awaits, pool, blocks
//! knobs: requests, rate, time, pool, random
//! steps: arrive, fetch, pool, handler, block, beat

use futures_util::FutureExt;
use futures_util::future::join_all;

use super::Scenario;
use crate::runtime::{Knobs, Rt, Setup, Threads};
use crate::trace::Millis;

/// From one heartbeat to the next.
const BEAT: Millis = Millis(1160.0);
/// Where the random gaps begin: the same in each run.
const SEED: u64 = 7_230;

// @region awaits
/// `async def`, and it awaits: the loop serves others meanwhile.
async fn read_burgers(rt: Rt, time: Millis) {
    rt.io("fetch", time).await; // @step fetch
}
// @end

// @region pool
/// A plain `def`: the server hands it to a thread of its pool, and awaits that.
async fn read_burgers_in_a_thread(rt: Rt, time: Millis) {
    let answer = rt.offload("pool", "read_burgers", time.0).await; // @step pool
    if answer.is_none() {
        // No thread could be started here, so it keeps this one.
        read_burgers_blocking(&rt, &Setup::default(), time.0);
    }
}

/// What the thread does. It may be held: that is what it is for.
fn read_burgers_blocking(rt: &Rt, _: &Setup, time: f64) -> Vec<f64> {
    rt.blocking_io("handler", Millis(time)); // @step handler
    vec![2.0]
}
// @end

// @region blocks
/// `async def`, and it blocks: the mistake.
async fn read_burgers_at_once(rt: Rt, time: Millis) {
    rt.blocking_io("block", time); // @step block
}
// @end

// @region *
/// One request: it arrives, gets its turn, and is answered.
async fn request(
    rt: Rt,
    number: usize,
    arrival: Millis,
    time: Millis,
    handler: impl AsyncFnOnce(Rt, Millis),
) {
    rt.io("arrive", arrival).await; // @step arrive
    rt.say(format!("GET {number} gets its turn"));
    handler(rt.clone(), time).await;
    rt.say(format!("GET {number} is answered"));
}

/// Says that the loop goes round, until somebody cancels it.
async fn heartbeat(rt: Rt) {
    loop {
        rt.io("beat", BEAT).await; // @step beat
        rt.say("beat");
    }
}
// @end

/// When the requests arrive: one every `1 / rate` seconds, or after random gaps of that mean.
fn arrivals(requests: usize, rate: f64, random: bool) -> Vec<Millis> {
    let mut state = SEED;
    let mut now = 0.0;
    let gap = |_| {
        let arrival = Millis::from_seconds(now);
        state = (state * 1_103_515_245 + 12_345) % (1 << 31);
        let chance = (state + 1) as f64 / (1_u64 << 31) as f64;
        now += if random { -chance.ln() / rate } else { 1.0 / rate };
        arrival
    };
    (0..requests).map(gap).collect()
}

// @region pool
/// How many threads the pool has. A thread too many for the requests would never be started.
fn pool(knobs: &Knobs) -> usize {
    let threads = knobs.count("pool", 4); // @knob pool
    threads.clamp(1, knobs.count("requests", 8).max(1))
}
// @end

/// The server.
async fn program(rt: Rt, setup: Setup) {
    // @region *
    let requests = setup.knobs.count("requests", 8); // @knob requests
    let rate = setup.knobs.get("rate").unwrap_or(4.0); // @knob rate
    let time = setup.knobs.seconds("time", 0.6); // @knob time
    let random = setup.knobs.count("random", 0) == 1; // @knob random
    // @end

    // @region *
    let heart = rt.spawn("heartbeat", heartbeat(rt.clone()));
    let mut answers = Vec::new();
    for (number, arrival) in (1..).zip(arrivals(requests, rate, random)) {
        let (name, rt) = (format!("GET {number}"), rt.clone());
        answers.push(match &*setup.mode {
            "pool" => rt.spawn(&name, request(rt.clone(), number, arrival, time, read_burgers_in_a_thread)),
            "blocks" => rt.spawn(&name, request(rt.clone(), number, arrival, time, read_burgers_at_once)),
            _ => rt.spawn(&name, request(rt.clone(), number, arrival, time, read_burgers)),
        });
    }
    join_all(answers).await;
    heart.abort();
    // @end
    rt.say("closed");
}

/// What the registry knows of it.
pub const SCENARIO: Scenario = Scenario {
    name: "burger_api",
    modes: &["awaits", "pool", "blocks"],
    knobs: &["requests", "rate", "time", "pool", "random"],
    steps: &["arrive", "fetch", "pool", "handler", "block", "beat"],
    threads: |setup| Threads { programs: 1, pool: if setup.mode == "pool" { pool(&setup.knobs) } else { 0 } },
    start: |rt, setup, _| program(rt, setup).boxed_local(),
    jobs: &[("read_burgers", read_burgers_blocking)],
};
