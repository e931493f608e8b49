"""Runs `botocxx wire …` over a batch of lines, and the small things the differential tests share."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import tempfile

import python_environment

BUILD = os.environ.get("BOTOCXX_BUILD") or os.path.join(python_environment.ROOT, "build", "release")
DEFAULT_PROGRAM = os.path.join(BUILD, "botocxx")
RUN_ALL = os.environ.get("BOTOCXX_TEST_ALL") == "1"


class Program:
    """The program under test; `command` may be any command line that answers `wire` lines."""

    def __init__(self, command: str, environment: dict[str, str] | None = None) -> None:
        self._command = shlex.split(command)
        self._environment = {**os.environ, **(environment or {})}

    def missing(self) -> str | None:
        first = self._command[0]
        if os.sep in first and not os.path.exists(first):
            return f"{os.path.relpath(first, python_environment.ROOT)} is not built"
        return None

    def ask(self, mode: str, lines: list[dict]) -> list[dict]:
        """One answer for each line, in order."""
        answers, problem = self._run(mode, lines)
        while problem and len(answers) < len(lines):
            # The line after the last answer ended the program: that is its answer, and the rest goes on.
            answers.append({"error": {"code": "Crash", "message": problem}})
            if len(answers) == len(lines):
                break
            more, problem = self._run(mode, lines[len(answers) :])
            answers += more
        for line, answer in zip(lines, answers):
            if answer.get("id") != line.get("id") and "error" not in answer:
                answer["error"] = {"code": "Harness", "message": f"answer to line {line.get('id')} has another id"}
        return answers

    def raw(self, mode: str, text: bytes, arguments: list[str]) -> tuple[int, list[dict], str]:
        """Exit status, answers and standard error for input as it stands."""
        with tempfile.TemporaryFile() as source:
            source.write(text)
            source.seek(0)
            done = subprocess.run(
                [*self._command, "wire", mode, *arguments], stdin=source, capture_output=True,
                env=self._environment, check=False,
            )
        answers = []
        for line in done.stdout.decode("utf-8", "replace").split("\n")[:-1]:
            try:
                answers.append(json.loads(line))
            except ValueError as error:
                answers.append({"error": {"code": "Harness", "message": f"not JSON ({error}): {line[:200]}"}})
        return done.returncode, answers, done.stderr.decode("utf-8", "replace").strip()

    def _run(self, mode: str, lines: list[dict]) -> tuple[list[dict], str]:
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        status, answers, stderr = self.raw(mode, text.encode("utf-8"), [])
        problem = ""
        if len(answers) < len(lines):
            problem = f"exit status {status} after {len(answers)} answers: " + " | ".join(stderr.splitlines()[-3:])
        return answers[: len(lines)], problem


class Tally:
    """Counts of named checks; prints what failed, and the last line that tools/test reads."""

    def __init__(self) -> None:
        self.passed = 0
        self.failed = 0
        self.skipped = 0

    def record(self, name: str, problem: str | None = None) -> bool:
        if problem is None:
            self.passed += 1
            return True
        self.failed += 1
        print(f"FAIL {name}\n{indent(problem)}", flush=True)
        return False

    def skip(self, name: str, reason: str) -> None:
        self.skipped += 1
        print(f"SKIP {name}: {reason}", flush=True)

    def finish(self) -> int:
        print(f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped")
        return 1 if self.failed else 0


def indent(text: str) -> str:
    return "\n".join("    " + line for line in text.splitlines())


def shrink(line: dict, still_fails, keys: tuple[str, ...] = ("params",), most: int = 400) -> dict:
    """The smallest line found by taking things out of `keys`. `still_fails(lines)` gives a bool for each line."""
    tried = 0
    while tried < most:
        candidates = []
        for key in keys:
            for smaller in _smaller(line.get(key)):
                candidates.append({**line, key: smaller})
        candidates = candidates[: most - tried]
        if not candidates:
            break
        tried += len(candidates)
        verdicts = still_fails(candidates)
        better = next((c for c, fails in zip(candidates, verdicts) if fails), None)
        if better is None:
            break
        line = better
    return line


def _smaller(value):
    """Simpler forms of a JSON value, boldest first."""
    if isinstance(value, dict):
        if len(value) > 3:
            for half in (list(value.items())[: len(value) // 2], list(value.items())[len(value) // 2 :]):
                yield dict(half)
        for key in value:
            yield {k: v for k, v in value.items() if k != key}
        for key, inner in value.items():
            for smaller in _smaller(inner):
                yield {**value, key: smaller}
    elif isinstance(value, list):
        for index in range(len(value)):
            yield value[:index] + value[index + 1 :]
        for index, inner in enumerate(value):
            for smaller in _smaller(inner):
                yield value[:index] + [smaller] + value[index + 1 :]
    elif isinstance(value, str) and len(value) > 1:
        half = len(value) // 2
        yield value[:half]
        yield value[half:]
        if len(value) <= 12:
            for index in range(len(value)):
                yield value[:index] + value[index + 1 :]


def stop_if_impossible(program: Program, tally: Tally, name: str) -> None:
    """Ends the run with one skip where the program or botocore is absent."""
    reason = python_environment.missing_botocore() or program.missing()
    if reason:
        tally.skip(name, reason)
        sys.exit(tally.finish())
