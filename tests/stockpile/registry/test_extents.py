from __future__ import annotations

from sqlalchemy import select, update

from stockpile.domain.facts import Draft, TagBound
from stockpile.registry.database import fill
from stockpile.registry.extents import Extent, extents_of
from stockpile.registry.tables import EV, UNHEEDED
from tests.helpers.sites import a_weapon
from tests.stockpile.registry.test_steps import a_verdict, send


def test_it_tells_how_many_facts_are_heeded_and_which_are_not(registry, site):
    site.write(a_weapon("w1"), a_weapon("w2"))
    site.write(Draft("w1", TagBound("T1")), Draft("w1", TagBound("T2")))
    send(registry, site)
    with registry.database.writing() as connection:
        asked = lambda: extents_of(connection, ("w1", "w2", "w3"))  # noqa: E731
        assert asked() == {"w1": Extent(3), "w2": Extent(1), "w3": Extent()}
        places = select(EV.c.pos).where(EV.c.subj == "w1").order_by(EV.c.pos.desc())
        pos = connection.execute(places).scalars().first()
        fill(connection, UNHEEDED, [a_verdict(pos)])
        assert asked()["w1"] == Extent(1, frozenset({(pos, "revoked", 2)}))
        connection.execute(update(UNHEEDED).values(judged="accepted"))
        assert asked()["w1"] == Extent(3)
        connection.rollback()


def test_of_nothing_nothing_is_asked(registry):
    assert extents_of(None, ()) == {}


def test_one_that_holds_more_heeded_facts_differs_by_their_number():
    unheeded = frozenset({(7, "office", 1)})
    assert Extent(2, unheeded).with_more(3) == Extent(5, unheeded)
