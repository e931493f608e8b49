#!/usr/bin/env python3
"""Random shorthand: does the program read it as the AWS command line's parser does, mistakes and their messages included?

Needs `awscli` (version 1) in the Python that runs it. The last line is `N passed, N failed, N skipped`.
"""

from __future__ import annotations

import python_environment  # first: it may restart the script inside the venv

import argparse
import json
import os
import random
import subprocess
import sys

import wire_program

DRIVER = os.path.join(wire_program.BUILD, "tests", "drivers", "shorthand_driver")
PIECES = ["a", "b", "Key", "x-y.z#/:", "=", "=", "=", ",", ",", ",", "[", "]", "{", "}", "'", '"', "\\", "\\,", "\\'", '\\"', "\\\\", " ", "\n", "\t",
          "1", "true", "@", "@=", "é", "日", "😀", "\u00a0", "\x1f", "\x01", "|", "~", "^", "<", ">", "?", "!", "$", "(", ")", "*", "file://x", "\u2003"]
VALID = ["a=b", "a=b,c=d", "a=b,c", "a=b,c,d=e", "a=[b,c]", "a={b=c,d=[e,{f=g}]}", "a='b c,d',e=\"f'\"", "a=b\\,c,d", "a@=file://b,c=d", "a=", "a=,b=c",
         "a = b , c = d", "Name=instance-type,Values=t2.micro,m1.medium", "a={b=c},d={e=f}", "a=[]", "a={}", "a=[[b],[c,d]]"]


def draw(source: random.Random) -> str:
    if source.random() < 0.4:
        return "".join(source.choice(PIECES) for _ in range(source.randrange(1, 14)))
    text = ",".join(source.choice(VALID) for _ in range(source.choice([1, 1, 2])))
    for _ in range(source.choice([0, 1, 1, 2, 3])):
        at = source.randrange(len(text) + 1)
        text = text[:at] + source.choice(PIECES) + text[at + source.choice([0, 0, 1]):]
    return text


def expected(parser, text: str) -> dict:
    from awscli.shorthand import ShorthandParseError

    try:
        return {"value": parser.parse(text)}
    except ShorthandParseError as error:
        return {"error": str(error)}


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--seed", type=int, default=20261120)
    options.add_argument("--cases", type=int, default=20000)
    options.add_argument("--all", action="store_true")
    options.add_argument("--show", type=int, default=10)
    given = options.parse_args()
    try:
        import awscli.shorthand as shorthand
    except ImportError:
        shorthand = None
    reason = "awscli is not installed" if shorthand is None else None if os.path.exists(DRIVER) else "shorthand_driver is not built"
    if reason:
        print(f"SKIP differential.shorthand: {reason}\n0 passed, 0 failed, 1 skipped")
        return 0
    shorthand.get_paramfile = lambda text, _: "file:" + text
    source = random.Random(given.seed)
    texts = [draw(source) for _ in range(given.cases * (10 if given.all else 1))]
    done = subprocess.run([DRIVER], input="".join(json.dumps(text) + "\n" for text in texts).encode(), capture_output=True, check=False)
    answers = [json.loads(line) for line in done.stdout.decode().split("\n") if line]
    failed = len(texts) - len(answers)
    read = 0
    for text, answer in zip(texts, answers):
        wanted = expected(shorthand.ShorthandParser(), text)
        read += "value" in wanted
        if answer != wanted:
            failed += 1
            if failed <= given.show:
                print(f"FAIL differential.shorthand {text!r}\n  awscli  {wanted}\n  botocxx {answer}")
    print(f"seed {given.seed}: {len(texts)} texts, {read} of them well-formed")
    print(f"{len(texts) - failed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
