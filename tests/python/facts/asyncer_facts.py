"""Facts about Asyncer, under CPython. What the simulation claims: `examples/facts/asyncer.rs`."""

import threading
import time

import anyio
import asyncer
from observe import fact, name, say


def run(main):
    anyio.run(main)


@fact
async def soon_values_come_with_the_end():
    async def burger(who, seconds):
        await anyio.sleep(seconds)
        return f"{who}'s burger"

    def shown(soon):
        try:
            return soon.value
        except BaseException as raised:
            return name(raised)

    async with asyncer.create_task_group() as group:
        ada = group.soonify(burger)("Ada", 1.0)
        ben = group.soonify(burger)("Ben", 2.0)
        say(f"inside: {shown(ada)}")
        await anyio.sleep(1.5)
        say(f"inside, when it is over: {shown(ada)}")
    say(f"after it: {shown(ada)}, {shown(ben)}")


@fact
async def asyncify_uses_a_thread():
    def double_slowly(number):
        time.sleep(1.5)
        return number * 2

    async def heartbeat():
        await anyio.sleep(1.0)
        say("beat")

    async with anyio.create_task_group() as group:
        group.start_soon(heartbeat)
        result = await asyncer.asyncify(double_slowly)(21)
        say(f"the thread gives {result}")


@fact
async def syncify_asks_the_loop():
    loop_thread = threading.get_ident()

    async def double_slowly(number):
        await anyio.sleep(1.0)
        where = "the loop's" if threading.get_ident() == loop_thread else "another"
        say(f"the async function ran on {where} thread")
        return number * 2

    def in_a_thread():
        result = asyncer.syncify(double_slowly)(21)
        if threading.get_ident() != loop_thread:
            say(f"the thread has {result}")

    await anyio.to_thread.run_sync(in_a_thread)
