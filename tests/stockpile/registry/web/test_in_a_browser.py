"""The registry's pages in a real Chromium: by keys alone, in both looks, from the right, narrow."""

from __future__ import annotations

import io
import re
from contextlib import contextmanager

import pyotp
import pytest
import zxingcpp
from PIL import Image

from stockpile.domain import courier
from stockpile.domain.facts import Draft, EntryJudged, WeaponLost
from stockpile.registry import acts, courier_steps
from stockpile.registry.enrolment import Enrolment
from stockpile.registry.intake import checked
from stockpile.registry.web import courier_going
from tests.helpers.browsers import CONTRAST, SMALL, UNNAMED
from tests.helpers.sites import Site, a_weapon
from tests.helpers.sticks import a_file
from tests.helpers.visitors import PASSPHRASE, VISIT, Person

HOSTILE = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
OWN = (
    "/", "/nodes", "/codes", "/numbers", "/confirm", "/users", "/audit", "/account",
    "/account/device",
)  # fmt: skip
ISOLATES = {0x2066: None, 0x2067: None, 0x2068: None, 0x2069: None}
SIZES = [{"width": w, "height": h} for w, h in ((1366, 768), (1024, 700), (390, 800))]
FOCUS = """() => {
  const one = document.activeElement;
  return one === document.body ? '' : one.id || one.textContent.trim();
}"""


@pytest.fixture(scope="module")
def site(registry):
    made = Site()
    code = Enrolment(registry.books).make_code(HOSTILE, "KLA")
    Enrolment(registry.books).enrol(made.keys.request(code))
    made.found_with_officers()
    registry.books.take(made.node, tuple(checked(made.entries, made.node, made.keys.public_key)))
    return made


@pytest.fixture(scope="module")
def waits(registry, house, amina, site):
    """An act that one officer signed and that waits for another."""
    bernard = house.add("bernard", "commander", amina)
    body = EntryJudged(site.node, 3, accepted=True, reason=HOSTILE)
    draft = Draft("ab" * 32, body)
    acts.perform(registry.books, "judge_entry", [draft], HOSTILE, by=bernard.signer())
    return draft


@pytest.fixture
def window(browser, url):
    """A new window of the browser at this registry; it complains of nothing."""

    @contextmanager
    def opened(**said):
        context = browser.new_context(base_url=url, viewport=said.pop("viewport", SIZES[0]), **said)
        page, complaints = context.new_page(), []
        page.on("console", lambda one: complaints.append(one.text))
        page.on("pageerror", lambda one: complaints.append(str(one)))
        try:
            yield page
        finally:
            context.close()
        assert [one for one in complaints if "status of 4" not in one] == []

    return opened


def sign_in(page, person):
    page.goto("/sign-in")
    page.fill("#login", person.login)
    page.fill("#passphrase", person.passphrase)
    page.fill("#digits", person.digits())
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r":\d+/$"))


def test_signing_in_and_going_about_by_keys_alone(window, amina):
    with window() as page:
        page.goto("/codes")
        assert page.evaluate(FOCUS) == "login"
        page.keyboard.type("amina")
        page.keyboard.press("Tab")
        page.keyboard.type(PASSPHRASE)
        page.keyboard.press("Tab")
        page.keyboard.type(amina.digits())
        page.keyboard.press("Enter")
        page.wait_for_url("**/codes")
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS) == "To the content"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS) == "name"
        page.keyboard.type("Gulu")
        page.keyboard.press("Enter")
        page.wait_for_selector(".shown")
        seen = []
        for _ in range(40):
            page.keyboard.press("Tab")
            seen.append(page.evaluate(FOCUS))
            ring = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
            assert ring == "2px" or not seen[-1], seen[-1]
        assert {"Nodes", "Audit", "Sign out"} <= set(seen)


def test_a_first_beginning_by_the_code_that_is_drawn(window, house, registry, amina):
    """A phone would take a picture of the screen: so is this one read."""
    given = house.staff.add("dora", "Dora", ("inspector",), by=amina.signer(), visit=VISIT)
    with window() as page:
        page.goto("/sign-in")
        page.fill("#login", "dora")
        page.fill("#passphrase", given)
        page.keyboard.press("Enter")
        page.wait_for_url("**/begin")
        taken = Image.open(io.BytesIO(page.locator(".qr").screenshot())).convert("L")
        secret = pyotp.parse_uri(zxingcpp.read_barcode(taken).text).secret
        dora = Person(
            registry, house.users, "dora", house.users.by_login("dora").officer, secret, ()
        )
        page.fill("#passphrase", PASSPHRASE)
        page.fill("#again", PASSPHRASE)
        page.fill("#digits", dora.digits())
        page.keyboard.press("Enter")
        page.wait_for_selector(".codes li")
        assert page.locator(".codes li").count() == 10
        page.locator("main a.primary").click()
        page.wait_for_url(re.compile(r":\d+/$"))


def test_a_new_device_reads_the_code_that_is_drawn_and_takes_the_old_ones_place(
    window, house, registry, amina
):
    erin = house.add("erin", "auditor", amina)
    with window() as page:
        sign_in(page, erin)
        page.goto("/account")
        page.click("text=Replace the device")
        page.wait_for_url("**/account/device")
        assert page.evaluate(FOCUS) == "passphrase"
        taken = Image.open(io.BytesIO(page.locator(".qr").screenshot())).convert("L")
        secret = pyotp.parse_uri(zxingcpp.read_barcode(taken).text).secret
        proof = erin.digits()
        erin.secret = secret
        for words in (PASSPHRASE, proof, erin.digits()):
            page.keyboard.type(words)
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_selector(".codes li")
        assert page.locator(".codes li").count() == 10
    with window() as page:
        sign_in(page, erin)


def test_a_stick_is_looked_into_taken_in_and_goes_back(window, amina, registry, tmp_path):
    depot = Site()
    registry.enrol(depot, "GUL", ["GUL"])
    depot.found_with_officers()
    depot.write(a_weapon("w-stick"))
    loss = WeaponLost("stolen", "The rack was open.", "2026-09-20", "LR-GUL-26-0001")
    depot.by_two(Draft("w-stick", loss, (depot.facts[-1].hash,)))
    (tmp_path / "gulu.courier").write_bytes(a_file(registry, depot))
    with window(viewport=SIZES[1]) as page:
        sign_in(page, amina)
        page.locator("nav a", has_text="Courier files").click()
        page.wait_for_url("**/couriers")
        page.set_input_files("#courier", tmp_path / "gulu.courier")
        page.focus("#words")
        page.keyboard.press("Enter")
        page.wait_for_url("**/couriers/*")
        assert "The rack was open." in page.inner_text("#losses")
        for size in SIZES:
            page.set_viewport_size(size)
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, size
            assert page.evaluate(SMALL) == []
        assert page.evaluate(CONTRAST) == []
        assert page.evaluate(UNNAMED) == []
        if page.locator("#digits").count():
            page.fill("#digits", amina.digits())
        page.locator("main button.primary").focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("[role=status]")
        assert "held up to entry" in page.inner_text("[role=status]")
        page.locator("main button.primary").focus()
        with page.expect_download() as came:
            page.keyboard.press("Enter")
        assert came.value.suggested_filename.endswith(".courier")
        whole = came.value.path().read_bytes()
    manifest, locked = courier.unsealed(whole, "f")
    content = courier.unpacked(depot.keys.unlock(locked, "f"), manifest, "f")
    assert content.receipts[0].number == depot.tip.number


def test_a_long_stick_is_seen_to_move_is_stopped_and_comes_to_its_end(
    window, amina, registry, tmp_path, monkeypatch
):
    monkeypatch.setattr(courier_steps, "FACTS_AT_ONCE", 200)
    monkeypatch.setattr(courier_going, "_STEP", 0.0)
    depot = Site()
    registry.enrol(depot, "GUL", ["GUL"])
    depot.found_with_officers()
    depot.fill(150, weapons=20)
    (tmp_path / "long.courier").write_bytes(a_file(registry, depot))
    with window(viewport=SIZES[1]) as page:
        sign_in(page, amina)
        page.goto("/couriers")
        page.set_input_files("#courier", tmp_path / "long.courier")
        page.locator("main button.primary").click()
        page.wait_for_url("**/couriers/*")
        if page.locator("#digits").count():
            page.fill("#digits", amina.digits())
        page.locator("main button.primary").click()
        page.wait_for_url("**/under-way")
        first = page.inner_text("#how-far")
        page.wait_for_function("said => document.querySelector('#how-far').innerText != said",
                               arg=first)  # fmt: skip
        page.locator("[formaction], main form button").first.focus()
        page.keyboard.press("Enter")  # Stop: it has the cursor
        page.wait_for_url(re.compile(r"/couriers/[0-9a-f]+$"))
        held = registry.books.tip(depot.node).number
        assert 0 < held < depot.tip.number
        for size in SIZES:
            page.set_viewport_size(size)
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, size
            assert page.evaluate(SMALL) == []
        assert page.evaluate(CONTRAST) == []
        assert page.evaluate(UNNAMED) == []
        if page.locator("#digits").count():
            page.fill("#digits", amina.digits())
        page.locator("main button.primary").click()
        page.wait_for_selector(".notice.ok")
        assert "3003 facts were taken in" in page.inner_text(".notice.ok").translate(ISOLATES)
    assert registry.books.tip(depot.node).hash == depot.tip.hash


def test_nothing_hostile_runs(window, amina, site, waits):
    with window() as page:
        sign_in(page, amina)
        for path in (*OWN, f"/nodes/{site.node}"):
            page.goto(path)
            assert "taken" not in page.title().replace(HOSTILE, "").replace("&#39;", ""), path
            assert page.locator("main img, main script").count() == 0
        page.goto("/nodes")
        assert HOSTILE in page.inner_text("main").replace("\u2066", "").replace("\u2069", "")


def test_every_page_is_readable_in_both_looks_and_both_directions(window, amina, site, waits):
    for look, language in (("light", "en"), ("dark", "ar")):
        with window(color_scheme=look, locale=language) as page:
            sign_in(page, amina)
            assert page.get_attribute("html", "dir") == ("rtl" if language == "ar" else "ltr")
            for path in (*OWN, f"/nodes/{site.node}"):
                page.goto(path)
                assert page.evaluate(CONTRAST) == [], (path, look, language)
                assert page.evaluate(UNNAMED) == [], path


def test_the_navigation_stands_on_the_side_where_reading_begins(window, amina):
    for language, left in (("en", True), ("ar", False)):
        with window(locale=language) as page:
            sign_in(page, amina)
            side, paper = page.locator(".side").bounding_box(), page.locator("main").bounding_box()
            assert (side["x"] < paper["x"]) is left


def test_no_page_is_wider_than_its_window(window, amina, site, waits):
    for size in SIZES[1:]:
        with window(viewport=size) as page:
            sign_in(page, amina)
            for path in (*OWN, f"/nodes/{site.node}", "/nodes/none"):
                page.goto(path)
                wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                assert wider <= 0, (path, size)
                assert page.evaluate(SMALL) == [], (path, size)


def test_a_phone_has_a_menu_without_a_script(window, amina):
    with window(viewport=SIZES[2], java_script_enabled=False) as page:
        sign_in(page, amina)
        assert not page.locator("nav a", has_text="Audit").is_visible()
        page.locator(".menu-button").click()
        page.locator("nav a", has_text="Audit").click()
        page.wait_for_url("**/audit")


def test_a_second_officer_reads_what_is_and_what_would_be_and_confirms(
    window, registry, amina, waits
):
    with window() as page:
        sign_in(page, amina)
        page.goto("/confirm")
        heads = page.locator("table.changes thead th").all_inner_texts()
        assert heads == ["Value", "Is now", "Would be"]
        assert "Counts for nothing" in page.inner_text("td.was")
        assert "as if it had always been good" in page.inner_text("td.then")
        assert not page.locator(".signed dl").is_visible()
        page.locator(".signed summary").click()
        assert HOSTILE in page.inner_text(".signed dl").translate(ISOLATES)
        page.locator("button.primary", has_text="Confirm").click()
        page.wait_for_selector(".empty")
    (fact,) = registry.books.history(waits.subject)
    assert fact.witnesses == (amina.officer,)


def test_another_page_can_put_none_of_ours_in_a_frame_nor_send_a_form(window, url, amina):
    with window() as page:
        sign_in(page, amina)
        other = url.replace("127.0.0.1", "localhost")
        page.route(f"{other}/evil", lambda route: route.fulfill(
            content_type="text/html",
            body=f"<iframe src='{url}/users'></iframe><form method=post action='{url}/codes'>"
            "<input name=name value=stolen><button>x</button></form>",
        ))  # fmt: skip
        page.goto(f"{other}/evil")
        assert all(frame.url != f"{url}/users" for frame in page.frames[1:])
        page.click("button")
        page.wait_for_load_state()
        page.goto(f"{url}/codes")
        assert "stolen" not in page.inner_text("main")
