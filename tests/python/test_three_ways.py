"""The three programs of the lesson on benefits tell the same story: with callbacks, with threads, and with async."""

import subprocess
import sys
import unittest

import twins

FOLDER = twins.LESSONS / "12-benefits"
STORY = """Ada orders
Ben orders
Ben fetches the burgers
Ada fetches the burgers
Ben leaves
Ada leaves
closed
"""


class ThreeWays(unittest.TestCase):
    """Each is a whole program, run as it is shown."""

    def check(self, name):
        done = subprocess.run(
            [sys.executable, str(FOLDER / name)], capture_output=True, text=True, timeout=30, check=False
        )
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, STORY, ""))

    def test_callbacks(self):
        self.check("callbacks.py")

    def test_threads(self):
        self.check("threads.py")

    def test_async(self):
        self.check("order.py")


if __name__ == "__main__":
    unittest.main()
