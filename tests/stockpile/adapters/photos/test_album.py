"""The album of a home: photos in, photos out, and the proof; a kill at any moment loses none."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from stockpile.adapters.photos.album import FOLDER, SealedPhotos
from stockpile.domain.errors import (
    Cancelled,
    PhotoDamaged,
    PhotoMissing,
    PhotoRefused,
    PhotoUnreadable,
)
from tests.helpers.commands import ROOT
from tests.helpers.shots import a_file, drawn, encoded, opened

KEY = bytes(range(32))
KEEPING = """
import sys
from pathlib import Path
from stockpile.adapters.photos.album import SealedPhotos
from tests.helpers.shots import drawn, encoded
photos = SealedPhotos(Path(sys.argv[1]), bytes(range(32)))
n = int(sys.argv[2])
while True:
    n += 1
    print(photos.keep(encoded("PNG", drawn(60 + n % 900, 40 + n // 900))).digest, flush=True)
"""


@pytest.fixture(scope="module")
def album(tmp_path_factory):
    return SealedPhotos(tmp_path_factory.mktemp("home"), KEY)


@given(st.integers(1, 80), st.integers(1, 80), st.sampled_from(["JPEG", "PNG", "WEBP"]))
def test_a_kept_photo_reads_back_and_is_what_its_digest_says(album, width, height, form):
    photo = album.keep(encoded(form, drawn(width, height)), "left", " left side ")
    content = album.read(photo.digest)
    assert hashlib.sha256(content).hexdigest() == photo.digest
    assert (photo.size, photo.view, photo.caption) == (len(content), "left", "left side")
    assert opened(content).size == (photo.width, photo.height) == (width, height)


def test_the_same_photo_twice_is_one(tmp_path):
    album = SealedPhotos(tmp_path, KEY)
    file = a_file(tmp_path)
    assert album.keep(file) == album.keep(file.read_bytes())
    assert album.check() == 1


def test_a_thumbnail_is_a_small_jpeg_of_the_photo(tmp_path):
    album = SealedPhotos(tmp_path, KEY)
    photo = album.keep(encoded("JPEG", drawn(900, 600)))
    assert opened(album.thumbnail(photo.digest, 96)).size == (96, 64)
    assert max(opened(album.thumbnail(photo.digest, 0)).size) == 16
    with pytest.raises(PhotoMissing):
        album.thumbnail("0" * 64, 96)


def test_those_that_are_here_are_told_from_those_that_are_not(tmp_path):
    album = SealedPhotos(tmp_path, KEY)
    photo = album.keep(encoded())
    assert album.held([photo.digest, "0" * 64, "nonsense"]) == {photo.digest}


def test_a_photo_that_came_whole_is_kept_if_it_is_the_one_that_is_named(tmp_path):
    album, other = SealedPhotos(tmp_path / "a", KEY), SealedPhotos(tmp_path / "b", KEY)
    photo = other.keep(encoded())
    content = other.read(photo.digest)
    album.arrive(photo.digest, 0, b"what came by a line before")
    with pytest.raises(PhotoRefused):
        album.accept(photo.digest, content[:-1])
    assert not album.held([photo.digest])
    album.accept(photo.digest, content)
    assert album.read(photo.digest) == content
    assert album.arrived(photo.digest) == 0


def test_what_is_refused_leaves_nothing(tmp_path):
    album = SealedPhotos(tmp_path, KEY)
    with pytest.raises(PhotoUnreadable):
        album.keep(b"KB4471902")
    assert album.check() == 0
    assert not (tmp_path / FOLDER).exists()


def test_the_proof_counts_tells_how_far_it_is_and_can_be_stopped(tmp_path):
    album = SealedPhotos(tmp_path, KEY)
    for n in range(3):
        album.keep(encoded("PNG", drawn(10 + n, 10)))
    told = []
    assert album.check(lambda done, total: told.append((done, total))) == 3
    assert told == [(1, 3), (2, 3), (3, 3)]

    def stop(_done, _total):
        raise Cancelled

    with pytest.raises(Cancelled):
        album.check(stop)


def test_the_proof_finds_the_one_that_was_changed(tmp_path):
    album = SealedPhotos(tmp_path, KEY)
    kept = [album.keep(encoded("PNG", drawn(10 + n, 10))).digest for n in range(3)]
    (tmp_path / FOLDER / kept[1][:2] / kept[1][2:]).write_bytes(b"something else")
    with pytest.raises(PhotoDamaged) as found:
        album.check()
    assert found.value.digest == kept[1]


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_a_kill_at_any_moment_loses_no_photo_that_was_kept(tmp_path):
    chance = random.Random(7)
    told: list[str] = []
    for start in range(0, 12_000, 2_000):
        words = [sys.executable, "-c", KEEPING, str(tmp_path), str(start)]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT) as running:
            told += [running.stdout.readline().strip() for _ in range(chance.randrange(1, 20))]
            os.kill(running.pid, signal.SIGKILL)
            told += running.stdout.read().split()
    album = SealedPhotos(tmp_path, KEY)
    whole = [one for one in told if len(one) == 64]
    assert album.held(whole) == set(whole)
    assert album.check() >= len(set(whole)) > 6
    assert list((tmp_path / FOLDER / "half").iterdir()) == []


def test_a_photo_of_twelve_million_pixels_is_kept_small(tmp_path):
    album = SealedPhotos(tmp_path, KEY)
    noise = Image.effect_noise((4000, 3000), 40).convert("RGB")
    photo = album.keep(encoded("JPEG", noise, quality=90))
    assert (photo.width, photo.height) == (1600, 1200)
    assert album.read(photo.digest)[:3] == b"\xff\xd8\xff"


def test_a_photo_that_is_let_go_is_gone_for_good(tmp_path):
    album = SealedPhotos(tmp_path, KEY)
    kept, other = (album.keep(encoded("PNG", drawn(width, 30))) for width in (40, 50))
    album.forget(kept.digest)
    album.forget(kept.digest)
    album.forget("no digest")
    assert album.held([kept.digest, other.digest]) == {other.digest}
    with pytest.raises(PhotoMissing):
        album.read(kept.digest)
    assert album.check() == 1
