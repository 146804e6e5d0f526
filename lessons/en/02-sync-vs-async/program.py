"""A burger counter with one clerk: the same orders, served blocking or async."""

import asyncio
import time

# @region *
CUSTOMERS = 3  # @knob customers
ORDERING = 1.0  # @knob ordering
GRILLING = 3.0  # @knob grilling
# @end
MODE = "async"  # or "blocking"  # @mode
NAMES = "Ada Ben Cy Dee Eli Fay Gus Hal Ida Joe Kim Lou".split()
START = time.perf_counter()


def say(text):
    """Print what happens, and when."""
    print(f"{time.perf_counter() - START:5.1f} s  {text}")


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
# @end

# @region blocking

def counter_blocking(names):
    for name in names:
        serve_blocking(name)
# @end

# @region async side

async def serve(name):
    say(f"{name} orders")
    work(ORDERING)  # @step order
    say(f"{name} has a ticket")
    await asyncio.sleep(GRILLING)  # @step grill
    say(f"{name} leaves with burgers")
# @end

# @region async

async def counter(names):
    await asyncio.gather(*(serve(name) for name in names))
# @end


if MODE == "blocking":
    counter_blocking(NAMES[:CUSTOMERS])
else:
    asyncio.run(counter(NAMES[:CUSTOMERS]))
say("closed")
