"""The environment holds the locked packages whole, or is not trusted: with real pip and wheels."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from stockpile._bootstrap.environment import ensure, leave_qt_out
from stockpile._bootstrap.place import DEV_LOCK, RUN_LOCK, Place, wanted
from stockpile._bootstrap.tools import CannotPrepare
from tests.helpers.nightly import nightly

ROOT = Path(__file__).resolve().parents[3]
ENSURE = """
import sys
from pathlib import Path
from stockpile._bootstrap.environment import ensure
from stockpile._bootstrap.place import Place
ensure(Place(Path(sys.argv[1]), Path(sys.argv[1], ".venv")), tools=False)
"""


def holds(place: Place, module: str) -> bool:
    done = subprocess.run(
        [place.python, "-c", f"import {module}"], stderr=subprocess.DEVNULL, check=False
    )
    return done.returncode == 0


def a_start(place: Place) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", ENSURE, place.checkout],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def is_ready(place: Place, *, tools: bool = False) -> bool:
    return place.is_ready(wanted(place.checkout, tools=tools))


def test_the_first_start_installs_what_the_lock_holds_and_no_more(built: Place):
    assert is_ready(built)
    assert holds(built, "tinyarms")
    assert not holds(built, "tinytools")


def test_the_second_start_touches_nothing(prepared: Place, capsys: pytest.CaptureFixture[str]):
    before = [(path, path.stat().st_mtime_ns) for path in sorted(prepared.venv.rglob("*"))]
    ensure(prepared, tools=False)
    assert [(path, path.stat().st_mtime_ns) for path in sorted(prepared.venv.rglob("*"))] == before
    assert capsys.readouterr().err == ""


@nightly
def test_the_tools_are_added_to_the_same_environment(prepared: Place):
    (prepared.venv / "kept").touch()
    ensure(prepared, tools=True)
    assert is_ready(prepared, tools=True)
    assert holds(prepared, "tinyarms")
    assert holds(prepared, "tinytools")
    assert (prepared.venv / "kept").exists()


@nightly
def test_tools_that_were_broken_off_are_good_enough_to_run_and_rebuilt_for_a_test(prepared: Place):
    (prepared.venv / "half").touch()
    prepared.remember(dev="unfinished")
    assert is_ready(prepared)
    assert not is_ready(prepared, tools=True)
    ensure(prepared, tools=True)
    assert is_ready(prepared, tools=True)
    assert not (prepared.venv / "half").exists()


def test_a_package_that_was_exchanged_is_refused_and_what_stood_there_stands_again(
    prepared: Place, spoil: Callable[[Place], None]
):
    before = prepared.stamp.read_bytes()
    spoil(prepared)
    with pytest.raises(CannotPrepare, match="not the one that was reviewed"):
        ensure(prepared, tools=False)
    assert prepared.stamp.read_bytes() == before
    assert holds(prepared, "tinyarms")
    assert not prepared.venv.with_name(".venv-before").exists()


@nightly
def test_a_first_start_that_fails_leaves_no_environment(
    bare: Place, spoil: Callable[[Place], None]
):
    spoil(bare)
    with pytest.raises(CannotPrepare):
        ensure(bare, tools=False)
    assert not bare.venv.exists()


@nightly
def test_a_start_that_was_killed_is_begun_again_and_two_at_once_build_one(bare: Place):
    killed = a_start(bare)
    assert killed.stderr
    assert "preparing" in killed.stderr.readline()
    killed.kill()
    killed.wait()
    killed.stderr.close()
    assert not is_ready(bare)
    starts = [a_start(bare), a_start(bare)]
    said = "".join(start.communicate()[1] for start in starts)
    assert [start.returncode for start in starts] == [0, 0]
    assert said.count("stockpile: preparing") == 1
    assert is_ready(bare)
    assert holds(bare, "tinyarms")


@nightly
def test_a_machine_that_has_no_build_of_qt_gets_all_but_the_window(bare: Place):
    lock = bare.checkout / RUN_LOCK
    qt = f"pyside6-essentials==6.9.3 \\\n    --hash=sha256:{'0' * 64}\n"
    lock.write_text(qt + lock.read_text("utf-8"), "utf-8")
    ensure(bare, tools=False)
    assert is_ready(bare)
    assert holds(bare, "tinyarms")


def test_a_folder_that_is_not_ours_is_never_touched(bare: Place):
    bare.venv.mkdir()
    (bare.venv / "pyvenv.cfg").write_text("home = /usr/bin", "utf-8")
    with pytest.raises(CannotPrepare, match="was not made by this program"):
        ensure(bare, tools=False)
    assert (bare.venv / "pyvenv.cfg").read_text("utf-8") == "home = /usr/bin"


def pins(lock: str) -> set[str]:
    return set(re.findall(r"(?m)^([\w.-]+==\S+)", lock))


def test_without_qt_the_lock_loses_qt_and_its_hashes_alone():
    lock = (ROOT / RUN_LOCK).read_text("utf-8")
    left = leave_qt_out(lock)
    assert {pin.split("==")[0] for pin in pins(lock) - pins(left)} == {
        "pyside6-essentials",
        "shiboken6",
    }
    entries = re.split(r"(?m)^(?=[a-z])", lock)
    assert left == "".join(e for e in entries if not e.startswith(("pyside6", "shiboken6")))


def test_the_developers_lock_holds_all_of_the_programs_own():
    run, dev = (set((ROOT / lock).read_text("utf-8").splitlines()) for lock in (RUN_LOCK, DEV_LOCK))
    assert run - dev == set()
