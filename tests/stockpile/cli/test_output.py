"""How the command line speaks, and how it ends."""

from __future__ import annotations

import json

import pytest

from stockpile.cli.output import Output, exit_code, table
from stockpile.domain import errors


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.WeaponUnknown("x"), 1),
        (errors.FileUnreadable("x", "no"), 2),
        (errors.FileHostile("x", "bomb"), 2),
        (errors.LayoutUnknown("x", ()), 2),
        (errors.PortLost("x", "pulled"), 3),
        (errors.RegistryUnreachable("x", "off"), 3),
        (errors.DiskFull("x"), 3),
        (errors.ChainBroken("n", 1, "root"), 4),
        (errors.Cancelled(), 130),
    ],
)
def test_the_exit_code_tells_the_family_of_the_error(error, code):
    assert exit_code(error) == code


def test_columns_are_as_wide_as_their_widest_cell():
    assert table(("A", "Long"), [("bbb", "c"), ("d", "")]) == "A    Long\nbbb  c\nd"


def test_a_program_gets_json_and_a_person_a_table(capsys):
    for as_json in (True, False):
        Output(as_json).rows([{"a": 1}], ("A",), [("1",)])
    out = capsys.readouterr().out
    assert out == '[{"a": 1}]\nA\n1\n'


def test_an_error_is_json_or_a_sentence_on_standard_error(capsys):
    error = errors.WeaponAmbiguous("KB 1", ("A", "B"))
    Output(as_json=True).error(error)
    Output(as_json=False).error(error)
    said = capsys.readouterr()
    first, second = said.err.splitlines()
    assert said.out == ""
    assert json.loads(first)["details"] == {"text": "KB 1", "numbers": ["A", "B"]}
    assert "KB 1" in second


def test_nobody_watches_progress_without_a_terminal():
    with Output(as_json=False).progress("Work") as progress:
        progress(1, 2)
