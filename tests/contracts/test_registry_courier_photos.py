"""Photos of a courier file at a registry on either database, by two servers, over real HTTP."""

from __future__ import annotations

import re
from contextlib import ExitStack

import pytest

from stockpile.adapters.clock import SystemClock
from stockpile.registry import courier_answers, courier_photos
from stockpile.registry.photo_files import PhotoFiles
from stockpile.registry.photos import Photos
from stockpile.registry.second_factor import STEP
from tests.helpers.albums import a_photo, digest_of, shows
from tests.helpers.registries import own_process
from tests.helpers.sites import Site, a_weapon
from tests.helpers.sticks import a_photos_file
from tests.helpers.visitors import Browser, House
from tests.stockpile.registry.test_photo_rows import sent

COUNT = 40


@pytest.fixture
def shown():
    return [(f"w{at % 7}", a_photo(at, 64, 48)) for at in range(COUNT)]


@pytest.fixture
def depot(registry, shown):
    site = Site()
    registry.enrol(site, "KLA", ["KLA"])
    site.found_with_officers()
    sent(registry, site, *(a_weapon(f"w{at}") for at in range(7)), *(shows(*one) for one in shown))
    return site


@pytest.fixture
def photos(registry, tmp_path):
    return Photos(registry.books, PhotoFiles(tmp_path / "photos"))


def test_the_same_photos_are_wanted_kept_and_missed(registry, depot, shown, photos, tmp_path):
    stranger = Site()
    registry.enrol(stranger, "GUL", ["GUL"])
    digests = [digest_of(one) for _weapon, one in shown]
    known, other = (registry.books.node(one.node) for one in (depot, stranger))
    assert photos.wanting(known, digests) == set(digests)
    assert photos.wanting(other, digests) == frozenset()
    (tmp_path / "a.photos").write_bytes(a_photos_file(registry, depot, shown, part=20_000))
    with (tmp_path / "a.photos").open("rb") as stream:
        file = courier_photos.opened(registry.books, stream, "a.photos")
        assert courier_photos.take(registry.books, photos, file).kept == COUNT
        assert courier_photos.look(registry.books, photos, file).held == COUNT
    assert photos.present(digests) == set(digests)
    assert photos.lacking(known) == ()
    assert courier_answers.answer(registry.books, depot.node, photos).whole


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>|[\u2066-\u2069]", "", answer.text))


def test_two_processes_take_a_file_in_that_one_of_them_was_brought(
    registry, depot, shown, photos, tmp_path
):
    registry.clock.at = SystemClock().now() - 2 * STEP
    amina = House(registry).first()
    registry.clock.at = SystemClock().now() - STEP
    with ExitStack() as stack:
        folder = ("--photos", str(tmp_path / "photos"))
        started = [own_process(registry.url, "127.0.0.1:0", *folder) for _ in range(2)]
        urls = [stack.enter_context(one)[1] for one in started]
        first, second = (stack.enter_context(Browser(url, timeout=120)) for url in urls)
        assert first.sign_in(amina).url.path == "/"
        second.cookies.update({one.name: one.value for one in first.cookies.jar})
        first.open("/couriers")
        whole = a_photos_file(registry, depot, shown, part=20_000)
        first.seen = first.post(
            "/couriers", data={"csrf": first.token()}, files={"courier": ("a.photos", whole)}
        )
        path = first.seen.url.path
        assert path.endswith("/photos")
        second.open(path)
        second.submit(f"{path}/take", digits=amina.digits())
        while "refresh" in second.seen.text:
            for visitor in (first, second):
                visitor.open(f"{path}/under-way")
        for visitor in (first, second):
            assert f"{COUNT} photos were kept." in text(visitor.open(path))
    assert photos.present([digest_of(one) for _weapon, one in shown]) == {
        digest_of(one) for _weapon, one in shown
    }
    assert list((tmp_path / "photos" / "brought").iterdir()) == []
