"""GET /burgers with FastAPI: three handlers, and who waits for whom."""

import asyncio
import math
import time

import anyio.to_thread
import httpx
from fastapi import FastAPI

# @region *
REQUESTS = 8  # @knob requests
RATE = 4.0  # @knob rate
TIME = 0.6  # @knob time
RANDOM = 0  # @knob random
# @end
# @region pool
POOL = 4  # @knob pool
# @end
MODE = "blocks"  # or "awaits", or "pool"  # @mode
BEAT = 1.16
SEED = 7_230
START = time.perf_counter()
APPS = {}


def say(text):
    """Print what happens, and when."""
    print(f"{time.perf_counter() - START:5.1f} s  {text}")

# @region awaits

app = APPS["awaits"] = FastAPI()


@app.get("/burgers")
async def read_burgers():
    await asyncio.sleep(TIME)  # @step fetch
    return ["burger", "burger"]
# @end

# @region pool

app = APPS["pool"] = FastAPI()


@app.get("/burgers")
def read_burgers_in_a_thread():
    time.sleep(TIME)  # @step handler
    return ["burger", "burger"]
# @end

# @region blocks

app = APPS["blocks"] = FastAPI()


@app.get("/burgers")
async def read_burgers_at_once():
    time.sleep(TIME)  # @step block
    return ["burger", "burger"]
# @end


def arrivals():
    """When the requests arrive: after even gaps, or after random ones that are the same in each run."""
    state, now = SEED, 0.0
    for _ in range(REQUESTS):
        yield now
        state = (state * 1_103_515_245 + 12_345) % 2**31
        chance = (state + 1) / 2**31
        now += (-math.log(chance) if RANDOM else 1.0) / RATE

# @region *

async def request(shop, number, arrival):
    await asyncio.sleep(arrival)  # @step arrive
    say(f"GET {number} gets its turn")
    answer = await shop.get("/burgers")  # @step pool
    say(f"GET {number} is answered")
    assert answer.json() == ["burger", "burger"]


async def heartbeat():
    while True:
        await asyncio.sleep(BEAT)  # @step beat
        say("beat")


async def main(shop):
    heart = asyncio.create_task(heartbeat(), name="heartbeat")
    answers = []
    for number, arrival in enumerate(arrivals(), 1):
        answers.append(asyncio.create_task(request(shop, number, arrival), name=f"GET {number}"))
    await asyncio.gather(*answers)
    heart.cancel()
    say("closed")
# @end


async def serve():
    """Give the requests to the app in this process: no server is needed, and no network."""
    global START
    # @region pool
    limiter = anyio.to_thread.current_default_thread_limiter()
    limiter.total_tokens = POOL  # 40, unless somebody sets it
    # @end
    transport = httpx.ASGITransport(APPS[MODE])
    async with httpx.AsyncClient(transport=transport, base_url="http://shop", timeout=None) as shop:
        await shop.get("/nothing")  # the first request loads what the others use
        START = time.perf_counter()
        await main(shop)


asyncio.run(serve())
