"""Commands at a registry's own machine, and at a depot's, as their answers come back."""

from __future__ import annotations

import json

import pytest

from stockpile.cli import commands
from tests.helpers.house import TOLD


def courier_commands(database, capsys):
    """Return what runs a courier command at a registry: its code, its answer, its error."""

    def command(name, file, *words, plain=False):
        with pytest.raises(SystemExit) as ended:
            commands.main([
                *([] if plain else ["--json"]), "registry", "courier", name, str(file),
                "--database", str(database), *words,
            ])  # fmt: skip
        said = capsys.readouterr()
        if plain:
            return said.out
        return ended.value.code, json.loads(said.out or "null"), json.loads(said.err or "null")

    return command


def at_the_depot(home, capsys, *words):
    """Run a command at a depot, and return its answer; it must not fail."""
    with pytest.raises(SystemExit) as ended:
        commands.main(["--home", str(home), "--as", TOLD.officer, "--json", *words])
    said = capsys.readouterr()
    assert ended.value.code == 0, said.err
    return json.loads(said.out)
