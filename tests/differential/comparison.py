"""One case: botocore's answer, the program's, what differs, and what of botocore's the program lacks.

A difference is counted apart, by name, only when botocore without exactly the named features gives exactly
the program's answer. So everything else is still compared.
"""

from __future__ import annotations

import base64
import collections
import itertools
import json
import re

import compare_requests
import compare_responses
import documented
import wire_program

MOST_FEATURES = 8  # at work in one call; more would mean that nearly nothing is compared


class Comparison:
    """Both sides of `wire request` or `wire response`; `apart` counts what later work owns."""

    mode = ""

    def __init__(self, program, oracle, strict: bool = False) -> None:
        self.program = program
        self.oracle = oracle
        self.strict = strict
        self.apart: collections.Counter = collections.Counter()

    def expected(self, line: dict, **options) -> dict:
        raise NotImplementedError

    def compare(self, right: dict, answer: dict) -> str | None:
        raise NotImplementedError

    def kind_of(self, problem: str) -> str:
        return problem.split(":", 1)[0]

    def ask(self, lines: list[dict]) -> list[dict]:
        return self.program.ask(self.mode, lines)

    def judge(self, line: dict, right: dict, answer: dict) -> str | None:
        """What is wrong with the answer, if anything is that may not be counted apart."""
        difference = self.compare(right, answer)
        if difference is None or self.strict:
            return difference
        lacking = self.lacking_features(line, right, answer)
        if not lacking:
            return difference
        self.apart[" + ".join(lacking)] += 1
        return None

    def lacking_features(self, line: dict, right: dict, answer: dict) -> tuple[str, ...]:
        at_work = [
            name
            for name in self.oracle.features(self.mode, line)
            if self.expected(line, without=frozenset([name])) != right
        ][:MOST_FEATURES]
        for size in range(1, len(at_work) + 1):
            for chosen in itertools.combinations(at_work, size):
                if self.compare(self.expected(line, without=frozenset(chosen)), answer) is None:
                    return chosen
        return ()

    def still_fails(self, kind: str):
        """For `wire_program.shrink`: whether candidates fail in the same way."""

        def verdicts(candidates: list[dict]) -> list[bool]:
            problems = [self.compare(self.expected(c), a) for c, a in zip(candidates, self.ask(candidates))]
            return [p is not None and self.kind_of(p) == kind for p in problems]

        return verdicts

    def report_apart(self, count: int) -> None:
        print_apart(self.apart, count)


class RequestComparison(Comparison):
    mode = "request"

    def expected(self, line: dict, **options) -> dict:
        return documented.request(self.oracle, line, **options)

    def compare(self, right: dict, answer: dict) -> str | None:
        return compare_requests.compare(right, answer)

    def describe_shrunk(self, line: dict, kind: str) -> str:
        small = wire_program.shrink(line, self.still_fails(kind), ("params", "config"))
        right, answer = self.expected(small), self.ask([small])[0]
        return "\n".join([
            f"{small['service']} {small['operation']}: {self.compare(right, answer)}",
            wire_program.indent("line: " + json.dumps(small, ensure_ascii=False)),
            wire_program.indent(compare_requests.side_by_side(right, answer)),
        ])


class ResponseComparison(Comparison):
    mode = "response"

    def expected(self, line: dict, **options) -> dict:
        return documented.response(self.oracle, line, **options)

    def compare(self, right: dict, answer: dict) -> str | None:
        return compare_responses.compare(right, answer)

    def describe_shrunk(self, line: dict, kind: str) -> str:
        small = self._shrink(line, kind)
        problem = self.compare(self.expected(small), self.ask([small])[0])
        facts = f"headers: {small['headers']}\nbody: {base64.b64decode(small['body'])!r}"
        return f"{small['service']} {small['operation']}, status {small['status']}: {problem}\n" + wire_program.indent(facts)

    def _shrink(self, line: dict, kind: str) -> dict:
        """Takes headers and runs of bytes away while the difference stays the same."""
        fails = self.still_fails(kind)
        line = wire_program.shrink(line, fails, ("headers",), 60)
        for _ in range(30):
            body = base64.b64decode(line["body"])
            spans = sorted(removable_spans(body), key=lambda span: span[0] - span[1])[:80]
            candidates = [documented.with_body(line, body[:start] + body[end:]) for start, end in spans]
            better = next((c for c, bad in zip(candidates, fails(candidates)) if bad), None) if candidates else None
            if better is None:
                break
            line = better
        return line


def removable_spans(body: bytes) -> list[tuple[int, int]]:
    """What may be taken out of a body at a time, found without a parser (the body may be bad)."""
    if body.lstrip()[:1] in (b"{", b"["):
        return json_spans(body)
    return element_spans(body)


def element_spans(body: bytes) -> list[tuple[int, int]]:
    """Where elements, comments and the declaration begin and end."""
    spans, opened = [], []
    for match in re.finditer(rb"<(/?)([^\s<>/?!]*)[^<>]*?(/?)>|<!--.*?-->|<\?.*?\?>", body, re.S):
        if not match.group(2) or match.group(3):
            spans.append(match.span())
        elif match.group(1):
            while opened:
                name, start = opened.pop()
                if name == match.group(2):
                    spans.append((start, match.end()))
                    break
        else:
            opened.append((match.group(2), match.start()))
    return [span for span in spans if span[1] - span[0] < len(body)]


def json_spans(body: bytes) -> list[tuple[int, int]]:
    """Where items and members begin and end, each with one of the commas beside it."""
    spans, starts = [], []
    for match in re.finditer(rb'"(?:[^"\\]|\\.)*"|[\[\]{},]', body, re.S):
        token = match.group()
        if token in (b"[", b"{"):
            starts.append(match.end())
        elif token == b"," and starts:
            spans.append((starts[-1], match.end()))
            starts[-1] = match.end()
        elif token in (b"]", b"}") and starts:
            start = starts.pop()
            before = start - 1 if body[start - 1 : start] == b"," else start
            if match.start() > before:
                spans.append((before, match.start()))
    return [span for span in spans if span[1] > span[0]]


def print_apart(apart: collections.Counter, count: int) -> None:
    total = sum(apart.values())
    print(f"counted apart: {total} of {count} cases ({100.0 * total / max(1, count):.2f} %)")
    for name, number in apart.most_common():
        print(f"    {number:6d}  {100.0 * number / max(1, count):5.2f} %  {name}")
