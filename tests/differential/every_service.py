"""Runs a check over every service and API version that botocore has, on several processes.

A unit is one version of one service. Its check runs in a worker, which answers with a `UnitReport`; the failures
are shrunk and printed by the main process. Each case is drawn from a seed of its own, which names the unit,
the operation and the number of the case: any case can be drawn again alone.
"""

from __future__ import annotations

import collections
import concurrent.futures
import dataclasses
import os
import random
import time

import comparison
import wire_program

_worker: dict = {}


@dataclasses.dataclass
class UnitReport:
    """What came of the cases of one unit."""

    service: str
    api_version: str
    cases: int = 0
    failures: int = 0
    operations: int = 0
    compared: int = 0  # operations of which at least one case was compared
    apart: collections.Counter = dataclasses.field(default_factory=collections.Counter)
    sorts: collections.Counter = dataclasses.field(default_factory=collections.Counter)
    kinds: collections.Counter = dataclasses.field(default_factory=collections.Counter)
    left_out: dict[str, str] = dataclasses.field(default_factory=dict)  # operation: why it was not compared
    examples: dict[str, tuple] = dataclasses.field(default_factory=dict)  # kind of failure: (line, reproduction)

    def fail(self, kind: str, line: dict, reproduction: str) -> None:
        self.failures += 1
        self.kinds[kind] += 1
        self.examples.setdefault(kind, (line, reproduction))


def add_options(parser, default_seed: int) -> None:
    parser.add_argument("--seed", type=int, default=default_seed, help=f"default {default_seed}")
    parser.add_argument("--cases", type=int, help="cases of each operation; default 1, with --all 3")
    parser.add_argument("--case", type=int, help="only the case of this number, from 0")
    parser.add_argument("--all", action="store_true", help="3 cases of each operation")
    parser.add_argument("--program", default=wire_program.DEFAULT_PROGRAM, help="command line of botocxx")
    parser.add_argument("--service", action="append", help="this service only; may repeat")
    parser.add_argument("--api-version", help="this version of the services only")
    parser.add_argument("--operation", help="this operation only")
    parser.add_argument("--show", type=int, default=8, help="failures to shrink and print; default 8")
    parser.add_argument("--strict", action="store_true", help="count nothing apart: every difference fails")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="default: one for each processor")


def case_numbers(options) -> list[int]:
    if options.case is not None:
        return [options.case]
    return list(range(options.cases or (3 if options.all or wire_program.RUN_ALL else 1)))


def case_source(options, model, operation: str, number: int, attempt: int = 0) -> random.Random:
    return random.Random(f"{options.seed}/{model.service_name}/{model.api_version}/{operation}/{number}/{attempt}")


def unit_source(options, model) -> random.Random:
    return random.Random(f"{options.seed}/{model.service_name}/{model.api_version}")


def operations_of(options, model) -> list[str]:
    names = list(model.operation_names)
    return [n for n in names if n == options.operation] if options.operation else names


def reproduction(script: str, options, line: dict, number: int) -> str:
    return (f"tests/differential/{script} --service {line['service']} --api-version {line['api_version']} "
            f"--operation {line['operation']} --seed {options.seed} --case {number}")


def units(oracle, options) -> list[tuple[str, str]]:
    """(service, version), those with the largest models first."""
    found = []
    for service in options.service or oracle.services():
        for version in oracle.api_versions(service):
            if options.api_version in (None, version):
                found.append((oracle.model_size(service, version), service, version))
    return [(service, version) for _, service, version in sorted(found, key=lambda unit: (-unit[0], unit[1:]))]


def run(check, options, tally, what: str):
    """Every unit through `check(oracle, program, options, service, version)`; returns the reports added up."""
    import botocore_oracle

    started = time.monotonic()
    todo = units(botocore_oracle.Oracle(), options)
    reports = []
    if options.processes == 1 or len(todo) == 1:
        _start_worker(options)
        reports = [_run_unit(check, *unit) for unit in todo]
    else:
        with concurrent.futures.ProcessPoolExecutor(options.processes, initializer=_start_worker, initargs=(options,)) as pool:
            reports = list(pool.map(_run_unit, [check] * len(todo), *zip(*todo)))
    total = _add_up(reports)
    print(f"{what}: {len(todo)} services and versions, {total.operations} operations, {total.cases} cases in "
          f"{time.monotonic() - started:.0f} s")
    tally.passed += total.cases - total.failures
    tally.failed += total.failures
    _report(reports, total, options)
    return total


def show_failures(total: UnitReport, options, kind_of_comparison) -> None:
    """Shrinks and prints the first failure of each kind."""
    import botocore_oracle

    oracle = botocore_oracle.Oracle()
    comparing = kind_of_comparison(wire_program.Program(options.program), oracle, options.strict)
    for kind, (line, how) in list(total.examples.items())[: options.show]:
        print("FAIL " + comparing.describe_shrunk(line, kind))
        print(wire_program.indent(f"again: {how}"), flush=True)


def _start_worker(options) -> None:
    import botocore_oracle

    _worker["options"] = options
    _worker["oracle"] = botocore_oracle.Oracle()
    _worker["program"] = wire_program.Program(options.program)


def _run_unit(check, service: str, version: str) -> UnitReport:
    try:
        return check(_worker["oracle"], _worker["program"], _worker["options"], service, version)
    finally:
        _worker["oracle"].forget(service)


def _add_up(reports: list[UnitReport]) -> UnitReport:
    total = UnitReport("", "")
    for report in reports:
        for name in ("cases", "failures", "operations", "compared"):
            setattr(total, name, getattr(total, name) + getattr(report, name))
        for name in ("apart", "sorts", "kinds"):
            getattr(total, name).update(getattr(report, name))
        for kind, example in report.examples.items():
            total.examples.setdefault(kind, example)
    return total


def _report(reports: list[UnitReport], total: UnitReport, options) -> None:
    if total.sorts:
        print("botocore's answers: " + ", ".join(f"{number} {sort}" for sort, number in total.sorts.most_common()))
    comparison.print_apart(total.apart, total.cases)
    reasons: dict[str, list[str]] = {}
    for report in sorted(reports, key=lambda r: (r.service, r.api_version)):
        for operation, reason in report.left_out.items():
            reasons.setdefault(reason, []).append(f"{report.service} {operation}")
    print(f"operations compared: {total.compared} of {total.operations}; {total.operations - total.compared} left out")
    for reason, names in sorted(reasons.items(), key=lambda entry: -len(entry[1])):
        print(f"    {len(names):6d}  {reason}: {', '.join(names)}")
    for kind, number in total.kinds.most_common(40):
        where = [f"{r.service} {r.kinds[kind]}" for r in reports if r.kinds[kind]]
        print(f"DIFFERENT {number} cases: {kind} ({', '.join(where[:6])}{', …' if len(where) > 6 else ''})")
