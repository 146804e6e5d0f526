"""Burgers for two, after FastAPI's story: you are the program, your errands are the tasks."""

import asyncio
import time

# @region *
AHEAD = 6  # @knob ahead
CASHIERS = 1  # @knob cashiers
COOKING = 4.0  # @knob cooking
STORY = 1.5  # @knob story
STORIES = 4  # @knob stories

TURN = 0.3  # a cashier, for each person
ORDERING = 0.5  # to choose and to pay
LOOK = 0.2  # a look round the room
FETCHING = 0.5  # to the counter and back
EATING = 1.0  # two burgers, two people
# @end
MODE = "sitting"  # or "standing"  # @mode
START = time.perf_counter()


def say(text):
    """Print what happens, and when."""
    print(f"{time.perf_counter() - START:5.1f} s  {text}")


def work(seconds):
    """Keep the CPU busy, as a story keeps you busy."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass

# @region *

def order():
    """Stand in line, then order."""
    ahead = AHEAD
    while ahead >= CASHIERS:
        say(f"in line, {ahead} ahead")
        time.sleep(TURN)  # @step queue
        ahead -= CASHIERS
    say("you order two burgers")
    work(ORDERING)  # @step order


def tell(number):
    """One story, from its beginning to its end."""
    say(f"story {number} begins")
    work(STORY)  # @step talk
    say(f"story {number} ends")


def fetch():
    """Carry the burgers to the table."""
    say("you fetch the burgers")
    work(FETCHING)  # @step fetch


def eat():
    """Eat them, both of you."""
    say("you eat together")
    work(EATING)  # @step eat
    say("you both get up")
# @end

# @region sitting

async def get_burgers():
    """An errand. The kitchen does not need you."""
    order()
    say("you have a number and sit down")
    await asyncio.sleep(COOKING)  # @step kitchen
    fetch()


async def talk():
    """An errand. You look up before each story."""
    for number in range(1, STORIES + 1):
        await asyncio.sleep(LOOK)  # @step look
        tell(number)


async def sit():
    """Two errands, one you."""
    burgers = asyncio.create_task(get_burgers(), name="burgers")
    stories = asyncio.create_task(talk(), name="talk")
    await asyncio.gather(burgers, stories)  # @step both
    eat()
# @end

# @region standing

def stand():
    """One thing after another, and the kitchen is one of them."""
    order()
    say("you wait at the counter")
    time.sleep(COOKING)  # @step wait_here
    fetch()
    for number in range(1, STORIES + 1):
        tell(number)
    eat()
# @end


if MODE == "sitting":
    asyncio.run(sit())
else:
    stand()
