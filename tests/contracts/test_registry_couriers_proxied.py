"""A courier file reaches the registry through the shipped nginx and lies in no file of it."""

from __future__ import annotations

import os
import re
import ssl
from contextlib import ExitStack

import httpx
import pytest

from stockpile.adapters.clock import SystemClock
from stockpile.domain.photo_courier import MAGIC
from stockpile.registry.limits import COURIER_BYTES
from stockpile.registry.second_factor import STEP
from tests.helpers.albums import a_photo, shows
from tests.helpers.proxies import proxied
from tests.helpers.registries import open_registry, own_process
from tests.helpers.sites import Site, a_weapon
from tests.helpers.sticks import a_file, a_photos_file
from tests.helpers.visitors import Browser, House
from tests.stockpile.registry.test_photo_rows import sent


@pytest.fixture
def registry(postgres):
    """A registry on PostgreSQL: a process of its own answers, the test writes beside it."""
    url = postgres.new_database()
    opened = open_registry(url)
    yield opened
    opened.database.close()
    postgres.drop(url)


@pytest.fixture
def amina(registry):
    registry.clock.at = SystemClock().now() - 2 * STEP
    person = House(registry).first()
    registry.clock.at = SystemClock().now() - STEP
    return person


@pytest.fixture
def visitor(registry, amina, monkeypatch, tmp_path):
    with ExitStack() as stack:
        options = ("--forwarded-by", "127.0.0.1", "--photos", str(tmp_path / "photos"))
        _running, url = stack.enter_context(own_process(registry.url, "127.0.0.1:0", *options))
        proxy = stack.enter_context(proxied([url.partition("//")[2]]))
        monkeypatch.setenv("SSL_CERT_FILE", str(proxy.certificate))
        transport = httpx.HTTPTransport(verify=ssl.create_default_context())
        opened = stack.enter_context(Browser(proxy.url, transport=transport, timeout=120))
        assert opened.sign_in(amina).url.path == "/"
        opened.proxy = proxy
        yield opened


def brought(visitor, whole):
    visitor.open("/couriers")
    visitor.seen = visitor.post(
        "/couriers", data={"csrf": visitor.token()}, files={"courier": ("a.courier", whole)}
    )
    return re.sub(r"<[^>]*>|[\u2066-\u2069]", "", visitor.seen.text)


def left_in(proxy):
    """What the proxy put down in files of its own."""
    folders = (proxy.folder / name for name in ("bodies", "answers"))
    return [one for folder in folders for one in folder.rglob("*") if one.is_file()]


def test_a_large_file_is_taken_in_and_one_too_large_is_told(visitor, registry):
    depot = Site()
    registry.enrol(depot)
    depot.found_with_officers()
    whole = a_file(registry, depot, hot_lists=(os.urandom(2 << 20),))
    assert len(whole) > 1 << 20
    assert "Nothing of it was taken in yet." in brought(visitor, whole)
    assert "is not what its sender signed" in brought(visitor, bytes(COURIER_BYTES))
    assert "this page takes 67 MB at once" in brought(visitor, bytes(COURIER_BYTES + (1 << 20)))
    assert left_in(visitor.proxy) == []


def test_photos_larger_than_a_record_come_through(visitor, registry, tmp_path):
    """They are read by what they are, and the proxy keeps none of it."""
    depot = Site()
    registry.enrol(depot)
    photo = a_photo(1)
    whole = a_photos_file(registry, depot, [("w", photo)], squeezed=b"no list at all")
    parts = [MAGIC, bytes(COURIER_BYTES + (1 << 20)), whole[len(MAGIC) :]]
    assert "is not what its sender signed" in brought(visitor, b"".join(parts))
    sent(registry, depot, a_weapon("w"), shows("w", photo))
    said = brought(visitor, a_photos_file(registry, depot, [("w", photo)]))
    assert "Take the photos in" in said
    assert len(list((tmp_path / "photos" / "brought").iterdir())) == 1
    assert left_in(visitor.proxy) == []
