"""Pieces of a photo on their way: kept sealed, in order, and never taken for the photo itself."""

from __future__ import annotations

import pytest

from stockpile.adapters.photos.album import SealedPhotos
from stockpile.adapters.photos.arriving import Arriving
from stockpile.domain.errors import PhotoRefused
from stockpile.domain.jpegs import MOST_BYTES
from tests.helpers.albums import ALBUM_KEY, a_photo, digest_of

PHOTO = a_photo(3)
NAME = digest_of(PHOTO)


@pytest.fixture
def arriving(tmp_path):
    return Arriving(tmp_path, ALBUM_KEY)


def test_pieces_go_on_where_the_last_one_ended_also_after_a_restart(arriving, tmp_path):
    arriving.add(NAME, 0, PHOTO[:700])
    arriving.add(NAME, 0, PHOTO[:700])
    arriving.add(NAME, 900, PHOTO[900:])
    assert arriving.have(NAME) == 700
    again = Arriving(tmp_path, ALBUM_KEY)
    again.add(NAME, 700, PHOTO[700:])
    assert (again.have(NAME), again.content(NAME)) == (len(PHOTO), PHOTO)


def test_nothing_of_a_photo_is_in_the_clear(arriving, tmp_path):
    arriving.add(NAME, 0, PHOTO)
    (file,) = (one for one in tmp_path.rglob("*") if one.is_file())
    assert PHOTO[:40] not in file.read_bytes()


def test_a_piece_that_was_changed_on_the_disk_is_thrown_away(arriving, tmp_path):
    arriving.add(NAME, 0, PHOTO)
    (file,) = (one for one in tmp_path.rglob("*") if one.is_file())
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    with pytest.raises(PhotoRefused):
        arriving.content(NAME)
    assert arriving.have(NAME) == 0


def test_what_is_no_digest_and_what_never_ends_is_refused(arriving, tmp_path):
    for name, offset in (("../../x", 0), (NAME, MOST_BYTES)):
        with pytest.raises(PhotoRefused):
            arriving.add(name, offset, b"more")
    assert list(tmp_path.iterdir()) == []


def test_the_album_takes_a_whole_photo_and_no_other(tmp_path):
    album = SealedPhotos(tmp_path, ALBUM_KEY)
    album.arrive(NAME, 0, PHOTO[:100])
    assert (album.arrived(NAME), album.held([NAME])) == (100, frozenset())
    with pytest.raises(PhotoRefused):
        album.complete(NAME)
    assert album.arrived(NAME) == 0
    album.arrive(NAME, 0, PHOTO)
    album.complete(NAME)
    assert (album.read(NAME), album.arrived(NAME)) == (PHOTO, 0)


def test_what_a_registry_lacked_is_remembered(tmp_path):
    album = SealedPhotos(tmp_path, ALBUM_KEY)
    assert album.waiting("r") == 0
    album.note_waiting("r", 12)
    album.note_waiting("s", 1)
    assert SealedPhotos(tmp_path, ALBUM_KEY).waiting("r") == 12
    album.note_waiting("r", 0)
    assert (album.waiting("r"), album.waiting("s")) == (0, 1)
    (tmp_path / "photos" / "waiting.json").write_text("{no")
    assert album.waiting("r") == 0
