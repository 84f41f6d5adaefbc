"""Photos' files that wait: whole, by their id alone, and gone once nobody waits for them."""

from __future__ import annotations

import io
import resource
from multiprocessing import get_context

import pytest

from stockpile.domain.errors import CourierGone, PhotosFull
from stockpile.registry.photo_files import PhotoFiles
from stockpile.registry.photos_brought import PhotosBrought

WHOLE = bytes(range(256)) * 9_000


@pytest.fixture
def shelf(tmp_path):
    return PhotosBrought(PhotoFiles(tmp_path / "photos").brought)


def read(shelf, id_):
    with shelf.opened(id_) as stream:
        return stream.read()


def test_a_file_is_kept_from_its_start_and_let_go(shelf):
    came = io.BytesIO(WHOLE)
    came.seek(77)
    shelf.keep("ab12", came)
    assert read(shelf, "ab12") == WHOLE
    shelf.drop("ab12")
    with pytest.raises(CourierGone):
        read(shelf, "ab12")
    shelf.drop("ab12")


def test_what_is_no_id_leads_nowhere(shelf):
    for hostile in ("../ab", "", "ab/cd", "AB", "ab\n"):
        with pytest.raises(CourierGone):
            shelf.keep(hostile, io.BytesIO(WHOLE))
        with pytest.raises(CourierGone):
            read(shelf, hostile)


def test_what_nobody_waits_for_goes(shelf):
    shelf.sweep(lambda: pytest.fail("there is no folder yet"))
    shelf.keep("ab12", io.BytesIO(WHOLE))
    shelf.keep("cd34", io.BytesIO(WHOLE))
    shelf.sweep(lambda: {"cd34"})
    assert read(shelf, "cd34") == WHOLE
    with pytest.raises(CourierGone):
        read(shelf, "ab12")


def test_what_cannot_be_let_go_holds_up_nobody(shelf, tmp_path):
    shelf.keep("ab12", io.BytesIO(WHOLE))
    (PhotoFiles(tmp_path / "photos").brought / "0").mkdir()  # somebody put a folder there
    shelf.sweep(frozenset)
    with pytest.raises(CourierGone):
        read(shelf, "ab12")


def test_a_file_that_comes_while_it_is_swept_stays(shelf):
    """Its row is there before it is: who waits is asked after the folder was read."""
    shelf.keep("ab12", io.BytesIO(WHOLE))

    def waiting():
        shelf.keep("cd34", io.BytesIO(WHOLE))
        return frozenset()

    shelf.sweep(waiting)
    assert read(shelf, "cd34") == WHOLE


def _full(folder, said):
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
    shelf = PhotosBrought(folder)
    try:
        shelf.keep("ab12", io.BytesIO(WHOLE))
    except PhotosFull as error:
        said.put((error.why, [one.name for one in folder.iterdir()]))


def test_where_the_disk_is_full_nothing_is_left(tmp_path):
    context = get_context("spawn")
    said = context.Queue()
    process = context.Process(target=_full, args=(tmp_path / "brought", said))
    process.start()
    assert said.get() == ("disk", [])
    process.join()
