"""Which PostgreSQL the tests are given."""

from __future__ import annotations

from pathlib import Path

import pytest

from stockpile._bootstrap.place import Place
from stockpile._bootstrap.server import ensure_server, newest, unpacked_server


def a_server(versions: Path, version: str) -> Path:
    programs = versions / version / "bin"
    programs.mkdir(parents=True)
    (programs / "initdb").touch()
    return programs


def test_the_newest_is_newest_by_number(tmp_path: Path):
    a_server(tmp_path, "9.6")
    fifteen = a_server(tmp_path, "15")
    (tmp_path / "17/bin").mkdir(parents=True)  # only its client is installed
    assert newest(tmp_path) == fifteen


def test_no_server_is_no_server(tmp_path: Path):
    assert newest(tmp_path / "nothing") is None


def test_the_callers_own_goes_first(bare: Place):
    found = ensure_server(bare, {"STOCKPILE_TEST_PG_BIN": "/opt/pg/bin"})
    assert found == {"STOCKPILE_TEST_PG_BIN": "/opt/pg/bin"}


def test_one_unpacked_for_us_loses_its_compiling_module_and_brings_its_libraries(tmp_path: Path):
    programs = a_server(tmp_path / "usr/lib/postgresql", "15")
    module = programs.parent / "lib/llvmjit.so"
    for folder in (module.parent, tmp_path / "usr/lib/x86_64-linux-gnu"):
        folder.mkdir(parents=True)
    module.touch()
    assert unpacked_server(tmp_path) == {
        "STOCKPILE_TEST_PG_BIN": str(programs),
        "LD_LIBRARY_PATH": str(tmp_path / "usr/lib/x86_64-linux-gnu"),
    }
    assert not module.exists()


def test_an_unpacked_folder_without_a_server_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert unpacked_server(tmp_path) == {}
    assert "STOCKPILE_TEST_PG_BIN" in capsys.readouterr().err
