"""Command barcodes: each is understood as its card says, and nothing else is a command."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain.command_codes import COMMANDS, Command, code_of, read_command
from stockpile.domain.tags import tag_in


def test_each_command_has_one_code():
    assert sorted(COMMANDS.values()) == sorted(get_args(Command))
    assert [read_command(code_of(command)) for command in COMMANDS.values()] == list(
        COMMANDS.values()
    )


@pytest.mark.parametrize("text", ["#undo", " #UNDO\r", "]C0#UNDO", " ]C0 #Undo "])
def test_a_command_is_understood_as_scanners_bring_it(text):
    assert read_command(text) == "undo"


@pytest.mark.parametrize("text", ["UNDO", "#", "#UNDOX", "# UNDO", "##UNDO", "#K8Z1PN3K1VKND", ""])
def test_what_is_no_command_gives_none(text):
    assert read_command(text) == ""


@given(st.text(max_size=20))
def test_no_text_without_the_sign_is_a_command(text):
    if "#" not in text:
        assert read_command(text) == ""


def test_a_command_is_never_a_tag():
    assert not any(tag_in(code) for code in COMMANDS)
