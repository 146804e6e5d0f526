"""The counter of examples/loads/counter.rs in SimPy: one clerk, the same times, all customers at once.

    python end2end/bench/counter_simpy.py 100000

prints one line of JSON: how long it took, how many were served, when the last one left.
"""

import json
import sys
import time

import simpy

ORDERING = 500  # microseconds, as everything here: sums of whole numbers are exact
GRILLING = 300_000


def customer(env, clerk, served):
    with clerk.request() as turn:
        yield turn
        yield env.timeout(ORDERING)
    yield env.timeout(GRILLING)
    served.append(env.now)


def run(customers):
    env = simpy.Environment()
    clerk = simpy.Resource(env, capacity=1)
    served = []
    for _ in range(customers):
        env.process(customer(env, clerk, served))
    env.run()
    return served


begin = time.perf_counter()
served = run(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
ms = (time.perf_counter() - begin) * 1000
print(json.dumps({"ms": ms, "served": len(served), "total_s": max(served, default=0) / 1e6}))
