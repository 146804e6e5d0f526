"""The facts the course teaches: for each, the simulation claims what the real thing does.

One test for each row of `facts/facts.toml`. A small program runs on the simulated runtime (`examples/facts`), and the
same program under the real library: CPython with asyncio, AnyIO and Asyncer, Node.js, or Rust with real futures. Both
must say the same lines, in the same order, at the same times. The example is built here, unless FACTS names it.
"""

import os
import shutil
import subprocess
import sys
import tomllib
import unittest
from pathlib import Path

import twins

FOLDER = Path(__file__).with_name("facts")
TABLE = tomllib.loads((FOLDER / "facts.toml").read_text(encoding="utf-8"))["fact"]
SCALE = 5
TRIES = 5
NODE = "Node.js 20 or newer is needed for the facts about JavaScript: install `node` (https://nodejs.org)"
example = os.environ.get("FACTS", "")


def setUpModule():
    global example
    example = example or twins.build("facts")


def real_command(library):
    """The command that runs a library's real programs, and the name of who speaks then."""
    if library == "rust":
        return "Rust", [example, "real"]
    if library == "js":
        node = shutil.which("node")
        if not node:
            raise AssertionError(NODE)
        return "Node.js", [node, FOLDER / "facts.mjs"]
    return "CPython", [sys.executable, FOLDER / "run.py"]


def output(command):
    """What a command prints; it must succeed."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))} failed:\n{done.stderr}")
    return done.stdout


def reason_to_skip(row):
    """Why this Python cannot hold a fact; empty if it can."""
    oldest = tuple(map(int, row.get("needs", "3.11").split(".")))
    if sys.version_info < oldest:
        return f"Python {row['needs']} has it, this is {sys.version_info.major}.{sys.version_info.minor}"
    if row.get("gil") and not getattr(sys, "_is_gil_enabled", lambda: True)():
        return "this Python runs without the global interpreter lock"
    return ""


def library_of(row):
    return row["id"].partition(".")[0]


def difference(row, who, said, expected):
    """How the real program differs from what is claimed; empty if it does not."""
    wrong = twins.differs_in_order(said, expected, who=who)
    if not wrong and row.get("timed", True):
        wrong = twins.differs_in_time(said, expected, who=who)
    return wrong


class Facts(unittest.TestCase):
    """One test for each fact; they are added below."""

    def check(self, row):
        if reason := reason_to_skip(row):
            self.skipTest(reason)
        if row.get("simulation", True):
            claimed = output([example, row["id"]])
        else:
            claimed = "\n".join(row["expected"])
        expected = twins.parse(claimed)
        self.assertTrue(expected, "nothing is claimed")
        who, command = real_command(library_of(row))
        # A busy machine is late now and then, and what is late may change places. A wrong claim is wrong every time.
        for _ in range(TRIES):
            said = twins.parse(output([*command, row["id"], str(row.get("scale", SCALE))]))
            wrong = difference(row, who, said, expected)
            if not wrong:
                return
        self.fail(f"{row['id']}: {row['says']}\n{wrong} ({TRIES} tries)")


def add(row):
    def test(self):
        self.check(row)

    test.__name__ = "test_" + row["id"].replace(".", "_")
    test.__doc__ = f"{row['id']}: {row['says']}"
    setattr(Facts, test.__name__, test)


for each in TABLE:
    add(each)


class Table(unittest.TestCase):
    """The table, the simulation's programs and the real ones name the same facts."""

    def test_no_fact_stands_there_twice(self):
        self.assertEqual(sorted(row["id"] for row in TABLE), sorted({row["id"] for row in TABLE}))

    def test_the_simulation_has_a_program_for_each_claim_and_no_other(self):
        claims = {row["id"] for row in TABLE if row.get("simulation", True)}
        self.assertEqual(set(output([example]).split()), claims)

    def test_each_library_has_a_program_for_each_fact_and_no_other(self):
        rows = {row["id"] for row in TABLE}
        with_files = {path.name.removesuffix("_facts.py") for path in FOLDER.glob("*_facts.py")}
        for library in {library_of(row) for row in TABLE} | with_files:
            _, command = real_command(library)
            listed = command if library in ("rust", "js") else [*command, library]
            self.assertEqual(set(output(listed).split()), {row for row in rows if row.startswith(f"{library}.")})

    def test_what_is_not_simulated_says_why_and_what_is_expected_instead(self):
        for row in TABLE:
            claimed = row.get("simulation", True)
            self.assertEqual(claimed, "why" not in row, row["id"])
            self.assertEqual(claimed, "expected" not in row, row["id"])

    def test_every_row_says_something_and_nothing_is_misspelt(self):
        known = {"id", "says", "simulation", "why", "expected", "scale", "timed", "needs", "gil"}
        for row in TABLE:
            self.assertTrue(row["says"], row["id"])
            self.assertLessEqual(set(row), known, row["id"])


class Comparing(unittest.TestCase):
    """A wrong claim goes red."""

    ROW = {"id": "asyncio.any", "says": "any"}
    CLAIM = [(1.0, "Ben fails"), (2.0, "Ada is served")]

    def test_another_order_time_or_word_is_seen(self):
        wrong = [
            self.CLAIM[::-1],
            self.CLAIM[:1],
            [*self.CLAIM, (2.0, "more")],
            [(1.0, "Ben fails"), (1.0, "Ada is served")],
            [(1.0, "Ben raises TypeError"), (2.0, "Ada is served")],
        ]
        self.assertEqual(difference(self.ROW, "CPython", self.CLAIM, self.CLAIM), "")
        for said in wrong:
            self.assertIn("Node.js", difference(self.ROW, "Node.js", said, self.CLAIM), said)

    def test_where_times_are_not_compared_words_still_are(self):
        row = {**self.ROW, "timed": False}
        self.assertEqual(difference(row, "CPython", [(9.0, text) for _, text in self.CLAIM], self.CLAIM), "")
        self.assertTrue(difference(row, "CPython", self.CLAIM[:1], self.CLAIM))

    def test_a_fact_of_a_later_python_is_skipped_with_a_reason(self):
        self.assertIn("99.0", reason_to_skip({**self.ROW, "needs": "99.0"}))
        self.assertEqual(reason_to_skip({**self.ROW, "needs": "3.11"}), "")


if __name__ == "__main__":
    unittest.main()
