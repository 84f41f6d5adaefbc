"""Photos on record: content first, then the fact; one act for many; removed with a reason."""

from __future__ import annotations

import hashlib

import pytest

from stockpile.domain.errors import (
    FieldUnreadable,
    OfficerNotAuthorised,
    PhotoMissing,
    PhotoUnreadable,
    ReasonMissing,
    WeaponUnknown,
)
from stockpile.domain.facts import PhotoAdded, PhotoRemoved, WeaponCorrected
from stockpile.domain.receiving import Description
from stockpile.domain.values import WeaponId
from stockpile.services.photographs import Kept
from tests.helpers.shots import a_file, drawn, encoded

NOBODY = WeaponId("01930000-0000-7000-8000-000000000000")


def pictures(count):
    return [encoded("PNG", drawn(30 + n, 20)) for n in range(count)]


def test_a_photo_comes_on_record_with_its_content_beside_the_ledger(house, tmp_path):
    weapon, photographs = house.register(), house.stockpile.photographs
    recorded, photo = photographs.add(
        weapon, a_file(tmp_path), "left", "left side", by=house.officer
    )
    (fact,) = recorded.facts
    assert fact.body == PhotoAdded(photo)
    assert fact.attachments == (photo.digest,)
    assert photographs.of(weapon) == (photo,)
    assert hashlib.sha256(photographs.read(photo.digest)).hexdigest() == photo.digest
    assert len(photographs.thumbnail(photo.digest, 32)) < photo.size
    assert photographs.held([photo.digest]) == {photo.digest}


def test_the_same_photo_again_writes_nothing(house):
    weapon, photographs = house.register(), house.stockpile.photographs
    photographs.add(weapon, encoded(), "left", by=house.officer)
    recorded, photo = photographs.add(weapon, encoded(), "left", by=house.officer)
    assert recorded.facts == ()
    twice = photographs.record(house.register("KB 2"), [photo, photo], by=house.officer)
    assert len(twice.facts) == 1


def test_many_photos_are_one_act_in_steps_that_keep_the_books_free(house):
    weapon, photographs = house.register(), house.stockpile.photographs
    files = [*pictures(3), b"no picture"]
    deed = photographs.adding(weapon, files, "right", by=house.officer)
    begun, intent = deed.begin()
    assert (begun.facts, intent) == ((), weapon)
    kept = deed.act(intent)
    assert [error.why for error in kept.refused] == ["no_picture"]
    assert photographs.of(weapon) == ()  # kept, and on no record yet
    recorded = deed.finish(intent, kept)
    assert [fact.body for fact in recorded.facts] == [PhotoAdded(one) for one in kept.photos]
    assert photographs.of(weapon) == kept.photos
    assert len(recorded.entries) == 1


def test_where_nothing_could_be_kept_nothing_is_written(house):
    weapon, photographs = house.register(), house.stockpile.photographs
    before = house.stockpile.books.tip()
    recorded, kept = photographs.adding(weapon, [b"x"], by=house.officer).perform()
    assert recorded.facts == ()
    assert kept == Kept((), kept.refused)
    with pytest.raises(PhotoUnreadable):
        photographs.add(weapon, b"x", by=house.officer)
    assert house.stockpile.books.tip() == before


def test_a_photo_kept_before_the_weapon_comes_on_record_with_it(house):
    stockpile = house.stockpile
    photo = stockpile.photographs.keep(encoded(), "mark", "serial")
    said = Description("PST", "Taurus", "PT 92", serial="TK1", photos=(photo,))
    recorded, weapon = stockpile.receiving.register(said, stockpile.people.site(), by=house.officer)
    assert recorded.facts[0].attachments == (photo.digest,)
    assert stockpile.photographs.of(weapon) == (photo,)


def test_a_marks_row_names_its_photo(house):
    weapon, photographs = house.register(), house.stockpile.photographs
    recorded, photo = photographs.add(weapon, encoded(), "mark", "serial", mark=0, by=house.officer)
    assert [type(fact.body) for fact in recorded.facts] == [PhotoAdded, WeaponCorrected]
    (mark,) = house.stockpile.books.weapon(weapon).marks
    assert mark.photo == photo.digest
    assert mark.is_identity
    again = photographs.record(weapon, [photo], 0, by=house.officer)
    assert again.facts == ()
    for number in (1, -1):
        with pytest.raises(FieldUnreadable):
            photographs.record(weapon, [photo], number, by=house.officer)


def test_a_removed_photo_is_shown_no_more_and_stays_in_the_history(house):
    weapon, photographs = house.register(), house.stockpile.photographs
    one, other = (photographs.add(weapon, content, by=house.officer)[1] for content in pictures(2))
    with pytest.raises(ReasonMissing):
        photographs.remove(weapon, one.digest, " ", by=house.officer)
    recorded = photographs.remove(weapon, one.digest, "a face", by=house.officer)
    assert recorded.facts[0].body == PhotoRemoved(one.digest, "a face")
    assert photographs.of(weapon) == (other,)
    assert photographs.read(one.digest)
    with pytest.raises(FieldUnreadable):
        photographs.remove(weapon, one.digest, "again", by=house.officer)


def test_who_may_not_photograph_is_refused_before_anything_is_kept(house):
    weapon, stockpile = house.register(), house.stockpile
    stockpile.people.appoint("I. Auditor", ("auditor",), "1357", by=house.officer)
    auditor = stockpile.people.sign_in("I. Auditor", "1357")
    photographs = stockpile.photographs
    photo = photographs.keep(encoded())
    for refused in (
        lambda: photographs.add(weapon, pictures(1)[0], by=auditor),
        lambda: photographs.record(weapon, [photo], by=auditor),
        lambda: photographs.adding(weapon, pictures(1), by=auditor).begin(),
        lambda: photographs.remove(weapon, photo.digest, "why", by=auditor),
    ):
        with pytest.raises(OfficerNotAuthorised):
            refused()
    assert photographs.photos.check() == 1


def test_a_weapon_that_is_not_there_and_a_photo_that_is_not_here(house):
    photographs = house.stockpile.photographs
    with pytest.raises(WeaponUnknown):
        photographs.add(NOBODY, encoded(), by=house.officer)
    with pytest.raises(WeaponUnknown):
        photographs.adding(NOBODY, [encoded()], by=house.officer).begin()
    with pytest.raises(PhotoMissing):
        photographs.read("0" * 64)
    assert photographs.photos.check() == 0


def test_photos_outlast_the_program_and_a_rebuild(house):
    weapon, stockpile = house.register(), house.stockpile
    photo = stockpile.photographs.add(weapon, encoded(), by=house.officer)[1]
    stockpile.checking.rebuild()
    assert stockpile.photographs.of(weapon) == (photo,)
    assert stockpile.checking.check(deep=True).photos == 1
