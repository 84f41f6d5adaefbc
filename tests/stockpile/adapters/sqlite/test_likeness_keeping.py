"""An index that was read back and brought up to date is the one that the marks make."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stockpile.adapters.sqlite import likeness_keeping
from stockpile.adapters.sqlite.likeness_reading import LikenessOnRecord
from stockpile.domain.facts import Draft, Mark, WeaponCorrected, WeaponMerged, WeaponWithdrawn
from tests.helpers.books import desk
from tests.helpers.likenesses import caught_up, learnt_anew
from tests.helpers.nightly import examples

ROOT = Path(__file__).parents[4]
CHILD = "tests.stockpile.adapters.sqlite.keeping_child"
ACTS = ("register", "mark", "make", "place", "withdraw", "merge", "keep", "reopen")


def keep(depot):
    with depot.open().store.writing() as connection:
        LikenessOnRecord().keep(connection)


def agrees(depot):
    connection = depot.open().store.connection
    return caught_up(connection) == learnt_anew(connection)


def corrected(weapon, **said):
    return Draft(weapon.id, WeaponCorrected("misread", **said), weapon.heads.identity)


def act(depot, name, chance, held):
    """Do one thing to the books, and to a weapon drawn by chance."""
    if name == "keep":
        keep(depot)
    elif name == "reopen":
        depot.close()
    elif name == "register" or not held:
        serial = f"{chance.choice(['RA', '00', 'РА', ''])}{chance.randrange(9999):04}"
        held.append(depot.register_weapon(serial, make=chance.choice("ABC")).id)
    else:
        weapon = depot.books.weapon(chance.choice(held))
        depot.books.record([drafted(depot, name, chance, weapon)], by=None)


def drafted(depot, name, chance, weapon):
    if name == "mark":
        mark = Mark("serial", f"RB{chance.randrange(9999)}", is_identity=True)
        return corrected(weapon, marks=(mark,))
    if name == "merge":
        other = depot.register_weapon("RA1234")
        return Draft(weapon.id, WeaponMerged(other.id, "one weapon"), weapon.heads.identity)
    if name == "withdraw":
        return Draft(weapon.id, WeaponWithdrawn("twice"), weapon.heads.identity)
    return corrected(weapon, make=chance.choice("DEF")) if name == "make" else corrected(
        weapon, country="PE"
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_one_kept_and_caught_up_is_one_learnt_anew(tmp_path, seed):
    chance = random.Random(seed)
    held = []
    with desk(tmp_path / "home") as depot:
        depot.found()
        for _ in range(30):
            act(depot, chance.choice(ACTS), chance, held)
            assert agrees(depot)


def kept(depot):
    return likeness_keeping.read(depot.open().store.connection)


@pytest.fixture
def store(depot):
    depot.found()
    depot.register_weapon("RA44512")
    keep(depot)
    return depot.open().store


def test_only_what_the_index_knows_is_noted(depot, store):
    weapon = depot.register_weapon("RA44513")
    assert kept(depot).last == 1
    depot.books.record([corrected(weapon, calibre="9x19")], by=None)
    assert kept(depot).changed == ()
    first = depot.books.weapon(
        store.connection.execute("SELECT id FROM weapon WHERE row = 1").fetchone()[0]
    )
    depot.books.record([corrected(first, country="PE")], by=None)
    assert kept(depot).changed == ()
    depot.books.record([corrected(depot.books.weapon(first.id), calibre="9x19")], by=None)
    assert kept(depot) is None  # more than a fourth changed: there is but one
    assert agrees(depot)


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE likeness_part SET packed = substr(packed, 1, length(packed) - 1)",
        "UPDATE likeness_part SET packed = zeroblob(9)",
        "DELETE FROM likeness_part",
        "UPDATE likeness_kept SET last = 2",
        "UPDATE likeness_kept SET seal = x''",
        "UPDATE weapon SET id = 'of another register'",
    ],
)
def test_one_that_is_torn_or_foreign_is_not_read(depot, store, harm):
    assert kept(depot) is not None
    with store.writing() as connection:
        connection.execute(harm)
    assert kept(depot) is None
    assert agrees(depot)


def test_a_register_derived_anew_has_none(depot, store):
    depot.books.rebuild()
    assert kept(depot) is None


@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=64))
def test_no_bytes_are_taken_for_one(depot, raw):
    depot.found()
    with depot.open().store.writing() as connection:
        connection.execute("INSERT OR REPLACE INTO likeness_part VALUES (0, ?)", (raw,))
        connection.execute("INSERT INTO likeness_kept VALUES (0, ?)", (raw,))
    assert kept(depot) is None


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_kill_leaves_none_or_one_that_agrees(tmp_path):
    chance = random.Random(5)
    with desk(tmp_path / "home") as depot:
        depot.found()
        keep(depot)
        for _ in range(3):
            depot.close()
            with subprocess.Popen(
                [sys.executable, "-m", CHILD, str(depot.home)], stdout=subprocess.PIPE, cwd=ROOT,
                bufsize=0,
            ) as child:  # fmt: skip
                for _ in range(chance.randrange(1, 12)):
                    assert child.stdout.readline() == b"done\n"
                os.kill(child.pid, signal.SIGKILL)
            assert agrees(depot)
            assert depot.books.check(deep=True).weapons > 0
