#!/usr/bin/env python3
"""Random, mutated and odd configuration files: does botocxx read from them what botocore reads?

See README.md beside this file. The last line of output is `N passed, N failed, N skipped`.
"""

from __future__ import annotations

import python_environment  # first: it may restart the script inside the venv

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile

import wire_program

DEFAULT_SEED = 20260107
DEFAULT_CASES = 4000
ALL_CASES = 100000
DRIVER = os.path.join(wire_program.BUILD, "tests", "drivers", "settings_driver")

NAMES = ["default", "dev", "a", "two words", "x=y", "", "ä", "A", "profile dev", "it's"]
HEADINGS = ["[default]", "[profile dev]", "[profile a]", '[profile "two words"]', "[profile two words]", "[profile default]",
            "[profiledev]", "[profilefoo bar]", "[profile]", "[ profile dev]", "[profile  dev ]", "[profile 'it''s']",
            '[profile "it\'s"]', '[profile "open]', "[profile a\\ b]", "[profile a\\", "[profile \"\"]", "[profile x=y]",
            "[sso-session dev]", "[sso-session a]", "[sso-session]", "[services dev]", "[services a]", "[services a b]",
            "[preview]", "[dev]", "[a]", "[DEFAULT]", "[Default]", "[profile ä]", "[A]", "[]", "[ ]", "[x] tail", "[a]b]=c", "[plugins]",
            "[services-dev x]", "[profile\tdev]", "  [default]", "[default]  ", "[profile \u3000dev]"]
USUAL_HEADINGS = [h for h in HEADINGS if h[0] == "[" and h[-1] == "]" and len(h) > 3]
KEYS = ["region", "output", "s3", "aws_access_key_id", "endpoint_url", "Region", "REGION", "a b", "x-y", "services", "s3_use_arn_region", "", "#k", "ä"]
VALUES = ["", "eu-west-1", "true", " padded ", "a=b", "a:b", "# no comment", "x ; y", "%(region)s", "${HOME}", "'quoted'", '"q"', "ä\u2028b", "\u00a0v\u3000",
          "\x1cv\x1d", "[x]", "\\", "\ttab\t", "\x00", "a\x0bb", "\ufeff"]
LINES = ["# comment", "; comment", "  # indented comment", "", "   ", "\t", "no delimiter", "= no name", ": no name", "  indented = 1", "    more",
         "\tx = y", "  s = t=u", "\u3000wide = 1", "\u2003a", "\x0c", "\ufeff"]
ENDS = ["\n", "\n", "\n", "\n", "\r\n", "\r", "\n\n"]


def draw_line(source: random.Random) -> str:
    kind = source.randrange(12)
    if kind < 2:
        return source.choice(HEADINGS)
    if kind < 8:
        indent = source.choice(["", "", "", "", " ", "  ", "\t"])
        return indent + source.choice(KEYS) + source.choice([" = ", "=", ": ", ":", " =", "\u00a0=\u00a0"]) + source.choice(VALUES)
    if kind < 10:
        return source.choice(["s3 =", "dynamodb =", "api_versions=", "services ="]) + "\n" + "\n".join(
            source.choice(["  ", "    ", "\t"]) + source.choice(KEYS) + source.choice([" = ", "="]) + source.choice(VALUES)
            for _ in range(source.randrange(3)))
    return source.choice(LINES)


def draw_valid(source: random.Random) -> str:
    """A file that mostly can be read: every heading and key once."""
    lines = []
    for heading in source.sample(USUAL_HEADINGS if source.random() < 0.8 else HEADINGS, source.randrange(5)):
        lines.append(heading)
        for key in source.sample(KEYS, source.randrange(4)):
            if key in ("", "REGION", "Region"):
                continue
            if source.random() < 0.25:
                lines.append(key + " =")
                for nested in source.sample(KEYS, source.randrange(1, 4)):
                    lines.append("  " + nested + " = " + source.choice(VALUES))
                    if source.random() < 0.2:
                        lines.append(source.choice(["", "# c", "  ; c"]))
            else:
                value = source.choice(VALUES)
                lines.append(key + source.choice(["=", " = ", ": "]) + value)
                if value.strip() and source.random() < 0.2:
                    lines.append("  " + source.choice(VALUES))
        if source.random() < 0.3:
            lines.append(source.choice(["", "# c", " ; c", "   "]))
    return source.choice(["\n", "\n", "\r\n"]).join(lines) + source.choice(["", "\n"])


def draw_file(source: random.Random) -> bytes | None:
    kind = source.randrange(20)
    if kind == 0:
        return None
    if kind < 16:
        content = draw_valid(source).encode("utf-8")
    else:
        content = "".join(draw_line(source) + source.choice(ENDS) for _ in range(source.randrange(9))).encode("utf-8")
    if kind in (15, 19) and content:
        mutated = bytearray(content)
        for _ in range(source.randrange(1, 4)):
            at = source.randrange(len(mutated))
            what = source.randrange(3)
            if what == 0:
                mutated[at] = source.randrange(256)
            elif what == 1:
                del mutated[at]
            else:
                mutated[at:at] = mutated[:source.randrange(len(mutated) + 1)]
            if not mutated:
                break
        content = bytes(mutated)
    return content


def expected(environment: dict[str, str]) -> dict:
    import botocore.exceptions
    import botocore.session

    saved = dict(os.environ)
    os.environ.update(environment)
    try:
        config = botocore.session.Session().full_config
    except botocore.exceptions.ConfigParseError:
        return {"error": "ConfigParse"}
    finally:
        os.environ.clear()
        os.environ.update(saved)
    known = ("profiles", "sso_sessions", "services")
    return {"profiles": [[name, options] for name, options in config["profiles"].items()],
            "sso_sessions": config.get("sso_sessions", {}), "services": config.get("services", {}),
            "others": {name: options for name, options in config.items() if name not in known}}


def has_unlike_letters(content: bytes | None) -> bool:
    """Python lowers names of options in all scripts, botocxx those of ASCII."""
    text = (content or b"").decode("utf-8", "replace")
    return any(ord(c) > 127 and c.lower() != c for c in text)


def run(cases: int, seed: int) -> tuple[int, list[str]]:
    failures: list[str] = []
    jobs, rights, contents = [], [], []
    with tempfile.TemporaryDirectory(prefix="botocxx-config-") as folder:
        for number in range(cases):
            source = random.Random(f"{seed}/{number}")
            environment = {"HOME": folder}
            files = []
            for variable, name in (("AWS_CONFIG_FILE", f"config-{number}"), ("AWS_SHARED_CREDENTIALS_FILE", f"credentials-{number}")):
                content = draw_file(source)
                while has_unlike_letters(content):
                    content = draw_file(source)
                environment[variable] = os.path.join(folder, name)
                files.append(content)
                if content is not None:
                    with open(environment[variable], "wb") as out:
                        out.write(content)
            right = expected(environment)
            names = sorted({*NAMES, *right.get("services", {}), *right.get("sso_sessions", {})})
            jobs.append({"job": "files", "environment": environment, "names": names})
            rights.append(right)
            contents.append(files)
        text = "".join(json.dumps(job) + "\n" for job in jobs)
        done = subprocess.run([DRIVER], input=text.encode(), capture_output=True, check=False)
    answers = [json.loads(line) for line in done.stdout.decode().split("\n")[:-1]]
    if len(answers) != len(jobs):
        raise SystemExit(f"the driver ended after {len(answers)} of {len(jobs)} jobs: {done.stderr.decode()[-500:]}")
    readable = sum("error" not in right for right in rights)
    print(f"{readable} of {cases} pairs of files can be read")
    for number, (right, answer, files) in enumerate(zip(rights, answers, contents)):
        if "error" in right:
            same = answer.get("error") == right["error"]
        else:
            same = answer == right and [p[0] for p in answer["profiles"]] == [p[0] for p in right["profiles"]]
        if not same:
            failures.append(f"case {number}: {files}\n  botocore {right}\n  botocxx  {answer}")
    return cases - len(failures), failures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=ALL_CASES if wire_program.RUN_ALL else DEFAULT_CASES)
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    options = parser.parse_args()
    missing = python_environment.missing_botocore()
    if missing is None and not os.path.exists(DRIVER):
        missing = f"{os.path.relpath(DRIVER, python_environment.ROOT)} is not built"
    if missing:
        print(f"SKIP config_files: {missing}")
        print("0 passed, 0 failed, 1 skipped")
        return 0
    passed, failures = run(options.cases, options.seed)
    for failure in failures[:20]:
        print(f"FAIL config_files: {failure}")
    print(f"{passed} passed, {len(failures)} failed, 0 skipped")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
