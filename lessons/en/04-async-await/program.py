"""The same coroutine, awaited one after another or all together."""

import asyncio
import time

# @region *
CUSTOMERS = 3  # @knob customers
ORDERING = 1.0  # @knob ordering
GRILLING = 3.0  # @knob grilling
# @end
MODE = "together"  # or "sequence"  # @mode
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

# @region *

async def get_burgers(name, number):
    say(f"{name} orders")
    work(ORDERING)  # @step order
    say(f"{name} has a ticket")
    await asyncio.sleep(GRILLING)  # @step grill
    say(f"{name} gets burgers")
    return ["burger"] * number
# @end

# @region sequence side

async def one_after_another(names):
    for name in names:
        await get_burgers(name, 2)
# @end

# @region together side

async def together(names):
    orders = [get_burgers(name, 2) for name in names]
    await asyncio.gather(*orders)  # @step gather
# @end


async def main():
    if MODE == "sequence":
        await one_after_another(NAMES[:CUSTOMERS])
    else:
        await together(NAMES[:CUSTOMERS])
    say("all served")


asyncio.run(main())
