"""What is loaded after the first paint, and what must not be loaded before it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from stockpile.domain.errors import PinTooShort
from stockpile.language import plain
from ui import later

ROOT = Path(__file__).resolve().parents[2]
HEAVY = (
    "sqlalchemy", "sqlmodel", "alembic", "reportlab", "PIL", "openpyxl", "fastapi", "httpx",
    "stockpile.app", "stockpile.services.ports", "stockpile.domain.facts", "ui.window",
)  # fmt: skip


def test_the_way_in_loads_nothing_heavy():
    program = "import sys, ui.__main__; print([one for one in sys.argv[1:] if one in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", program, *HEAVY],
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_what_is_asked_for_later_is_there():
    later.load()
    assert later.front_door().PRACTICE_PIN == "1234"
    assert later.founding("UG", "K", "Kampala", "A", "1234").officer == "A"
    assert plain(later.error_sentence(PinTooShort(4))) == "A PIN needs at least 4 characters."
