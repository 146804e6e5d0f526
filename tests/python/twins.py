"""The lessons' Python twins: their front matter, and their programs with knobs and mode set."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LESSONS = ROOT / "lessons" / "en"
SCALED = Path(__file__).with_name("scaled.py")


class Lesson:
    """A lesson's folder, as far as its twin needs it."""

    def __init__(self, folder):
        self.slug = folder.name.partition("-")[2]
        self.path = folder / "program.py"
        self.program = self.path.read_text(encoding="utf-8")
        front = tomllib.loads((folder / "lesson.md").read_text(encoding="utf-8").split("+++\n")[1])
        # "side" draws the run of two other modes: no twin has it.
        self.modes = [mode["id"] for mode in front["mode"] if mode["id"] != "side"]
        self.knobs = front.get("knob", [])

    def settings(self):
        """Knob settings to try: the defaults, a quarter of each range, and the least of each."""

        def at(knob, share):
            reach = knob["max"] - knob["min"]
            if knob.get("scale") == "log":
                share = (knob["min"] * (knob["max"] / knob["min"]) ** share - knob["min"]) / reach
            steps = int(reach * share / knob["step"] + 0.5)
            return round(knob["min"] + steps * knob["step"], 6)

        return {
            "defaults": {},
            "a quarter": {knob["id"]: at(knob, 0.25) for knob in self.knobs},
            "the least": {knob["id"]: at(knob, 0) for knob in self.knobs},
        }

    def source(self, mode, knobs):
        """The program with a mode and knobs, set where its markers say."""
        lines = self.program.splitlines()
        for index, line in enumerate(lines):
            code, marker, words = line.partition("# @")
            if marker and (knob := re.search(r"knob (\w+)", words)) and knob[1] in knobs:
                code = re.sub(r"\b\d[\d_]*(\.\d+)?", lambda _: repr(knobs[knob[1]]), code, count=1)
            if marker and re.search(r"\bmode\b", words):
                code = re.sub(r'"[^"]*"', lambda _: f'"{mode}"', code, count=1)
            lines[index] = code
        return "\n".join(lines) + "\n"

    def run(self, mode, knobs, scale):
        """What the program prints under CPython, on a clock `scale` times as fast."""
        command = [sys.executable, str(SCALED), str(scale), str(self.path)]
        done = subprocess.run(
            command, input=self.source(mode, knobs), capture_output=True, text=True, timeout=120, check=False
        )
        if done.returncode != 0:
            raise AssertionError(f"{self.path} ({mode}, {knobs}) failed:\n{done.stderr}")
        return parse(done.stdout)


def lessons():
    """All lessons, in the order of the course."""
    return [Lesson(folder) for folder in sorted(LESSONS.iterdir()) if (folder / "program.py").exists()]


def build(example):
    """Builds a Rust example and returns where it is."""
    command = ["cargo", "build", "--quiet", "--example", example, "--message-format=json"]
    built = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    messages = map(json.loads, built.stdout.splitlines())
    return next(message["executable"] for message in messages if message.get("executable"))


def parse(output):
    """`  1.0 s  Ada orders` as `(1.0, "Ada orders")`, line by line."""
    said = []
    for line in output.splitlines():
        match = re.fullmatch(r" *(\d+\.\d) s  (.+)", line)
        if not match:
            raise AssertionError(f"not a line of time and text: {line!r}")
        said.append((float(match[1]), match[2]))
    return said


def differs_in_order(said, expected, who="CPython"):
    """What `who` says in another order, or not at all; empty if nothing is."""
    for index in range(max(len(said), len(expected))):
        ours, theirs = ([text for _, text in lines[index : index + 1]] for lines in (said, expected))
        if ours != theirs:
            return f"line {index + 1}: {who} says {ours}, the simulation {theirs}"
    return ""


def differs_in_time(said, expected, tolerance=0.1, who="CPython"):
    """What `who` says more than `tolerance` seconds away; empty if nothing is."""
    for (ours, text), (theirs, _) in zip(said, expected):
        if abs(ours - theirs) > tolerance + 1e-9:
            return f"{text!r}: {who} at {ours} s, the simulation at {theirs} s"
    return ""
