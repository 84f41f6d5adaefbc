"""A registry with staff whose pages a real server gives, and a real browser that looks at them."""

from __future__ import annotations

import pytest

from stockpile.registry.passphrases import LIGHT
from stockpile.registry.users import Users
from tests.helpers import nations
from tests.helpers.browsers import chromium
from tests.helpers.registries import answering, copied_registry
from tests.helpers.visitors import Browser, House


@pytest.fixture(scope="module")
def registry(tmp_path_factory):
    opened = copied_registry(tmp_path_factory.mktemp("registry") / "registry.db")
    yield opened
    opened.database.close()


@pytest.fixture(scope="module")
def house(registry):
    return House(registry)


@pytest.fixture(scope="module")
def amina(house):
    return house.first()


@pytest.fixture(scope="module")
def url(registry):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("stockpile.registry.web.Users", lambda books: Users(books, LIGHT))
        with answering(registry.books) as address:
            yield address


@pytest.fixture(scope="module")
def open_page(url, amina):
    """A visitor who is signed in as the commander, and looks at pages without a window."""
    with Browser(url) as visitor:
        assert visitor.sign_in(amina).url.path == "/"
        yield visitor


@pytest.fixture(scope="session")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def nation(registry, house, amina):
    """A small country behind the pages."""
    made = nations.found(registry)
    nations.fill(made)
    return made


@pytest.fixture(scope="module")
def window(browser, url, amina, nation):
    """A window of a laptop's size in which somebody has signed in."""
    with browser.new_context(viewport={"width": 1024, "height": 700}) as context:
        page = context.new_page()
        page.goto(f"{url}/sign-in")
        for name, value in (
            ("login", amina.login), ("passphrase", amina.passphrase), ("digits", amina.digits()),
        ):  # fmt: skip
            page.fill(f"[name={name}]", value)
        with page.expect_navigation(url=lambda one: "sign-in" not in one):
            page.keyboard.press("Enter")
        yield page
