"""asyncio's debug mode names the task that blocks: what the lesson on the event loop says of its program."""

import re
import subprocess
import sys
import unittest

import twins

# Small knobs, on the real clock: debug mode reports what takes over 0.1 s.
KNOBS = {"customers": 2, "ordering": 0.01, "cooking": 0.1, "talk": 0.4, "beat": 0.1}


def debug_lines(mode):
    """What `python -X dev program.py` says on standard error of steps that took long."""
    lesson = next(lesson for lesson in twins.lessons() if lesson.slug == "event-loop")
    source = lesson.source(mode, KNOBS)
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-"], input=source, capture_output=True, text=True, timeout=60, check=True
    )
    return [line for line in done.stderr.splitlines() if line.startswith("Executing")]


class DebugMode(unittest.TestCase):
    """The program of the lesson, run with `-X dev`."""

    def test_the_task_that_blocks_is_named_with_its_time(self):
        blamed = [line for line in debug_lines("blocked") if "name='Ada'" in line]
        self.assertTrue(blamed, "Ada is not named")
        took = [float(re.search(r"took (\d+\.\d+) seconds", line)[1]) for line in blamed]
        self.assertGreater(max(took), 0.1)
        self.assertAlmostEqual(max(took), KNOBS["talk"], delta=0.2)

    def test_where_nobody_blocks_nobody_is_named(self):
        # A busy machine may be late once.
        self.assertIn([], (debug_lines("fair") for _ in range(5)))


if __name__ == "__main__":
    unittest.main()
