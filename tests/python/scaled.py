"""Runs a program whose clock goes faster: `python3 scaled.py SCALE PROGRAM`.

SCALE seconds of the program take one real second. The program is read from standard input and must
not notice: `time.sleep`, the clocks of `time` and the waits of asyncio's selector are all scaled.
PROGRAM is its name in tracebacks. Processes that it starts are forked, so that their clock and their
program are the same.
"""

import multiprocessing
import os
import selectors
import sys
import time
import types

_real_sleep = time.sleep
_clocks = {name: getattr(time, name) for name in ("monotonic", "perf_counter", "time")}


def scale_time(scale):
    """Makes the clocks of this process go `scale` times as fast."""
    for name, clock in _clocks.items():
        setattr(time, name, _faster(clock, scale))
    time.sleep = lambda seconds: _real_sleep(seconds / scale)
    selector = selectors.DefaultSelector
    wait = selector.select
    selector.select = lambda self, timeout=None: wait(self, timeout and timeout / scale)


def _faster(clock, scale):
    start = clock()
    return lambda: start + (clock() - start) * scale


if __name__ == "__main__":
    scale_time(float(sys.argv[1]))
    multiprocessing.set_start_method("fork")
    # A machine may have fewer cores than the program has processes: those it starts give way to it.
    os.register_at_fork(after_in_child=lambda: os.nice(4))
    program = compile(sys.stdin.read(), sys.argv[2], "exec")
    # The program is this process's main module: what it hands to other processes is found there by name.
    module = sys.modules["__main__"] = types.ModuleType("__main__")
    exec(program, vars(module))
