"""A busy day: one clerk and any number of customers, served blocking or async."""

import asyncio
import time

# @region *
CUSTOMERS = 12  # @knob customers
ORDERING = 0.0005  # @knob ordering
GRILLING = 0.3  # @knob grilling
# @end
MODE = "async"  # or "blocking"  # @mode
FIRST = "Ada Ben Cy Dee Eli Fay Gus Hal Ida Joe Kim Lou".split()
NAMES = FIRST[:CUSTOMERS] + [f"customer {number}" for number in range(len(FIRST) + 1, CUSTOMERS + 1)]
START = time.perf_counter()


def say(text):
    """Print what happens, and when."""
    print(f"{time.perf_counter() - START:5.1f} s  {text}")


def work(seconds):
    """Keep the CPU busy, as an order keeps the clerk busy."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass

# @region blocking

def serve_blocking(name):
    work(ORDERING)  # @step order
    time.sleep(GRILLING)  # @step grill
    say(f"{name} leaves with burgers")


def counter_blocking():
    for name in NAMES:
        serve_blocking(name)
# @end

# @region async

async def serve(name):
    work(ORDERING)  # @step order
    await asyncio.sleep(GRILLING)  # @step grill
    say(f"{name} leaves with burgers")


async def counter():
    await asyncio.gather(*(serve(name) for name in NAMES))
# @end


if MODE == "blocking":
    counter_blocking()
else:
    asyncio.run(counter())
say("closed")
