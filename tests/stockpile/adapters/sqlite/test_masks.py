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
    WeaponDispatched,
    WeaponInspected,
    WeaponIssued,
    WeaponLost,
    WeaponReturned,
    WeaponWithdrawn,
)
from stockpile.domain.values import OfficerId
from stockpile.services.ports import RegisterFilter
from tests.helpers import officers
from tests.helpers.books import desk, key_of, registration

SITE, RACK = "site", "rack"


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    """A handful of weapons that differ in everything; only read by its tests."""
    with desk(tmp_path_factory.mktemp("masks") / "home") as one:
        places = [
            Draft(SITE, PlaceOpened("Depot")),
            Draft(RACK, PlaceOpened("Rack 7", "rack", SITE)),
            *officers.in_office(),
        ]
        one.books.record(places, by=None)
        source = Source(key_of("list"), 3, key_of("row"))
        a = one.register_weapon("KB 4471902", place=RACK, make="Taurus", country="BR", year="1999")
        b = one.register_weapon("KB 55", place=SITE, make="TAURUS", model="PT-92", source=source)
        c = one.register_weapon("", type="pistol", make="FN", condition="repairable")
        d = one.register_weapon("XX9", calibre=".38 SPL", make="")
        e = one.register_weapon("YY9", make="gone")
        one.books.record([registration(one.id(), "OFF1", make="Colt")], by=OfficerId("o1"))
        officers.by_two(
            one.books,
            [
                Draft(a.id, MarkReadBack("KB 4471902", "KB4471902")),
                Draft(b.id, MarkReadBack("KB 55", "KB 56")),
                Draft(c.id, PhotoAdded(Photo(key_of("photo")))),
                Draft(d.id, WeaponLost("lost"), d.heads.custody),
                Draft(e.id, WeaponWithdrawn("twice"), e.heads.custody),
            ],
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


HOLDER, OTHER, RECEIPT = "p1", "p2", "r1"


@pytest.fixture(scope="module")
def armoury(tmp_path_factory):
    """Weapons that are in, out, due, on their way, unfit; only read by its tests."""
    with desk(tmp_path_factory.mktemp("out") / "home") as one:
        places = [
            Draft(SITE, PlaceOpened("Depot")),
            Draft(RACK, PlaceOpened("Rack 7", "rack", SITE)),
            *officers.in_office(),
        ]
        one.books.record(places, by=None)
        one.weapons = {
            name: one.register_weapon(f"KB{name}", place=RACK if name in "AB" else SITE)
            for name in "ABCDEF"
        }
        given = {
            "A": WeaponIssued(HOLDER, due="2026-11-27", receipt=RECEIPT),
            "B": WeaponIssued(HOLDER, due="2026-11-28T18:00", receipt=RECEIPT),
            "C": WeaponIssued(OTHER, due="1 week", receipt="r2"),
            "D": WeaponDispatched("w1", RACK),
            "E": WeaponIssued(HOLDER, due="2026-11-01", receipt="r3"),
        }
        acts = [
            Draft(one.weapons[name].id, body, one.weapons[name].heads.custody)
            for name, body in given.items()
        ]
        officers.by_two(one.books, acts)
        issued = one.books.weapon(one.weapons["E"].id)
        looked = {"A": ("2026-12-01", False), "C": ("soon", True), "F": ("2027-01-31", True)}
        later = [
            Draft(one.weapons[name].id, WeaponInspected("serviceable", due=due, unfit=unfit))
            for name, (due, unfit) in looked.items()
        ]
        back = Draft(issued.id, WeaponReturned(SITE), issued.heads.custody)
        one.books.record([back, *later], by=None)
        yield one


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"holder": HOLDER}, "AB"),
        ({"holder": OTHER}, "C"),
        ({"holder": "p9"}, ""),
        ({"holder": HOLDER, "status": "in_store"}, ""),
        ({"paper": RECEIPT}, "AB"),
        ({"paper": "w1"}, "D"),
        ({"paper": "r3"}, ""),
        ({"home": RACK}, "AB"),
        ({"home": "Depot"}, "ABCDEF"),
        ({"home": RACK, "status": "issued"}, "AB"),
        ({"due_by": "2026-11-26"}, ""),
        ({"due_by": "2026-11-27"}, "A"),
        ({"due_by": "2026-11-28"}, "AB"),
        ({"due_by": "9999-12-31"}, "AB"),
        ({"due_by": "2026-11-28", "holder": OTHER}, ""),
        ({"inspect_by": "2026-11-30"}, ""),
        ({"inspect_by": "2026-12-01"}, "A"),
        ({"inspect_by": "2027-01-31"}, "AF"),
        ({"unfit": True}, "CF"),
        ({"unfit": False}, "ABDE"),
        ({"unfit": True, "inspect_by": "2027-12-31"}, "F"),
    ],
)
def test_weapons_that_are_out_or_to_be_looked_at_are_found(armoury, said, expected):
    assert found(armoury, **said) == expected


def test_a_line_says_who_holds_the_weapon_until_when_and_where_it_belongs(armoury):
    rows = armoury.register.rows([armoury.weapons[name].id for name in "ABCDEF"])
    assert [(row.holder, row.due, row.paper) for row in rows] == [
        (HOLDER, "2026-11-27", RECEIPT),
        (HOLDER, "2026-11-28T18:00", RECEIPT),
        (OTHER, "1 week", "r2"),
        ("", "", "w1"),
        ("", "", ""),
        ("", "", ""),
    ]
    assert [row.home for row in rows] == [RACK, RACK, SITE, SITE, SITE, SITE]
    assert [row.inspect_by for row in rows] == ["2026-12-01", "", "soon", "", "", "2027-01-31"]
    assert [row.is_unfit for row in rows] == [False, False, True, False, False, True]


def test_who_is_out_follows_what_is_written_and_a_rebuild_says_the_same(depot):
    weapon = depot.register_weapon("KB1")
    held = RegisterFilter(holder=HOLDER)
    assert depot.register.count(held) == 0
    depot.books.record([Draft(weapon.id, WeaponIssued(HOLDER), weapon.heads.custody)], by=None)
    assert depot.register.count(held) == 1
    depot.books.check(deep=True)
    depot.books.rebuild()
    assert depot.register.count(held) == 1


def test_nobody_has_the_weapon_whose_custody_is_disputed(depot):
    weapon = depot.register_weapon("KB1")
    for holder in (HOLDER, OTHER):
        body = WeaponIssued(holder, due="2026-11-27")
        depot.books.record([Draft(weapon.id, body, weapon.heads.custody)], by=None)
    assert depot.register.count(RegisterFilter(holder=HOLDER)) == 0
    assert depot.register.count(RegisterFilter(due_by="2026-12-31")) == 0
    assert depot.register.count(RegisterFilter(status="disputed")) == 1
