"""A server that answers requests while a model is trained: on its loop, or in other processes."""

import asyncio
import time
from concurrent.futures import ProcessPoolExecutor

# @region *
FOLDS = 6  # @knob folds
SAMPLES = 20  # @knob samples
REQUESTS = 12  # @knob requests
EVERY = 0.5  # @knob every
# @end
# @region many
PROCESSES = 3  # @knob threads
# @end
MODE = "many"  # or "one", or "loop"  # @mode
# @region *
FITTING = 0.0675  # a fold computes for so long for every hundred samples
ANSWERING = 0.05  # a request keeps the server for so long
QUERY = 0.35  # the database takes so long
BEAT = 0.57  # from one heartbeat to the next
# @end
RUSH = (12, 13, 18, 19)  # the hours at which the shop is full
NEW = 1_000_000  # the rush hours of those who ask for a prediction: none of the samples
START = 0.0


def say(text):
    """Print what happens, and when."""
    print(f"{time.perf_counter() - START:5.1f} s  {text}", flush=True)


# The data: rush hours of the counter, and how long the last customer waited.


def rush_hour(number):
    """Simulate a rush hour. Returns what its last customer saw, and the seconds it waited."""
    state = number * 2_654_435_761 % 2**32

    def below(end):
        nonlocal state
        state = (state * 1_664_525 + 1_013_904_223) % 2**32
        return (state >> 16) * end >> 16

    hour, places = 11 + below(10), 1 + below(4)
    apart, most = (1200, 5) if hour in RUSH else (2400, 2)
    free, served, at = [0] * places, [], 0
    for _ in range(below(12) + 1):
        at += below(apart)
        size = 1 + below(most)
        grilling = sum(500 + below(1000) for _ in range(size))
        first = free.index(min(free))
        free[first] = max(at, free[first]) + grilling
        served.append(free[first])
    ahead = sum(done > at for done in served[:-1])
    return hour, places, ahead, size, (served[-1] - at) / 1000


# The model: ridge regression. A prediction is a weighted sum of features.


def features(hour, places, ahead, size):
    """What the model is told: a constant, the order's size, the rounds before it is its turn."""
    rounds = max(ahead + 1 - places, 0) / places
    return 1.0, float(size), rounds, (hour in RUSH) * rounds


def dot(a, b):
    return sum(x * y for x, y in zip(a, b))


def fit(rows):
    """Find the weights with the least squared errors: sum up the equations, and eliminate."""
    count = len(rows[0][0])
    table = [[float(i == j > 0) for j in range(count + 1)] for i in range(count)]
    for x, y in rows:
        for row, value in zip(table, x):
            for column, other in enumerate((*x, y)):
                row[column] += value * other
    for i, pivot in enumerate(table):
        for row in table[i + 1 :]:
            factor = row[i] / pivot[i]
            for column in range(i, count + 1):
                row[column] -= factor * pivot[column]
    weights = [0.0] * count
    for i in reversed(range(count)):
        weights[i] = (table[i][count] - dot(table[i][:count], weights)) / table[i][i]
    return weights


def cross_validate(number):
    """Fit to all folds but one, and test on that one. Returns three errors, and the weights."""
    train = [it for index, it in enumerate(DATA) if index % FOLDS != number]
    test = [it for index, it in enumerate(DATA) if index % FOLDS == number]
    waited = [it[4] for it in train]
    model = fit([(features(*it[:4]), it[4]) for it in train])
    line = fit([((1.0, it[2]), it[4]) for it in train])
    mean = sum(waited) / len(waited)

    def error(guess):
        return sum(abs(guess(it) - it[4]) for it in test) / len(test)

    errors = error(lambda it: dot(model, features(*it[:4]))), error(lambda it: dot(line, (1, it[2]))), error(lambda it: mean)
    return *errors, *model

# @region *

def train_fold(number):
    """CPU work. A real training would take its time: this one keeps the CPU busy as long."""
    end = time.perf_counter() + FITTING * SAMPLES
    result = cross_validate(number)  # @step train
    while time.perf_counter() < end:
        pass
    return result


def say_fold(number, result):
    say(f"fold {number + 1}: error {result[0]:.2f} s")
# @end

# @region loop

async def train_on_the_loop():
    done = []
    for number in range(FOLDS):
        done.append(train_fold(number))
        say_fold(number, done[-1])
    return done
# @end

# @region one many

async def train_in_the_pool(pool):
    loop = asyncio.get_running_loop()
    jobs = [loop.run_in_executor(pool, train_fold, number) for number in range(FOLDS)]  # @step fold
    done = []
    for number, job in enumerate(jobs):
        done.append(await job)
        say_fold(number, done[-1])
    return done
# @end

# @region *

async def training(shop, pool):
    if pool is None:
        done = await train_on_the_loop()
    else:
        done = await train_in_the_pool(pool)
    error, by_line, by_mean, *weights = (sum(column) / FOLDS for column in zip(*done))
    shop["model"] = weights
    say(f"held-out error: {error:.2f} s; by the line {by_line:.2f} s; by the mean {by_mean:.2f} s")
    _, size, rounds, rush = weights
    say(f"learned: {size:.2f} s a burger, {rounds:.2f} s a round, at rush hours {rounds + rush:.2f} s")


async def burgers():
    work(ANSWERING)  # @step answer
    await asyncio.sleep(QUERY)  # @step query
    return "/burgers: 2 burgers"


async def predict(number, shop):
    work(ANSWERING)  # @step predict
    if "model" not in shop:
        return "/predict: no model yet"
    customer = rush_hour(NEW + number)[:4]
    return f"/predict: {dot(shop['model'], features(*customer)):.1f} s"


async def request(number, shop):
    await asyncio.sleep(EVERY * (number - 0.5))  # @step arrive
    answer = await (burgers() if number % 2 else predict(number, shop))
    say(f"GET {number} {answer}")


async def heartbeat():
    while True:
        await asyncio.sleep(BEAT)  # @step beat


async def serve(pool):
    shop = {}
    heart = asyncio.create_task(heartbeat(), name="heartbeat")
    tasks = []
    for number in range(1, REQUESTS + 1):
        tasks.append(asyncio.create_task(request(number, shop), name=f"GET {number}"))
    tasks.append(asyncio.create_task(training(shop, pool), name="training"))
    await asyncio.gather(*tasks)
    heart.cancel()
    say("closed")
# @end


def work(seconds):
    """Keep the CPU busy."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass


def main():
    global START
    if MODE == "loop":
        START = time.perf_counter()
        asyncio.run(serve(None))
        return
    processes = 1 if MODE == "one" else PROCESSES
    with ProcessPoolExecutor(processes) as pool:
        # Processes take time to start, so they start before the shop opens.
        list(pool.map(abs, range(processes)))
        START = time.perf_counter()
        asyncio.run(serve(pool))


# A new process reads this file, too: each makes its own data, and only numbers travel.
DATA = [rush_hour(number) for number in range(100 * SAMPLES)]
if __name__ == "__main__":
    main()
