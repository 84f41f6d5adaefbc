"""Find a pip that can fill the environment: a ladder that ends on a bare Debian without root."""

from __future__ import annotations

import re
import sys

from stockpile._bootstrap.debian import apt_install, unpack
from stockpile._bootstrap.place import Place
from stockpile._bootstrap.tools import CannotPrepare, demand, run

OLDEST_PIP = (22, 3)  # the first that can fill another environment by --python


def pip_for(place: Place) -> list[str]:
    """Return the command of the first pip that there is; raises CannotPrepare when none can be."""
    for rung in (own_pip, host_pip, debian_pip, unpacked_pip):
        command = rung(place)
        if command:
            return command
    raise CannotPrepare(
        f"Python's venv support is missing. Run: sudo apt install {venv_package()} and repeat."
    )


def venv_package() -> str:
    """Name the Debian package that completes this Python's venv module."""
    return "python{}.{}-venv".format(*sys.version_info[:2])


def own_pip(place: Place) -> list[str]:
    """Return the environment's own pip, if it has one."""
    command = [str(place.python), "-m", "pip"]
    return [] if run([*command, "--version"]).returncode else command


def host_pip(place: Place) -> list[str]:
    """Return the pip of the Python that we run on, if it can fill another environment."""
    command = [sys.executable, "-m", "pip"]
    version = re.match(r"pip (\d+)\.(\d+)", run([*command, "--version"]).stdout)
    if not version or (int(version[1]), int(version[2])) < OLDEST_PIP:
        return []
    return [*command, "--python", str(place.python)]


def debian_pip(place: Place) -> list[str]:
    """Complete Python's venv module from Debian, where we may act as root, and use it."""
    if not apt_install([venv_package()]):
        return []
    demand(run([sys.executable, "-m", "venv", place.venv]))
    return own_pip(place)


def unpacked_pip(place: Place) -> list[str]:
    """Give the environment the pip of a Debian package that was unpacked for us alone."""
    folder = place.system / "pip"
    if not unpack(["python3-pip-whl"], folder):
        return []
    for wheel in (folder / "usr/share/python-wheels").glob("pip-*.whl"):
        demand(run([place.python, wheel / "pip", "install", "--no-index", wheel]))
    return own_pip(place)
