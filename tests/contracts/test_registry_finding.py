from __future__ import annotations

from datetime import UTC, datetime

import pytest

from stockpile.domain.numbers import registry_number
from stockpile.domain.tags import matrix_payload
from stockpile.registry import finding
from stockpile.registry.filters import Filters
from tests.helpers.nations import HOSTILE, TAG, fill, found, weapon_id
from tests.helpers.sites import AT


@pytest.fixture
def nation(registry):
    made = found(registry)
    fill(made)
    return made


def hits(nation, said, **filters):
    with nation.registry.database.reading() as connection:
        return finding.search(connection, said, Filters(**filters)).hits


def listed(nation, after="", limit=50, **filters):
    with nation.registry.database.reading() as connection:
        return finding.listed(connection, Filters(**filters), after, limit)


def told(found):
    return [(one.line.weapon.id, one.why) for one in found]


def ids(page):
    return [one.weapon.id for one in page.lines]


def test_one_box_finds_a_weapon_by_whatever_was_read(nation):
    first, third, fourth = weapon_id(1), weapon_id(3), weapon_id(4)
    ways = {
        registry_number(first): [(first, "number")],
        str(first): [(first, "number")],
        TAG: [(first, "tag")],
        matrix_payload(TAG, "00000000"): [(first, "tag")],
        "UG26000001": [(first, "applied_mark")],
        "UG-26 000001": [(first, "applied_mark")],
        "BS-00017": [(third, "serial")],
        "85 OOO17": [(third, "serial_looks_alike")],
        "7729": [(fourth, "part")],
        "7?29A?": [(fourth, "part")],
        "7*AB": [(fourth, "part")],
        "LR-KLA-26-0001": [(third, "paper")],
        "wb/kla/26/0001": [(fourth, "paper")],
        "772SAB": [(fourth, "similar")],
        "pkm": [(weapon_id(7), "words")],
    }  # fmt: skip
    for said, expected in ways.items():
        assert told(hits(nation, said)) == expected, said
    assert hits(nation, "nothing like it 00") == ()
    assert hits(nation, "   ") == ()


def test_two_records_of_one_serial_are_both_found(nation):
    found = told(hits(nation, "KL48213"))
    assert [(one, "serial") for one in (weapon_id(1), weapon_id(6))] == sorted(found)[:2]


def test_what_only_resembles_is_looked_for_where_it_is_wanted(nation):
    with nation.registry.database.reading() as connection:
        narrow = finding.search(connection, "KL-48214", Filters()).hits
        wide = finding.search(connection, "KL-48214", Filters(), wide=True).hits
    assert [one.line.weapon.id for one in narrow] == [weapon_id(2)]
    assert wide[0].line.weapon.id == weapon_id(2)
    assert {weapon_id(1), weapon_id(6)} <= {one.line.weapon.id for one in wide}


def test_filters_narrow_a_search(nation):
    assert told(hits(nation, "KL48213", site="GUL"))[0] == (weapon_id(6), "serial")
    assert hits(nation, "UG26000001", site="GUL") == ()


def test_hostile_texts_are_words_like_any_other(nation):
    assert told(hits(nation, HOSTILE))[0] == (weapon_id(5), "serial")
    for said in ("' OR 1=1 --", "%", "_", "***", "?", "[", "\x00", "\ud7ff" * 500, '"* OR *"',
                 "a" * 5000, "(((((", "\\", "7\\%29"):  # fmt: skip
        assert isinstance(hits(nation, said), tuple), said


def test_lists_are_narrowed_by_what_a_weapon_is(nation):
    narrowed = {
        ("site", "GUL"): [2, 6, 7], ("status", "lost"): [3], ("status", "in_transit"): [4],
        ("type", "PST"): [4], ("make", "cz"): [4], ("model", "p.k.m"): [7],
        ("calibre", "7.62 X 54r"): [7], ("bears", "1"): [1],
        ("place", "Gulu barracks, store 1"): [6, 7],
        ("counted_in", "2026-09"): [1], ("lost_in", "2026-09"): [3, 7], ("lost_in", "1999-01"): [],
        ("lost_in", "2026-13"): [], ("destroyed_in", "never"): [1, 2, 3, 4, 5, 6, 7],
        ("site", "nowhere"): [], ("node", "x\x00"): [], ("site", "'--"): [],
    }  # fmt: skip
    for (name, value), expected in narrowed.items():
        kept = sorted(ids(listed(nation, **{name: value})))
        assert [one for one in kept if one != weapon_id(2)] == [
            weapon_id(one) for one in expected if one != 2
        ], (name, value)


def test_a_list_is_read_page_by_page_and_every_weapon_once(nation):
    whole, after = [], ""
    while True:
        page = listed(nation, after, 2)
        whole += ids(page)
        after = page.after
        if not after:
            break
    assert whole == [weapon_id(one) for one in range(1, 8)]


def test_what_happened_in_a_month_is_read_in_the_order_in_which_it_happened(nation):
    month = datetime.fromtimestamp(AT / 1000, UTC).strftime("%Y-%m")
    for narrowed in ({"recorded_in": month}, {"counted_from": month}, {"lost_in": month}):
        whole = listed(nation, **narrowed)
        read, after = [], ""
        while True:
            page = listed(nation, after, 1, **narrowed)
            read += page.lines
            after = page.after
            if not after:
                break
        assert tuple(read) == whole.lines, narrowed
        assert whole.lines, narrowed
    recorded = [one.weapon.recorded_at for one in listed(nation, recorded_in=month).lines]
    assert len(recorded) == 7
    assert recorded == sorted(recorded)


def test_any_word_is_a_place_to_begin_at(nation):
    for after in ("x", "1.", ".1", "9" * 40 + ".x", "\u0660.x", "-1.x"):
        listed(nation, after)
        listed(nation, after, recorded_in="2026-09")


def test_filters_are_read_from_an_address_and_say_themselves(nation):
    said = {"site": " KLA ", "q": "x", "unknown": "1", "status": ""}
    assert Filters.of(said).said == {"site": "KLA"}
