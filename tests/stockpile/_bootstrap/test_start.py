"""What each command line becomes, and with which variables."""

from __future__ import annotations

import ast
import os
from pathlib import Path

import pytest

from stockpile._bootstrap.place import Place
from stockpile._bootstrap.start import (
    arguments_for,
    complaint_about,
    environment_for,
    has_screen,
    is_inside,
)

GROUND_FLOOR = Path(__file__).resolve().parents[3] / "stockpile"


@pytest.mark.parametrize(
    ("argv", "screen", "arguments"),
    [
        ([], True, ["ui"]),
        ([], False, ["stockpile.cli", "journey"]),
        (["test"], False, ["pytest", "-q"]),
        (["test", "-n", "2", "tests/ui"], True, ["pytest", "-q", "-n", "2", "tests/ui"]),
        (["find", "AK 47"], True, ["stockpile.cli", "find", "AK 47"]),
        (["--help"], False, ["stockpile.cli", "--help"]),
    ],
)
def test_a_command_line_becomes(argv: list[str], screen: bool, arguments: list[str]):
    assert arguments_for(argv, screen=screen) == arguments


@pytest.mark.parametrize(
    ("version", "complaint"),
    [
        ((3, 10), "Python 3.11 or newer is needed; this is 3.10."),
        ((3, 11), ""),
        ((3, 12), ""),
        ((4, 0), ""),
    ],
)
def test_an_old_python_is_told_so(version: tuple[int, int], complaint: str):
    assert complaint_about(version) == complaint


def test_an_old_python_can_read_far_enough_to_be_told():
    modules = [*(GROUND_FLOOR / "_bootstrap").glob("*.py"), *GROUND_FLOOR.glob("__*__.py")]
    assert len(modules) > 8
    for module in modules:
        ast.parse(module.read_text("utf-8"), str(module), feature_version=(3, 8))


@pytest.mark.skipif(os.name == "nt", reason="Windows always has a screen")
@pytest.mark.parametrize(
    ("environ", "screen"),
    [
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"DISPLAY": "", "WAYLAND_DISPLAY": ""}, False),
        ({"DISPLAY": ":0", "STOCKPILE_NO_WINDOW": "1"}, False),
    ],
)
def test_a_window_needs_a_screen(environ: dict[str, str], screen: bool):
    assert has_screen(environ) is screen


def test_the_program_sees_our_code_first_and_no_foreign_packages(prepared: Place):
    given = {"PYTHONPATH": "/theirs", "PYTHONHOME": "/broken", "LANG": "uk_UA.UTF-8"}
    assert environment_for(prepared, given, {}) == {
        "PYTHONPATH": f"{prepared.checkout}{os.pathsep}/theirs",
        "PYTHONNOUSERSITE": "1",
        "PYTHONUTF8": "1",
        "LANG": "uk_UA.UTF-8",
    }


def test_unpacked_libraries_go_before_the_callers(prepared: Place):
    prepared.remember(libraries="/qt", window="works")
    given = {"LD_LIBRARY_PATH": "/theirs"}
    found = {"LD_LIBRARY_PATH": "/pg", "STOCKPILE_TEST_PG_BIN": "/pg/bin"}
    env = environment_for(prepared, given, found)
    assert env["LD_LIBRARY_PATH"] == os.pathsep.join(["/qt", "/pg", "/theirs"])
    assert env["STOCKPILE_TEST_PG_BIN"] == "/pg/bin"
    assert env["FONTCONFIG_PATH"] == str(prepared.system / "qt/etc/fonts")
    assert "STOCKPILE_NO_WINDOW" not in env


def test_a_missing_window_is_switched_off(prepared: Place):
    prepared.remember(window="missing")
    assert environment_for(prepared, {}, {})["STOCKPILE_NO_WINDOW"] == "1"


def test_an_installed_program_prepares_nothing(tmp_path: Path, bare: Place):
    assert is_inside(Place(tmp_path, tmp_path / ".venv"))
    assert not is_inside(bare)
