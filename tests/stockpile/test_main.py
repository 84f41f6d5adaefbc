"""The front door as a person uses it: real processes, from a checkout of the ground floor alone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from stockpile._bootstrap.environment import ensure
from stockpile._bootstrap.place import Place

ROOT = Path(__file__).resolve().parents[2]
# What a person's terminal has not got, though that of these tests may.
OURS = {
    *("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "PYTHONPATH"),
    *("STOCKPILE_VENV", "STOCKPILE_NO_WINDOW"),
}
# Stands where the command line, the desktop and pytest stand, and tells how it was called.
WITNESS = """
import json, os, sys
print(json.dumps({
    "module": __spec__.name, "argv": sys.argv[1:], "prefix": sys.prefix, "pid": os.getpid(),
    "cwd": os.getcwd(), "platform": os.environ.get("QT_QPA_PLATFORM"), "path": sys.path[1],
}))
sys.exit(7)
"""


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Place:
    folder = tmp_path_factory.mktemp("door") / "clone"
    for name in ("stockpile/_bootstrap", "packaging/wheelhouse", "ui"):
        (folder / name).mkdir(parents=True)
    for module in (ROOT / "stockpile/_bootstrap").glob("*.py"):
        shutil.copy(module, folder / "stockpile/_bootstrap")
    for module in (ROOT / "stockpile").glob("__*__.py"):
        shutil.copy(module, folder / "stockpile")
    (folder / "ui/__init__.py").touch()
    for witness in ("stockpile/cli.py", "ui/__main__.py", "pytest.py"):
        (folder / witness).write_text(WITNESS, "utf-8")
    for lock in ("requirements.txt", "requirements-dev.txt"):
        (folder / "packaging" / lock).write_text("# needs nothing\n", "utf-8")
    place = Place(folder, folder / ".venv")
    ensure(place, tools=True)
    return place


def run(place: Place, *argv: str, python: str = sys.executable, **variables: str):
    env = {name: value for name, value in os.environ.items() if name not in OURS}
    process = subprocess.Popen(
        [python, "-m", "stockpile", *argv],
        cwd=place.checkout,
        env={**env, "STOCKPILE_TEST_PG_BIN": "/usr/bin", **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    out, err = process.communicate()
    return process, out, err


def told(out: str) -> dict[str, object]:
    return json.loads(out)


def test_a_command_goes_to_the_command_line_in_the_private_environment(clone: Place):
    process, out, _ = run(clone, "find", "AK 47", "--json")
    told_us = told(out)
    assert told_us["module"] == "stockpile.cli"
    assert told_us["argv"] == ["find", "AK 47", "--json"]
    assert told_us["prefix"] == str(clone.venv)
    assert process.returncode == 7


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot replace a running program")
def test_the_program_takes_the_place_of_its_starter_so_signals_reach_it(clone: Place):
    process, out, _ = run(clone, "sync")
    assert told(out)["pid"] == process.pid


@pytest.mark.skipif(os.name == "nt", reason="Windows always has a screen")
def test_without_a_screen_the_whole_job_is_done_instead(clone: Place):
    _, out, err = run(clone)
    assert (told(out)["module"], told(out)["argv"]) == ("stockpile.cli", ["journey"])
    assert "no screen" in err


def test_with_a_screen_it_is_the_desktop(clone: Place):
    clone.remember(window="works")
    _, out, err = run(clone, DISPLAY=":0")
    assert told(out)["module"] == "ui.__main__"
    assert err == ""


def test_the_tests_run_in_the_checkout_and_offscreen(clone: Place):
    _, out, _ = run(clone, "test", "-k", "marks")
    told_us = told(out)
    assert told_us["argv"] == ["-q", "-k", "marks"]
    assert (told_us["cwd"], told_us["platform"]) == (str(clone.checkout), "offscreen")
    assert told_us["module"] == "pytest"


def test_dev_prints_the_python_and_nothing_else(clone: Place):
    process, out, _ = run(clone, "dev")
    assert (process.returncode, out) == (0, f"{clone.python}\n")


def test_inside_the_environment_nothing_is_prepared(clone: Place):
    lock = clone.checkout / "packaging/requirements.txt"
    lock.write_text("# changed meanwhile\n", "utf-8")
    _, out, err = run(clone, "find", "x", python=str(clone.python))
    lock.write_text("# needs nothing\n", "utf-8")
    assert told(out)["argv"] == ["find", "x"]
    assert err == ""


def test_what_cannot_be_prepared_is_said_in_a_sentence(tmp_path: Path, clone: Place):
    folder = tmp_path / "clone"
    shutil.copytree(clone.checkout, folder, symlinks=True, ignore=shutil.ignore_patterns(".venv"))
    with zipfile.ZipFile(folder / ".venv", "w"):
        pass  # a file where the environment should lie
    process, out, err = run(Place(folder, folder / ".venv"), "find", "x")
    assert (process.returncode, out) == (3, "")
    assert "Traceback" not in err
    assert "STOCKPILE_VENV" in err
