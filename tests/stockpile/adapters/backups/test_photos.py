from __future__ import annotations

from stockpile.adapters.backups import photos
from stockpile.services.ports import silent

DIGEST = "cd" + "1" * 62


def test_only_names_that_are_digests_come_back(tmp_path):
    listed = tmp_path / "photos.list"
    listed.write_text(f"{DIGEST}\n../../etc/passwd\n{'cd' + '2' * 62}\n")
    shelf = tmp_path / "stick" / "photos" / "cd"
    shelf.mkdir(parents=True)
    (shelf / DIGEST[2:]).write_bytes(b"sealed")
    photos.take_back(listed, tmp_path / "stick", tmp_path / "home", silent)
    kept = [one for one in (tmp_path / "home").rglob("*") if one.is_file()]
    assert [one.read_bytes() for one in kept] == [b"sealed"]
    assert photos.held_beside(tmp_path / "stick") == 1


def test_a_photo_cut_short_in_the_folder_is_copied_again(tmp_path):
    source = tmp_path / "home" / "photos" / "cd" / DIGEST[2:]
    source.parent.mkdir(parents=True)
    source.write_bytes(b"sealed")
    torn = tmp_path / "stick" / "photos" / "cd" / DIGEST[2:]
    torn.parent.mkdir(parents=True)
    torn.write_bytes(b"sea")
    assert photos.copy(tmp_path / "home", tmp_path / "stick", silent) == (DIGEST,)
    assert torn.read_bytes() == b"sealed"
