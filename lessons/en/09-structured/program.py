"""A party that comes together: what becomes of the others when one order fails, or takes too long?"""

import asyncio
import time

import anyio
import asyncer

# @region *
CUSTOMERS = 3  # @knob customers
GRILLING = 3.0  # @knob grilling
# @end
# @region gather promise group join
BURNS = 1.0  # @knob burns
# @end
# @region timeout edge level
PATIENCE = 2.0  # @knob patience
# @end
# @region limiter
GRILLS = 2  # @knob grills
# @end
ORDERING = 0.2
CLEANING = 0.1
MODE = "group"  # or "gather", "promise", "join", "timeout", "limiter", "edge", "level"  # @mode
NAMES = "Ada Ben Cy Dee Eli Fay Gus Hal Ida Joe Kim Lou".split()
START = time.perf_counter()


class Burnt(Exception):
    """Nobody wants to eat that."""


def say(text):
    """Print what happens, and when."""
    print(f"{time.perf_counter() - START:5.1f} s  {text}")


def work(seconds):
    """Keep the CPU busy, as an order keeps the clerk busy."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass

# @region *

def at_the_till(name):
    say(f"{name} orders")
    work(ORDERING)  # @step order


async def cook(name, seconds):
    at_the_till(name)
    await asyncio.sleep(seconds)  # @step grill
# @end

# @region gather promise group join

async def order(name):
    # Ben's grill is too hot: if his burgers stay on it for long, they burn.
    burns = name == "Ben" and BURNS < GRILLING
    await cook(name, BURNS if burns else GRILLING)
    if burns:
        say(f"{name}'s burgers burn")
        raise Burnt
    say(f"{name} has burgers")
    return 2
# @end

# @region timeout limiter edge level

async def order_safely(name):
    await cook(name, GRILLING)
    say(f"{name} has burgers")
    return 2
# @end

# @region gather promise

async def gather(names):
    # Promise.all in JavaScript does the same: it rejects at the first failure, and the others go on.
    guests = [asyncio.create_task(order(name), name=name) for name in names]
    try:
        orders = await asyncio.gather(*guests)  # @step party
        say(f"the host has {sum(orders)} burgers")
    except Burnt as trouble:
        say(f"the host gets {type(trouble).__name__}")
# @end

# @region group timeout limiter

async def group(names, guest):
    try:
        async with asyncer.create_task_group() as party:  # @step party
            orders = [party.soonify(guest)(name) for name in names]
            # In here, orders[0].value raises PendingValueException: nobody has been served yet.
        say(f"the host has {sum(order.value for order in orders)} burgers")
    except ExceptionGroup as box:
        troubles = ", ".join(type(trouble).__name__ for trouble in box.exceptions)
        say(f"the host gets {type(box).__name__}: {troubles}")
# @end

# @region join

async def join(names):
    # asyncio has no try_join: this prints the same, but it needs a task for each order. In Rust, there is one.
    orders = [asyncio.create_task(order(name), name=name) for name in names]
    done, pending = await asyncio.wait(orders, return_when=asyncio.FIRST_EXCEPTION)
    for dropped in pending:
        dropped.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    try:
        say(f"the host has {sum(served.result() for served in done)} burgers")
    except Burnt as trouble:
        say(f"the host gets {type(trouble).__name__}")
# @end

# @region timeout

async def with_a_deadline(name):
    if name == "Ada":
        with anyio.move_on_after(PATIENCE):  # @step deadline
            return await order_safely(name)
        say("Ada leaves without burgers")
        return 0
    if name == "Ben":
        with anyio.fail_after(PATIENCE):  # @step deadline
            return await order_safely(name)
    return await order_safely(name)
# @end

# @region limiter

async def with_a_grill(name, grills):
    async with grills:  # @step queue
        burgers = await order_safely(name)
        work(CLEANING)  # @step clean
    return burgers
# @end

# @region edge level

async def stubborn(name):
    at_the_till(name)
    for again in True, True, False:
        try:
            await asyncio.sleep(GRILLING)  # @step insist
            say(f"{name} has burgers")
            return 2
        except asyncio.CancelledError:
            if not again:
                say(f"{name} is cancelled, and leaves")
                raise
            say(f"{name} is cancelled, and waits again")
# @end

# @region edge

async def call_off_once(names):
    guests = [asyncio.create_task(stubborn(name) if name == "Ben" else order_safely(name)) for name in names]
    await asyncio.sleep(PATIENCE)  # @step deadline
    say("the host calls it off")
    for guest in guests:
        guest.cancel()
    await asyncio.wait(guests)  # @step party
# @end

# @region level

async def call_off(names):
    async with asyncer.create_task_group() as party:  # @step party
        for name in names:
            party.soonify(stubborn if name == "Ben" else order_safely)(name)
        await anyio.sleep(PATIENCE)  # @step deadline
        say("the host calls it off")
        party.cancel_scope.cancel()
# @end


async def main():
    global START
    START = time.perf_counter()  # AnyIO has been loaded
    names = NAMES[:CUSTOMERS]
    match MODE:
        case "gather" | "promise":
            await gather(names)
        case "group":
            await group(names, order)
        case "join":
            await join(names)
        case "timeout":
            await group(names, with_a_deadline)
        case "limiter":
            # @region limiter
            grills = anyio.CapacityLimiter(GRILLS)
            await group(names, lambda name: with_a_grill(name, grills))
            # @end
        case "edge":
            await call_off_once(names)
        case "level":
            await call_off(names)
    # @region *
    strays = asyncio.all_tasks() - {asyncio.current_task()}
    say(f"the party is over, {len(strays)} still inside")
    if strays:
        # When main is done, who is left is cancelled. A server goes on, and so does this program.
        await asyncio.wait(strays)  # @step close
    say("closed")
    # @end


anyio.run(main)
