#!/usr/bin/env python3
"""Is the table of settings in docs/configuration.md the one in src/config/setting_table.cc? `--write` makes it so."""

from __future__ import annotations

import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SOURCE = os.path.join(ROOT, "src", "config", "setting_table.cc")
GUIDE = os.path.join(ROOT, "docs", "configuration.md")
BEGIN, END = "<!-- settings: begin -->\n", "<!-- settings: end -->\n"
TYPES = {"kText": "text", "kFlag": "flag", "kInteger": "integer", "kSecret": "secret", "kBlock": "block"}
EFFECTS = {"kActs": "", "kCommandLine": " (kept for AWS's command line, no effect here)", "kNone": " **(no effect in this version)**"}


def rows() -> list[list[str]]:
    with open(SOURCE, encoding="utf-8") as source:
        text = source.read()
    found = []
    for body in re.findall(r"SettingSpec\{(.*?)\}[,}]", text, re.S):
        # Texts next to each other are one; what stands between commas is a field.
        fields = [""]
        for token in re.finditer(r'"((?:[^"\\]|\\.)*)"|(\w+)|(,)', body):
            if token.group(3):
                fields.append("")
            else:
                fields[-1] += token.group(1) if token.group(1) is not None else token.group(2)
        found.append(fields[:7])
    return found


def listed(names: str) -> str:
    return ", ".join(f"`{name}`" for name in names.split(",")) if names else "–"


def table() -> str:
    lines = ["| setting | option of the profile | variable | type | default | meaning |", "| --- | --- | --- | --- | --- | --- |"]
    for name, kind, options, variables, default, effect, meaning in rows():
        shown = f"`{default}`" if default else "–"
        lines.append(f"| `{name}` | {listed(options)} | {listed(variables)} | {TYPES[kind]} | {shown} | {meaning}{EFFECTS[effect]} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    with open(GUIDE, encoding="utf-8") as source:
        guide = source.read()
    before, rest = guide.split(BEGIN)
    inside, after = rest.split(END)
    if "--write" in sys.argv:
        with open(GUIDE, "w", encoding="utf-8") as out:
            out.write(before + BEGIN + table() + END + after)
        return 0
    same = inside == table() and len(rows()) > 80
    if not same:
        print("FAIL settings_table: docs/configuration.md has another table; tests/docs/test_settings_table.py --write mends it")
    print(f"{int(same)} passed, {int(not same)} failed, 0 skipped")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
