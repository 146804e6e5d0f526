"""Facts about AnyIO, under CPython. What the simulation claims: `examples/facts/anyio.rs`."""

import os
import threading
import time
from collections import Counter

import anyio
import anyio.to_process
import anyio.to_thread
from observe import fact, name, now, say


def run(main):
    anyio.run(main)


def sleep_and_tell(seconds):
    time.sleep(seconds - 0.5)
    say("the thread is still at work")
    time.sleep(0.5)
    return seconds


@fact
async def task_group_owns_a_scope():
    async def customer(text):
        try:
            await anyio.sleep(3.0)
            say("never")
        finally:
            say(text)

    async with anyio.create_task_group() as group:
        group.start_soon(customer, "Ada leaves")
        group.start_soon(customer, "Ben leaves")
        await anyio.sleep(1.0)
        say("the scope is cancelled")
        group.cancel_scope.cancel()
    say("the group is left quietly")


@fact
async def task_group_cancels_the_rest():
    async def ada():
        try:
            await anyio.sleep(3.0)
            say("Ada is served")
        finally:
            say("Ada leaves")

    async def ben():
        await anyio.sleep(1.0)
        say("Ben fails")
        raise ValueError("burnt")

    try:
        async with anyio.create_task_group() as group:
            group.start_soon(ada)
            group.start_soon(ben)
    except BaseException as raised:
        say(f"the group raises {name(raised)}")


@fact
async def cancellation_is_level():
    async def ada():
        for how_often in "once", "again", "and again":
            try:
                await anyio.sleep(3.0)
            except anyio.get_cancelled_exc_class():
                say(f"{how_often}: cancelled")

    async with anyio.create_task_group() as group:
        group.start_soon(ada)
        await anyio.sleep(1.0)
        group.cancel_scope.cancel()
    say("the group is left quietly")


@fact
async def move_on_after_is_quiet():
    def leave(scope):
        say("left quietly, cut short" if scope.cancelled_caught else "left quietly, not cut short")

    with anyio.move_on_after(1.0) as scope:
        try:
            await anyio.sleep(3.0)
            say("never")
        finally:
            say("finally")
    leave(scope)
    with anyio.move_on_after(2.0) as scope:
        await anyio.sleep(1.0)
    leave(scope)


@fact
async def fail_after_raises():
    try:
        with anyio.fail_after(1.0):
            await anyio.sleep(3.0)
    except BaseException as raised:
        say(f"fail_after raises {name(raised)}")


async def call(over):
    await anyio.to_thread.run_sync(time.sleep, 1.0)
    over.append(round(now() * 2) / 2)


@fact
async def threads_are_limited_to_forty():
    over = []

    async def group_of(calls):
        async with anyio.create_task_group() as group:
            for _ in range(calls):
                group.start_soon(call, over)

    async with anyio.create_task_group() as groups:
        groups.start_soon(group_of, 21)
        groups.start_soon(group_of, 20)
    for at, calls in sorted(Counter(over).items()):
        say(f"{calls} over at {at} s")


@fact
def each_loop_has_its_limiter():
    over = []

    async def calls(count):
        async with anyio.create_task_group() as group:
            for _ in range(count):
                group.start_soon(call, over)

    loops = [threading.Thread(target=anyio.run, args=(calls, count)) for count in (21, 20)]
    for loop in loops:
        loop.start()
    for loop in loops:
        loop.join()
    say(f"{len(over)} calls on two loops: the last one is over at {max(over)} s")


@fact
async def threads_are_shielded():
    with anyio.move_on_after(1.0) as scope:
        result = await anyio.to_thread.run_sync(sleep_and_tell, 2.0)
        say(f"the thread is back with {result:.0f}")
        await anyio.sleep(0)
        say("never")
    if scope.cancelled_caught:
        say("left quietly at the next await")


@fact
async def abandoned_threads_run_on():
    with anyio.move_on_after(1.0) as scope:
        await anyio.to_thread.run_sync(sleep_and_tell, 2.0, abandon_on_cancel=True)
    say("left quietly, without the thread" if scope.cancelled_caught else "the thread is back")
    await anyio.sleep(2.0)
    say("closed")


@fact
async def capacity_limiter_bounds():
    grills = anyio.CapacityLimiter(2)

    async def customer(who):
        async with grills:
            await anyio.sleep(1.0)
        say(f"{who} is served")

    async with anyio.create_task_group() as group:
        for who in "Ada", "Ben", "Cy":
            group.start_soon(customer, who)


@fact
async def processes_for_cpu_work():
    beats = 0

    async def heartbeat():
        nonlocal beats
        while True:
            await anyio.sleep(0.05)
            beats += 1

    async with anyio.create_task_group() as group:
        group.start_soon(heartbeat)
        process = await anyio.to_process.run_sync(os.getpid)
        group.cancel_scope.cancel()
    say("this process" if process == os.getpid() else "another process")
    say("the loop went on" if beats else "the loop stood still")
