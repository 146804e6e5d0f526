//! A party that comes together: what becomes of the others when one order fails, or takes too long?
//!
//! modes: gather, promise, group, join, timeout, limiter, edge, level
//! knobs: customers, grilling, burns, patience, grills
//! steps: order, grill, insist, party, deadline, queue, clean, close

use std::fmt;
use std::rc::Rc;

use futures_channel::oneshot;
use futures_util::FutureExt;
use futures_util::future::{join_all, pending, try_join_all};

use super::kit::{CancelScope, Cancellation, Limiter, TimeoutError, fail_after, move_on_after};
use super::{Scenario, customers};
use crate::runtime::{Cancelled, Rt, Setup, Task, Threads};
use crate::trace::Millis;

/// How long an order takes at the till, and cleaning a grill after use.
const ORDERING: Millis = Millis(200.0);
const CLEANING: Millis = Millis(100.0);

/// Why a guest has no burgers. The name is what is printed.
#[derive(Clone, Copy, Debug)]
enum Trouble {
    Burnt,
    TimeoutError,
    Cancelled,
}

impl fmt::Display for Trouble {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{self:?}")
    }
}

impl From<Cancelled> for Trouble {
    fn from(_: Cancelled) -> Self {
        Self::Cancelled
    }
}

impl From<TimeoutError> for Trouble {
    fn from(_: TimeoutError) -> Self {
        Self::TimeoutError
    }
}

/// Some burgers, or trouble.
type Order = Result<usize, Trouble>;

/// A place at the table. Who has one is still in the shop: `seats` counts them.
#[derive(Clone)]
struct Table {
    rt: Rt,
    grilling: Millis,
    burns: Millis,
    patience: Millis,
    seats: Rc<()>,
}

// @region *
/// Orders at the till.
fn at_the_till(table: &Table, name: &str) {
    table.rt.say(format!("{name} orders"));
    table.rt.work("order", ORDERING); // @step order
}

/// Orders, then waits for the grill.
async fn cook(table: &Table, name: &str, time: Millis) {
    at_the_till(table, name);
    table.rt.io("grill", time).await; // @step grill
}
// @end

// @region gather promise group join
/// Gets two burgers. Ben's grill is too hot: if they stay on it for long, they burn.
async fn order(table: Table, name: &str) -> Order {
    let burns = name == "Ben" && table.burns < table.grilling;
    cook(&table, name, if burns { table.burns } else { table.grilling }).await;
    if burns {
        table.rt.say(format!("{name}'s burgers burn"));
        return Err(table.rt.raise(Trouble::Burnt));
    }
    table.rt.say(format!("{name} has burgers"));
    Ok(2)
}
// @end

// @region timeout limiter edge level
/// Gets two burgers. Nothing burns here.
async fn order_safely(table: Table, name: &str) -> Order {
    cook(&table, name, table.grilling).await;
    table.rt.say(format!("{name} has burgers"));
    Ok(2)
}
// @end

// @region gather promise group timeout limiter
/// A task for each guest.
fn seat<F: Future<Output = Order> + 'static>(
    table: &Table,
    names: &'static [&'static str],
    guest: impl Fn(Table, &'static str) -> F,
) -> Vec<Task<Order>> {
    names.iter().map(|name| table.rt.spawn(name, guest(table.clone(), name))).collect()
}

/// Waits for a guest. One who was cancelled has no burgers either.
async fn served(guest: &mut Task<Order>) -> Order {
    guest.await?
}
// @end

// @region gather promise
/// The first failure goes to the host at once. Nobody tells the others: they go on.
async fn gather(table: &Table, guests: &mut [Task<Order>]) {
    table.rt.at("party");
    let ended = try_join_all(guests.iter_mut().map(served)).await; // @step party
    match ended {
        Ok(orders) => has(table, orders),
        Err(trouble) => table.rt.say(format!("the host gets {trouble}")),
    }
}
// @end

// @region group timeout limiter
/// The first failure sends the others home, and the host waits until all have left.
async fn group(table: &Table, mut guests: Vec<Task<Order>>) {
    table.rt.at("party");
    let ended = try_join_all(guests.iter_mut().map(served)).await; // @step party
    guests.iter().for_each(Task::abort);
    join_all(guests).await;
    match ended {
        Ok(orders) => has(table, orders),
        Err(trouble) => table.rt.say(format!("the host gets ExceptionGroup: {trouble}")),
    }
}
// @end

// @region join
/// One task, the host, with a branch for each order. When one fails, the others are dropped.
/// (`try_join!` is the same for a number of branches that stands in the code.)
async fn join(table: &Table, names: &'static [&'static str]) {
    let ended = try_join_all(names.iter().map(|name| order(table.clone(), name))).await;
    match ended {
        Ok(orders) => has(table, orders),
        Err(trouble) => table.rt.say(format!("the host gets {trouble}")),
    }
}
// @end

/// All went well.
fn has(table: &Table, orders: Vec<usize>) {
    table.rt.say(format!("the host has {} burgers", orders.iter().sum::<usize>()));
}

// @region timeout
/// Ada leaves quietly, Ben makes a fuss, and the others wait for as long as it takes.
async fn with_a_deadline(table: Table, name: &str) -> Order {
    let deadline = table.rt.io("deadline", table.patience); // @step deadline
    let order = order_safely(table.clone(), name);
    match name {
        "Ada" => move_on_after(deadline, order).await.unwrap_or_else(|| {
            table.rt.say("Ada leaves without burgers");
            Ok(0)
        }),
        "Ben" => fail_after(deadline, order).await?,
        _ => order.await,
    }
}
// @end

// @region limiter
/// Comes to the till only with a free grill, and leaves it clean.
async fn with_a_grill(table: Table, name: &str, grills: Rc<Limiter>) -> Order {
    table.rt.at("queue");
    let grill = grills.acquire().await; // @step queue
    let burgers = order_safely(table.clone(), name).await?;
    table.rt.work("clean", CLEANING); // @step clean
    drop(grill);
    Ok(burgers)
}
// @end

// @region edge level
/// Does not want to go: twice he swallows the cancellation and waits again.
async fn stubborn(table: Table, name: &str, scope: Rc<CancelScope>, gives_up: oneshot::Sender<()>) -> Order {
    at_the_till(&table, name);
    for again in [true, true, false] {
        let burgers = scope.wait(table.rt.io("insist", table.grilling)).await; // @step insist
        if burgers.is_ok() {
            table.rt.say(format!("{name} has burgers"));
            return Ok(2);
        }
        let does = if again { "waits again" } else { "leaves" };
        table.rt.say(format!("{name} is cancelled, and {does}"));
    }
    // In Python, the exception leaves the function. A Rust task leaves by being dropped.
    let _ = gives_up.send(());
    pending().await
}

/// The host has seen enough.
async fn call_off(table: &Table, names: &'static [&'static str], how: Cancellation) {
    let scope = CancelScope::new(how);
    let (gives_up, gave_up) = oneshot::channel();
    let mut gives_up = Some(gives_up);
    let guest = |name: &&'static str| match gives_up.take_if(|_| *name == "Ben") {
        Some(gives_up) => table.rt.spawn(name, stubborn(table.clone(), name, scope.clone(), gives_up)),
        None => table.rt.spawn(name, order_safely(table.clone(), name)),
    };
    let guests: Vec<_> = names.iter().map(guest).collect();
    table.rt.io("deadline", table.patience).await; // @step deadline
    table.rt.say("the host calls it off");
    let polite = guests.iter().zip(names).filter(|(_, name)| **name != "Ben");
    polite.for_each(|(guest, _)| guest.abort());
    scope.cancel();
    table.rt.at("party");
    let _ = gave_up.await; // @step party
    guests.iter().for_each(Task::abort);
    join_all(guests).await;
}
// @end

/// The host, and the party.
async fn program(rt: Rt, setup: Setup) {
    // @region *
    let names = customers(setup.knobs.count("customers", 3)); // @knob customers
    let grilling = setup.knobs.seconds("grilling", 3.0); // @knob grilling
    // @end
    // @region gather promise group join
    let burns = setup.knobs.seconds("burns", 1.0); // @knob burns
    // @end
    // @region timeout edge level
    let patience = setup.knobs.seconds("patience", 2.0); // @knob patience
    // @end
    // @region limiter
    let grills = Limiter::new(setup.knobs.count("grills", 2)); // @knob grills
    // @end
    let table = Table { rt: rt.clone(), grilling, burns, patience, seats: Rc::new(()) };

    let mut strays = Vec::new();
    match &*setup.mode {
        "group" => group(&table, seat(&table, names, order)).await,
        "join" => join(&table, names).await,
        "timeout" => group(&table, seat(&table, names, with_a_deadline)).await,
        "limiter" => {
            let guest = |table, name| with_a_grill(table, name, grills.clone());
            group(&table, seat(&table, names, guest)).await;
        }
        "edge" => call_off(&table, names, Cancellation::Edge).await,
        "level" => call_off(&table, names, Cancellation::Level).await,
        _ => {
            strays = seat(&table, names, order);
            gather(&table, &mut strays).await;
        }
    }
    // @region *
    let inside = Rc::strong_count(&table.seats) - 1;
    rt.say(format!("the party is over, {inside} still inside"));
    if inside > 0 {
        rt.at("close");
        join_all(strays).await; // @step close
    }
    rt.say("closed");
    // @end
}

/// What the registry knows of it.
pub const SCENARIO: Scenario = Scenario {
    name: "structured",
    modes: &["gather", "promise", "group", "join", "timeout", "limiter", "edge", "level"],
    knobs: &["customers", "grilling", "burns", "patience", "grills"],
    steps: &["order", "grill", "insist", "party", "deadline", "queue", "clean", "close"],
    threads: |_| Threads { programs: 1, pool: 0 },
    start: |rt, setup, _| program(rt, setup).boxed_local(),
    jobs: &[],
};
