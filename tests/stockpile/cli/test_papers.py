"""label and label stocks."""

from __future__ import annotations

import pytest

from tests.helpers.commands import INIT, Shell


@pytest.fixture
def shell(tmp_path):
    shell = Shell(tmp_path / "home")
    shell.ok(*INIT)
    return shell


def test_a_dossier_is_printed_in_the_language_asked_for(shell, tmp_path):
    number = shell.ok("register", "--type", "ASR", "--serial", "KB 1")["number"]
    file = tmp_path / "dossier.pdf"
    told = shell.ok("paper", "dossier", number, "--out", file, "--lang", "ar")
    assert told["pages"] >= 1
    assert file.read_bytes().startswith(b"%PDF")
    said = shell.run("paper", "poem", number, "--out", file)
    assert (said.code, said.error["error"]) == (1, "FieldUnreadable")
