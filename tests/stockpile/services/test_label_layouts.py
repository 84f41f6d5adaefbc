"""Layouts of labels are set by who may, replaced by name, retired, and looked at first."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from stockpile.domain.errors import (
    LabelElementMisfit,
    LabelLayoutUnknown,
    OfficerNotAuthorised,
    PhotoMissing,
    PhotoUnreadable,
)
from stockpile.domain.facts import LabelElement, LabelLayoutSet
from stockpile.domain.label_layouts import problems_of
from tests.helpers.house import PIN

MATRIX = LabelElement("matrix", 48_000, 1_000, 11_000, 11_000)
NAME = LabelElement("headline", 1_000, 1_000, 40_000, 6_000)
RIFLES = LabelLayoutSet("Rifles", "weapon", 63_500, 38_100, (NAME, MATRIX))


@pytest.fixture
def layouts(house):
    return house.stockpile.label_layouts


def test_every_stock_ships_with_a_layout_that_it_can_print(layouts):
    shipped = {one.name: one for one in layouts.shipped()}
    assert len(shipped) == len(layouts.faces()) >= 20
    for face in layouts.faces():
        assert problems_of(shipped[face.name], face.dots_per_inch, face.free) == ()
        assert layouts.problems(shipped[face.name]) == ()
    assert layouts.layout("L7160") == shipped["l7160"]


def test_a_layout_is_set_once_replaced_by_name_and_retired(house, layouts):
    layouts.set(RIFLES, by=house.officer)
    assert layouts.layout("rifles") == RIFLES
    assert layouts.set(RIFLES, by=house.officer).facts == ()
    wider = replace(RIFLES, elements=(replace(NAME, width=44_000), MATRIX))
    layouts.set(wider, by=house.officer)
    assert layouts.fitting("l7160") == (wider,)
    assert layouts.fitting("5167") == layouts.fitting("nothing") == ()
    layouts.retire("Rifles", by=house.officer)
    assert layouts.layout("Rifles").retired
    assert layouts.fitting("l7160") == ()
    assert layouts.retire("Rifles", by=house.officer).facts == ()
    for name in ("Pistols", "l7160"):
        with pytest.raises(LabelLayoutUnknown):
            layouts.retire(name, by=house.officer)


def test_who_may_not_sets_none_and_what_cannot_be_printed_is_not_kept(house, layouts):
    people = house.stockpile.people
    people.appoint("B. Okot", ("auditor",), PIN, by=house.officer)
    with pytest.raises(OfficerNotAuthorised):
        layouts.set(RIFLES, by=people.sign_in("B. Okot", PIN))
    with pytest.raises(LabelElementMisfit):
        layouts.set(replace(RIFLES, width=50_000), by=house.officer)
    with pytest.raises(PhotoMissing):
        layouts.set(replace(RIFLES, logo="0" * 64), by=house.officer)


def test_a_logo_is_kept_drawn_and_a_hostile_one_refused(house, layouts):
    out = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 255)).save(out, "PNG")
    logo = layouts.keep_logo(out.getvalue())
    spot = LabelElement("logo", 48_000, 20_000, 10_000, 10_000)
    badge = replace(RIFLES, elements=(NAME, MATRIX, spot), logo=logo)
    layouts.set(badge, by=house.officer)
    with_logo = layouts.shown(badge)
    without = layouts.shown(replace(badge, logo="0" * 64))
    assert with_logo.width == without.width
    assert sum(with_logo.pixels) < sum(without.pixels)
    with pytest.raises(PhotoUnreadable):
        layouts.keep_logo(b"\x89PNG\r\n\x1a\n and then nothing")


def test_a_label_is_shown_as_large_as_it_is_printed(layouts):
    picture = layouts.shown(RIFLES)
    assert picture.width / picture.height == pytest.approx(63.5 / 38.1, rel=0.01)
    assert len(picture.pixels) == picture.width * picture.height
    assert 0 < min(picture.pixels) + 1 < 128


def test_a_hole_of_the_stock_counts_for_a_layout_of_its_size(layouts):
    tag = replace(layouts.layout("tie-on-80x40"), elements=(replace(NAME, left=0), MATRIX))
    assert [one.kind for one in layouts.problems(tag)] == ["free"]
    assert layouts.free(tag)[0].width == 12_000
    assert layouts.free(RIFLES) == ()
