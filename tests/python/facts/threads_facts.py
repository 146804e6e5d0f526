"""Facts about CPython's threads. What the simulation claims: `examples/facts/threads.rs`."""

import threading
import time

from observe import fact, say

NUMBERS = 1_500_000
TRIES = 3


def in_threads(*jobs):
    """Does all jobs, each in a thread of its own, and gives how long that took."""
    start = time.perf_counter()
    threads = [threading.Thread(target=job, args=arguments) for job, *arguments in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - start


@fact
def overlap_blocking_io():
    in_threads((time.sleep, 1.0), (time.sleep, 1.0))
    say("two threads have waited")


@fact
def do_not_speed_up_cpu_work():
    def work(times):
        for _ in range(times * NUMBERS):
            pass

    # The same work: in one thread, and half of it in each of two. With two cores and no GIL the share is near a half.
    shares = [in_threads((work, 1), (work, 1)) / in_threads((work, 2)) for _ in range(TRIES)]
    faster = sorted(shares)[TRIES // 2] < 0.75
    say(f"two threads are {'much' if faster else 'not much'} faster than one")
