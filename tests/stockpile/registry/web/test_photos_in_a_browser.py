"""Photos of a stick in a real Chromium: looked into, seen to move, stopped, all of them in."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from stockpile.domain import courier
from stockpile.registry.photo_files import PhotoFiles
from stockpile.registry.photos import Photos, folder_of
from stockpile.registry.web import courier_going
from tests.helpers.albums import a_photo, digest_of, shows
from tests.helpers.sites import Site, a_weapon
from tests.helpers.sticks import a_photos_file
from tests.stockpile.registry.test_photo_rows import sent
from tests.stockpile.registry.web.test_in_a_browser import CONTRAST, ISOLATES, SIZES, SMALL, UNNAMED

PARTS = 12
PICTURES = os.environ.get("STOCKPILE_TEST_PICTURES", "")
"""A folder where somebody who wants to look finds what the browser showed."""


@pytest.fixture
def shown():
    return [(f"w{at}", a_photo(500 + at, 64, 48)) for at in range(PARTS)]


@pytest.fixture
def depot(registry, shown):
    site = Site()
    registry.enrol(site, "GUL", ["GUL"])
    site.found_with_officers()
    sent(registry, site, *(a_weapon(name) for name, _one in shown), *(shows(*one) for one in shown))
    return site


def stands_whole(page, name):
    """Measure a page as it stands in three sizes, and in both looks from either side."""
    for size in SIZES:
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, (name, size)
        assert page.evaluate(SMALL) == []
    page.set_viewport_size(SIZES[1])
    assert page.evaluate(CONTRAST) == []
    assert page.evaluate(UNNAMED) == []
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def in_every_look(page, url, name):
    """Look at a page in the dark and in Arabic too, and go back to how it was."""
    stands_whole(page, name)
    for look, language in (("dark", "en"), ("light", "ar"), ("dark", "ar"), ("light", "en")):
        page.emulate_media(color_scheme=look)
        page.context.add_cookies([{"name": "language", "value": language, "url": url}])
        page.reload()
        stands_whole(page, f"{name}-{look}-{language}")


def press(page, amina, which="main button.primary"):
    if page.locator("#digits").count():
        page.fill("#digits", amina.digits())
    page.locator(which).first.focus()
    page.keyboard.press("Enter")


def test_photos_of_a_stick_are_looked_into_seen_to_move_stopped_and_come_in(
    window, url, amina, registry, depot, shown, tmp_path, monkeypatch
):
    monkeypatch.setattr(courier_going, "_STEP", 0.0)
    page = window
    file = tmp_path / "gulu.courier.photos"
    strangers = ("not on record", a_photo(900, 64, 48))
    file.write_bytes(
        a_photos_file(registry, depot, [*shown, strangers], part=len(shown[0][1]) + 100, left=3)
    )
    page.locator("nav a", has_text="Courier files").click()
    page.wait_for_url("**/couriers")
    in_every_look(page, url, "list")
    page.set_input_files("#courier", file)
    page.focus("#words")
    page.keyboard.press("Enter")
    page.wait_for_url("**/photos")
    assert "12 photos" in page.inner_text("main").translate(ISOLATES)
    in_every_look(page, url, "preview")
    press(page, amina)
    page.wait_for_url("**/under-way")
    first = page.inner_text("#how-far")
    page.wait_for_function(
        "said => document.querySelector('#how-far').innerText != said", arg=first
    )
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / "under-way.png")
    press(page, amina, "main form button")  # Stop: it has the cursor
    page.wait_for_url(re.compile(r"/photos$"))
    in_every_look(page, url, "stopped")
    press(page, amina)
    page.wait_for_selector(".notice.ok")
    assert "12 photos were kept" in page.inner_text(".notice.ok").translate(ISOLATES)
    in_every_look(page, url, "taken")
    page.locator("main button.primary").focus()
    with page.expect_download() as came:
        page.keyboard.press("Enter")
    manifest, locked = courier.unsealed(came.value.path().read_bytes(), "f")
    content = courier.unpacked(depot.keys.unlock(locked, "f"), manifest, "f")
    assert content.lacks == ()
    shelf = Photos(registry.books, PhotoFiles(folder_of(registry.books, None)))
    names = [digest_of(one) for _weapon, one in shown]
    assert shelf.present(names) == set(names)
