"""What is asked of Debian, and what is left out of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from stockpile._bootstrap.debian import apt_install, as_root, libraries_in, to_unpack, unpack

PLAN = """\
Reading package lists...
The following additional packages will be installed:
  libegl-mesa0 libglvnd0 libllvm15 libxcb1
'http://mirror.invalid/libegl1_1.6.0-1_amd64.deb' libegl1_1.6.0-1_amd64.deb 33712 SHA256:aa
'http://mirror.invalid/libegl-mesa0_22.3_amd64.deb' libegl-mesa0_22.3_amd64.deb 114444 SHA256:bb
'http://mirror.invalid/libllvm15_15.0_amd64.deb' libllvm15_1%3a15.0_amd64.deb 22800000 SHA256:cc
'http://mirror.invalid/libxcb1_1.15-1_amd64.deb' libxcb1_1.15-1_amd64.deb 144000 SHA256:dd
'http://mirror.invalid/libglib2.0-0_2.74_amd64.deb' libglib2.0-0_2.74_amd64.deb 140000 SHA256:ee
"""


def test_the_plan_is_followed_but_for_drivers_and_compilers():
    assert to_unpack(PLAN) == ["libegl1", "libglib2.0-0", "libxcb1"]


def test_a_plan_without_packages_asks_for_nothing():
    assert to_unpack("Reading package lists...\n0 upgraded, 0 newly installed.\n") == []


def test_a_system_without_apt_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert as_root() is None
    assert not apt_install(["postgresql"])
    assert not unpack(["postgresql"], tmp_path / "system/postgresql")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_was_unpacked_is_complete_and_not_fetched_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PATH", "")
    (tmp_path / "qt").mkdir()
    assert unpack(["libegl1"], tmp_path / "qt")


def test_libraries_are_found_for_any_processor(tmp_path: Path):
    folders = [tmp_path / "lib/aarch64-linux-gnu", tmp_path / "usr/lib/aarch64-linux-gnu"]
    for folder in folders:
        folder.mkdir(parents=True)
    assert libraries_in(tmp_path).split(os.pathsep) == [str(folder) for folder in folders]
