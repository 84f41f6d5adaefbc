"""Courier files that come twice, late, changed, for another, or from a copy of a computer."""

from __future__ import annotations

import shutil

import pytest

from stockpile.app import open_home
from stockpile.domain.errors import CourierForged, CourierForOther
from tests.helpers.attacks import sentence, signed_in
from tests.helpers.house import PASSPHRASE, PIN, House
from tests.helpers.neighbours import Depot, introduced, two_depots


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pair")
    one, other = two_depots(folder)
    introduced(one, other, folder)
    one.pack(folder / "first.courier", other.node)
    other.load(folder / "first.courier")
    yield one, other
    for depot in (one, other):
        depot.stockpile.close()


def test_a_file_that_comes_again_or_late_changes_nothing(pair, tmp_path):
    one, other = pair
    one.stock(1, "OLD")
    one.pack(tmp_path / "old.courier", other.node)
    one.stock(1, "NEW")
    one.pack(tmp_path / "new.courier", other.node)
    other.load(tmp_path / "new.courier")
    stands = other.stockpile.books.tips(), other.stockpile.books.conflicts()
    for name in ("new", "old", "new", "old"):
        assert other.stockpile.couriers.open(tmp_path / f"{name}.courier").preview.is_known
        assert other.load(tmp_path / f"{name}.courier").facts == 0
    assert (other.stockpile.books.tips(), other.stockpile.books.conflicts()) == stands


def test_a_file_for_another_or_changed_on_the_way_is_named_and_nothing_is_taken_in(pair, tmp_path):
    one, other = pair
    file = tmp_path / "a.courier"
    one.stock(1, "WAY")
    one.pack(file, other.node)
    before = other.stockpile.books.tips()
    with pytest.raises(CourierForOther) as refused:
        one.stockpile.couriers.open(file)
    assert "Nothing was taken in. Hand it on." in sentence(refused.value)
    whole = bytearray(file.read_bytes())
    whole[len(whole) // 2] ^= 1
    file.write_bytes(whole)
    with pytest.raises(CourierForged) as refused:
        other.load(file)
    assert "is not what its sender signed" in sentence(refused.value)
    assert "keep this one as evidence" in sentence(refused.value)
    assert other.stockpile.books.tips() == before


def test_a_copy_of_a_computer_that_goes_on_beside_it_is_found_by_the_next_depot(pair, tmp_path):
    """An old copy of the whole home, anchor and keys and all: only who heard of the rest knows."""
    one, other = pair
    shutil.copytree(one.house.home, tmp_path / "copy")
    one.stock(1, "TRUE")
    one.pack(tmp_path / "true.courier", other.node)
    other.load(tmp_path / "true.courier")
    stands = other.stockpile.books.tips()
    with open_home(tmp_path / "copy", PASSPHRASE) as copy:
        officer = signed_in(copy)
        second = copy.people.sign_in("S. Second", PIN)
        twin = Depot(House(tmp_path / "copy", copy, officer), second)
        twin.stock(1, "FALSE")
        twin.pack(tmp_path / "false.courier", other.node)
    alarm = other.load(tmp_path / "false.courier").alarm
    assert "A copy of that computer was used beside it." in sentence(alarm)
    assert "Tell the registrar" in sentence(alarm)
    assert other.stockpile.books.beside(one.node)
    assert other.stockpile.books.tips() == stands
    other.stockpile.books.check(deep=True)
