from __future__ import annotations

from stockpile.domain.facts import Draft, OfficerRetired, PlaceClosed
from stockpile.registry import naming
from tests.helpers import nations


def test_what_was_closed_or_left_keeps_the_name_that_it_had(registry):
    nation = nations.found(registry)
    opened = {fact.subject: fact.hash for fact in nation.kampala.facts}
    nation.kampala.by_two(
        Draft("KLA-store", PlaceClosed("flooded"), (opened["KLA-store"],)),
        Draft("o-second", OfficerRetired("left"), (opened["o-second"],)),
    )
    nation.send()
    with registry.database.reading() as connection:
        names = naming.names_of(connection, ["KLA-store", "o-second"])
        assert names.of("KLA-store") == "Kampala depot, store 1"
        assert names.of("o-second") == "o-second"
        assert naming.node_sites(connection)[nation.gulu.node] == ("Gulu barracks", "GUL")
        assert naming.places_called(connection, "Gulu barracks, store 1")[1:] == ["GUL-store"]


def test_how_a_node_stands_is_said_in_words_and_what_has_none_as_it_is():
    said = [naming.status_words(one) for one in ("enrolled", "quarantined", "revoked", "other")]
    assert said == ["Trusted", "Quarantine", "Revoked", "other"]
