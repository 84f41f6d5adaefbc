"""The module that runs the command line."""

from __future__ import annotations

import subprocess
import sys

from tests.helpers.commands import ENVIRONMENT, Shell


def test_it_runs_as_a_module(tmp_path):
    done = subprocess.run(
        Shell(tmp_path).command("check"),
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "stockpile init" in done.stderr
    assert "leaked" not in done.stderr, "a library complains of what was not let go at the end"


def test_what_was_loaded_is_not_searched_for_garbage_and_what_comes_later_is():
    program = """
import gc
from stockpile.cli import __main__ as line
loading = gc.isenabled()
line.main = lambda: print(loading, gc.isenabled(), gc.get_freeze_count() > 50_000)
line.run()
"""
    done = subprocess.run(
        [sys.executable, "-c", program], env=ENVIRONMENT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "True", "True"]
