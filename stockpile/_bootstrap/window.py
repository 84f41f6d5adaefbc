"""Make sure once that Qt starts here, and bring the system libraries that it lacks."""

from __future__ import annotations

from stockpile._bootstrap.debian import apt_install, libraries_in, unpack
from stockpile._bootstrap.place import Place
from stockpile._bootstrap.tools import run, say

# What Qt's own wheels load from a Linux system, for the offscreen, X11 and Wayland platforms.
QT_PACKAGES = (
    "libegl1",
    "libgl1",
    "libopengl0",
    "libglib2.0-0",
    "libdbus-1-3",
    "libfontconfig1",
    "libxkbcommon0",
    "libxkbcommon-x11-0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-sync1",
    "libxcb-xfixes0",
    "libxcb-xkb1",
    "libwayland-client0",
    "libwayland-cursor0",
    "libwayland-egl1",
)

LACKS_LIBRARY = "cannot open shared object"

# The platform of a real screen is only loaded: it would want the screen in order to start.
PROBE = """
import ctypes, pathlib, sys
from PySide6 import QtCore, QtGui, QtSvg, QtWidgets
QtWidgets.QApplication(["probe", "-platform", "offscreen"])
plugins = pathlib.Path(QtCore.QLibraryInfo.path(QtCore.QLibraryInfo.LibraryPath.PluginsPath))
if sys.platform == "linux":
    ctypes.CDLL(str(plugins / "platforms" / "libqxcb.so"))
"""


def ensure_window(place: Place) -> bool:
    """Say whether Qt starts; a Linux system that lacks its libraries is mended, once.

    The answer is remembered in the stamp. A "no" is asked again at each start, since the person
    may have followed the advice meanwhile.
    """
    known = place.known()
    if known.get("window") == "works":
        return True
    reason = why_not(place, known.get("libraries", ""))
    if LACKS_LIBRARY in reason and "window" not in known:
        reason = mend(place, reason)
    place.remember(window="missing" if reason else "works")
    if reason:
        say(f"no window can be opened here: {reason}")
    if LACKS_LIBRARY in reason:
        say(f"to have one, run: sudo apt install {' '.join(QT_PACKAGES)}")
    return not reason


def mend(place: Place, reason: str) -> str:
    """Bring the libraries for the machine or for us alone; return why Qt still does not start."""
    say(f"Qt needs system libraries ({reason})")
    if apt_install(QT_PACKAGES):
        return why_not(place, "")
    if not unpack(QT_PACKAGES, place.system / "qt"):
        return reason
    libraries = libraries_in(place.system / "qt")
    place.remember(libraries=libraries)
    return why_not(place, libraries)


def why_not(place: Place, libraries: str) -> str:
    """Start Qt once in a child; return its last words, or nothing when it works."""
    path = ["env", f"LD_LIBRARY_PATH={libraries}"] if libraries else []
    done = run([*path, place.python, "-c", PROBE])
    words = done.stderr.strip().splitlines() or [f"exit {done.returncode}"]
    return words[-1] if done.returncode else ""
