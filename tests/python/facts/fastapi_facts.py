"""Facts about FastAPI, under CPython. What the simulation claims: `examples/facts/fastapi.rs`.

The requests go to the app in this process, through httpx's ASGITransport: no server, no network.
"""

import asyncio
import os
import time
from collections import Counter
from contextlib import asynccontextmanager
from importlib.metadata import metadata

import httpx
from fastapi import Depends, FastAPI
from observe import begin, fact, now, say


def run(main):
    asyncio.run(main())


@asynccontextmanager
async def shop_of(app):
    """A client of the app. Its first request has loaded what the others use."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://shop", timeout=None) as shop:
        await shop.get("/nothing")
        begin()
        yield shop


async def get(shop):
    answer = await shop.get("/burgers")
    answer.raise_for_status()
    return answer.json()


async def four_and_a_heartbeat(app):
    """Four requests at once, and a task that wants its turn after 0.2 s."""

    async def request():
        await get(shop)
        say("answered")

    async def heartbeat():
        await asyncio.sleep(0.2)
        say("beat")

    async with shop_of(app) as shop:
        await asyncio.gather(heartbeat(), *(request() for _ in range(4)))


@fact
async def async_def_is_awaited_on_the_loop():
    app = FastAPI()

    @app.get("/burgers")
    async def read_burgers():
        await asyncio.sleep(0.3)

    await four_and_a_heartbeat(app)


@fact
async def def_runs_in_the_pool():
    app = FastAPI()

    @app.get("/burgers")
    def read_burgers():
        time.sleep(0.3)

    await four_and_a_heartbeat(app)


@fact
async def async_def_that_blocks_stops_everybody():
    app = FastAPI()

    @app.get("/burgers")
    async def read_burgers():
        time.sleep(0.3)

    await four_and_a_heartbeat(app)


@fact
async def def_dependencies_run_in_the_pool():
    app = FastAPI()

    def customer():
        time.sleep(0.3)

    @app.get("/burgers", dependencies=[Depends(customer)])
    async def read_burgers():
        pass

    await four_and_a_heartbeat(app)


@fact
async def helpers_are_called_as_they_are():
    app = FastAPI()

    def helper():
        time.sleep(0.3)

    @app.get("/burgers")
    async def read_burgers():
        helper()

    await four_and_a_heartbeat(app)


@fact
async def the_forty_first_waits():
    app = FastAPI()

    @app.get("/burgers")
    def read_burgers():
        time.sleep(1.0)

    over = []

    async def request(shop):
        await get(shop)
        over.append(round(now() * 2) / 2)

    async with shop_of(app) as shop:
        await asyncio.gather(*(request(shop) for _ in range(41)))
    for at, count in sorted(Counter(over).items()):
        say(f"{count} answered after {at:.1f} s")


@fact
async def one_process():
    app = FastAPI()

    @app.get("/burgers")
    def read_burgers():
        return os.getpid()

    async with shop_of(app) as shop:
        processes = set(await asyncio.gather(*(get(shop) for _ in range(8))))
    say("all in this process" if processes == {os.getpid()} else "in several processes")


@fact
async def asks_for_python():
    say(f"FastAPI asks for Python {metadata('fastapi')['Requires-Python']}")
