"""courier pack, open and meet with photos, as a script calls them."""

from __future__ import annotations

import shutil

import pytest

from tests.helpers.albums import a_photo
from tests.helpers.commands import INIT, Shell

THERE = (
    "init", "--country", "UG", "--site", "GUL", "--name", "Gulu Depot", "--officer", "B. Okello",
)  # fmt: skip


@pytest.fixture(scope="module")
def shells(tmp_path_factory):
    """Two depots that know each other."""
    folder = tmp_path_factory.mktemp("both")
    here, there = Shell(folder / "here"), Shell(folder / "there")
    here.ok(*INIT)
    there.ok(*THERE)
    hello = folder / "hello.courier"
    for one, other in ((here, there), (there, here)):
        words = one.ok("courier", "pack", hello)["words"]
        node = other.run("courier", "open", hello, "--words", words).error["details"]["node"]
        other.ok("courier", "introduce", hello, "--code", node)
    return here, there


def photographed(shell, tmp_path, serial, seed):
    """Put a weapon and a photo of some noise on record."""
    shell.ok("register", "--type", "ASR", "--serial", serial)
    picture = tmp_path / f"{serial}.jpg"
    picture.write_bytes(a_photo(seed))
    return shell.ok("photo", "add", serial, picture)["digest"]


def test_photos_go_along_within_a_size_and_come_after_the_record(shells, tmp_path):
    here, there = shells
    digest = photographed(here, tmp_path, "KB 1", 1)
    file = tmp_path / "a.courier"
    packed = here.ok("courier", "pack", file, "--to", "gulu depot", "--photos-limit", 1)["photos"]
    assert (packed["written"], packed["left"]) == (1, 0)
    assert packed["files"] == [str(tmp_path / "a.courier.photos")]
    looked = there.ok("courier", "open", file, "--preview")
    assert looked["photos"] == {"fresh": 1, "size": packed["size"], "stayed": 0, "refused": []}
    opened = there.ok("courier", "open", file)
    assert (opened["photos"]["kept"], opened["taken"] > 0) == (1, True)
    assert [one["digest"] for one in there.ok("photo", "list", "KB 1")] == [digest]
    assert there.ok("photo", "get", digest, "--out", tmp_path / "out.jpg")["size"]
    assert there.ok("courier", "open", file)["photos"]["kept"] == 0
    assert here.run("courier", "pack", file, "--photos-limit", 0).code == 2


def test_photos_are_left_out_on_either_side_and_given_by_name(shells, tmp_path):
    here, there = shells
    photographed(here, tmp_path, "KB 2", 2)
    file, photos = tmp_path / "a.courier", tmp_path / "a.courier.photos"
    here.ok("courier", "pack", file, "--to", "gulu depot")
    assert photos.exists()
    here.ok("courier", "pack", file, "--to", "gulu depot", "--no-photos")
    assert not photos.exists()
    here.ok("courier", "pack", file, "--to", "gulu depot")
    elsewhere = tmp_path / "elsewhere.photos"
    shutil.move(photos, elsewhere)
    early = there.ok("courier", "open", elsewhere)["photos"]
    assert (early["kept"], early["unshown"]) == (0, 1)
    assert there.ok("courier", "open", file, "--no-photos")["photos"]["fresh"] == 0
    assert there.ok("courier", "open", file, "--photos-file", elsewhere)["photos"]["kept"] == 1
    assert there.ok("courier", "open", elsewhere, "--preview")["photos"]["fresh"] == 0


def test_a_cut_file_of_photos_is_named_and_the_record_is_taken_in(shells, tmp_path):
    here, there = shells
    photographed(here, tmp_path, "KB 3", 3)
    file, photos = tmp_path / "a.courier", tmp_path / "a.courier.photos"
    here.ok("courier", "pack", file, "--to", "gulu depot")
    photos.write_bytes(photos.read_bytes()[:-20])
    opened = there.ok("courier", "open", file)
    assert (opened["taken"] > 0, opened["photos"]["kept"]) == (True, 0)
    assert opened["photos"]["refused"] == [str(photos)]
    alone = there.run("courier", "open", photos)
    assert (alone.error["error"], alone.code) == ("CourierForged", 4)
    photos.write_bytes(b"STOCKPILE-COURIER-PHOTOS-1\n")
    assert there.run("courier", "open", photos, "--preview").code == 4
    receipt = tmp_path / "receipt.courier"
    there.ok("courier", "answer", receipt, "--to", "kampala central")
    here.ok("courier", "open", receipt)
    assert [one["photos_lacking"] for one in here.ok("courier", "receivers")] == [1]
    again = here.ok("courier", "pack", file, "--to", "gulu depot")  # what was cut is asked for
    assert (again["acts"], again["photos"]["written"]) == (0, 1)
    assert there.ok("courier", "open", photos)["photos"]["kept"] == 1


def test_two_computers_meet_and_exchange_photos_too(shells, tmp_path):
    here, there = shells
    digest = photographed(there, tmp_path, "GU 1", 4)
    folder = tmp_path / "share"
    folder.mkdir()
    met = there.ok("courier", "meet", folder, "--to", "kampala central")
    assert met["photos"]["written"] == 1
    assert here.ok("courier", "meet", folder, "--preview")["photos"]["fresh"] == 1
    assert here.ok("courier", "meet", folder, "--no-photos")["photos"]["kept"] == 1
    assert [one["digest"] for one in here.ok("photo", "list", "GU 1")] == [digest]
