"""Find the browser that the tests look at the registry's pages with, or bring Debian's."""

from __future__ import annotations

import shutil
from collections.abc import Mapping

from stockpile._bootstrap.debian import apt_install
from stockpile._bootstrap.tools import say

VARIABLE = "STOCKPILE_TEST_CHROMIUM"
PROGRAM = "chromium"


def ensure_browser(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the variable by which the tests find a browser; none, with a sentence, without one.

    It is not unpacked for us alone: a browser without its package's settings is another program.
    """
    if environ.get(VARIABLE):
        return {VARIABLE: environ[VARIABLE]}
    found = shutil.which(PROGRAM)
    if not found and apt_install([PROGRAM]):
        found = shutil.which(PROGRAM)
    if found:
        return {VARIABLE: found}
    say(f"no Chromium found: name it in {VARIABLE}; tests of the registry's pages are skipped")
    return {}
