"""What the registry's pages ask of the country, on either database."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import ConflictChanged, ConflictUnknown, WeaponUnknown
from stockpile.registry import dossiers, finding, movements, naming, settling, statistics
from stockpile.registry.filters import Filters
from stockpile.registry.web.exporting import table
from tests.helpers.nations import fill, found, weapon_id

TODAY, LATER = "2026-09-21", "2026-09-30"


@pytest.fixture
def nation(registry):
    made = found(registry)
    fill(made)
    return made


@pytest.fixture
def connection(nation):
    with nation.registry.database.reading() as opened:
        yield opened


def test_figures_count_what_lists_show(connection):
    for facet in ("status", "type", "calibre", "bears", "recorded_in", "marked_in", "lost_in"):
        for site in ("", "KLA", "GUL", "ARU", "nowhere"):
            for one in statistics.figures(connection, facet, site):
                held = {"held": "1"} if facet in statistics.OF_HELD else {}
                filters = Filters(site=site, **{facet: one.value}, **held)
                shown = finding.listed(connection, filters, "", 50).lines
                assert one.n == len(shown) == statistics.count_of(connection, filters), filters
    assert statistics.held(connection) == 7
    assert sum(one.n for one in statistics.by_site(connection)) == 7
    assert statistics.sites(connection) == ("ARU", "GUL", "KLA")
    assert statistics.calibre_words(connection, ["762X39"]) == {"762X39": "7.62x39"}


def test_no_figure_is_kept_of_two_things_at_once(connection):
    assert statistics.count_of(connection, Filters(type="RIF", bears="1", held="1")) is None
    assert statistics.count_of(connection, Filters(make="cz")) is None


def test_losses_are_read_from_the_last_told_on(connection):
    whole = movements.losses(connection, None, 50)
    assert [type(one.fact.body).__name__ for one in whole] == [
        "WeaponRecovered", "WeaponLost", "WeaponLost", "WeaponLost",
    ]  # fmt: skip
    assert [bool(one.lack) for one in whole] == [False, False, True, False]
    again = movements.losses(connection, whole[1].place, 50)
    assert again == whole[2:]


def test_the_hot_list_names_its_weapons(connection):
    (one,) = movements.hot(connection, "", 50)
    assert one.line.weapon.id == weapon_id(3)
    assert "BS 00017" in one.texts or "BS00017" in "".join(one.texts)
    assert movements.hot(connection, one.key, 50) == ()


def test_a_transfer_is_overdue_after_its_day(connection, nation):
    assert movements.transfers(connection, "overdue", TODAY, None, 50) == ()
    (one,) = movements.transfers(connection, "overdue", LATER, None, 50)
    assert (one.from_node, one.to_node) == (nation.kampala.node, nation.gulu.node)
    assert (one.missing, one.waybill.opened.number) == (1, "WB-KLA-26-0001")
    assert movements.overdue(connection, LATER) == 1
    assert movements.transfers(connection, "under_way", TODAY, (one.due, one.waybill.id), 50) == ()
    assert movements.transfer(connection, "wb-1") == one
    assert movements.transfer(connection, "none") is None


def test_a_file_holds_every_fact_with_its_place(connection, nation):
    file = dossiers.dossier(connection, weapon_id(1))
    assert len(file.events) == 5
    assert {one.position for one in file.events} <= set(
        range(1, nation.registry.books.head().size + 1)
    )
    assert [one.kind for one in file.conflicts] == ["possible_duplicate"]
    assert file.names.of("KLA-store") == "Kampala depot, store 1"
    alone = dossiers.dossier(connection, weapon_id(5))
    assert [one.is_heeded for one in alone.events] == [True, False]
    assert [one.kind for one in alone.conflicts] == ["authority"]
    forked = dossiers.dossier(connection, weapon_id(2))
    assert [one.contends for one in forked.events] == [False, True, True]
    with pytest.raises(WeaponUnknown):
        dossiers.dossier(connection, "none")


def test_the_room_shows_each_conflict_once(connection):
    assert settling.counts(connection) == {
        "authority": 1, "custody_fork": 1, "possible_duplicate": 1,
    }  # fmt: skip
    room = settling.room(connection)
    assert len(room.cards) == 3
    assert [one.since for one in room.cards] == sorted(one.since for one in room.cards)
    kinds = [one.conflict.kind for one in settling.room(connection, site="GUL").cards]
    assert kinds == ["possible_duplicate"] or set(kinds) == {"possible_duplicate", "custody_fork"}
    assert settling.room(connection, kind="mark_doubled").cards == ()


def test_a_choice_is_of_the_card_that_was_seen(connection):
    card = settling.room(connection, kind="custody_fork").cards[0]
    id_ = card.conflict.id
    assert settling.chosen(connection, id_, 2, card.version)[1] == card.choices[1]
    for number, version in ((0, card.version), (9, card.version), (1, "other")):
        with pytest.raises(ConflictChanged):
            settling.chosen(connection, id_, number, version)
    with pytest.raises(ConflictUnknown):
        settling.card(connection, "none\x00")


def test_names_are_those_of_nodes_places_and_officers(connection, nation):
    names = naming.names_of(connection, [nation.gulu.node, "GUL-store", "o-first", None, "x\x00"])
    assert names.of(nation.gulu.node) == "Gulu barracks"
    assert names.of("GUL-store") == "Gulu barracks, store 1"
    assert names.of("x\x00") == "x\x00"


def test_a_table_holds_every_weapon_of_the_list(nation):
    written = "".join(table(nation.registry.books, Filters(site="KLA"), "en"))
    assert written.count("\r\n") == 5
    assert "KL-48213" in written
