"""What the programs of the facts share: a clock, `say`, and the list of programs."""

import time

FACTS = {}
_start = time.perf_counter()


def fact(program):
    """Adds a program to the facts of its module, by its name."""
    FACTS[program.__name__] = program
    return program


def begin():
    """Starts the clock of `say`."""
    global _start
    _start = time.perf_counter()


def now():
    """Seconds since the program began."""
    return time.perf_counter() - _start


def say(text):
    """Prints what happens, and when."""
    print(f"{now():5.1f} s  {text}", flush=True)


def name(raised):
    """The name of an exception's class."""
    return type(raised).__name__
