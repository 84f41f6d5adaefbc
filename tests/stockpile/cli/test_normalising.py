"""normalise: a value a line, an answer a line, without a home."""

from __future__ import annotations

import json

import pytest

from tests.helpers.commands import Shell


@pytest.fixture
def shell(tmp_path):
    return Shell(tmp_path / "no home")


def answers(said):
    return [json.loads(line) for line in said.out.splitlines()]


def test_every_line_has_its_answer_in_order(shell, tmp_path):
    file = tmp_path / "values.txt"
    file.write_bytes("﻿9 x 19 mm\r\n\r\nnonsense\r\nP.40\r\n".encode())
    found = answers(shell.run("normalise", "calibre", file))
    assert [one["value"] for one in found] == ["9 x 19 mm", "", "nonsense", "P.40"]
    assert [one["code"] for one in found] == ["9x19", "", "", ".40-sw"]
    assert found[0].keys() == {"value", "normal", "confidence", "why", "code", "name"}
    assert not (tmp_path / "no home").exists()


def test_a_serial_has_a_status(shell, tmp_path):
    file = tmp_path / "serials.txt"
    file.write_text("AB 123\nRASPADA\n", "utf-8")
    found = answers(shell.run("normalise", "serial", file))
    assert [(one["normal"], one["status"]) for one in found] == [
        ("AB 123", "read"),
        ("", "removed"),
    ]


def test_what_stands_beside_settles_a_bare_number(shell, tmp_path):
    file = tmp_path / "beside.txt"
    file.write_text("32\tespingarda\n32\n", "utf-8")
    found = answers(shell.run("normalise", "calibre", file, "--beside", "--type", "pistola"))
    assert [one["code"] for one in found] == ["32-gauge", ".32-acp"]


@pytest.mark.parametrize("named", [(), ("-",)])
def test_the_input_is_read_where_no_file_is_named(shell, named):
    done = shell.aside("normalise", "country", *named, given="URSS\n")
    assert "Soviet Union" in done.stdout


def test_an_unknown_kind_and_an_unreadable_file_are_refused(shell, tmp_path):
    assert shell.run("normalise", "colour", tmp_path).error["error"] == "FieldUnreadable"
    said = shell.run("normalise", "make", tmp_path / "no.txt")
    assert (said.code, said.error["error"]) == (2, "FileUnreadable")
