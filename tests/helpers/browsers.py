"""A real Chromium for the registry's pages, started once a run.

A missing browser is a skip with its reason; where a server is demanded it is a failure.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.helpers.postgres import is_required

_ARGUMENTS = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()


def program() -> str | None:
    """Return the browser: the one named, else Debian's."""
    return os.environ.get("STOCKPILE_TEST_CHROMIUM") or shutil.which("chromium")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a browser without a window, and close it afterwards."""
    found = program()
    if found is None:
        if is_required():
            pytest.fail("no Chromium here, and this run must have one")
        pytest.skip("no Chromium here (set STOCKPILE_TEST_CHROMIUM)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[*_ARGUMENTS])
        try:
            yield browser
        finally:
            browser.close()
