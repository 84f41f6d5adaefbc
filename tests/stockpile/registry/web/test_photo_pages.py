"""Photos on the pages: seen by staff in a real browser, written down, shown to nobody else."""

from __future__ import annotations

import re
from dataclasses import replace

import httpx
import pytest

from stockpile.domain.facts import Draft, PhotoAdded
from stockpile.domain.numbers import registry_number
from stockpile.registry.photo_files import PhotoFiles
from stockpile.registry.photos import Photos, folder_of
from tests.helpers.albums import a_photo, digest_of, named
from tests.helpers.nations import weapon_id
from tests.helpers.visitors import Browser

HERE, AWAY = a_photo(1), a_photo(2)


@pytest.fixture(scope="module")
def shown(registry, nation):
    """One photo of a weapon that has arrived, one that has not, and one on a disputed weapon."""
    for number, content in ((1, HERE), (1, AWAY), (2, HERE)):
        seen = replace(named(content), view="left", caption="The rack" if content == AWAY else "")
        nation.kampala.write(Draft(weapon_id(number), PhotoAdded(seen)))
    nation.send()
    photos = Photos(registry.books, PhotoFiles(folder_of(registry.books, None)))
    node = registry.books.node(nation.kampala.node)
    photos.add(node, digest_of(HERE), 0, len(HERE), HERE)


@pytest.fixture(scope="module")
def visitor(url, amina, shown):
    with Browser(url) as opened:
        opened.sign_in(amina)
        yield opened


def test_a_file_shows_what_has_arrived_and_says_what_has_not(visitor):
    told = visitor.open(f"/weapons/{weapon_id(1)}").text
    assert f'src="/photos/{digest_of(HERE)}"' in told
    assert f'src="/photos/{digest_of(AWAY)}"' not in told
    assert "not arrived yet" in told


def test_a_conflict_card_shows_the_photos_of_its_sides(visitor):
    room = visitor.open("/conflicts").text
    cards = sorted(set(re.findall(r'href="(/conflicts/[^"?]+)"', room)))
    told = [visitor.open(one).text for one in cards]
    assert any(f'src="/photos/{digest_of(HERE)}"' in one for one in told)
    assert any('alt="Left side"' in one for one in told)
    assert any("<bdi>The rack</bdi>" in one for one in told)


def test_a_photo_is_given_as_a_picture_that_no_cache_keeps_and_written_down(visitor):
    answer = visitor.open(f"/photos/{digest_of(HERE)}")
    assert answer.content == HERE
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    told = visitor.open("/audit").text
    assert digest_of(HERE)[:12] in told
    assert registry_number(weapon_id(1)) in told


def test_strangers_and_guesses_get_none(visitor, url):
    answer = httpx.get(f"{url}/photos/{digest_of(HERE)}", trust_env=False)
    assert answer.status_code == 303
    for path in (f"/photos/{digest_of(AWAY)}", f"/photos/{'0' * 64}"):
        assert visitor.open(path).status_code == 404, path
    assert visitor.open("/photos/..%2Fregistry.key").status_code in (400, 404)


def test_a_browser_draws_it(window, url, shown):
    window.goto(f"{url}/weapons/{weapon_id(1)}")
    picture = window.locator(".photos img").first
    picture.scroll_into_view_if_needed()
    window.wait_for_function("document.querySelector('.photos img').naturalWidth > 0")
    assert picture.bounding_box()["width"] <= 220
