"""The file room: a weapon's whole file, on paper and for programs."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pypdfium2
import pytest

from stockpile.domain.errors import DiskTrouble, PhotoMissing, WeaponUnknown
from stockpile.domain.facts import Draft, PaperIssued, WeaponAbsorbed, WeaponMerged
from stockpile.domain.values import WeaponId
from tests.helpers.files import a_full_file


@pytest.fixture
def full(house):
    return a_full_file(house)


def test_a_file_holds_everything_with_the_joined_life_beneath(house, full):
    weapon, twin = full
    file = house.stockpile.dossiers.open(weapon)
    assert [one.weapon.id for one in file.joined] == [twin]
    assert file.field("model").original.value == "AKM"
    assert file.field("model").current.value == "AK-74"
    assert [one.custody.place for one in file.custody][-1] == file.life.weapon.place
    assert [one.removed is not None for one in file.fittings] == [True]
    assert "mark_missing" in [one.kind for one in file.matters]
    assert file.names.component("bolt_carrier") == "Bolt carrier"


def test_the_record_that_was_joined_points_to_the_one_it_went_into(house, full):
    weapon, twin = full
    file = house.stockpile.dossiers.open(twin)
    assert file.into.id == weapon
    assert [one.closing for one in file.matters] == ["open_other"]
    assert file.joined == ()


def test_lives_that_were_joined_one_after_the_other_are_all_beneath(house, full):
    weapon, twin = full
    third = house.register("KB 4471902")
    house.stockpile.correcting.merge(third, weapon, "the same again", by=house.officer)
    file = house.stockpile.dossiers.open(third)
    assert [one.weapon.id for one in file.joined] == [weapon, twin]


def test_a_life_is_beneath_also_where_only_its_own_fact_says_that_it_was_joined(house, full):
    """Single facts came from another node, and not the one of the record that is kept."""
    weapon, twin = full
    third, kept = house.register("KB 3"), house.register("KB 4")
    for gone, into in ((third, twin), (weapon, kept)):
        heads = house.stockpile.books.weapon(gone).heads.custody
        house.by_two([Draft(gone, WeaponAbsorbed(into, "one rifle"), heads)])
    assert house.stockpile.books.weapon(kept).same_as == ()
    file = house.stockpile.dossiers.open(kept)
    assert [one.weapon.id for one in file.joined] == [weapon, twin, third]
    house.stockpile.correcting.part(kept, weapon, "two rifles", by=house.officer)
    assert house.stockpile.dossiers.open(kept).joined == ()


def test_a_file_opens_where_the_record_that_it_was_joined_with_is_not_known(house, tmp_path):
    """Another node wrote it, and nobody told of it yet."""
    elsewhere = WeaponId("elsewhere")
    kept, gone = house.register("KB 1"), house.register("KB 2")
    house.by_two([Draft(kept, WeaponMerged(elsewhere, "one rifle"))])
    house.by_two([Draft(gone, WeaponAbsorbed(elsewhere, "one rifle"))])
    dossiers = house.stockpile.dossiers
    assert dossiers.open(kept).joined == ()
    assert dossiers.open(gone).into is None
    for one in (kept, gone):
        drawn = dossiers.print(one, tmp_path / f"{one}.pdf", by=house.officer)
        assert drawn.file.read_bytes().startswith(b"%PDF")
        assert one in dossiers.export(one, tmp_path / f"{one}.json").read_text("utf-8")


def test_look_alikes_of_an_open_contradiction_are_told(house):
    one, other = house.register("KB 1"), house.register("KB 1")
    assert [row.id for row in house.stockpile.dossiers.open(one).alike] == [other]


def test_a_dossier_is_printed(house, full, tmp_path):
    drawn = house.stockpile.dossiers.print(full[0], tmp_path / "d.pdf", by=house.officer)
    with pypdfium2.PdfDocument(drawn.file) as document:
        assert len(document) == drawn.pages
        text = document[0].get_textpage().get_text_range()
    assert "A. Mbuyi" in text


def test_each_dossier_has_a_number_and_is_on_record_with_the_digest_of_its_file(
    house, full, tmp_path
):
    dossiers = house.stockpile.dossiers
    first, second = (dossiers.begin(full[0], by=house.officer) for _copy in range(2))
    series = f"DS-KLA-{dossiers.numbers.now()[2:4]}-"
    assert (first.number, second.number) == (f"{series}0001", f"{series}0002")
    drawn = dossiers.draw(second, tmp_path / "d.pdf")
    (fact,) = dossiers.issued(second, drawn, by=house.officer).facts
    assert fact.body == PaperIssued(
        second.number, "dossier", (full[0],), drawn.digest, second.file.life.row.number
    )
    assert drawn.digest == hashlib.sha256(drawn.file.read_bytes()).hexdigest()
    found = house.stockpile.scanning.read(second.number).document
    assert (found.kind, found.page, found.argument) == ("dossier", "weapon", full[0])
    assert dossiers.begin(full[0], by=house.officer).number == f"{series}0003"


def test_photos_that_are_not_here_are_counted_and_stop_nothing(house, full, tmp_path):
    ours = house.stockpile.dossiers

    def none(digest: str) -> bytes:
        raise PhotoMissing(digest)

    bare = replace(ours, photo=none)
    drawn = bare.print(full[0], tmp_path / "d.pdf", by=house.officer)
    with pypdfium2.PdfDocument(drawn.file) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    assert "1 photo is not on this computer." in text


def test_the_whole_life_is_written_for_programs(house, full, tmp_path):
    file = house.stockpile.dossiers.export(full[0], tmp_path / "weapon.json")
    value = json.loads(file.read_text("utf-8"))
    assert value["book"]["model"]["corrected"] == "AK-74"
    with pytest.raises(DiskTrouble):
        house.stockpile.dossiers.export(full[0], tmp_path / "no folder" / "weapon.json")


def test_a_weapon_that_is_not_on_record_has_no_file(house):
    with pytest.raises(WeaponUnknown):
        house.stockpile.dossiers.open(WeaponId("0190a000-0000-7000-8000-000000000009"))
