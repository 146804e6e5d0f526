"""Jobs that mostly wait, and jobs that mostly compute: in a row, and all together."""

import asyncio
import time

# @region *
JOBS = 4  # @knob jobs
LONG = 2.4  # @knob long
SHORT = 0.1  # @knob short
# @end
MODE = "io_together"  # or "io_row", "cpu_row", "cpu_together"  # @mode
NAMES = "Ada Ben Cy Dee Eli Fay Gus Hal Ida Joe Kim Lou".split()
START = time.perf_counter()


def say(text):
    """Print what happens, and when."""
    print(f"{time.perf_counter() - START:5.1f} s  {text}")


def work(seconds):
    """Keep the CPU busy, as chopping keeps the clerk busy."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass

# @region io_row io_together

BURGERS = {"dish": "burgers", "clerk": SHORT, "kitchen": LONG}
# @end
# @region cpu_row cpu_together
SALAD = {"dish": "salad", "clerk": LONG, "kitchen": SHORT}
# @end

# @region *

async def order(name, dish, clerk, kitchen):
    say(f"{name} orders {dish}")
    work(clerk)  # @step clerk
    say(f"{name} waits for {dish}")
    await asyncio.sleep(kitchen)  # @step kitchen
    say(f"{name} has {dish}")
# @end

# @region io_row cpu_row

async def in_a_row(names, dish):
    for name in names:
        await order(name, **dish)
# @end

# @region io_together cpu_together

async def together(names, dish):
    await asyncio.gather(*(order(name, **dish) for name in names))
# @end


async def main():
    dish = BURGERS if MODE.startswith("io") else SALAD
    run = in_a_row if MODE.endswith("row") else together
    await run(NAMES[:JOBS], dish)
    say("all served")


asyncio.run(main())
