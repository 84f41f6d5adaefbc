"""Sealed files by content: whole or not there, and nobody else's."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.adapters.photos.chest import Chest, digest_of
from stockpile.domain.errors import DiskTrouble, PhotoDamaged, PhotoMissing
from tests.helpers.commands import ROOT

KEY, OTHER_KEY = bytes(range(32)), bytes(32)
UNDER_LIMIT = """
import resource, signal, sys
from pathlib import Path
from stockpile.adapters.photos.chest import Chest
from stockpile.domain.errors import DiskTrouble
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
chest = Chest(Path(sys.argv[1]), bytes(32))
chest.put(b"small")
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, resource.RLIM_INFINITY))
try:
    chest.put(bytes(50_000))
except DiskTrouble:
    print(len(chest.all()), len(list((Path(sys.argv[1]) / "half").iterdir())))
"""
FULL_DISK = """
import sys
from pathlib import Path
from stockpile.adapters.photos.chest import Chest
from stockpile.domain.errors import DiskFull
chest = Chest(Path(sys.argv[1]) / "photos", bytes(32))
chest.put(b"small")
try:
    chest.put(bytes(900_000))
except DiskFull:
    print(len(chest.all()), len(list((Path(sys.argv[1]) / "photos" / "half").iterdir())))
"""


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    return Chest(tmp_path_factory.mktemp("chest"), KEY)


@given(content=st.binary(max_size=3000))
def test_what_is_kept_reads_back_byte_for_byte(shared, content):
    digest = shared.put(content)
    assert digest == digest_of(content)
    assert shared.get(digest) == content
    assert shared.holds(digest)
    assert digest in shared.all()


def test_nothing_readable_lies_on_the_disk(tmp_path):
    chest = Chest(tmp_path, KEY)
    content = b"KB4471902 " * 50
    digest = chest.put(content)
    (file,) = (tmp_path / digest[:2]).iterdir()
    assert file.name == digest[2:]
    assert b"KB4471902" not in file.read_bytes()
    if sys.platform != "win32":
        assert file.stat().st_mode & 0o077 == 0
    with pytest.raises(PhotoDamaged):
        Chest(tmp_path, OTHER_KEY).get(digest)


def test_the_same_content_twice_is_one_file_and_is_not_rewritten(tmp_path):
    chest = Chest(tmp_path, KEY)
    digest = chest.put(b"photo")
    file = tmp_path / digest[:2] / digest[2:]
    before = file.read_bytes(), file.stat().st_mtime_ns
    assert chest.put(b"photo") == digest
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before
    assert chest.all() == (digest,)


def test_what_is_not_here_is_missing(tmp_path):
    chest = Chest(tmp_path / "never made", KEY)
    assert chest.all() == ()
    for name in (digest_of(b"x"), "", "../../keys.json", "AB" * 32, "ab/" * 21 + "a"):
        assert not chest.holds(name)
        with pytest.raises(PhotoMissing):
            chest.get(name)


@pytest.mark.parametrize(
    "harm", [lambda kept: kept[:-1], lambda kept: kept[::-1], lambda kept: kept[:0]]
)
def test_a_changed_file_is_damaged_and_heals_when_the_photo_comes_again(tmp_path, harm):
    chest = Chest(tmp_path, KEY)
    digest = chest.put(b"photo" * 100)
    file = tmp_path / digest[:2] / digest[2:]
    file.write_bytes(harm(file.read_bytes()))
    with pytest.raises(PhotoDamaged):
        chest.get(digest)
    assert chest.put(b"photo" * 100) == digest
    assert chest.get(digest) == b"photo" * 100


def test_a_photo_in_the_place_of_another_is_damaged(tmp_path):
    chest = Chest(tmp_path, KEY)
    one, other = chest.put(b"one"), chest.put(b"other")
    shutil.copy(tmp_path / one[:2] / one[2:], tmp_path / other[:2] / other[2:])
    with pytest.raises(PhotoDamaged):
        chest.get(other)


def test_what_a_crash_left_half_written_is_swept(tmp_path):
    digest = Chest(tmp_path, KEY).put(b"photo")
    (tmp_path / "half" / "0123456789abcdef").write_bytes(b"half a photo")
    assert Chest(tmp_path, KEY).all() == (digest,)
    assert list((tmp_path / "half").iterdir()) == []


def test_several_threads_keep_at_once(tmp_path):
    chest = Chest(tmp_path, KEY)
    contents = [bytes([n % 7]) * 5000 for n in range(42)]
    threads = [threading.Thread(target=chest.put, args=(one,)) for one in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(chest.all()) == {digest_of(one) for one in contents}
    assert {chest.get(one) for one in chest.all()} == set(contents)
    assert list((tmp_path / "half").iterdir()) == []


def test_a_folder_that_cannot_be_made_is_trouble(tmp_path):
    (tmp_path / "photos").write_bytes(b"a file, no folder")
    with pytest.raises(DiskTrouble) as refused:
        Chest(tmp_path / "photos", KEY).put(b"photo")
    assert refused.value.why


@pytest.mark.skipif(sys.platform == "win32", reason="file sizes cannot be limited")
def test_a_disk_that_refuses_leaves_nothing_of_the_photo(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", UNDER_LIMIT, str(tmp_path)],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert done.stdout.split() == ["1", "0"], done.stderr


def can_mount():
    """Say whether this system lets us make a small disk of our own."""
    if sys.platform != "linux" or not shutil.which("unshare"):
        return False
    words = ["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not can_mount(), reason="no disk of our own can be mounted here")
def test_a_full_disk_leaves_nothing_of_the_photo():
    """On a real file system of 256 KiB in a name space of its own."""
    script = 'mount -t tmpfs -o size=256k tmpfs /mnt && exec "$0" -c "$1" /mnt'
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script, sys.executable, FULL_DISK],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert done.stdout.split() == ["1", "0"], done.stderr
