from __future__ import annotations

from collections import Counter

from sqlalchemy import select

from stockpile.domain import wire
from stockpile.domain.conflicts import Conflict
from stockpile.domain.facts import Draft, TagBound
from stockpile.domain.values import Digest
from stockpile.registry import intake, raising
from stockpile.registry.tables import CONFLICT
from tests.helpers.sites import a_move, a_weapon


def send(registry, site):
    intake.take(registry.books, site.node, wire.squeeze(wire.pack(site.entries)))


def owners(registry):
    with registry.database.reading() as connection:
        return sorted(connection.execute(select(CONFLICT.c.owner)).scalars())


def test_what_an_owner_raises_takes_the_place_of_what_it_raised(registry):
    one, other = (Conflict(Digest(name * 64), "authority", (), ("about",)) for name in "ab")
    with registry.database.writing() as connection:
        raising.renew(connection, {"x": (one, other), "y": (one,)})
    assert owners(registry) == ["x", "x", "y"]
    with registry.database.writing() as connection:
        raising.renew(connection, {"x": (other,)})
    assert owners(registry) == ["x", "y"]
    with registry.database.writing() as connection:
        raising.renew(connection, {"x": (), "y": ()})
    assert owners(registry) == []


def test_how_many_are_open_is_kept_class_by_class(registry):
    kinds = {"a": "authority", "b": "authority", "c": "count_missing"}
    said = {one: Conflict(Digest(one * 64), kind, (), ("about",)) for one, kind in kinds.items()}

    def after(**found):
        with registry.database.writing() as connection:
            named = {owner: [said[name] for name in names] for owner, names in found.items()}
            raising.renew(connection, named)
            rows = connection.execute(select(CONFLICT.c.kind)).scalars().all()
            kept = raising.open_by_class(connection)
        assert kept == Counter(rows)
        return kept

    assert after(x="abc", y="a") == {"authority": 3, "count_missing": 1}
    assert after(x="b") == {"authority": 2}
    assert after(z="c", y="") == {"authority": 1, "count_missing": 1}
    assert after(x="", y="", z="") == {}


def test_conflicts_come_with_weapons_and_go_when_they_are_answered(registry, site):
    site.write(a_weapon("w1", serial="AB-1"), a_weapon("w2", serial="AB-1"))
    born = {fact.subject: fact.hash for fact in site.facts[-2:]}
    site.write(a_move("w1", "rack 2", born["w1"]), a_move("w1", "rack 3", born["w1"]))
    moves = tuple(fact.hash for fact in site.facts[-2:])
    send(registry, site)
    assert [one[:2] for one in owners(registry)] == ["d:", "w:"]
    site.write(Draft("w1", TagBound("T1")))
    send(registry, site)
    assert len(owners(registry)) == 2
    answered = a_move("w1", "rack 2", moves[0])
    site.write(Draft("w1", answered.body, moves))
    send(registry, site)
    assert [one[:2] for one in owners(registry)] == ["d:"]
    assert registry.books.conflicts()[0].weapons == ("w1", "w2")


def test_a_reference_is_what_its_facts_make_it(site):
    reference = raising.reference_of(site.node, site.facts[:1])
    assert reference.subject == site.node
    assert reference.standing
