//! The facts about Rust with real futures and a real clock. Nothing of this project is in here: `futures`, threads that
//! sleep for timers, and the executor of `futures`.

use std::cell::Cell;
use std::thread;
use std::time::{Duration, Instant};

use futures_channel::oneshot;
use futures_executor::{LocalPool, LocalSpawner};
use futures_util::future::{FutureExt, LocalBoxFuture};
use futures_util::task::LocalSpawnExt;
use futures_util::{join, poll, try_join};

type Program = fn(LocalSpawner) -> LocalBoxFuture<'static, ()>;

pub const FACTS: &[(&str, Program)] = &[
    ("rust.nothing_until_polled", |_| nothing_until_polled().boxed_local()),
    ("rust.spawned_tasks_start_later", |spawner| spawned_tasks_start_later(spawner).boxed_local()),
    ("rust.awaits_in_a_row_add_up", |_| awaits_in_a_row_add_up().boxed_local()),
    ("rust.join_overlaps", |_| join_overlaps().boxed_local()),
    ("rust.join_is_one_task", |_| join_is_one_task().boxed_local()),
    ("rust.try_join_drops_the_pending", |_| try_join_drops_the_pending().boxed_local()),
    ("rust.drop_is_cancellation", |_| drop_is_cancellation().boxed_local()),
];

thread_local! {
    /// When the program began, and how many of its seconds go into a real one.
    static CLOCK: Cell<(Instant, f64)> = Cell::new((Instant::now(), 1.0));
}

/// Runs a program on a clock `scale` times as fast.
pub fn run(program: Program, scale: f64) {
    CLOCK.set((Instant::now(), scale));
    let mut pool = LocalPool::new();
    let program = program(pool.spawner());
    pool.run_until(program);
}

fn say(text: &str) {
    let (start, scale) = CLOCK.get();
    println!("{:5.1} s  {text}", start.elapsed().as_secs_f64() * scale);
}

fn real(seconds: f64) -> Duration {
    Duration::from_secs_f64(seconds / CLOCK.get().1)
}

fn block(seconds: f64) {
    thread::sleep(real(seconds));
}

/// A timer that starts when it is first polled.
async fn timer(seconds: f64) {
    let (ring, rings) = oneshot::channel();
    let time = real(seconds);
    thread::spawn(move || {
        thread::sleep(time);
        // Nobody may be waiting any more.
        let _ = ring.send(());
    });
    let _ = rings.await;
}

struct Finally(&'static str);

impl Drop for Finally {
    fn drop(&mut self) {
        say(self.0);
    }
}

async fn nothing_until_polled() {
    let _never_polled = async { say("never") };
    let burgers = async { say("the body runs") };
    say("the future is made");
    timer(1.0).await;
    say("now it is awaited");
    burgers.await;
}

async fn spawned_tasks_start_later(spawner: LocalSpawner) {
    let (done, is_done) = oneshot::channel();
    let task = async {
        say("the task runs");
        let _ = done.send(());
    };
    // The pool outlives its program.
    let _ = spawner.spawn_local(task);
    say("the task is spawned");
    let _ = is_done.await;
}

async fn awaits_in_a_row_add_up() {
    timer(1.0).await;
    timer(1.0).await;
    say("both are there");
}

async fn join_overlaps() {
    join!(timer(1.0), timer(1.0));
    say("both are there");
}

async fn join_is_one_task() {
    let waits = async {
        timer(0.5).await;
        say("the timer of 0.5 s is seen");
    };
    let blocks = async {
        block(2.0);
        say("the branch has blocked for 2 s");
    };
    join!(waits, blocks);
}

async fn try_join_drops_the_pending() {
    let ada = async {
        let _finally = Finally("Ada is dropped");
        timer(3.0).await;
        Ok::<(), &str>(())
    };
    let ben = async {
        timer(1.0).await;
        say("Ben fails");
        Err::<(), &str>("burnt")
    };
    let result = async { try_join!(ada, ben) }.await;
    say(&format!("try_join! gives {result:?}"));
}

async fn drop_is_cancellation() {
    let mut ada = Box::pin(async {
        let _finally = Finally("Ada is dropped");
        say("Ada orders");
        timer(2.0).await;
        say("never");
    });
    let _ = poll!(&mut ada);
    timer(1.0).await;
    drop(ada);
    timer(2.0).await;
    say("closed");
}
