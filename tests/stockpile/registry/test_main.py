from __future__ import annotations

import signal
import subprocess
import sys

import httpx
import pytest

from stockpile.domain import wire
from stockpile.domain.errors import FieldUnreadable
from stockpile.domain.exchange import Hello
from stockpile.registry.opening import opened_books
from tests.helpers.readied import ROOT
from tests.helpers.registries import own_process


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without asking it")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_listens_and_stops_when_told(tmp_path, number):
    with own_process(str(tmp_path / "registry.db"), anew=True) as (running, url):
        said = httpx.get(f"{url}/v1/hello", trust_env=False)
        assert wire.decode(said.content, Hello).log_size == 1
        running.send_signal(number)
        assert running.wait() == 0


def test_an_expected_error_is_one_line():
    command = [sys.executable, "-m", "stockpile.registry", "--database", "mysql://x/y"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    (said,) = done.stderr.splitlines()
    assert said.startswith("DatabaseUnreadable: mysql://x/y is no database of a registry.")


def test_no_password_of_a_database_is_shown():
    for url in ("mysql://clerk:hunter2@db/x", "postgresql://clerk:hunter2@db:port/x"):
        with pytest.raises(FieldUnreadable) as refused, opened_books(url):
            pass
        assert "hunter2" not in str(refused.value)
