"""One clerk, one slow kitchen: who keeps the clerk while the meat is on the grill?"""

import asyncio
import time

# @region *
CUSTOMERS = 3  # @knob customers
ORDERING = 1.0  # @knob ordering
GRILLING = 3.0  # @knob grilling
# @end
MODE = "blocking"  # or "async"  # @mode
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

# @region blocking

def serve_blocking(name):
    say(f"{name} orders")
    work(ORDERING)  # @step order
    say(f"{name} keeps the clerk")
    time.sleep(GRILLING)  # @step grill
    say(f"{name} has burgers")


def program_blocking(names):
    for name in names:
        serve_blocking(name)
# @end

# @region async

async def serve(name):
    say(f"{name} orders")
    work(ORDERING)  # @step order
    say(f"{name} lets the clerk go")
    await asyncio.sleep(GRILLING)  # @step grill
    say(f"{name} has burgers")


async def program(names):
    await asyncio.gather(*(serve(name) for name in names))
# @end


if MODE == "blocking":
    program_blocking(NAMES[:CUSTOMERS])
else:
    asyncio.run(program(NAMES[:CUSTOMERS]))
say("closed")
