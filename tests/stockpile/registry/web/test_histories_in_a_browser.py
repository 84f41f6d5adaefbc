"""Two histories of one computer in a real Chromium: looked at, cut where they part, taken out."""

from __future__ import annotations

import re

import pytest

from stockpile.domain.errors import WeaponUnknown
from tests.helpers.browsers import CONTRAST, SMALL, UNNAMED
from tests.helpers.clones import cloned
from tests.helpers.exports import INSPECTOR, program

ISOLATES = {0x2066: None, 0x2067: None, 0x2068: None, 0x2069: None}
LAPTOP = {"width": 1024, "height": 700}
PHONE = {"width": 390, "height": 800}


@pytest.fixture(scope="module")
def fork(registry):
    return cloned(registry)


@pytest.fixture
def signed_in(browser, url, amina):
    """Open windows in which somebody has signed in; they complain of nothing."""
    contexts, complaints = [], []

    def opened(**said):
        context = browser.new_context(base_url=url, **{"viewport": LAPTOP, **said})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda one: complaints.append(one.text))
        page.goto("/sign-in")
        page.fill("#login", amina.login)
        page.fill("#passphrase", amina.passphrase)
        page.fill("#digits", amina.digits())
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r":\d+/$"))
        return page

    yield opened
    for one in contexts:
        one.close()
    assert complaints == []


def text(page):
    return page.inner_text("main").translate(ISOLATES)


def paths(fork):
    node = f"/nodes/{fork.node}"
    return (
        node, f"{node}/cut?after=2", f"{node}/cut?after=0", f"{node}/evidence",
        f"{node}/evidence/{fork.kept_hash(3)}",
    )  # fmt: skip


@pytest.mark.parametrize(("look", "language"), [("light", "en"), ("dark", "ar")])
def test_the_pages_are_read_in_both_looks_and_both_directions(signed_in, fork, look, language):
    page = signed_in(color_scheme=look, locale=language)
    for path in paths(fork):
        page.goto(path)
        assert page.get_attribute("html", "dir") == ("rtl" if language == "ar" else "ltr")
        assert page.evaluate(CONTRAST) == [], (path, look)
        assert page.evaluate(UNNAMED) == [], path


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_no_page_is_wider_than_its_window(signed_in, fork, size):
    page = signed_in(viewport=size)
    for path in paths(fork):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        assert page.evaluate(SMALL) == [], path


def test_from_the_conflict_room_to_the_cut_and_to_a_file_for_a_court(
    signed_in, registry, amina, fork, tmp_path
):
    page = signed_in()
    page.goto("/conflicts")
    page.locator("a[href^='/conflicts/']").first.click()
    page.get_by_role("link", name="See both, and decide").click()
    page.get_by_role("link", name="Cut it off where they part").click()
    assert "What stands after it (2 entries, 3 facts) counts no more" in text(page)
    page.fill("#reason", "the disk was cloned; the clone was heard first")
    if page.locator("#digits").count():
        page.fill("#digits", amina.digits())
    page.get_by_role("button", name="Cut it off here").click()
    page.wait_for_url(f"**/nodes/{fork.node}")
    assert "after entry 2" in text(page)
    assert registry.books.node(fork.node).status == "revoked"
    with pytest.raises(WeaponUnknown):
        registry.books.weapon(fork.weapon("heard-1"))
    page.locator(f"a[href$='/evidence/{fork.kept_hash(3)}']").first.click()
    assert "Entry 3, kept as evidence" in text(page)
    assert f"S{fork.weapon('beside-1')}" in text(page)
    if page.locator("#digits").count():
        page.fill("#digits", amina.digits())
    with page.expect_download() as taken:
        page.get_by_role("button", name="Take the file").click()
    file = tmp_path / taken.value.suggested_filename
    taken.value.save_as(file)
    assert file.name == f"evidence-{fork.node}.chains.gz"
    moves = program(INSPECTOR).Moves(file)
    moves.prove()
    assert (moves.result()["broken"], moves.result()["beside"]) == ([], 2)
