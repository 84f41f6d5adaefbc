"""Files by their content: whole or not there, whatever ends a process or fills a disk."""

from __future__ import annotations

import os
import resource
from multiprocessing import get_context

import pytest

from stockpile.domain.errors import PhotoRefused, PhotosFull
from stockpile.registry.photo_files import PhotoFiles
from tests.helpers.albums import a_photo, digest_of

PHOTO = a_photo(1)
NAME = digest_of(PHOTO)
NODE, OTHER = "a" * 16, "b" * 16


@pytest.fixture
def files(tmp_path):
    return PhotoFiles(tmp_path / "photos")


def all_files(tmp_path):
    return [one for one in tmp_path.rglob("*") if one.is_file()]


def test_pieces_become_a_photo(files):
    half = len(PHOTO) // 2
    assert files.add(NAME, NODE, 0, PHOTO[:half]) == half == files.arrived(NAME, NODE)
    assert not files.holds(NAME)
    assert files.add(NAME, NODE, half, PHOTO[half:]) == len(PHOTO)
    files.finish(NAME, NODE)
    assert files.holds(NAME)
    assert files.read(NAME) == PHOTO
    assert files.arrived(NAME, NODE) == 0


def test_a_piece_that_begins_elsewhere_changes_nothing(files):
    files.add(NAME, NODE, 0, PHOTO[:100])
    assert files.add(NAME, NODE, 0, PHOTO[:100]) == 100
    assert files.add(NAME, NODE, 500, PHOTO[500:600]) == 100
    assert files.arrived(NAME, NODE) == 100


def test_two_nodes_do_not_mix_their_pieces(files):
    files.add(NAME, NODE, 0, PHOTO[:100])
    files.add(NAME, OTHER, 0, b"something else")
    with pytest.raises(PhotoRefused):
        files.finish(NAME, OTHER)
    assert files.arrived(NAME, NODE) == 100


def test_what_is_another_content_leaves_nothing(files, tmp_path):
    files.add(NAME, NODE, 0, PHOTO[:-1] + b"x")
    with pytest.raises(PhotoRefused):
        files.finish(NAME, NODE)
    assert all_files(tmp_path) == []


def test_what_is_no_photo_leaves_nothing_though_its_digest_is_right(files, tmp_path):
    program = b"\x7fELF" + bytes(100)
    files.add(digest_of(program), NODE, 0, program)
    with pytest.raises(PhotoRefused):
        files.finish(digest_of(program), NODE)
    assert all_files(tmp_path) == []


def test_a_damaged_file_is_not_given(files, tmp_path):
    files.add(NAME, NODE, 0, PHOTO)
    files.finish(NAME, NODE)
    (file,) = all_files(tmp_path)
    file.write_bytes(PHOTO[:-3])
    assert files.read(NAME) is None
    file.unlink()
    assert files.read(NAME) is None


def test_what_is_let_go_is_gone_with_what_is_arriving_of_it(files, tmp_path):
    files.add(NAME, NODE, 0, PHOTO)
    files.finish(NAME, NODE)
    files.add(NAME, OTHER, 0, PHOTO[:10])
    files.drop(NAME)
    files.drop(NAME)
    assert all_files(tmp_path) == []


def _filling(folder, told):
    """Write as where a disk has room for 200 bytes more."""
    files = PhotoFiles(folder)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))
    files.add(NAME, NODE, 0, PHOTO[:150])
    try:
        files.add(NAME, NODE, 150, PHOTO[150:])
    except PhotosFull as error:
        told.put((error.why, files.arrived(NAME, NODE)))


def test_a_full_disk_keeps_what_was_there(tmp_path):
    context = get_context("fork")
    told = context.SimpleQueue()
    process = context.Process(target=_filling, args=(tmp_path, told))
    process.start()
    assert told.get() == ("disk", 150)
    process.join()


def test_what_arrived_of_one_node_is_let_go_and_the_rest_stays(files):
    files.add(NAME, NODE, 0, PHOTO[:9])
    files.add(NAME, OTHER, 0, PHOTO[:9])
    files.let_go(NAME, NODE)
    files.let_go(NAME, NODE)
    assert (files.arrived(NAME, NODE), files.arrived(NAME, OTHER)) == (0, 9)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root gives files away")
def test_what_root_keeps_belongs_to_whom_the_folder_belongs(tmp_path):
    state = tmp_path / "state"
    state.mkdir()
    os.chown(state, 8750, 8751)
    files = PhotoFiles(state / "photos")
    files.add(NAME, NODE, 0, PHOTO)
    files.finish(NAME, NODE)
    files.add(NAME, OTHER, 0, PHOTO[:9])
    owners = {(one.stat().st_uid, one.stat().st_gid) for one in state.rglob("*")}
    assert files.holds(NAME)
    assert owners == {(8750, 8751)}
