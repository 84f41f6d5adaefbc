"""The rows of verdicts; what they mean is told in the contract of both databases."""

from __future__ import annotations

from stockpile.domain.facts import Draft, EntryJudged, WeaponLost
from stockpile.registry import verdicts
from stockpile.registry.intake import checked
from stockpile.registry.rows import known_node
from tests.helpers import officers
from tests.helpers.sites import a_weapon


def take(registry, site):
    batch = tuple(checked(site.entries, site.node, site.keys.public_key))
    registry.books.take(site.node, batch)


def test_a_chain_says_who_is_in_office(registry, site):
    take(registry, site)
    with registry.database.reading() as connection:
        row = known_node(connection, site.node).row
        assert set(verdicts.roll_of(connection, row).officers) == {officers.FIRST, officers.SECOND}
        own = known_node(connection, registry.books.key.node).row
        assert not verdicts.roll_of(connection, own).officers


def test_only_a_change_of_what_was_decided_is_told(registry, site):
    site.write(a_weapon("w1"))
    site.by_one(Draft("w1", WeaponLost("stolen")))
    take(registry, site)
    (one,) = registry.books.unheeded()
    assert (one.number, one.shortfall.lack, one.judged) == (3, "one_officer", "")
    with registry.database.writing() as connection:
        assert verdicts.decided(connection, one.hash) is None
        assert verdicts.decided(connection, "\x00' OR 1 = 1") is None
    site.by_two(Draft(one.hash, EntryJudged(site.node, 3, accepted=True, reason="seen")))
    take(registry, site)
    assert [each.judged for each in registry.books.unheeded()] == ["accepted"]


def test_an_index_written_out_is_the_one_of_the_migration():
    named = {kind.strip(" '") for kind in verdicts._OFFICE_KINDS.split(",")}
    assert named <= set(verdicts.KINDS)
    assert len(named) == 6
