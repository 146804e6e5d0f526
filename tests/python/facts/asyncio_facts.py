"""Facts about asyncio, under CPython. What the simulation claims: `examples/facts/asyncio.rs`."""

import asyncio
import gc
import logging
import time
import warnings
import weakref

from observe import fact, name, say


def run(main):
    asyncio.run(main())


async def tell(text):
    say(text)


async def burger(who, seconds):
    await asyncio.sleep(seconds)
    say(f"{who} is served")
    return f"{who}'s burger"


async def burnt():
    await asyncio.sleep(1.0)
    say("Ben fails")
    raise ValueError("burnt")


@fact
async def create_task_starts_later():
    task = asyncio.create_task(tell("the body runs"))
    say("the task is made")
    await tell("a coroutine is awaited")
    await asyncio.sleep(0)
    say("main goes on")
    await task


@fact
async def eager_start():
    async def body():
        say("the body runs")
        await asyncio.sleep(0)
        say("the body goes on")

    task = asyncio.create_task(body(), eager_start=True)
    say("the task is made")
    await task


@fact
async def await_coroutine_runs_straight_in():
    other = asyncio.create_task(tell("the task in line runs"))
    await tell("the awaited coroutine runs")
    say("main goes on")
    await other


@fact
async def await_task_yields():
    other = asyncio.create_task(tell("the task in line runs"))
    awaited = asyncio.create_task(tell("the awaited task runs"))
    await awaited
    say("main goes on")
    await other


@fact
async def await_done_goes_on():
    done = asyncio.create_task(tell("the first task is done"))
    await asyncio.sleep(1.0)
    other = asyncio.create_task(tell("the task in line runs"))
    await done
    say("main goes on")
    await other


@fact
async def gather_keeps_the_order():
    for result in await asyncio.gather(burger("Ada", 2.0), burger("Ben", 1.0)):
        say(result)


@fact
async def gather_lets_siblings_go_on():
    try:
        await asyncio.gather(burger("Ada", 2.0), burnt())
    except ValueError as raised:
        say(f"gather raises {name(raised)}")
    await asyncio.sleep(1.5)
    say("closed")


@fact
async def task_group_cancels_and_waits():
    async def ada():
        try:
            await asyncio.sleep(3.0)
        except asyncio.CancelledError as raised:
            say(f"Ada is told: {name(raised)}")
            await asyncio.sleep(0.5)
            say("Ada has cleaned up")
            raise
        say("Ada is served")

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(ada())
            group.create_task(burnt())
    except BaseException as raised:
        say(f"the group raises {name(raised)}")


@fact
async def cancelled_before_it_starts():
    task = asyncio.create_task(tell("the body runs"))
    task.cancel()
    try:
        await task
    except asyncio.CancelledError as raised:
        say(f"awaited: {name(raised)}")


@fact
async def cancel_ends_a_waiting_task():
    async def ada():
        try:
            await asyncio.sleep(3.0)
            say("Ada is served")
        finally:
            say("finally")

    task = asyncio.create_task(ada())
    await asyncio.sleep(1.0)
    task.cancel()
    say("asked to stop")
    try:
        await task
    except asyncio.CancelledError as raised:
        say(f"awaited: {name(raised)}")


@fact
async def cancel_is_raised_once():
    async def ada():
        try:
            await asyncio.sleep(3.0)
        except asyncio.CancelledError as raised:
            say(f"Ada swallows {name(raised)}")
        await asyncio.sleep(1.0)
        say("Ada goes on")
        return "served"

    task = asyncio.create_task(ada())
    await asyncio.sleep(1.0)
    task.cancel()
    try:
        say(f"awaited: {await task}")
    except asyncio.CancelledError as raised:
        say(f"awaited: {name(raised)}")


async def get_burgers(text):
    say(text)


@fact
async def never_awaited():
    forgotten, awaited = get_burgers("never"), get_burgers("the awaited one runs")
    say("two calls are made")
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        del forgotten
        gc.collect()
    for warning in seen:
        say(f"{warning.category.__name__}: {warning.message}")
    await awaited


@fact
async def tasks_are_held_weakly():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: say(context["message"]))

    async def wait_for_a_friend(text):
        # Nobody but the task holds what it waits for: nothing but the loop's weak reference leads to it.
        await loop.create_future()
        say(text)

    async def wait_for_a_timer():
        await asyncio.sleep(1.0)
        say("the held one goes on")

    lost = weakref.ref(asyncio.create_task(wait_for_a_friend("never")))
    held = asyncio.create_task(wait_for_a_timer())
    await asyncio.sleep(0)
    gc.collect()
    if lost() is not None:
        say("nothing vanished")
    await held
    say("closed")


@fact
async def debug_names_slow_callbacks():
    class Shown(logging.Handler):
        def emit(self, record):
            # The log's line: Executing <Task … name='Ada' …> took 0.500 seconds
            text = record.getMessage()
            if "took" in text:
                who = text.partition("name='")[2].partition("'")[0]
                say(f"slow: {who} took {float(text.split()[-2]):.1f} s")

    async def customer(seconds):
        time.sleep(seconds)

    logging.getLogger("asyncio").addHandler(Shown())
    asyncio.get_running_loop().set_debug(True)
    tasks = [asyncio.create_task(customer(seconds), name=who) for who, seconds in (("Ada", 0.5), ("Ben", 0))]
    await asyncio.gather(*tasks)
    say("closed")
