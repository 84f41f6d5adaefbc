"""Where a checkout's private environment lies, what is known about it, and its lock."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import sysconfig
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from stockpile._bootstrap.tools import say

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

RUN_LOCK = Path("packaging/requirements.txt")
DEV_LOCK = Path("packaging/requirements-dev.txt")


@dataclass(frozen=True)
class Place:
    """A checkout, the folder of its environment, and what earlier starts found out about it."""

    checkout: Path
    venv: Path

    @property
    def python(self) -> Path:
        """The environment's interpreter."""
        return self.venv / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")

    @property
    def stamp(self) -> Path:
        """The file that marks the folder as ours and tells what it holds."""
        return self.venv / ".stockpile.json"

    @property
    def system(self) -> Path:
        """System packages unpacked for us alone, each set in a folder of its own."""
        return self.venv.with_name(self.venv.name + "-system")

    def known(self) -> dict[str, str]:
        """Return the stamp's facts; none when it is missing, torn or its interpreter is gone."""
        if not self.python.exists():
            return {}
        try:
            return dict(json.loads(self.stamp.read_text("utf-8")))
        except (OSError, ValueError):
            return {}

    def remember(self, **facts: str) -> None:
        """Add facts to the stamp in one step, or not at all where this user may not write."""
        if os.access(self.venv, os.W_OK):
            fresh = self.stamp.with_suffix(".new")
            fresh.write_text(json.dumps({**self.known(), **facts}), "utf-8")
            fresh.replace(self.stamp)

    def is_ready(self, want: Mapping[str, str]) -> bool:
        """Say whether the environment holds exactly the locked packages."""
        known = self.known()
        return all(known.get(kind) == digest for kind, digest in want.items())


def place_for(checkout: Path, environ: Mapping[str, str]) -> Place:
    """Choose the environment's folder: the caller's, else the checkout's, else the user's cache."""
    if environ.get("STOCKPILE_VENV"):
        return Place(checkout, Path(environ["STOCKPILE_VENV"]).absolute())
    beside = Place(checkout, checkout / ".venv")
    prepared = beside.known() and beside.is_ready(wanted(checkout, tools=False))
    if prepared or os.access(checkout, os.W_OK):
        return beside
    cache = Path(environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    name = hashlib.sha256(os.fsencode(checkout)).hexdigest()[:12]
    return Place(checkout, cache / "stockpile" / f"venv-{name}")


def wanted(checkout: Path, *, tools: bool) -> dict[str, str]:
    """Return what the stamp must say: each lock's digest, bound to this Python's ABI and platform.

    Not to its patch release: a security update of Python must not cost an offline depot its
    program. Raises FileNotFoundError where the checkout has no locks.
    """
    locks = {"run": RUN_LOCK, "dev": DEV_LOCK} if tools else {"run": RUN_LOCK}
    abi = sysconfig.get_config_var("SOABI") or sys.implementation.cache_tag
    build = f"{abi} {sys.version_info[:2]} {sysconfig.get_platform()}".encode()
    return {
        kind: hashlib.sha256((checkout / lock).read_bytes() + build).hexdigest()
        for kind, lock in locks.items()
    }


@contextlib.contextmanager
def one_at_a_time(venv: Path) -> Iterator[None]:
    """Hold the environment's lock, waiting for another start to finish with it first."""
    venv.parent.mkdir(parents=True, exist_ok=True)
    with venv.with_name(venv.name + ".lock").open("a+b") as held:
        os.set_inheritable(held.fileno(), True)  # noqa: FBT003 - its only form
        if not took(held.fileno()):
            say("another start is preparing the environment; waiting for it")
            while not took(held.fileno()):
                time.sleep(0.2)
        yield


def took(descriptor: int) -> bool:
    """Try to lock an open file for this process and the tools it starts."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
