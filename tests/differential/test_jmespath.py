#!/usr/bin/env python3
"""Random JMESPath expressions over random JSON: are results and refusals those of jmespath.py, which botocore uses?

The last line of output is `N passed, N failed, N skipped`.
"""

from __future__ import annotations

import python_environment  # first: it may restart the script inside the venv

import argparse
import json
import math
import random
import re
import sys

import wire_program

DEFAULT_SEED = 20260108
DEFAULT_CASES = 20_000
ALL_CASES = 400_000
NAMES = ["a", "b", "c", "foo", '"é x"', '"with-dash"', "_9"]
KEYS = ["a", "b", "c", "foo", "é x", "with-dash", "_9"]
TEXTS = ["", "a", "b", "10", "1.5", "é😀", "foo", "x y", "-3"]
# Without to_string, whose texts differ: ours are UTF-8, jmespath.py's ASCII with escapes.
ONE_ARGUMENT = ["abs", "avg", "ceil", "floor", "keys", "length", "max", "min", "not_null", "reverse", "sort", "sum",
                "to_array", "to_number", "type", "values", "merge"]
TWO_ARGUMENTS = ["contains", "ends_with", "starts_with"]
# jmespath.py takes an index and a slice behind it for one step, which then is no projection.
INDEX_BEFORE_SLICE = re.compile(r"\[-?\d+\]\)*\[-?\d*:")
MISTYPED: set[str] = set()
BY = ["max_by", "min_by", "sort_by"]
COMPARATORS = ["==", "!=", "<", "<=", ">", ">="]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help=f"default {DEFAULT_SEED}")
    parser.add_argument("--cases", type=int, help=f"default {DEFAULT_CASES}, with --all {ALL_CASES}")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--program", default=wire_program.DEFAULT_PROGRAM, help="command line of botocxx")
    parser.add_argument("--show", type=int, default=10, help="failures to print; default 10")
    options = parser.parse_args()
    tally = wire_program.Tally()
    program = wire_program.Program(options.program)
    wire_program.stop_if_impossible(program, tally, "JMESPath against jmespath.py")
    count = options.cases or (ALL_CASES if options.all or wire_program.RUN_ALL else DEFAULT_CASES)
    print(f"jmespath: seed {options.seed}, {count} cases, program {options.program}")
    source = random.Random(options.seed)
    lines = [{"id": i, "expression": draw_expression(source), "input": draw_value(source, 3)} for i in range(count)]
    compare(program, tally, lines, options.show)
    return tally.finish()


def compare(program, tally, lines: list[dict], show: int) -> None:
    refused = 0
    for line, answer in zip(lines, program.ask("jmespath", lines)):
        right = expected(line)
        refused += "error" in right
        problem = difference(line["expression"], right, answer)
        if problem is None or tally.failed < show:
            tally.record(f"case {line['id']}", problem and f"{json.dumps(line, ensure_ascii=False)}\n{problem}")
        else:
            tally.failed += 1
    print(f"jmespath.py refuses {refused} of {len(lines)}")


def expected(line: dict) -> dict:
    import jmespath
    from jmespath import exceptions

    try:
        result = jmespath.search(line["expression"], line["input"])
        json.dumps(result)  # `&a` alone is a Python object
        return {"result": result}
    except exceptions.JMESPathError as error:
        return {"error": type(error).__name__}
    except Exception as error:  # what Python itself fails at is no measure
        return {"failure": type(error).__name__}


def difference(expression: str, right: dict, answer: dict) -> str | None:
    code = answer.get("error", {}).get("code")
    if code in ("Crash", "Harness"):
        return str(answer)
    if "failure" in right or INDEX_BEFORE_SLICE.search(expression):
        return None
    if code == "syntax" and expression in MISTYPED:  # jmespath.py lets commas be left out, and halves of surrogates in
        return None
    if "error" in right:
        return None if code else f"jmespath.py raises {right['error']}, botocxx has {answer}"
    if code or not same(right["result"], answer.get("result")):
        return f"jmespath.py {json.dumps(right['result'], ensure_ascii=False)}\nbotocxx     {json.dumps(answer, ensure_ascii=False)}"
    return None


def same(a, b) -> bool:
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return math.isclose(a, b, rel_tol=1e-12)
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same, a, b))
    return type(a) is type(b) and a == b


def draw_value(source: random.Random, depth: int):
    sort = source.randrange(10 if depth else 6)
    if sort >= 8:
        return {key: draw_value(source, depth - 1) for key in source.sample(KEYS, source.randrange(5))}
    if sort == 7:  # of one sort, as most functions want it
        kind = source.choice([lambda: source.randrange(-5, 20), lambda: source.choice(TEXTS),
                              lambda: {"a": source.randrange(5), "b": source.choice(TEXTS)}])
        return [kind() for _ in range(source.randrange(5))]
    if sort == 6:
        return [draw_value(source, depth - 1) for _ in range(source.randrange(5))]
    return source.choice([None, True, False, source.randrange(-10, 100), round(source.uniform(-9, 9), 3), source.choice(TEXTS)])


def draw_expression(source: random.Random, depth: int = 4) -> str:
    text = draw_part(source, depth)
    if source.random() < 0.04:  # as people mistype
        at = source.randrange(len(text) + 1)
        text = text[:at] + source.choice(["", "]", "[", ".", "`", "'", "&", "|", "@@", "\u00e9", " "]) + text[at + source.randrange(2):]
        MISTYPED.add(text)
    return text


def draw_part(source: random.Random, depth: int) -> str:
    if depth == 0:
        return source.choice([source.choice(NAMES), "@", "*", f"`{json.dumps(draw_value(source, 1))}`", f"'{source.choice(TEXTS)}'"])
    part = lambda: draw_part(source, depth - 1)  # noqa: E731
    return source.choice([
        lambda: f"{part()}.{source.choice(NAMES)}", lambda: f"{part()}[{source.randrange(-3, 4)}]",
        lambda: f"{part()}[{draw_slice(source)}]", lambda: f"{part()}[*].{source.choice(NAMES)}", lambda: f"{part()}[]",
        lambda: f"{part()}.*", lambda: f"{part()} | {part()}", lambda: f"{part()} || {part()}",
        lambda: f"{part()} && {part()}", lambda: f"!({part()})", lambda: f"({part()})",
        lambda: f"{part()}[?{part()} {source.choice(COMPARATORS)} {part()}]", lambda: f"[{part()}, {part()}]",
        lambda: f"{{{source.choice(NAMES)}: {part()}, b: {part()}}}", lambda: f"{part()}.[{source.choice(NAMES)}]",
        lambda: draw_call(source, part), lambda: source.choice(NAMES), lambda: "@",
    ])()


def draw_slice(source: random.Random) -> str:
    number = lambda: source.choice(["", str(source.randrange(-4, 5))])  # noqa: E731
    return f"{number()}:{number()}" + source.choice(["", f":{number()}"])


def draw_call(source: random.Random, part) -> str:
    sort = source.randrange(6)
    if sort == 0:
        return f"{source.choice(BY)}({part()}, &{part()})"
    if sort == 1:
        return f"map(&{part()}, {part()})"
    if sort == 2:
        return f"join({part()}, {part()})"
    if sort == 3:
        return f"{source.choice(TWO_ARGUMENTS)}({part()}, {part()})"
    return f"{source.choice(ONE_ARGUMENT)}({part()})"


if __name__ == "__main__":
    sys.exit(main())
