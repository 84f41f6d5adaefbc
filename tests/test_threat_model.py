"""The threat model: each line names a test, and that test exists."""

from __future__ import annotations

import re
from pathlib import Path

from tests.helpers.every import every

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
MODEL = TEXT.split("## Threat model", 1)[1]
LINES = [one for one in MODEL.splitlines() if one.startswith("| ") and "---" not in one]
ROWS = [one for one in LINES if not one.startswith("| Could")]


@every(ROWS)
def test_each_line_names_a_test_that_exists(row):
    cells = [one.strip() for one in row.strip("|").split("|")]
    assert len(cells) == 3
    assert all(cells)
    named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", cells[2])
    assert named
    for path, name in named:
        assert f"def {name}(" in (ROOT / path).read_text("utf-8")


def test_every_adversary_has_lines():
    for who in (
        "Stolen laptop", "Dishonest clerk", "Dishonest administrator", "Hostile file",
        "Hostile server", "Hostile USB",
    ):  # fmt: skip
        part = MODEL.split(f"### {who}\n", 1)[1].split("\n### ", 1)[0]
        assert sum(one in part for one in ROWS) >= 5, who
