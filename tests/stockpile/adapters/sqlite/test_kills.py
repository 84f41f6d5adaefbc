"""kill -9 while writing: what was acknowledged is there, and everything agrees."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.books import Desk

ROUNDS = 15
CHILD = "tests.stockpile.adapters.sqlite.writing_child"
ROOT = Path(__file__).parents[4]


@pytest.fixture
def depot(tmp_path):
    one = Desk(tmp_path / "home")
    one.found()
    one.close()
    yield one
    one.close()


@pytest.fixture
def child(depot):
    with subprocess.Popen(
        [sys.executable, "-m", CHILD, str(depot.home)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, bufsize=0,
    ) as one:  # fmt: skip
        yield one
        one.stdin.close()


def acknowledged_before_the_kill(child, acts: int, turns: int) -> int:
    """Let a writer acknowledge so many acts, and kill it in the midst of the next ones."""
    child.stdin.write(b"go\n")
    writer = int(child.stdout.readline())
    last = 0
    for _ in range(acts):
        last = int(child.stdout.readline())
    # How far it gets meanwhile is left to the machine: the turns take a different while each time.
    sum(hash(str(one)) for one in range(turns))
    os.kill(writer, signal.SIGKILL)
    while (line := child.stdout.readline()) != b"dead\n":
        last = int(line)
    return last


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_no_acknowledged_act_is_lost_to_a_kill(depot, child):
    chance = random.Random(11)
    for _ in range(ROUNDS):
        said = acknowledged_before_the_kill(
            child, chance.randrange(1, 9), chance.randrange(1, 60_000)
        )
        assert depot.books.tip().number >= said
        assert depot.books.check(deep=True).entries == depot.books.tip().number
        depot.close()
    assert depot.books.tip().number > 2 * ROUNDS
