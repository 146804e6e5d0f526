//! What learners often believe and should not: every wrong answer of a check names one of these.

/// A belief that a check question can catch.
#[derive(Debug)]
pub struct Misconception {
    /// The name that lessons use.
    pub id: &'static str,
    /// What the learner believes, as they might say it.
    pub belief: &'static str,
}

/// All of them, in the order in which the course meets them.
pub const MISCONCEPTIONS: &[Misconception] = &[
    misconception("waiting-is-work", "To wait for something slow is work for the CPU."),
    misconception("async-is-faster-work", "Async makes the work itself faster."),
    misconception("async-is-parallel", "Async means that several things are computed at the same instant."),
    misconception("async-always-wins", "Async is always faster than blocking."),
    misconception("async-is-concurrent", "Writing `async` makes code concurrent by itself."),
    misconception("call-runs", "Calling a coroutine function runs its body."),
    misconception("await-starts-others", "`await` in a row starts everything at once."),
    misconception("await-blocks-thread", "`await` holds the thread until the result is there."),
    misconception("await-always-yields", "`await` always lets other tasks run."),
    misconception("blocking-in-async-is-fine", "Blocking inside `async def` does no harm."),
    misconception("framework-unblocks", "The web framework moves blocking code out of the event loop's way."),
    misconception("def-blocks-loop", "A plain `def` handler stops the event loop."),
    misconception("ready-is-running", "A task that is ready is already running."),
    misconception("threads-speed-up-python-cpu", "Threads make CPU work in Python faster."),
    misconception("parallel-is-better", "Parallel is always better than concurrent."),
    misconception("parallel-is-worse", "Concurrent is always better than parallel."),
    misconception("gather-cancels", "When one of `gather` fails, the others are cancelled."),
    misconception("more-tasks-faster", "More tasks always finish the work sooner."),
    misconception("timeout-stops-thread", "A time-out stops the thread that does the work."),
    misconception("fire-and-forget", "A task that nobody holds or awaits is safe."),
];

const fn misconception(id: &'static str, belief: &'static str) -> Misconception {
    Misconception { id, belief }
}

/// The misconception of this name.
pub fn find(id: &str) -> Option<&'static Misconception> {
    MISCONCEPTIONS.iter().find(|known| known.id == id)
}
