"""Every lesson's Python twin prints, under CPython, what the simulation says: in its order, at its times.

The simulation speaks through `examples/say.rs`. It is built here, unless SAY names the built program.
"""

import os
import re
import subprocess
import time
import unittest

import twins

SCALE = 5
TRIES = 5
# A program that sleeps many times in a row, or shares its cores with other processes, is a little late each time: on a
# slower clock it matters less.
SLOWER = {"burger-api": 2, "parallel-burgers": 2, "web-and-ml": 2}
# Settings to try beside those that every lesson is tried with.
MORE = {"burger-api": {"a line at the pool": {"pool": 2}, "random gaps": {"pool": 2, "random": 1}}}
say = os.environ.get("SAY", "")


def setUpModule():
    global say
    say = say or twins.build("say")


def simulated(lesson, mode, knobs):
    """What the simulation says."""
    words = [f"{knob}={value}" for knob, value in knobs.items()]
    done = subprocess.run([say, lesson.slug, mode, *words], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise AssertionError(f"the simulation of {lesson.slug} {mode} {words} failed:\n{done.stderr}")
    return twins.parse(done.stdout)


class Twins(unittest.TestCase):
    """One test for each lesson, mode and setting of the knobs; they are added below."""

    def check(self, lesson, mode, knobs):
        expected = simulated(lesson, mode, knobs)
        self.assertTrue(expected, "the simulation says nothing")
        # A busy machine is late now and then, and what is late may change places. A wrong program is
        # wrong every time.
        for _ in range(TRIES):
            said = lesson.run(mode, knobs, SLOWER.get(lesson.slug, SCALE))
            wrong = twins.differs_in_order(said, expected) or twins.differs_in_time(said, expected)
            if not wrong:
                return
        self.fail(f"{wrong} ({TRIES} tries)")


def add(lesson, mode, name, knobs):
    def test(self):
        self.check(lesson, mode, knobs)

    test.__name__ = re.sub(r"\W+", "_", f"test {lesson.slug} {mode} with {name}")
    test.__doc__ = f"{lesson.slug}, {mode}, knobs at {name}: CPython prints what the simulation says"
    setattr(Twins, test.__name__, test)


for each in twins.lessons():
    for its_mode in each.modes:
        for setting, its_knobs in {**each.settings(), **MORE.get(each.slug, {})}.items():
            add(each, its_mode, setting, its_knobs)


class Comparing(unittest.TestCase):
    """The comparison can fail."""

    HERE = [(0.0, "Ada orders"), (1.0, "Ben orders")]

    def test_another_order_is_seen(self):
        self.assertIn("line 1", twins.differs_in_order(self.HERE[::-1], self.HERE))

    def test_a_missing_line_is_seen(self):
        self.assertIn("line 2", twins.differs_in_order(self.HERE[:1], self.HERE))

    def test_a_tenth_of_a_second_is_forgiven_and_two_are_not(self):
        self.assertEqual(twins.differs_in_time([(0.1, "Ada orders")], self.HERE), "")
        self.assertIn("Ada", twins.differs_in_time([(0.2, "Ada orders")], self.HERE))

    def test_other_lines_are_refused(self):
        with self.assertRaises(AssertionError):
            twins.parse("Traceback\n")


class Setting(unittest.TestCase):
    """The markers say where a program takes its mode and knobs."""

    def test_every_mode_and_knob_of_every_twin_can_be_set(self):
        for lesson in twins.lessons():
            plain = lesson.source(lesson.modes[0], {})
            for mode in lesson.modes:
                self.assertIn(f'"{mode}"', lesson.source(mode, {}))
            for knob in lesson.knobs:
                self.assertNotEqual(lesson.source(lesson.modes[0], {knob["id"]: 7.75}), plain, knob["id"])


class ScaledClock(unittest.TestCase):
    """The clock of a scaled program."""

    def test_a_second_of_the_program_takes_a_fifth(self):
        lesson = twins.lessons()[0]
        lesson.source = lambda mode, knobs: (
            "import time, asyncio\n"
            "start = time.perf_counter()\n"
            "time.sleep(1.0)\n"
            "asyncio.run(asyncio.sleep(1.0))\n"
            "print(f'{time.perf_counter() - start:5.1f} s  done')\n"
        )
        start = time.monotonic()
        said = lesson.run("", {}, SCALE)
        took = time.monotonic() - start
        self.assertEqual(said[0][1], "done")
        self.assertAlmostEqual(said[0][0], 2.0, delta=0.5)
        self.assertLess(took, 2.0)


if __name__ == "__main__":
    unittest.main()
