"""Choose what a command line asks for, prepare what that needs, and hand over to it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from stockpile._bootstrap.browser import ensure_browser
from stockpile._bootstrap.environment import ensure
from stockpile._bootstrap.place import RUN_LOCK, Place, place_for
from stockpile._bootstrap.server import ensure_server
from stockpile._bootstrap.tools import CannotPrepare, remedy, say
from stockpile._bootstrap.window import ensure_window

CHECKOUT = Path(__file__).resolve().parents[2]
OLDEST_PYTHON = (3, 11)
OUTSIDE_UNAVAILABLE = 3  # the command line's exit code for what the program cannot help
INTERRUPTED = 130


def main(argv: Sequence[str]) -> int:
    """Run one command line from a checkout; returns only when there was nothing to hand over to."""
    try:
        start(argv, place_for(CHECKOUT, os.environ))
    except CannotPrepare as reason:
        say(str(reason))
    except OSError as error:
        say(f"{error}\n{remedy(str(error))}")
    except KeyboardInterrupt:
        return INTERRUPTED
    else:
        return 0
    return OUTSIDE_UNAVAILABLE


def start(argv: Sequence[str], place: Place) -> None:
    """Prepare what the command line needs and hand over to it; `dev` prints the Python and ends."""
    too_old = complaint_about(sys.version_info[:2])
    if too_old:
        raise CannotPrepare(too_old)
    if is_inside(place):
        hand_over(sys.executable, argv, place, {})
    testing = list(argv[:1]) in (["test"], ["dev"])
    ensure(place, tools=testing)
    if testing or (not argv and has_screen(os.environ)):
        ensure_window(place)
    found = ensure_server(place, os.environ) if testing else {}
    found |= ensure_browser(os.environ) if testing else {}
    if list(argv[:1]) == ["dev"]:
        sys.stdout.write(f"{place.python}\n")
    else:
        hand_over(str(place.python), argv, place, found)


def complaint_about(version: tuple[int, ...]) -> str:
    """Return what is wrong with a Python, or nothing."""
    if version >= OLDEST_PYTHON:
        return ""
    needed, given = (".".join(map(str, numbers)) for numbers in (OLDEST_PYTHON, version))
    return f"Python {needed} or newer is needed; this is {given}."


def is_inside(place: Place) -> bool:
    """Say whether this very Python is the prepared one, or belongs to an installed program."""
    return Path(sys.prefix) == place.venv or not (place.checkout / RUN_LOCK).exists()


def has_screen(environ: Mapping[str, str]) -> bool:
    """Say whether a window could appear in front of somebody."""
    if environ.get("STOCKPILE_NO_WINDOW"):
        return False
    local = sys.platform in {"win32", "darwin"}
    return local or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def arguments_for(argv: Sequence[str], *, screen: bool) -> list[str]:
    """Return what Python is to run for a command line: a module and its arguments.

    Without a word it is the desktop, or where nobody could see that the whole job end to end.
    """
    if not argv:
        return ["ui"] if screen else ["stockpile.cli", "journey"]
    if argv[0] == "test":
        return ["pytest", "-q", *argv[1:]]
    return ["stockpile.cli", *argv]


def environment_for(
    place: Place, environ: Mapping[str, str], found: Mapping[str, str]
) -> dict[str, str]:
    """Return the program's variables: the caller's, with our code first and our libraries found."""
    known = place.known()
    paths = [str(place.checkout), environ.get("PYTHONPATH", "")]
    libraries = [known.get("libraries"), found.get("LD_LIBRARY_PATH")]
    libraries.append(environ.get("LD_LIBRARY_PATH"))
    env = {k: v for k, v in {**environ, **found}.items() if k != "PYTHONHOME"}
    env |= {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
    env |= {"PYTHONNOUSERSITE": "1", "PYTHONUTF8": "1"}
    if any(libraries):
        env["LD_LIBRARY_PATH"] = os.pathsep.join(filter(None, libraries))
    if known.get("libraries"):
        env.setdefault("FONTCONFIG_PATH", str(place.system / "qt/etc/fonts"))
    if known.get("window") == "missing":
        env["STOCKPILE_NO_WINDOW"] = "1"
    return env


def hand_over(python: str, argv: Sequence[str], place: Place, found: Mapping[str, str]) -> NoReturn:
    """Become the program where the system allows it, so that signals reach it; else await it."""
    env = environment_for(place, os.environ, found)
    screen = has_screen(env)
    if not argv and not screen:
        say("no screen here: the whole job is done end to end instead, on a practice depot")
    if list(argv[:1]) == ["test"]:
        env.setdefault("QT_QPA_PLATFORM", "offscreen")
        os.chdir(place.checkout)
    line = [python, "-m", *arguments_for(argv, screen=screen)]
    sys.stdout.flush()
    if sys.platform == "win32":
        sys.exit(subprocess.call(line, env=env))  # noqa: S603 - our own interpreter, no shell
    os.execve(line[0], line, env)  # noqa: S606 - there is no shell on purpose
