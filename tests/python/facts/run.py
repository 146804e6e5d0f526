"""Runs the real program of a fact: `python3 run.py ID SCALE`; `python3 run.py LIBRARY` lists the programs it has.

The clock goes SCALE times as fast, so that a program of seconds takes less.
"""

import asyncio
import importlib
import inspect
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scaled import scale_time  # noqa: E402


def main(ident, scale=None):
    library, _, name = ident.partition(".")
    if scale:
        scale_time(float(scale))
    programs = importlib.import_module(f"{library}_facts")
    from observe import FACTS, begin

    if not name:
        print("\n".join(f"{library}.{known}" for known in FACTS))
        return
    program = FACTS[name]

    async def begin_and_run():
        begin()
        await program()

    if inspect.iscoroutinefunction(program):
        getattr(programs, "run", asyncio.run)(begin_and_run)
    else:
        begin()
        program()


if __name__ == "__main__":
    main(*sys.argv[1:])
