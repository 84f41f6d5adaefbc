"""Photos of a courier file at the page: looked into, taken in, stopped, gone on with."""

from __future__ import annotations

import itertools
import re
from threading import Lock

import pytest

from stockpile.domain import courier, wire
from stockpile.domain.courier import Lacked
from stockpile.registry import audit, courier_rows
from stockpile.registry.courier_steps import Way
from stockpile.registry.passphrases import LIGHT
from stockpile.registry.photo_files import PhotoFiles
from stockpile.registry.photos import Photos, folder_of
from stockpile.registry.users import Users
from stockpile.registry.web import courier_going
from tests.helpers.albums import a_photo, digest_of, shows
from tests.helpers.registries import answering
from tests.helpers.sites import Site, a_weapon
from tests.helpers.sticks import a_file, a_photos_file
from tests.helpers.visitors import Browser
from tests.stockpile.registry.test_photo_rows import sent

SMALL = {"width": 64, "height": 48}
_SEEDS = itertools.count(1_000, 10)


@pytest.fixture
def photos(registry):
    return Photos(registry.books, PhotoFiles(folder_of(registry.books, None)))


@pytest.fixture
def shown():
    """Three photos of a test's own, of two weapons."""
    seed = next(_SEEDS)
    names = [f"{seed}-{one}" for one in (1, 1, 2)]
    return [(name, a_photo(seed + at, **SMALL)) for at, name in enumerate(names)]


@pytest.fixture
def depot(registry, shown):
    """A depot whose record, which is here, shows them."""
    site = Site()
    registry.enrol(site, "KLA", ["KLA"])
    site.found_with_officers()
    weapons = [a_weapon(name) for name in sorted({name for name, _photo in shown})]
    sent(registry, site, *weapons, *(shows(*one) for one in shown))
    return site


def files_of(registry):
    folder = folder_of(registry.books, None) / "brought"
    return [one.name for one in folder.iterdir()] if folder.is_dir() else []


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>|[\u2066-\u2069]", "", answer.text))


def brings(visitor, whole, name="a.courier.photos", words=""):
    visitor.open("/couriers")
    told = {"csrf": visitor.token(), "words": words}
    visitor.seen = visitor.post("/couriers", data=told, files={"courier": (name, whole)})
    return visitor.seen


def begun(visitor, amina, whole):
    """Bring a file and begin to take it in; the address where it is."""
    path = brings(visitor, whole).url.path
    visitor.submit(f"{path}/take", digits=amina.digits())
    return path


def on(visitor):
    """Do what a browser does by itself: go where the page says that it goes on."""
    (address,) = re.findall(r'http-equiv="refresh" content="\d; url=([^"]+)"', visitor.seen.text)
    return visitor.open(address)


def to_the_end(visitor):
    while "refresh" in visitor.seen.text:
        on(visitor)
    return text(visitor.seen)


def audited(registry, act):
    with registry.books.reading() as connection:
        return [one.about for one in audit.lines(connection, 0, 50, "", act)]


@pytest.fixture
def one_part_a_look(monkeypatch):
    monkeypatch.setattr(courier_going, "_STEP", 0.0)


def in_parts(registry, depot, shown, **said):
    return a_photos_file(registry, depot, shown, part=len(shown[0][1]) + 10, **said)


def test_photos_are_looked_into_taken_in_and_answered_for(
    open_page, registry, depot, amina, shown, photos
):
    seen = brings(open_page, a_photos_file(registry, depot, shown[:2]))
    assert re.fullmatch(r"/couriers/[0-9a-f]+/photos", seen.url.path)
    said = text(seen)
    assert "Photos from Kampala" in said
    assert "Nothing of it was taken in yet." in said
    assert "a.courier.photos" in said
    assert "In it2 photos, " in said
    assert "New in it2 photos, " in said
    assert len(files_of(registry)) == 1
    open_page.submit(f"{seen.url.path}/take", digits=amina.digits())
    assert "2 photos were kept." in to_the_end(open_page)
    assert photos.present([digest_of(one) for _name, one in shown]) == {
        digest_of(one) for _name, one in shown[:2]
    }
    assert files_of(registry) == []
    assert audited(registry, "courier_photos_begun")[0] == f"{depot.node} 0/2"
    assert audited(registry, "courier_photos_taken")[0] == f"{depot.node} 2/2"
    assert open_page.open(seen.url.path).url.path == seen.url.path  # what came of it stays
    answer = open_page.submit(f"/couriers/answers/{depot.node}")
    manifest, locked = courier.unsealed(answer.content, "f")
    content = courier.unpacked(depot.keys.unlock(locked, "f"), manifest, "f")
    assert content.lacks == (Lacked(shown[2][0], digest_of(shown[2][1])),)
    open_page.seen = None
    assert "Took in photos of a courier file" in text(open_page.open("/audit"))


def test_brought_again_all_is_here_and_before_their_record_nothing_is_kept(
    open_page, registry, depot, amina, shown
):
    begun(open_page, amina, a_photos_file(registry, depot, shown))
    to_the_end(open_page)
    said = text(brings(open_page, a_photos_file(registry, depot, shown)))
    assert "All photos in it are here already." in said
    assert "Take the photos in" not in said
    unknown = [("w-unknown", a_photo(77, **SMALL)), shown[0]]
    said = text(brings(open_page, a_photos_file(registry, depot, unknown)))
    assert "No record here shows 1 photo of it" in said
    assert "Nothing in it can be kept yet" in said
    path = open_page.seen.url.path
    assert open_page.submit(path.removesuffix("photos") + "leave").url.path == "/couriers"
    assert files_of(registry) == []
    assert open_page.open(path).status_code == 404


def test_words_open_it_and_other_words_do_not(open_page, registry, depot, shown):
    whole = a_photos_file(registry, depot, shown, words="babab cacac")
    assert "The words do not open this courier file." in text(brings(open_page, whole))
    assert "New in it3 photos" in text(brings(open_page, whole, words="babab-cacac"))


def test_what_is_wrong_with_a_file_is_said_and_nothing_is_kept(open_page, registry, depot, shown):
    stranger, revoked = Site(), Site()
    registry.enrol(revoked)
    registry.enrolment.revoke(revoked.node, "stolen")
    whole, before = a_photos_file(registry, depot, shown), files_of(registry)
    for wrong, sentence in (
        (whole[: len(whole) // 2], "is not what its sender signed"),
        (whole[:-1], "is not what its sender signed"),
        (a_photos_file(registry, depot, shown, to=("b" * 16,)), "locked for bbbbbbbbbbbbbbbb"),
        (a_photos_file(registry, stranger, shown), "is not enrolled here. Nothing was taken in."),
        (a_photos_file(registry, revoked, shown), "set node"),
    ):
        seen = brings(open_page, wrong)
        assert seen.status_code == 400
        assert sentence in text(seen), sentence
    assert files_of(registry) == before


def test_the_page_says_how_far_it_is_and_goes_on_to_the_end(
    open_page, registry, depot, amina, shown, one_part_a_look
):
    path = begun(open_page, amina, in_parts(registry, depot, shown))
    said = []
    while "refresh" in open_page.seen.text:
        assert open_page.seen.url.path == f"{path}/under-way"
        said += re.findall(r"(Proved: \d of 3 parts|Kept: \d of 3 photos)", text(open_page.seen))
        on(open_page)
    assert said == [
        "Proved: 1 of 3 parts", "Proved: 2 of 3 parts", "Kept: 0 of 3 photos",
        "Kept: 1 of 3 photos", "Kept: 2 of 3 photos", "Kept: 3 of 3 photos",
    ]  # fmt: skip
    assert "3 photos were kept." in text(open_page.seen)


def test_a_stop_keeps_what_was_kept_and_it_goes_on_from_there(
    open_page, registry, depot, amina, shown, photos, one_part_a_look
):
    path = begun(open_page, amina, in_parts(registry, depot, shown))
    for _part in range(4):
        on(open_page)
    stopped = open_page.submit(f"{path}/stop")
    assert "refresh" not in stopped.text
    assert "Kept: 2 of 3 photos" in text(stopped)
    names = [digest_of(one) for _name, one in shown]
    open_page.open(f"{path}/under-way")
    assert len(photos.present(names)) == 2
    assert audited(registry, "courier_photos_stopped")[0] == f"{depot.node} 2/3"
    brought = path.removesuffix("/photos")
    assert brought in open_page.open("/couriers").text
    assert open_page.open(brought).url.path == path
    open_page.submit(f"{path}/take", digits=amina.digits())
    assert "3 photos were kept." in to_the_end(open_page)
    assert brought not in open_page.open("/couriers").text


def test_another_file_puts_it_away_and_it_is_told_how_far_it_was(
    open_page, registry, depot, amina, shown, one_part_a_look
):
    begun(open_page, amina, in_parts(registry, depot, shown))
    brings(open_page, a_file(registry, depot, ()))
    assert audited(registry, "courier_photos_stopped")[0] == f"{depot.node} 0/3"
    assert files_of(registry) == []


def test_what_is_flipped_in_a_part_is_found_before_any_is_kept(
    open_page, registry, depot, amina, shown, photos
):
    whole = bytearray(in_parts(registry, depot, shown))
    whole[len(whole) // 2] ^= 1
    path = begun(open_page, amina, bytes(whole))
    assert "is not what its sender signed" in to_the_end(open_page)
    assert photos.present([digest_of(one) for _name, one in shown]) == frozenset()
    assert "refresh" not in open_page.open(path).text
    assert audited(registry, "courier_photos_stopped")[0] == f"{depot.node} 0/3"


def test_only_who_brought_it_sees_moves_or_stops_it_and_no_page_of_another_site(
    open_page, registry, house, url, amina, depot, shown, one_part_a_look
):
    path = begun(open_page, amina, in_parts(registry, depot, shown))
    for way in ("stop", "take"):
        assert open_page.post(f"{path}/{way}", data={"csrf": "0" * 64}).status_code == 403
    other = house.add(f"eve{depot.node[:4]}", "registrar", amina)
    auditor = house.add(f"fay{depot.node[:4]}", "auditor", amina)
    with Browser(url) as visitor:
        assert visitor.open(f"{path}/under-way").url.path == "/sign-in"
        visitor.sign_in(other)
        for way in ("", "/under-way"):
            assert visitor.open(f"{path}{way}").status_code == 404
        for way in ("stop", "take"):
            assert visitor.submit(f"{path}/{way}", digits=other.digits()).status_code == 404
    with Browser(url) as visitor:
        visitor.sign_in(auditor)
        for way in ("", "/under-way"):
            assert visitor.open(f"{path}{way}").status_code == 403
        for way in ("stop", "take"):
            assert visitor.submit(f"{path}/{way}", digits=auditor.digits()).status_code == 403
    assert "refresh" in open_page.open(path).text


def test_the_pages_of_a_record_lead_to_those_of_photos_and_take_none(
    open_page, registry, depot, amina, shown
):
    path = brings(open_page, a_photos_file(registry, depot, shown)).url.path
    bare = path.removesuffix("/photos")
    assert open_page.open(bare).url.path == path
    assert open_page.open(f"{bare}/under-way").url.path == path
    assert open_page.submit(f"{bare}/take", digits=amina.digits()).status_code == 400
    record = brings(open_page, a_file(registry, depot, ())).url.path
    assert open_page.open(f"{record}/photos").status_code == 404
    way, id_ = Way(depot.node, "Kampala", (), 9), record.rpartition("/")[2]
    with registry.books.writing() as connection:
        courier_rows.mark(connection, id_, wire.encode(way).decode())
    assert open_page.submit(f"{record}/photos/stop").status_code == 404
    with registry.books.reading() as connection:
        assert wire.decode(courier_rows.outcome_of(connection, id_).encode(), Way) == way


def test_after_an_hour_the_file_is_gone(open_page, registry, depot, amina, shown):
    path = brings(open_page, a_photos_file(registry, depot, shown)).url.path
    with registry.books.writing() as connection:
        table = courier_rows.COURIER_BROUGHT
        connection.execute(table.update().values(at=table.c.at - courier_rows.KEPT_FOR - 1))
    assert open_page.open(path).status_code == 404
    open_page.open("/couriers")
    assert files_of(registry) == []


def test_while_another_file_is_opened_the_page_says_that_it_waits(
    open_page, registry, depot, amina, shown, monkeypatch, one_part_a_look
):
    path = begun(open_page, amina, in_parts(registry, depot, shown))
    turn = Lock()
    monkeypatch.setattr("stockpile.registry.web.Lock", lambda: turn)
    monkeypatch.setattr("stockpile.registry.web.Users", lambda books: Users(books, LIGHT))
    monkeypatch.setattr(courier_going, "_SHORT", 0.0)
    with answering(registry.books) as url, Browser(url) as visitor:
        visitor.sign_in(amina)
        with turn:
            assert "goes on in a moment" in text(visitor.open(f"{path}/under-way"))
        assert "3 photos were kept." in to_the_end(visitor)


def test_taking_wants_the_second_factor_again(open_page, registry, depot, amina, shown, photos):
    path = brings(open_page, a_photos_file(registry, depot, shown)).url.path
    registry.clock.at += 3_000_000
    open_page.sign_in(amina)
    registry.clock.at += 600_000
    open_page.open(path)
    assert open_page.submit(f"{path}/take").status_code == 403
    assert photos.present([digest_of(one) for _name, one in shown]) == frozenset()
