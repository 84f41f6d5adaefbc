"""kill -9 while single facts come in: what was taken is there, nothing is half, the rest comes."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from stockpile.domain import codec, excerpts, wire
from stockpile.domain.facts import Draft, PlaceOpened
from tests.helpers.books import desk
from tests.helpers.sites import Site, a_move, a_weapon

ROUNDS = 6
ENTRIES = 120
CHILD = "tests.stockpile.adapters.sqlite.taking_child"
ROOT = Path(__file__).parents[4]


@pytest.fixture
def site():
    """Another node: each entry registers two weapons, and some of them are moved."""
    made = Site()
    made.found_with_officers()
    made.write(Draft("p", PlaceOpened("Armoury")))
    for number in range(ENTRIES):
        made.write(a_weapon(f"a{number}", f"KB {number}"), a_weapon(f"b{number}", f"KC {number}"))
        if not number % 3:
            made.write(a_move(f"a{number}", "p", made.facts[-2].hash))
    return made


@pytest.fixture
def told(site):
    """What a depot is told of it: of each entry the weapons named a."""
    found = []
    for entry in site.entries:
        facts = [codec.decode(raw) for raw in entry.facts]
        at = [place for place, fact in enumerate(facts) if fact.subject.startswith("a")]
        found += [excerpts.excerpt_of(entry, at)] if at else []
    return found


@pytest.fixture
def depot(tmp_path, site):
    with desk(tmp_path / "home") as one:
        one.books.trust(site.node, site.keys.public_key)
        one.close()
        yield one


@pytest.fixture
def child(depot, tmp_path, told):
    file = tmp_path / "told"
    file.write_bytes(b"".join(map(wire.pack_excerpt, told)))
    with subprocess.Popen(
        [sys.executable, "-m", CHILD, str(depot.home), str(file)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, bufsize=0,
    ) as one:  # fmt: skip
        yield one
        one.stdin.close()


def taken_before_the_kill(child, least: int, turns: int) -> int:
    """Let a taker take so many excerpts, and kill it in the midst of the next ones."""
    child.stdin.write(b"go\n")
    taker = int(child.stdout.readline())
    last = 0
    while last < least:
        last = int(child.stdout.readline())
    # How far it gets meanwhile is left to the machine: the turns take a different while each time.
    sum(hash(str(one)) for one in range(turns))
    os.kill(taker, signal.SIGKILL)
    while (line := child.stdout.readline()) != b"dead\n":
        last = int(line)
    return last


def held(depot, excerpt):
    """How many of an excerpt's facts the books tell."""
    said = [codec.decode(part.raw) for part in excerpt.parts]
    return sum(one.hash in {each.hash for each in depot.books.history(one.subject)} for one in said)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_no_taken_fact_is_lost_to_a_kill_and_none_is_half_there(depot, child, told, site):
    chance = random.Random(7)
    for nth in range(1, ROUNDS + 1):
        least = nth * len(told) // (ROUNDS + 1)
        said = taken_before_the_kill(child, least, chance.randrange(1, 60_000))
        counts = [(held(depot, one), len(one.parts)) for one in told]
        assert all(have == whole for have, whole in counts[:said])
        assert all(have in (0, whole) for have, whole in counts)
        depot.books.check(deep=True)
        depot.close()
    depot.books.receive_excerpts(told)
    assert all(held(depot, one) == len(one.parts) for one in told)
    assert depot.books.history("b1") == ()
    depot.books.receive(site.entries)  # the whole chain takes their place
    assert depot.books.history("b1") != ()
    depot.books.check(deep=True)
