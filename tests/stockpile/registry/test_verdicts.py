"""The rows of verdicts; what they mean is told in the contract of both databases."""

from __future__ import annotations

from pathlib import Path

from stockpile.domain import codec, mandates
from stockpile.domain.facts import Draft, EntryJudged, WeaponLost
from stockpile.registry import verdicts
from stockpile.registry.intake import checked
from stockpile.registry.rows import known_node
from tests.helpers import officers
from tests.helpers.sites import a_weapon

MIGRATIONS = Path(verdicts.__file__).parent / "migrations"


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


def test_the_kinds_of_office_are_all_asked_for_in_the_words_of_the_index():
    asked = " ".join(str(verdicts._OFFICES).split())
    for dialect in ("sqlite", "postgresql"):
        (file,) = (one for one in MIGRATIONS.glob(f"0004*.{dialect}.sql"))
        sql = " ".join(file.read_text().replace("(\n", "(").replace("\n)", ")").split())
        listed = sql.partition("WHERE kind IN (")[2].partition(")")[0].strip()
        assert f"kind IN ({listed})" in asked
    kinds = {one.strip(" '") for one in listed.split(",")}
    assert kinds == {kind for kind, body in codec.KINDS.items() if body in mandates.OFFICE_BODIES}
