from __future__ import annotations

import pytest

from stockpile.registry import settling
from tests.helpers import nations
from tests.helpers.nations import registered, weapon_id
from tests.helpers.sites import a_move


@pytest.fixture
def nation(registry):
    made = nations.found(registry)
    nations.fill(made)
    return made


def listed(nation, site):
    with nation.registry.database.reading() as connection:
        return sorted(one.conflict.kind for one in settling.room(connection, site=site).cards)


def test_a_site_has_a_part_in_what_it_keeps_and_in_what_it_wrote(nation):
    """Arua moved a weapon that Gulu moved too: whoever keeps it, both have to say which is so."""
    assert "custody_fork" in listed(nation, "ARU")
    assert "custody_fork" in listed(nation, "GUL")
    assert "authority" in listed(nation, "KLA")
    assert "authority" not in listed(nation, "ARU")
    assert listed(nation, "nobody's") == []


def test_of_a_site_s_it_is_read_on_until_some_are_found(nation, monkeypatch):
    for at in range(20, 32, 2):
        nation.kampala.write(registered(at, f"S-{at}"), registered(at + 1, f"S-{at}"))
    nation.arua.write(registered(50, "ARU-1", store="ARU-store"))
    head = nation.arua.facts[-1].hash
    nation.arua.write(a_move(weapon_id(50), "ARU-store", head))
    nation.send()
    whole = listed(nation, "ARU")
    monkeypatch.setattr(settling, "MOST_SORTED", 1)
    with nation.registry.database.reading() as connection:
        page = settling.room(connection, site="ARU", limit=len(whole))
        assert sorted(one.conflict.kind for one in page.cards) == whole
        monkeypatch.setattr(settling, "MOST_PORTIONS", 1)
        seen, after = [], ""
        for _page in range(30):  # short and empty pages still lead on, to the end
            page = settling.room(connection, site="ARU", after=after)
            seen += [one.conflict.kind for one in page.cards]
            after = page.after
            if not after:
                break
    assert (sorted(seen), after) == (whole, "")
