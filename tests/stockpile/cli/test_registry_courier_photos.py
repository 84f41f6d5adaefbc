"""Photos beside a stick's file at the registry, by commands alone: with it, or named themselves."""

from __future__ import annotations

import os
from contextlib import ExitStack

import pytest

from stockpile.registry import audit
from stockpile.registry.photo_files import PhotoFiles
from stockpile.registry.photos import Photos, folder_of
from tests.helpers.house import PASSPHRASE, PIN
from tests.helpers.neighbours import two_depots
from tests.helpers.registries import open_registry
from tests.helpers.registry_commands import at_the_depot, courier_commands
from tests.helpers.sticks import enrolled, standing

SMALL = {"width": 320, "height": 240}


@pytest.fixture
def depot(tmp_path):
    """A depot that was enrolled by file, and its stick with two weapons and their photos."""
    registry = open_registry(str(tmp_path / "registry.db"))
    one, other = two_depots(tmp_path)
    other.stockpile.close()
    enrolled(one, registry, tmp_path)
    one.photos = [one.photograph(weapon, at, **SMALL) for at, weapon in enumerate(one.stock(2))]
    one.pack_both(tmp_path / "stick.courier", registry.books.key.node)
    registry.database.close()
    with ExitStack() as open_home:
        open_home.callback(one.stockpile.close)
        one.closing = open_home
        yield one


@pytest.fixture
def run(tmp_path, capsys):
    return courier_commands(tmp_path / "registry.db", capsys)


def here(tmp_path, digests, told=None):
    registry = open_registry(str(tmp_path / "registry.db"))
    try:
        with registry.books.reading() as connection:
            acts = [one.about for one in audit.lines(connection, 0, 9, "", "courier_photos_taken")]
        photos = Photos(registry.books, PhotoFiles(folder_of(registry.books, told)))
        return len(photos.present(digests)), acts
    finally:
        registry.database.close()


def test_photos_beside_the_file_come_in_with_it_and_the_answer_says_so(run, depot, tmp_path):
    file, back = tmp_path / "stick.courier", tmp_path / "back.courier"
    code, seen, _ = run("preview", file)
    assert (code, seen["photos"]["photos"], seen["photos"]["held"]) == (0, 2, 0)
    assert here(tmp_path, depot.photos) == (0, [])
    code, taken, _ = run("take", file, "--answer", str(back))
    assert (code, taken["photos"]["kept"], taken["photos"]["unshown"]) == (0, 2, 0)
    assert here(tmp_path, depot.photos) == (2, [f"{depot.node} 2/2"])
    depot.load(back)
    assert "Waiting" not in standing(depot)
    code, again, _ = run("take", file)
    assert (again["photos"]["kept"], again["photos"]["held"]) == (0, 2)


def test_photos_are_named_themselves_before_and_after_their_record(run, depot, tmp_path):
    file = tmp_path / "stick.courier.photos"
    apart = file.rename(tmp_path / "by another name")
    code, early, _ = run("take", apart)
    assert (code, early["kept"], early["unshown"]) == (0, 0, 2)
    code, record, _ = run("take", tmp_path / "stick.courier")
    assert (code, record["photos"]) == (0, None)
    back = tmp_path / "back.courier"
    code, late, _ = run("take", apart, "--answer", str(back))
    assert (code, late["kept"], late["answer"]) == (0, 2, str(back))
    depot.load(back)
    assert "Waiting" not in standing(depot)


def test_it_says_so_in_words_too(run, depot, tmp_path):
    file = tmp_path / "stick.courier"
    beside = tmp_path / "stick.courier.photos"
    assert "2 photos lie beside it, 0 here already." in run("preview", file, plain=True)
    told = run("preview", beside, plain=True)
    assert "Photos from Kampala" in told
    assert "2 photos in it, 0 new." in told
    assert "Bring the courier file that they lie beside first" in told
    assert "2 photos were kept." in run("take", file, plain=True)
    assert "0 photos were kept." in run("take", beside, plain=True)


def test_photos_that_are_refused_hold_up_no_record(run, depot, tmp_path):
    beside = tmp_path / "stick.courier.photos"
    whole = beside.read_bytes()
    beside.write_bytes(whole[:-1])
    code, taken, _ = run("take", tmp_path / "stick.courier")
    assert (code, taken["photos"]) == (0, {"refused": "CourierForged"})
    assert taken["taken"]
    assert "is not what its sender signed" in run("take", tmp_path / "stick.courier", plain=True)
    assert run("preview", tmp_path / "stick.courier")[1]["photos"] == {"refused": "CourierForged"}
    flipped = bytearray(whole)
    flipped[900] ^= 1
    beside.write_bytes(flipped)
    for name in (whole[: len(whole) // 2], bytes(flipped)):
        beside.write_bytes(name)
        code, _, said = run("take", beside)
        assert (code != 0, said["error"]) == (True, "CourierForged")
    assert here(tmp_path, depot.photos) == (0, [])


def test_what_is_no_file_is_said(run, depot, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for wrong in (tmp_path / "none", tmp_path, tmp_path / "pipe"):
        code, _, said = run("take", wrong)
        assert (code != 0, said["error"]) == (True, "FileUnreadable")


def test_a_folder_is_named_where_they_lie_elsewhere(run, depot, tmp_path):
    folder = tmp_path / "elsewhere"
    _code, taken, _ = run("take", tmp_path / "stick.courier", "--photos", str(folder))
    assert taken["photos"]["kept"] == 2
    assert here(tmp_path, depot.photos, folder)[0] == 2
    assert PhotoFiles(folder).holds(depot.photos[0])


def test_both_ends_by_commands_alone(run, depot, tmp_path, capsys, monkeypatch):
    """What stands in the manual: packed with photos for the registry, taken, answered, opened."""
    home = depot.stockpile.home
    depot.closing.close()
    monkeypatch.setenv("STOCKPILE_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("STOCKPILE_PIN", PIN)

    stick, back = tmp_path / "packed.courier", tmp_path / "back.courier"
    packed = at_the_depot(home, capsys, "courier", "pack", str(stick), "--to", "registry")
    assert packed["photos"]["written"] == 2
    assert run("take", stick, "--answer", str(back))[1]["photos"]["kept"] == 2
    at_the_depot(home, capsys, "courier", "open", str(back))
    again = at_the_depot(home, capsys, "courier", "pack", str(stick), "--to", "registry")
    assert again["photos"]["written"] == 0
