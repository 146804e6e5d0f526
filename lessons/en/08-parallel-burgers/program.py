"""Parallel burgers: the same customers at one clerk, or at several that work at the same time."""

import asyncio
import multiprocessing
import time

# @region *
CUSTOMERS = 8  # @knob customers
WORK = 0.4  # @knob work
WAIT = 2.2  # @knob wait
# @end
# @region threads both
THREADS = 4  # @knob threads
START = 0.1  # @knob start
# @end
MODE = "both"  # or "blocking", "async", "threads"  # @mode
NAMES = "Ada Ben Cy Dee Eli Fay Gus Hal Ida Joe Kim Lou".split()
clock_start = time.perf_counter()


def say(text):
    """Print what happens, and when."""
    # One write, so that the lines of two threads do not mix.
    print(f"{time.perf_counter() - clock_start:5.1f} s  {text}\n", end="", flush=True)


def work(seconds):
    """Keep the CPU busy for a time. A real program has an amount of work, and the time follows."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass

# @region blocking threads

def serve_blocking(name):
    say(f"{name} begins")
    work(WORK)  # @step work
    if WAIT:
        say(f"{name} waits")
        time.sleep(WAIT)  # @step wait
    say(f"{name} is done")


def clerk_blocking(number, names):
    say(f"clerk {number} opens")
    for name in names:
        serve_blocking(name)
    say(f"clerk {number} closes")
# @end

# @region async both

async def serve(name):
    say(f"{name} begins")
    work(WORK)  # @step work
    if WAIT:
        say(f"{name} waits")
        await asyncio.sleep(WAIT)  # @step wait
    say(f"{name} is done")


async def clerk_async(number, names):
    say(f"clerk {number} opens")
    await asyncio.gather(*(serve(name) for name in names))
    say(f"clerk {number} closes")
# @end


def clerk(number, names):
    """A clerk's day, in the way that the mode asks for."""
    if MODE in ("async", "both"):
        asyncio.run(clerk_async(number, names))
    else:
        clerk_blocking(number, names)

# @region threads both

# The clerks are processes. Threads would do for the waiting, but not for the work: under CPython's
# global interpreter lock (GIL), only one thread of a process runs Python code at a time.
def in_process(number, names, opening):
    global clock_start
    opening.wait()  # Processes start in their own time: the clock begins when all are there.
    clock_start = time.perf_counter()
    time.sleep(START * (number - 1))  # @step open
    clerk(number, names)


def clerks(names):
    opening = multiprocessing.Barrier(THREADS)
    processes = [
        # The customers are dealt out like cards.
        multiprocessing.Process(target=in_process, args=(first + 1, names[first::THREADS], opening))
        for first in range(THREADS)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
# @end


if __name__ == "__main__":
    if MODE in ("blocking", "async"):
        clerk(1, NAMES[:CUSTOMERS])
    else:
        clerks(NAMES[:CUSTOMERS])
