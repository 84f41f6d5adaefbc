"""Whoever switches off a warning of safety says why, on the same line."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SWITCHED_OFF = re.compile(r"#\s*noqa:[^#]*\bS\d{3}\b")


def test_every_exception_of_safety_has_its_reason():
    bare = [
        f"{file.relative_to(ROOT)}:{number}"
        for room in ("stockpile", "ui", "packaging", "tests")
        for file in sorted((ROOT / room).rglob("*.py"))
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if SWITCHED_OFF.search(line) and not re.search(r"noqa:[^#]* - \w", line)
    ]
    assert bare == []
