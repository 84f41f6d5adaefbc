"""A rifle is stolen at one depot and scanned at another: warned, taken back, closed for both."""

from __future__ import annotations

import pytest

from stockpile.domain.losses import Loss
from stockpile.domain.numbers import registry_number
from stockpile.registry import audit
from stockpile.services.people import Founding
from tests.helpers.house import PIN
from tests.helpers.joined import WHOLE, joined, sync

HERE = Founding("UG", "KLA", "Kampala Central", "A. Mbuyi", PIN)
THERE = Founding("UG", "GUL", "Gulu Depot", "B. Okello", PIN)
ABOVE = Founding("UG", "HQ", "Headquarters", "C. Acen", PIN)


@pytest.fixture
def depots(tmp_path, registry, line):
    """Two depots, each told of its own site."""
    built = [joined(tmp_path, registry, told) for told in (HERE, THERE)]
    yield built
    for one in built:
        one.stockpile.close()


@pytest.fixture
def headquarters(tmp_path, registry, line):
    """A node that is told the whole country."""
    built = joined(tmp_path, registry, ABOVE, WHOLE)
    yield built
    built.stockpile.close()


@pytest.fixture
def second(depots):
    here = depots[0]
    here.stockpile.people.appoint("S. Second", ("storekeeper",), PIN, by=here.officer)
    return here.stockpile.people.sign_in("S. Second", PIN)


def test_a_rifle_stolen_here_is_found_there_and_its_recovery_there_closes_it_here(
    depots, second, registry
):
    here, there = depots
    weapon, other = here.register("KB 4471902"), here.register("KB 4471903")
    _, number = here.stockpile.losses.report(
        [weapon, other], Loss("stolen", "", "lock forced"), by=here.officer, witness=second
    )
    assert here.stockpile.scanning.read("KB 4471902").alarm == "lost"  # before anybody is told
    assert here.stockpile.losses.unsent() == {number}
    sync(here)
    assert here.stockpile.losses.unsent() == frozenset()
    (report,) = here.stockpile.losses.open_reports()
    assert report.is_sent

    sync(there)
    (held,) = there.stockpile.hot_lists.held()
    assert held.weapons == 2
    assert there.stockpile.books.history(weapon) == ()  # it is told of its own site only
    for scanned, is_certain in (("kb4471902", False), (registry_number(weapon), True)):
        read = there.stockpile.scanning.read(scanned)
        assert (read.kind, read.alarm, read.is_certain) == ("unknown", "hot_list", is_certain)
    assert len(there.stockpile.hot_lists.waiting()) == 2  # no line is needed for the alarm

    sync(there)  # its record comes by itself
    assert there.stockpile.hot_lists.waiting() == ()
    assert there.stockpile.books.weapon(weapon) == here.stockpile.books.weapon(weapon)
    assert there.stockpile.books.history(other) == ()  # nobody found that one
    read = there.stockpile.scanning.read("KB 4471902")
    assert (read.alarm, read.is_certain) == ("lost", True)
    there.stockpile.losses.recover(
        [weapon], there.stockpile.people.site(), "handed in", where="market", by=there.officer
    )
    assert there.stockpile.scanning.read("KB 4471902").alarm == ""

    sync(there, here)
    (still,) = here.stockpile.losses.open_reports()
    assert [row.id for row in still.weapons] == [other]
    assert here.stockpile.scanning.read("KB 4471902").alarm == ""
    assert here.stockpile.hot_lists.held()[0].weapons == 1
    for depot in depots:
        depot.stockpile.checking.check(deep=True)
    with registry.books.reading() as connection:
        noted = [(line.act, line.about) for line in audit.lines(connection)]
    assert noted == [("find_told", f"{there.stockpile.keys.node} {registry_number(weapon)}")]


def test_where_no_line_reaches_a_file_of_headquarters_answers_a_find(
    depots, second, headquarters, tmp_path
):
    here, there = depots
    weapon, other = here.register("KB 4471902"), here.register("KB 4471903")
    here.stockpile.losses.report(
        [weapon, other], Loss("stolen", "", "lock forced"), by=here.officer, witness=second
    )
    sync(here, there, headquarters)
    assert there.stockpile.scanning.read("KB 4471902").alarm == "hot_list"
    file, receiver = tmp_path / "answer.courier", there.stockpile.keys.node
    headquarters.stockpile.couriers.pack(file, receiver, about=[weapon], by=headquarters.officer)
    there.stockpile.couriers.take(there.stockpile.couriers.open(file), by=there.officer)
    there.stockpile.losses.recover(
        [weapon], there.stockpile.people.site(), "handed in", where="market", by=there.officer
    )
    assert there.stockpile.books.weapon(weapon).status == "recovered"
    assert there.stockpile.books.history(other) == ()


def test_a_depot_that_knows_the_weapon_not_is_warned_all_the_same(depots, second):
    here, there = depots
    sync(there)
    weapon = here.register("KB 4471902")
    here.stockpile.losses.report(
        [weapon], Loss("stolen", "", "lock forced"), by=here.officer, witness=second
    )
    session = here.stockpile.exchange.session(by=here.officer)
    turn = session.first()
    for _step in ("hello", "tip", "told ahead"):
        turn = turn.say()()
    session.close()  # and the line was gone
    lost = there.stockpile.exchange.session(by=there.officer)
    turn = lost.first()
    for _step in ("hello", "proof", "tip", "hot list"):
        turn = turn.say()()
    lost.close()  # here too, before any entry came
    known = there.stockpile.scanning.read("KB 4471902")
    assert (known.kind, known.alarm, known.is_certain) == ("unknown", "hot_list", False)
    by_number = there.stockpile.scanning.read(registry_number(weapon))
    assert (by_number.kind, by_number.alarm, by_number.is_certain) == ("unknown", "hot_list", True)
