"""Filters: everything said must be so, and the text beside them is part of a mark or a word."""

from __future__ import annotations

import pytest

from stockpile.adapters.sqlite import folding
from stockpile.domain.facts import (
    Draft,
    Mark,
    MarkReadBack,
    Photo,
    PhotoAdded,
    PlaceOpened,
    Source,
    WeaponLost,
    WeaponWithdrawn,
)
from stockpile.domain.values import OfficerId
from stockpile.services.ports import RegisterFilter
from tests.helpers.books import desk, key_of, registration

SITE, RACK = "site", "rack"


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    """A handful of weapons that differ in everything; only read by its tests."""
    with desk(tmp_path_factory.mktemp("masks") / "home") as one:
        places = [
            Draft(SITE, PlaceOpened("Depot")),
            Draft(RACK, PlaceOpened("Rack 7", "rack", SITE)),
        ]
        one.books.record(places, by=None)
        source = Source(key_of("list"), 3, key_of("row"))
        a = one.register_weapon("KB 4471902", place=RACK, make="Taurus", country="BR", year="1999")
        b = one.register_weapon("KB 55", place=SITE, make="TAURUS", model="PT-92", source=source)
        c = one.register_weapon("", type="pistol", make="FN", condition="repairable")
        d = one.register_weapon("XX9", calibre=".38 SPL", make="")
        e = one.register_weapon("YY9", make="gone")
        one.books.record([registration(one.id(), "OFF1", make="Colt")], by=OfficerId("o1"))
        one.books.record(
            [
                Draft(a.id, MarkReadBack("KB 4471902", "KB4471902")),
                Draft(b.id, MarkReadBack("KB 55", "KB 56")),
                Draft(c.id, PhotoAdded(Photo(key_of("photo")))),
                Draft(d.id, WeaponLost("lost"), d.heads.custody),
                Draft(e.id, WeaponWithdrawn("twice"), e.heads.custody),
            ],
            by=None,
        )
        one.weapons = {"A": a, "B": b, "C": c, "D": d, "E": e}
        yield one


def found(depot, **said):
    rows = depot.register.page("recorded", 0, 99, RegisterFilter(**said))
    names = {weapon.id: name for name, weapon in depot.weapons.items()}
    assert depot.register.count(RegisterFilter(**said)) == len(rows)
    return "".join(names.get(row.id, "O") for row in rows)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, "ABCDO"),
        ({"make": "taurus"}, "AB"),
        ({"make": "Taurus", "model": "pt92"}, "B"),
        ({"type": "PISTOL"}, "C"),
        ({"calibre": "38spl"}, "D"),
        ({"country": "br", "year": "1999"}, "A"),
        ({"condition": "repairable"}, "C"),
        ({"status": "lost"}, "D"),
        ({"status": "withdrawn"}, "E"),
        ({"status": "withdrawn", "make": "FN"}, ""),
        ({"officer": "o1"}, "O"),
        ({"place": SITE}, "AB"),
        ({"place": "Rack 7"}, "A"),
        ({"place": "nowhere"}, ""),
        ({"serial": False}, "C"),
        ({"serial": True, "make": "fn"}, ""),
        ({"read_back": True}, "A"),
        ({"read_back": False, "make": "taurus"}, "B"),
        ({"photos": True}, "C"),
        ({"marked": True}, ""),
        ({"marked": False, "unmarked": True}, "ABCDO"),
        ({"document": key_of("list")}, "B"),
        ({"text": "4471"}, "A"),
        ({"text": "kb"}, "AB"),
        ({"text": "b4"}, ""),
        ({"text": "kb447 taurus"}, "A"),
        ({"text": "rack"}, "A"),
        ({"text": "aur", "read_back": False}, "B"),
        ({"text": "akm izh"}, ""),
        ({"text": "nothing of the kind"}, ""),
        ({"make": "-"}, ""),
    ],
)
def test_a_weapon_answers_to_everything_said(full, said, expected):
    assert found(full, **said) == expected


def test_dates_begin_at_an_instant_and_end_before_one(full):
    a, c = full.weapons["A"].recorded_at, full.weapons["C"].recorded_at
    assert found(full, since=a, until=c) == "AB"
    assert found(full, since=c, until=c + 1) == "C"
    assert found(full, until=a) == ""


def test_a_part_is_found_in_the_word_index_and_beside_it(depot):
    many = folding.WORDS_WAITING + 10
    drafts = [registration(depot.id(), f"KB{n:05}X") for n in range(many)]
    depot.books.record(drafts, by=None)
    depot.register_weapon("KB99999X")
    count = depot.register.count
    assert count(RegisterFilter(text="00007x")) == 1
    assert count(RegisterFilter(text="9999x")) == 1
    assert count(RegisterFilter(text="000")) == 100
    assert count(RegisterFilter(text='k"b')) == many + 1


def test_any_mark_counts_not_the_serial_alone(depot):
    marks = (Mark("serial", "A1", is_identity=True), Mark("import", "CAI GEORGIA VT"))
    depot.register_weapon(marks=marks)
    assert depot.register.count(RegisterFilter(text="georgia")) == 1
    assert depot.register.count(RegisterFilter(text="cai izhmash")) == 1
