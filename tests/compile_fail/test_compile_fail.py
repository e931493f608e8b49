#!/usr/bin/env python3
"""Misuse that must not compile.

Each .cc file here holds one misuse between `#ifndef SHOULD_COMPILE` lines, and says on its first line which words the
compiler's complaint has to contain: // expect: REGEX. With -DSHOULD_COMPILE the same file must compile, so that a file
can't fail for a reason of its own.
"""
import os
import re
import subprocess
import sys
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "tests/support"))
import closing_line  # noqa: E402


def compile_file(path, *flags):
    command = [os.environ.get("CXX", "c++"), "-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Werror",
               "-I", str(ROOT / "include"), *flags, str(path)]
    return subprocess.run(command, capture_output=True, text=True)


class Misuse(unittest.TestCase):
    pass


def add_case(path):
    def case(self):
        expected = re.match(r"// expect: (.+)", path.read_text(encoding="utf-8"))
        self.assertTrue(expected, f"{path.name}: the first line must be `// expect: REGEX`")
        good = compile_file(path, "-DSHOULD_COMPILE")
        self.assertEqual(good.returncode, 0, f"{path.name} must compile without the misuse:\n{good.stderr}")
        bad = compile_file(path)
        self.assertNotEqual(bad.returncode, 0, f"{path.name}: the misuse compiles")
        self.assertRegex(bad.stderr, expected[1])

    setattr(Misuse, f"test_{path.stem}", case)


for file in sorted(HERE.glob("*.cc")):
    add_case(file)

if __name__ == "__main__":
    closing_line.main()
