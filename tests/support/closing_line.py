"""Runs a unittest module the way tools/test expects of a script: named failures and skips, counts on the last line."""
import sys
import unittest


class _Result(unittest.TextTestResult):
    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.passed = 0

    def addSuccess(self, test):
        super().addSuccess(test)
        self.passed += 1


def main(module="__main__"):
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules[module])
    result = unittest.TextTestRunner(stream=sys.stdout, resultclass=_Result, verbosity=0).run(suite)
    bad = result.failures + result.errors + [(test, "") for test in result.unexpectedSuccesses]
    for test, _ in bad:
        print(f"FAIL {test.id()}")
    for test, reason in result.skipped:
        print(f"SKIP {test.id()}: {reason}")
    print(f"{result.passed} passed, {len(bad)} failed, {len(result.skipped)} skipped", flush=True)
    sys.exit(1 if bad else 0)
