"""The module that runs the command line."""

from __future__ import annotations

import subprocess

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
