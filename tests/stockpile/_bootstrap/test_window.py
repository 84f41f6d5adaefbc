"""Qt is started for real, and its absence is told once with what to do."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from stockpile._bootstrap.place import Place
from stockpile._bootstrap.window import ensure_window, why_not


def test_qt_starts_in_the_environment_of_these_tests(tmp_path: Path):
    assert why_not(Place(tmp_path, Path(sys.prefix)), "") == ""


def test_without_qt_there_is_a_reason_and_it_is_remembered(
    prepared: Place, capsys: pytest.CaptureFixture[str]
):
    assert not ensure_window(prepared)
    assert prepared.known()["window"] == "missing"
    assert "No module named 'PySide6'" in capsys.readouterr().err


def test_a_window_that_worked_is_not_tried_again(prepared: Place):
    prepared.remember(window="works")
    assert ensure_window(prepared)


def test_a_no_is_asked_again_since_the_person_may_have_mended_it(prepared: Place):
    assert not ensure_window(prepared)
    qt = next(prepared.venv.glob("lib/*/site-packages"), prepared.venv / "Lib/site-packages")
    (qt / "PySide6.py").write_text("raise SystemExit(0)\n", "utf-8")
    assert ensure_window(prepared)
    assert prepared.known()["window"] == "works"
