"""The function that the lesson on coroutines shows, called under CPython: what the page says of Python is so."""

import asyncio
import contextlib
import io
import runpy
import unittest
import warnings

import twins

PROGRAM = twins.ROOT / "src" / "ui" / "exhibits" / "order.py"
# What the page prints, from the simulated runtime: src/course/calls.rs holds both.
CALLED = []
AWAITED = ["the order begins", "the burgers are there"]


class Calls(unittest.TestCase):
    """A call makes a coroutine; an await runs it."""

    def setUp(self):
        self.order = runpy.run_path(str(PROGRAM))["order"]

    def printed(self, act):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            result = act()
        return out.getvalue().splitlines(), result

    def test_a_call_runs_nothing_and_warns_when_it_is_thrown_away(self):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            printed, slip = self.printed(lambda: self.order(2))
            self.assertEqual(printed, CALLED)
            self.assertTrue(asyncio.iscoroutine(slip))
            del slip
        self.assertEqual([str(one.message) for one in caught], ["coroutine 'order' was never awaited"])

    def test_an_await_runs_it_and_gives_its_result(self):
        printed, burgers = self.printed(lambda: asyncio.run(self.order(2)))
        self.assertEqual((printed, burgers), (AWAITED, 2))

    def test_a_paused_coroutine_keeps_its_locals_and_its_line(self):
        # What the lesson's card shows of a suspended coroutine, CPython shows too.
        source = (twins.LESSONS / "05-coroutines" / "program.py").read_text(encoding="utf-8")
        lines = source.splitlines()
        begin = lines.index("async def order(number):")
        end = next(index for index, line in enumerate(lines) if index > begin and line.startswith("# @end"))
        names = {"asyncio": asyncio, "say": lambda text: None, "work": lambda time: None, "ORDERING": 0, "GRILLING": 0}
        exec(compile("\n" * begin + "\n".join(lines[begin:end]), "program.py", "exec"), names)
        slip = names["order"](2)
        for burgers in (0, 1):
            slip.send(None)
            self.assertEqual(slip.cr_frame.f_locals, {"number": 2, "burgers": burgers})
            self.assertIn("@step grill", lines[slip.cr_frame.f_lineno - 1])
        with self.assertRaises(StopIteration) as done:
            slip.send(None)
        self.assertEqual(done.exception.value, 2)


if __name__ == "__main__":
    unittest.main()
