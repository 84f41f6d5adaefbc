"""Where courier files are brought: who may, how large, whatever they are called."""

from __future__ import annotations

import re
import socket

import pytest

from stockpile.domain.errors import PhotosFull
from stockpile.registry import courier_rows
from stockpile.registry.limits import COURIER_BYTES, PHOTOS_BYTES
from stockpile.registry.photos import folder_of
from stockpile.registry.photos_brought import PhotosBrought
from stockpile.registry.web import courier_bringing
from tests.helpers.albums import a_photo
from tests.helpers.sites import Site, a_weapon
from tests.helpers.sticks import a_file, a_photos_file

PHOTO = a_photo(5, 64, 48)


@pytest.fixture
def depot(registry):
    site = Site()
    registry.enrol(site, "KLA", ["KLA"])
    site.found_with_officers()
    site.write(a_weapon("w1"), a_weapon("w2"))
    return site


def brings(visitor, whole, name="from gulu.courier", **fields):
    """Send the form with a file, as a browser does."""
    visitor.open("/couriers")
    told = {"csrf": visitor.token(), "words": "", **fields}
    visitor.seen = visitor.post("/couriers", data=told, files={"courier": (name, whole)})
    return visitor.seen


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>|[\u2066-\u2069]", "", answer.text))


def test_hostile_names_stay_words(open_page, registry, depot):
    name = '../<script>"x"</script>\r\n.courier'
    found = brings(open_page, a_file(registry, depot), name=name)
    assert "<script>" not in found.text
    hidden = brings(open_page, a_file(registry, depot), name="c:\\sticks\\a.courier")
    assert "a.courier" in text(hidden)
    assert "sticks" not in text(hidden)


def test_who_is_not_signed_in_is_sent_away_before_the_file_is_read(url):
    """Sixty megabytes are announced and none is sent: the answer comes all the same."""
    host, port = url.removeprefix("http://").split(":")
    head = (
        f"POST /couriers HTTP/1.1\r\nhost: {host}:{port}\r\ncontent-length: 60000000\r\n"
        "content-type: multipart/form-data; boundary=x\r\n\r\n"
    )
    with socket.create_connection((host, int(port))) as line:
        line.sendall(head.encode())
        answer = line.recv(1 << 16).decode().lower()
    assert answer.startswith("http/1.1 303")
    assert "location: /sign-in" in answer


def test_a_form_of_another_page_brings_nothing(open_page, registry, depot):
    sent = open_page.post(
        "/couriers", data={"csrf": "0" * 64}, files={"courier": ("a", a_file(registry, depot))}
    )
    assert sent.status_code == 403


def test_a_file_that_is_too_large_is_heard_out_and_said(open_page):
    visitor = open_page
    visitor.open("/couriers")
    content = bytes(COURIER_BYTES + (1 << 20))
    sent = visitor.post(
        "/couriers", data={"csrf": visitor.token()}, files={"courier": ("a", content)}
    )
    assert sent.status_code == 413
    assert "this page takes 67 MB at once" in text(sent)


def test_a_file_of_photos_is_known_by_what_is_in_it_not_by_its_name(open_page, registry, depot):
    whole = a_photos_file(registry, depot, [("w1", PHOTO)])
    assert brings(open_page, whole, name="a.courier").url.path.endswith("/photos")
    named = brings(open_page, a_file(registry, depot), name="a.courier.photos")
    assert not named.url.path.endswith("/photos")


def test_photos_may_be_larger_than_a_record_and_lie_in_no_database(
    open_page, registry, depot, monkeypatch
):
    whole = a_photos_file(registry, depot, [("w1", PHOTO)])
    size = len(whole)
    monkeypatch.setattr(courier_bringing, "COURIER_BYTES", size // 2)
    assert PHOTOS_BYTES > COURIER_BYTES
    id_ = brings(open_page, whole).url.path.split("/")[2]
    with registry.books.reading() as connection:
        table = courier_rows.COURIER_BROUGHT
        (row,) = connection.execute(table.select().where(table.c.id == id_)).all()
    assert len(row.content) < 40
    assert (folder_of(registry.books, None) / "brought" / id_).stat().st_size == size
    monkeypatch.setattr(courier_bringing, "PHOTOS_BYTES", size // 2)
    sent = brings(open_page, whole)
    assert sent.status_code == 413
    assert "this page takes" in text(sent)


def test_where_the_disk_is_full_it_is_said_and_nothing_waits(
    open_page, registry, depot, monkeypatch
):
    def full(shelf, id_, came):
        raise PhotosFull("disk")

    monkeypatch.setattr(PhotosBrought, "keep", full)
    seen = brings(open_page, a_photos_file(registry, depot, [("w1", PHOTO)]))
    assert "There is no room for more photos" in text(seen)
    with registry.books.reading() as connection:
        assert courier_rows.waiting(connection) == frozenset()
