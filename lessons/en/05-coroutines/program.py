"""What a call makes, what awaits it, and what a task does with it."""

import asyncio
import time
import warnings

# @region *
NUMBER = 2  # @knob number
THINK = 0.6  # @knob think
CALL = 3.2  # @knob call
ORDERING = 0.5  # @knob ordering
GRILLING = 2.0  # @knob grilling
# @end
MODE = "forgotten"  # or "awaited", or "task"  # @mode
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

async def order(number):
    say("the order begins")
    burgers = 0
    while burgers < number:
        work(ORDERING)  # @step order
        await asyncio.sleep(GRILLING)  # @step grill
        burgers += 1
        say(f"burgers: {burgers}")
    return burgers
# @end

# @region forgotten

async def forgotten():
    say(f"Ada calls order({NUMBER})")
    slip = order(NUMBER)
    work(THINK)  # @step think
    await asyncio.sleep(CALL)  # @step call
    # @end
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        # @region forgotten
        del slip  # RuntimeWarning: coroutine 'order' was never awaited
        # @end
    for warning in caught:
        say(warning.message)
    # @region forgotten
    say("Ada has no burgers")
# @end

# @region awaited

async def awaited():
    say(f"Ada calls order({NUMBER})")
    slip = order(NUMBER)
    work(THINK)  # @step think
    await asyncio.sleep(CALL)  # @step call
    say("Ada awaits it")
    burgers = await slip
    say(f"Ada has {burgers} burgers")
# @end

# @region task

async def task():
    say(f"Ada calls order({NUMBER})")
    ben = asyncio.create_task(order(NUMBER), name="Ben")
    work(THINK)  # @step think
    await asyncio.sleep(CALL)  # @step call
    say("Ada awaits Ben")
    burgers = await ben  # @step join
    say(f"Ada has {burgers} burgers")
# @end


async def main():
    programs = {"forgotten": forgotten, "awaited": awaited, "task": task}
    ada = asyncio.create_task(programs[MODE](), name="Ada")
    await ada
    say("closed")


asyncio.run(main())
