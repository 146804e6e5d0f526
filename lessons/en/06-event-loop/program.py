"""An event loop with a heartbeat, and what one customer can do to all the others."""

import asyncio
import time

# @region *
CUSTOMERS = 3  # @knob customers
ORDERING = 0.1  # @knob ordering
COOKING = 2.4  # @knob cooking
TALK = 3.0  # @knob talk
BEAT = 1.0  # @knob beat
# @end
MODE = "blocked"  # or "fair", or "story"  # @mode
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

async def dish(name, what):
    say(f"{name} waits for {what}")
    await asyncio.sleep(COOKING)  # @step cook
    say(f"{name} has {what}")


async def customer(name):
    say(f"{name} orders")
    work(ORDERING)  # @step order
    await dish(name, "burgers")
# @end

# @region fair

async def call_at_a_table():
    say("Ada calls from a table")
    await asyncio.sleep(TALK)  # @step call
    say("Ada hangs up")
# @end

# @region story

async def tell(part):
    say(f"Ada tells part {part}")
    work(TALK / 3)  # @step tell


async def tell_a_story():
    for part in 1, 2, 3:
        await tell(part)
    say("Ada ends her story")
# @end

# @region blocked

async def call_at_the_till():
    say("Ada calls from the till")
    time.sleep(TALK)  # @step block
    say("Ada hangs up")
# @end

# @region *

async def ada(talk):
    await customer("Ada")
    await talk()
    await dish("Ada", "fries")


async def heartbeat(closing):
    while not closing.is_set():
        await asyncio.sleep(BEAT)  # @step beat
        say("beat")


async def main():
    talks = {"fair": call_at_a_table, "story": tell_a_story, "blocked": call_at_the_till}
    closing = asyncio.Event()
    heart = asyncio.create_task(heartbeat(closing), name="heartbeat")
    served = [asyncio.create_task(ada(talks[MODE]), name="Ada")]
    for name in NAMES[1:CUSTOMERS]:
        served.append(asyncio.create_task(customer(name), name=name))
    await asyncio.gather(*served)
    closing.set()
    await heart
    say("closed")
# @end


asyncio.run(main())
