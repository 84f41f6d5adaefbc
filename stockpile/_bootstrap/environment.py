"""Make the environment hold exactly the locked packages, whole or not at all."""

from __future__ import annotations

import re
import shutil
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from stockpile._bootstrap.pips import pip_for
from stockpile._bootstrap.place import DEV_LOCK, RUN_LOCK, Place, one_at_a_time, wanted
from stockpile._bootstrap.tools import CannotPrepare, demand, run, say


def ensure(place: Place, *, tools: bool) -> None:
    """Prepare the environment where that is needed; `tools` adds the developers' lock.

    Raises CannotPrepare with a sentence for the person. What stood there before stands there then.
    """
    want = wanted(place.checkout, tools=tools)
    if place.is_ready(want):
        return
    with one_at_a_time(place.venv):
        if place.is_ready(want):
            return
        began = time.monotonic()
        say(f"preparing {place.venv} (once; some minutes on a slow line)")
        prepare(place, want)
        say(f"ready after {time.monotonic() - began:.0f} s")


def prepare(place: Place, want: Mapping[str, str]) -> None:
    """Add only the tools where only they are missing; build afresh in every other case."""
    known = place.known()
    if known.get("run") == want["run"] and "dev" not in known:
        add_tools(place, want)
    else:
        build(place, want)


def add_tools(place: Place, want: Mapping[str, str]) -> None:
    """Add the developers' lock, a superset that leaves the program's own packages alone.

    Broken off, it leaves the word "unfinished": good enough to run, rebuilt for the next test.
    """
    place.remember(dev="unfinished")
    install(place, tools=True)
    place.remember(**want)


def build(place: Place, want: Mapping[str, str]) -> None:
    """Build the environment afresh; when that fails, put back what stood there before."""
    before = place.venv.with_name(place.venv.name + "-before")
    set_aside(place, before)
    try:
        begin(place)
        create(place)
        install(place, tools="dev" in want)
        place.remember(**want)
    except BaseException:
        shutil.rmtree(place.venv, ignore_errors=True)
        if before.exists():
            before.rename(place.venv)
        raise
    shutil.rmtree(before, ignore_errors=True)


def set_aside(place: Place, before: Path) -> None:
    """Clear the folder: keep a finished environment as a way back, never touch a stranger's."""
    if not place.venv.exists():
        return
    if not place.stamp.exists():
        raise CannotPrepare(
            f"{place.venv} was not made by this program. Remove it, or name another folder in "
            "STOCKPILE_VENV."
        )
    if place.known().get("run"):
        shutil.rmtree(before, ignore_errors=True)
        place.venv.rename(before)
    else:
        gone = place.venv.with_name(place.venv.name + "-gone")
        shutil.rmtree(gone, ignore_errors=True)
        place.venv.rename(gone)  # at once: half removed it would look like a stranger's
        shutil.rmtree(gone, ignore_errors=True)


def begin(place: Place) -> None:
    """Make the folder with its stamp in it at once: a kill leaves nothing like a stranger's."""
    fresh = place.venv.with_name(place.venv.name + "-new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    (fresh / place.stamp.name).write_text("{}", "utf-8")
    fresh.rename(place.venv)


def create(place: Place) -> None:
    """Create an empty environment, without pip where Debian took ensurepip out of Python."""
    if run([sys.executable, "-m", "venv", place.venv]).returncode:
        demand(run([sys.executable, "-m", "venv", "--without-pip", place.venv]))


def install(place: Place, *, tools: bool) -> None:
    """Install a lock by its hashes, from the wheels on board when there are any."""
    wheels = place.checkout / "packaging/wheelhouse"
    source = ["--no-index", "--find-links", wheels] if wheels.is_dir() else []
    quiet = [] if sys.stderr.isatty() else ["-q"]
    options = ["--disable-pip-version-check", "--no-input", "--require-hashes", *source]
    pip = [*pip_for(place), "install", *quiet, *options, "--only-binary", ":all:", "-r"]
    lock = place.checkout / (DEV_LOCK if tools else RUN_LOCK)
    done = run([*pip, lock], shown=True)
    if "No matching distribution found for pyside6" in done.stderr and not tools:
        say("Qt has no build for this machine: everything but the window is installed")
        without_qt = place.venv / "requirements-without-qt.txt"
        without_qt.write_text(leave_qt_out(lock.read_text("utf-8")), "utf-8")
        done = run([*pip, without_qt], shown=True)
    demand(done)


def leave_qt_out(lock: str) -> str:
    """Return the lock without Qt's own packages, for machines that have no build of them."""
    return re.sub(r"(?m)^(pyside6|shiboken6)[^\n]*\n(?: +[^\n]*\n)*", "", lock)
