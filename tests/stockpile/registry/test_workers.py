from __future__ import annotations

import pickle
import subprocess
import sys

from stockpile.registry.service import Service
from stockpile.registry.workers import Worker
from tests.helpers.registries import ROOT


def test_a_worker_travels_to_its_process_as_the_operator_said_it():
    told = Worker(Service("postgresql://db/registry", workers=3, forwarded_by="192.0.2.1"))
    assert pickle.loads(pickle.dumps(told)) == told  # noqa: S301 - our own bytes


def test_many_processes_over_a_file_are_refused_in_one_line(tmp_path):
    command = [sys.executable, "-m", "stockpile.registry", "--workers", "2"]
    asked = [*command, "--database", str(tmp_path / "registry.db")]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines() == ["FieldUnreadable(field='workers', text='2')"]
