"""Weapons that a reading resembles: ranked, cut, and explained."""

from __future__ import annotations

import pytest

from tests.helpers.books import desk


@pytest.fixture(scope="module")
def depot(tmp_path_factory):
    with desk(tmp_path_factory.mktemp("resembling") / "home") as one:
        one.found()
        one.register_weapon("RA-44512", make="Taurus", calibre=".38 SPL")
        one.register_weapon("RA44572", make="Rossi", calibre=".38")
        one.register_weapon("244747 (ADULTERADO)", make="Glock", calibre="9 MM")
        one.register_weapon("ABC99659", make="Imbel", calibre="7,62 MM")
        one.register_weapon("00000778123", make="Colt", calibre=".45")
        one.register_weapon("МН 61234", make="Izhmash", calibre="9x18")
        yield one


@pytest.mark.parametrize(
    ("text", "serial", "reasons", "at"),
    [
        ("ra 4451Z", "RA-44512", ("look_alike",), (7,)),
        ("RA44521", "RA-44512", ("swapped",), (6, 7)),
        ("244747", "244747 (ADULTERADO)", (), ()),
        ("*** **659", "ABC99659", ("tail",), ()),
        ("ABC99[68]5?", "ABC99659", ("wildcard",), ()),
        ("99659", "ABC99659", ("prefix_lost", "digits_only"), (0, 1, 2)),
        ("778123", "00000778123", ("zeros",), (0, 1, 2, 3, 4)),
        ("MH61234", "МН 61234", ("other_script",), (0, 1)),
        ("MN61234", "МН 61234", ("other_script",), (0, 1)),
        ("00RA44S12", "RA-44512", ("look_alike", "zeros"), (0, 5)),
        ("٢٤٤٧٤٧", "244747 (ADULTERADO)", (), ()),
    ],
)
def test_a_bad_reading_finds_its_weapon_and_says_why(depot, text, serial, reasons, at):
    hit = depot.register.find(text, 5)[0]
    assert (hit.row.serial, hit.reasons, hit.at) == (serial, reasons, at)
    assert hit.mark == serial


def test_words_beside_the_serial_decide_and_a_mismatch_only_lowers(depot):
    assert depot.register.find("RA445I2; rossi; .38", 5)[0].row.make == "Rossi"
    best, *_ = depot.register.find("RA44512 Rossi", 5)
    assert best.row.serial == "RA44572" or "make_differs" in best.reasons
    assert "RA-44512" in [hit.row.serial for hit in depot.register.find("RA44512 Rossi", 5)]


def test_worse_hits_never_come_first(depot):
    for text in ("RA44512", "RA4451", "244747", "99659", "RA44512 Taurus .38"):
        scores = [hit.score for hit in depot.register.find(text, 9, fuzzy=True)]
        assert scores == sorted(scores, reverse=True)


def test_look_alikes_while_typing(depot):
    hits = depot.register.look_alikes("RA44S12", 9)
    assert [(hit.row.serial, hit.why) for hit in hits] == [("RA-44512", "serial_looks_alike")]
