#!/usr/bin/env python3
"""Random conversations of several pages for every paginator of every service: does botocxx page as botocore pages?

Answers are drawn from the output shapes; tokens, `more_results`, MaxItems, PageSize and starting tokens (resume tokens
of an earlier run, botocore's older form, nonsense) are drawn on top. Compared are the parameters of each request, each
page, the full result with its resume token, and the errors. The last line is `N passed, N failed, N skipped`.
"""

from __future__ import annotations

import python_environment  # first: it may restart the script inside the venv

import argparse
import base64
import copy
import datetime
import json
import math
import os
import random
import subprocess
import sys

import wire_program

DEFAULT_SEED = 20261120
DRIVER = os.path.join(wire_program.BUILD, "tests", "drivers", "paging_driver")
TOKENS = ["t1", "t2", "a/b+c=", "None", "x___3", "é日本", '"quoted"', "0", "null", "eyJhIjogMX0="]
STARTING = ["", "plain", "None", "a___2", "None___1", "a___b", "a___b___1", "a___b___c___4", "x___ 7 ", "x___1_0", "x___-1", "not base64 !",
            "{}", "AAAA", "====", "YQ==", "eyJhIg==", "W10=", "e30="]


def listed(value) -> list:
    return value if isinstance(value, list) else [value]


# --- values ------------------------------------------------------------------------------------------------------


def plain(value):
    """Without what JSON cannot say: times as texts, files read, no odd numbers."""
    if isinstance(value, dict):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return 1.5
    if isinstance(value, bytearray):
        return bytes(value)
    return value if isinstance(value, (str, bytes, int, float, bool, type(None))) else str(value)


def to_form(value):
    if isinstance(value, bytes):
        return {"$octets": base64.b64encode(value).decode()}
    if isinstance(value, dict):
        return {name: to_form(item) for name, item in value.items()}
    return [to_form(item) for item in value] if isinstance(value, list) else value


def put(page: dict, expression: str, value) -> None:
    names = expression.split(".")
    for name in names[:-1]:
        page = page.setdefault(name, {})
        if not isinstance(page, dict):
            return
    page[names[-1]] = value


def is_path(expression: str) -> bool:
    return all(name.isidentifier() for name in expression.split("."))


# --- drawing -----------------------------------------------------------------------------------------------------


def draw_token(source: random.Random, shape):
    if shape is not None and shape.type_name == "map":
        return {"pk": {"S": source.choice(TOKENS)}, "sk": source.choice([{"N": "1.50"}, {"B": bytes([source.randrange(256), 255, 0])}])}
    if shape is not None and shape.type_name == "integer":
        return source.choice([1, 2, 1000])
    return source.choice(TOKENS) + source.choice(["", "", str(source.randrange(5))])


def member_at(shape, expression: str):
    for name in expression.split("."):
        shape = getattr(shape, "members", {}).get(name)
        if shape is None:
            return None
    return shape


def draw_answer(source: random.Random, entry: dict, shape, is_last: bool) -> dict:
    from draw_output import DrawOutput

    page = plain(DrawOutput(source).output(shape))
    primary = listed(entry["result_key"])[0]
    found = page
    for name in primary.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    if isinstance(found, list):
        put(page, primary, found * source.choice([0, 1, 1, 2, 3]))
    elif found is not None and source.random() < 0.2:
        put(page, primary, source.choice([None, [], found]))
    more = entry.get("more_results")
    if more and is_path(more):
        put(page, more, source.choice([not is_last, not is_last, not is_last, True, False, None]))
    for expression in listed(entry["output_token"]):
        if not is_path(expression):
            expression = "NextMarker" if "NextMarker" in expression else None
        if expression is None:
            continue
        if is_last:
            put(page, expression, source.choice([None, "", None]))
        else:
            put(page, expression, draw_token(source, member_at(shape, expression)) if source.random() < 0.93 else source.choice([None, ""]))
    return page


def draw_job(source: random.Random, unit: dict) -> dict:
    entry, model = unit["entry"], unit["model"]
    count = source.choice([1, 2, 3, 4, 6])
    answers = [draw_answer(source, entry, model.output_shape, number == count - 1) for number in range(count)]
    job = {"service": unit["service"], "version": unit["version"], "operation": unit["operation"], "answers": answers, "params": {}}
    for name in listed(entry["input_token"]):
        if source.random() < 0.1:
            job["params"][name] = "own"
    if source.random() < 0.3:
        job["params"]["Other"] = source.choice(["x", 1, [b"\x00"]])
    if source.random() < 0.6:
        job["max_items"] = source.choice([0, 1, 2, 3, 4, 5, 8, 20, -1])
    if source.random() < 0.3 and (entry.get("limit_key") or source.random() < 0.1):
        job["page_size"] = source.choice([1, 10, 1000])
    if source.random() < 0.3:
        job["starting_token"] = source.choice(STARTING)
    elif source.random() < 0.3:
        tokens = {name: source.choice([draw_token(source, None), None, {"k": b"\x01\xff"}]) for name in listed(entry["input_token"])}
        if source.random() < 0.7:
            tokens["boto_truncate_amount"] = source.randrange(4)
        if source.random() < 0.1:
            tokens["unknown"] = "x"
        from botocore.paginate import TokenEncoder

        job["starting_token"] = TokenEncoder().encode(tokens)
    return job


# --- botocore ----------------------------------------------------------------------------------------------------


class AnswersEnd(Exception):
    pass


def converse(unit: dict, job: dict) -> dict:
    from botocore.exceptions import PaginationError
    from botocore.paginate import Paginator

    requests: list = []

    def method(**params):
        if len(requests) == len(job["answers"]):
            raise AnswersEnd
        requests.append(copy.deepcopy(params))
        return copy.deepcopy(job["answers"][len(requests) - 1])

    config = {name: job[key] for name, key in (("MaxItems", "max_items"), ("PageSize", "page_size"), ("StartingToken", "starting_token")) if key in job}
    out: dict = {"pages": [], "requests": requests}

    def start():
        requests.clear()
        return Paginator(method, unit["entry"], unit["model"]).paginate(PaginationConfig=config, **copy.deepcopy(job["params"]))

    try:
        for page in start():
            out["pages"].append(copy.deepcopy(page))
        out["pages_requests"] = copy.deepcopy(requests)
        out["full"] = start().build_full_result()
    except AnswersEnd:
        out["pages_requests"] = copy.deepcopy(requests)
    except PaginationError as error:
        out["error"] = {"code": "Pagination", "message": str(error)}
    except ValueError as error:
        out["error"] = {"code": "Value", "message": str(error)}
    except (AttributeError, TypeError, KeyError) as error:
        # botocore trips over what it did not expect: any refusal will do.
        out["error"] = {"code": "any", "message": f"{type(error).__name__}: {error}"}
    return out


# --- comparing ---------------------------------------------------------------------------------------------------


def difference(expected: dict, answer: dict) -> str | None:
    if "error" in expected:
        error = answer.get("error") or answer.get("full_error")
        if error is None:
            return "no error"
        if expected["error"]["code"] != "any" and error != expected["error"]:
            return "another error"
        if expected["error"]["code"] != "any" and to_form(expected["pages"]) != answer.get("pages", []):
            return "other pages before the error"
        return None
    if "error" in answer:
        return "an error"
    if to_form(expected["pages"]) != answer["pages"]:
        return "other pages"
    if to_form(expected["pages_requests"]) != answer["requests"]:
        return "other requests"
    if "full" in expected and to_form(expected["full"]) != answer["full"]:
        return "another full result"
    return None if ("full" in expected) == answer["ended"] else "ends elsewhere"


def units(only: list[str] | None):
    import botocore.loaders
    import botocore.model

    loader = botocore.loaders.Loader()
    for service in loader.list_available_services("paginators-1"):
        if only and service not in only:
            continue
        for version in loader.list_api_versions(service, "paginators-1"):
            entries = loader.load_service_model(service, "paginators-1", version)["pagination"]
            model = botocore.model.ServiceModel(loader.load_service_model(service, "service-2", version), service)
            for operation, entry in sorted(entries.items()):
                yield {"service": service, "version": version, "operation": operation, "entry": entry, "model": model.operation_model(operation)}


def ask(jobs: list[dict]) -> list[dict]:
    text = "".join(json.dumps(to_form(job)) + "\n" for job in jobs)
    done = subprocess.run([DRIVER], input=text.encode(), capture_output=True, check=False)
    answers = [json.loads(line) for line in done.stdout.decode().split("\n") if line]
    if len(answers) != len(jobs):
        raise SystemExit(f"the driver ended after {len(answers)} of {len(jobs)} jobs: {done.stderr.decode()[-500:]}")
    return answers


def resumed(job: dict, expected: dict) -> dict | None:
    token = expected.get("full", {}).get("NextToken")
    return {**job, "starting_token": token} if token and job.get("starting_token") != token else None


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--cases", type=int, help="conversations of each paginator; default 2, with --all 12")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--service", action="append")
    parser.add_argument("--show", type=int, default=5)
    options = parser.parse_args()
    reason = python_environment.missing_botocore() or (None if os.path.exists(DRIVER) else "paging_driver is not built")
    if reason:
        print(f"SKIP differential.paginators: {reason}\n0 passed, 0 failed, 1 skipped")
        return 0
    cases = options.cases or (12 if options.all else 2)
    chosen = list(units(options.service))
    work = []
    for unit in chosen:
        for number in range(cases):
            source = random.Random(f"{options.seed} {unit['service']} {unit['version']} {unit['operation']} {number}")
            job = draw_job(source, unit)
            while job is not None:
                expected = converse(unit, job)
                work.append((number, job, expected))
                # Both go on from where botocore was cut; the answers begin again, which tries odd indices.
                job = resumed(job, expected) if len(work) % 2 else None
    answers = ask([job for _, job, _ in work])
    failed = 0
    kinds: dict[str, int] = {}
    for (number, job, expected), answer in zip(work, answers):
        kind = difference(expected, answer)
        if kind is None:
            continue
        failed += 1
        kinds[kind] = kinds.get(kind, 0) + 1
        if kinds[kind] <= options.show:
            print(f"FAIL differential.paginators.{job['service']}.{job['operation']} case {number}: {kind}")
            print("  job      " + json.dumps(to_form(job))[:3000])
            print("  botocore " + json.dumps(to_form({k: v for k, v in expected.items() if k != 'requests'}))[:3000])
            print("  botocxx  " + json.dumps(answer)[:3000])
    ends = {name: sum(1 for _, _, e in work if name in e) for name in ("full", "error")}
    print(f"{len(chosen)} paginators, {len(work)} conversations, seed {options.seed}; to the end {ends['full']}, with errors {ends['error']}; {kinds or 'no difference'}")
    print(f"{len(work) - failed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
