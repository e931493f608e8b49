#!/usr/bin/env python3
"""Signers' inputs with botocore's answers (tests/data/signatures/botocore_signers.json), signed by this library.

Needs no botocore: the answers are recorded. The last line of output is `N passed, N failed, N skipped`.
"""
import json
import os
import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/support"))
import closing_line  # noqa: E402

DRIVER = Path(os.environ.get("BOTOCXX_BUILD") or ROOT / "build/release") / "tests/drivers/sign_driver"
CASES = json.loads((ROOT / "tests/data/signatures/botocore_signers.json").read_text(encoding="utf-8"))["cases"]
ANSWERS = {}


def setUpModule():
    if not DRIVER.exists():
        raise unittest.SkipTest(f"{DRIVER} is not built")
    text = "".join(json.dumps(case["job"]) + "\n" for case in CASES)
    done = subprocess.run([str(DRIVER)], input=text.encode(), capture_output=True, check=True)
    for case, line in zip(CASES, done.stdout.decode().splitlines()):
        ANSWERS[case["name"]] = json.loads(line)


class SignerVectors(unittest.TestCase):
    maxDiff = None


def make_test(case):
    def test(self):
        ours = ANSWERS[case["name"]]
        self.assertNotIn("error", ours)
        self.assertEqual({name: ours[name] for name in case["expected"]}, case["expected"])

    return test


for _case in CASES:
    setattr(SignerVectors, f"test {_case['name']}", make_test(_case))

if __name__ == "__main__":
    closing_line.main()
