"""The program of the guide for authors prints, under CPython, what the simulation of its scenario says."""

import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

import twins

GUIDE = (twins.ROOT / "docs" / "lessons.md").read_text(encoding="utf-8")
TRIES = 5


def file(name):
    """The fenced block below a comment that names its file."""
    rest = GUIDE.split(f"<!-- file: {name} -->\n")[1]
    fence = re.match(r"`+", rest)[0]
    return rest.partition("\n")[2].partition(f"\n{fence}\n")[0] + "\n"


class Guide(unittest.TestCase):
    """docs/lessons.md"""

    def test_its_program_agrees_with_the_simulation(self):
        say = os.environ.get("SAY", "") or twins.build("say")
        with tempfile.TemporaryDirectory() as root:
            folder = Path(root) / "14-lunch"
            folder.mkdir()
            for name in ("lesson.md", "program.py"):
                (folder / name).write_text(file(f"lessons/en/14-lunch/{name}"), encoding="utf-8")
            lesson = twins.Lesson(folder)
            for mode in lesson.modes:
                for setting, changed in lesson.settings().items():
                    with self.subTest(mode=mode, setting=setting):
                        self.check(say, lesson, mode, changed)

    def check(self, say, lesson, mode, changed):
        knobs = {knob["id"]: knob["default"] for knob in lesson.knobs} | changed
        words = [f"{knob}={value}" for knob, value in knobs.items()]
        done = subprocess.run([say, "counter", mode, *words], capture_output=True, text=True, check=True)
        expected = twins.parse(done.stdout)
        for _ in range(TRIES):
            said = lesson.run(mode, changed, 5)
            wrong = twins.differs_in_order(said, expected) or twins.differs_in_time(said, expected)
            if not wrong:
                return
        self.fail(wrong)


if __name__ == "__main__":
    unittest.main()
