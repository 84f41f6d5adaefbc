"""What a machine remembers, and what it does with what it does not know."""

from __future__ import annotations

from dataclasses import fields

import pytest

from stockpile.domain.errors import DiskTrouble, FileUnreadable
from stockpile.settings import FILE, Settings


def test_without_a_file_everything_is_as_described(tmp_path):
    assert Settings.read(tmp_path) == Settings()
    assert all(one.metadata["meaning"] for one in fields(Settings) if one.name != "rest")


def test_what_is_written_is_read_again(tmp_path):
    told = Settings().with_(language="ar", theme="dark", officer='A. "Kofi" Mbuyi \\ £')
    told.write(tmp_path)
    assert Settings.read(tmp_path) == told


def test_keys_of_a_newer_version_survive(tmp_path):
    (tmp_path / FILE).write_text('theme = "dark"\nglow = true\nsize = 3\n', "utf-8")
    Settings.read(tmp_path).with_(theme="light").write(tmp_path)
    kept = (tmp_path / FILE).read_text("utf-8")
    assert "glow = true" in kept
    assert "size = 3" in kept
    assert Settings.read(tmp_path).theme == "light"


@pytest.mark.parametrize("content", [b"theme = ", b"\xff\xfe\x00", b"[[["])
def test_a_damaged_file_is_said_and_kept(tmp_path, content):
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(FileUnreadable):
        Settings.read(tmp_path)
    assert (tmp_path / FILE).read_bytes() == content


def test_a_disk_that_takes_nothing_is_said(tmp_path):
    with pytest.raises(DiskTrouble):
        Settings().write(tmp_path / "nowhere")


def test_what_may_hold_a_serial_is_never_in_the_file(tmp_path):
    told = Settings().with_(theme="dark", collecting='{"serial": "KB1"}', counter="[]")
    told.write(tmp_path)
    written = (tmp_path / FILE).read_text("utf-8")
    assert "dark" in written
    assert not any(name in written for name in ("KB1", "collecting", "counter", "filters"))
    assert told.sealed() == {"collecting": '{"serial": "KB1"}', "counter": "[]"}
    assert Settings.read(tmp_path).unsealed(told.sealed()).collecting == told.collecting
    assert Settings().unsealed({"theme": "dark", "nonsense": "x"}) == Settings()


def test_what_an_older_version_left_in_the_clear_is_gone_with_the_next_saving(tmp_path):
    (tmp_path / FILE).write_text('collecting = "KB1"\n', "utf-8")
    old = Settings.read(tmp_path)
    assert old.collecting == "KB1"
    old.write(tmp_path)
    assert "KB1" not in (tmp_path / FILE).read_text("utf-8")
