"""Photos over HTTP, from a signed node, and from everybody else."""

from __future__ import annotations

from stockpile.domain import wire
from stockpile.domain.photo_messages import PhotoHave, PhotosAsked, PhotosHeld, PhotosWanted
from tests.helpers.albums import a_photo, digest_of, shows
from tests.helpers.sites import a_weapon
from tests.stockpile.registry.test_app import ask, reason
from tests.stockpile.registry.test_photo_rows import sent

PHOTO = a_photo(1)
NAME = digest_of(PHOTO)
PATH = f"/v1/blobs/{NAME}"

__all__ = ["ask"]


def shown(registry, site):
    sent(registry, site, a_weapon("w1"), shows("w1", PHOTO))


def test_a_photo_goes_there_in_pieces_and_comes_back(registry, site, ask):
    shown(registry, site)
    (wanted,) = wire.decode(ask("GET", "/v1/photos/wanted")[1], PhotosWanted).photos
    assert (wanted.digest, wanted.size) == (NAME, len(PHOTO))
    total = f"total={len(PHOTO)}"
    status, body = ask("PUT", PATH, f"offset=0&{total}", PHOTO[:1000])
    assert (status, wire.decode(body, PhotoHave).have) == (200, 1000)
    assert wire.decode(ask("GET", f"/v1/photos/{NAME}")[1], PhotoHave).have == 1000
    _status, body = ask("PUT", PATH, f"offset=1000&{total}", PHOTO[1000:])
    assert wire.decode(body, PhotoHave).state == "present"
    asked = wire.encode(PhotosAsked((NAME,)))
    assert wire.decode(ask("POST", "/v1/photos/held", body=asked)[1], PhotosHeld).digests == (NAME,)
    assert ask("GET", PATH, "offset=0&most=10") == (200, PHOTO[:10])
    assert ask("GET", PATH, "offset=10")[1] == PHOTO[10:]


def test_what_nobody_named_is_not_taken(registry, site, ask):
    shown(registry, site)
    other = f"/v1/blobs/{'0' * 64}"
    assert reason(ask("PUT", other, "offset=0&total=3", b"abc")) == (404, "photo_unknown")
    assert reason(ask("GET", other)) == (404, "photo_unknown")


def test_what_is_wrong_is_said_and_nothing_is_kept(registry, site, ask):
    shown(registry, site)
    query = f"offset=0&total={len(PHOTO)}"
    assert reason(ask("PUT", PATH, query, bytes(len(PHOTO)))) == (422, "photo_wrong")
    assert reason(ask("PUT", "/v1/blobs/..%2fpasswd", query, b"x")) in (
        (404, "not_found"), (400, "unreadable"),
    )  # fmt: skip
    assert reason(ask("PUT", PATH, "offset=-1&total=3", b"x")) == (400, "unreadable")
    assert reason(ask("GET", PATH, "offset=0&most=0")) == (400, "unreadable")


def test_strangers_and_the_untrusted_have_no_photos(registry, site, ask):
    shown(registry, site)
    assert reason(ask("GET", PATH, signature="")) == (400, "unreadable")
    registry.enrolment.revoke(site.node, "stolen")
    for method, path in (("GET", PATH), ("GET", "/v1/photos/wanted")):
        assert reason(ask(method, path)) == (403, "quarantined")
