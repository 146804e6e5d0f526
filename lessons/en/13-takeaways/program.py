"""The course in one program: waits that overlap, and two processes that work at the same time."""

import asyncio
import multiprocessing
import time

# @region *
CUSTOMERS = 3  # @knob customers
ORDERING = 1.0  # @knob ordering
GRILLING = 3.0  # @knob grilling
# @end
MODE = "side"  # or "blocking", or "async"  # @mode
NAMES = "Ada Ben Cy Dee Eli Fay Gus Hal Ida Joe Kim Lou".split()
START = time.perf_counter()


def say(text):
    """Print what happens, and when: each line in one piece, for two processes may print at once."""
    print(f"{time.perf_counter() - START:5.1f} s  {text}\n", end="", flush=True)


def work(seconds):
    """Keep the CPU busy, as an order keeps the clerk busy."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass

# @region blocking side

def serve_blocking(name):
    say(f"{name} orders")
    work(ORDERING)  # @step order
    say(f"{name} waits at the till")
    time.sleep(GRILLING)  # @step grill
    say(f"{name} leaves with burgers")


def blocking(names):
    for name in names:
        serve_blocking(name)
    say("closed")
# @end

# @region async side

async def serve(name):
    say(f"{name} orders")
    work(ORDERING)  # @step order
    say(f"{name} has a ticket")
    await asyncio.sleep(GRILLING)  # @step grill
    say(f"{name} leaves with burgers")


async def concurrent(names):
    async with asyncio.TaskGroup() as party:
        for name in names:
            party.create_task(serve(name))
    say("closed")
# @end


def one_clerk(mode, names):
    """One thread, and one way to wait."""
    if mode == "blocking":
        blocking(names)
    else:
        asyncio.run(concurrent(names))

# @region side

def two_clerks(names):
    """Two processes, each with a thread of its own: both clerks work at the same time."""
    modes = "blocking", "async"
    shops = [multiprocessing.Process(target=one_clerk, args=(mode, names)) for mode in modes]
    for shop in shops:
        shop.start()
    for shop in shops:
        shop.join()
# @end


if __name__ == "__main__":
    if MODE == "side":
        two_clerks(NAMES[:CUSTOMERS])
    else:
        one_clerk(MODE, NAMES[:CUSTOMERS])
