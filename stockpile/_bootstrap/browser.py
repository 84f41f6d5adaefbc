"""Find the browser that the tests look at the registry's pages with, or bring Debian's."""

from __future__ import annotations

import shutil
from collections.abc import Mapping

from stockpile._bootstrap.debian import apt_install
from stockpile._bootstrap.tools import say

VARIABLE = "STOCKPILE_TEST_CHROMIUM"
PROGRAMS = ("chromium-headless-shell", "chromium")
"""The same browser without its window and with it: the window takes half of what a test costs."""


def ensure_browser(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the variable by which the tests find a browser; none, with a sentence, without one.

    It is not unpacked for us alone: a browser without its package's settings is another program.
    """
    if environ.get(VARIABLE):
        return {VARIABLE: environ[VARIABLE]}
    found = browser_here()
    if not found and any(apt_install([one]) for one in PROGRAMS):
        found = browser_here()
    if found:
        return {VARIABLE: found}
    say(f"no Chromium found: name it in {VARIABLE}; tests of the registry's pages are skipped")
    return {}


def browser_here() -> str | None:
    """Return the browser of this machine: one without a window where there is one."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)
