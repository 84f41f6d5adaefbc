"""One rifle was written down twice, and leaves for another depot: its two histories go with it."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import WeaponUnknown
from stockpile.domain.facts import WeaponCorrected, WeaponReceived
from stockpile.services.people import Founding
from tests.helpers.house import PIN
from tests.helpers.joined import joined
from tests.helpers.neighbours import Depot
from tests.helpers.twins import written_down_twice

KAMPALA = Founding("UG", "KLA", "Kampala Central", "A. Mbuyi", PIN)
GULU = Founding("UG", "GUL", "Gulu Depot", "B. Okello", PIN)
LIRA = Founding("UG", "LIR", "Lira Depot", "D. Opio", PIN)


@pytest.fixture
def depots(tmp_path, registry, line):
    """Three depots, each told of its own site."""
    houses = [joined(tmp_path, registry, told) for told in (KAMPALA, GULU, LIRA)]
    yield [Depot(one, one.second) for one in houses]
    for one in houses:
        one.stockpile.close()


def hashes(depot, weapon):
    return {one.hash for one in depot.stockpile.books.history(weapon)}


def test_who_receives_a_weapon_reads_the_history_of_the_record_that_was_joined_to_it(
    depots, tmp_path
):
    kampala, gulu, lira = depots
    for one in (*depots, kampala):  # now each knows the others' places
        one.sync()
    kept, other = written_down_twice(kampala, "AK 1")
    kampala.sync()
    gulu.sync()
    with pytest.raises(WeaponUnknown):
        gulu.stockpile.dossiers.open(kept)  # it stays in Kampala so far: no business of theirs
    waybill = kampala.send([kept], gulu.site)
    for one in (kampala, gulu, lira):
        one.sync()

    file = gulu.stockpile.dossiers.open(kept)
    (beneath,) = file.joined
    assert beneath.weapon.id == other
    assert beneath.weapon.absorbed_into == kept
    assert any(isinstance(one.body, WeaponCorrected) for one in beneath.facts)
    for weapon in (kept, other):
        assert hashes(gulu, weapon) == hashes(kampala, weapon)
        assert hashes(lira, weapon) == set()
    told = kampala.stockpile.dossiers.open(kept).joined
    assert [one.facts for one in told] == [beneath.facts]
    drawn = gulu.stockpile.dossiers.print(kept, tmp_path / "dossier.pdf", by=gulu.by)
    assert drawn.file.read_bytes().startswith(b"%PDF")
    assert gulu.stockpile.conflict_room.shown().cards == ()

    # It is taken over there as the one rifle that it is, and what is said of it comes back.
    came = gulu.check_in(waybill, "AK 1")
    assert came.receipt.received == (kept,)
    for one in (gulu, kampala):
        one.sync()
        one.stockpile.checking.check(deep=True)
    newest = kampala.stockpile.dossiers.open(kept).life.facts[-1]
    assert isinstance(newest.body, WeaponReceived)
    assert newest.node == gulu.node
