from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys

import pytest
from uvicorn import Config
from uvicorn.supervisors import multiprocess

from stockpile.registry.service import Service
from stockpile.registry.workers import Watching, Worker
from tests.helpers.readied import ROOT


def test_a_worker_travels_to_its_process_as_the_operator_said_it():
    told = Worker(Service("postgresql://db/registry", workers=3, forwarded_by="192.0.2.1"))
    assert pickle.loads(pickle.dumps(told)) == told  # noqa: S301 - our own bytes


def test_many_processes_over_a_file_are_refused_in_one_line(tmp_path):
    command = [sys.executable, "-m", "stockpile.registry", "--workers", "2"]
    asked = [*command, "--database", str(tmp_path / "registry.db")]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    (said,) = done.stderr.splitlines()
    assert said.startswith("OneProcessOnly: 2 processes cannot share a SQLite file")


@pytest.fixture
def watching(monkeypatch):
    """Two processes, watched by this one, which keeps its own signals."""
    monkeypatch.setattr(multiprocess.signal, "signal", lambda *_told: None)
    made = Watching(Config("tests.helpers.never_ready:app", workers=2), [])
    made.init_processes()
    yield made
    for one in made.processes:
        one.process.kill()
        one.join()


def killed(process):
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    return process


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_who_is_asked_for_a_sign_of_life_and_dies_is_not_waited_for(watching):
    died = killed(watching.processes[0])
    assert died.parent_conn.poll()  # the end of the pipe: nobody is left to answer
    assert not died.ping(timeout=3600)
    watching.keep_subprocess_alive()
    brought = watching.processes[0]
    assert brought is not died
    assert killed(brought).parent_conn.poll()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_one_that_a_signal_brought_is_watched_as_the_others(watching):
    watching.handle_ttin()
    watching.keep_subprocess_alive()
    assert killed(watching.processes[2]).parent_conn.poll()
