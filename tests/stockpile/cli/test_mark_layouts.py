"""layout: list, show and print, as a script uses them."""

from __future__ import annotations

import pytest

from tests.helpers.commands import INIT, Shell


@pytest.fixture
def shell(tmp_path):
    shell = Shell(tmp_path / "home")
    shell.ok(*INIT)
    return shell


def test_layouts_are_listed_shown_and_printed(shell, tmp_path):
    (standard,) = shell.ok("layout", "list")
    assert (standard["width"], standard["text_height"]) == (30_000, 2_000)
    shown = shell.ok("layout", "show", standard["name"])
    assert shown["problems"] == []
    assert shown["text"].startswith("UG ")
    assert shown["dots"] > 100
    out = tmp_path / "layout.pdf"
    assert shell.ok("layout", "print", "--out", str(out))["file"] == str(out)
    assert out.read_bytes().startswith(b"%PDF")


def test_a_text_that_breaks_a_limit_is_said(shell):
    shown = shell.ok("layout", "show", "--text", "UG 26 0000000000123")
    assert [one["kind"] for one in shown["problems"]] == ["too_long"]
    assert "too long for the zone" in shown["problems"][0]["said"]


def test_a_layout_that_is_not_there_is_refused(shell):
    said = shell.run("layout", "show", "Bolt")
    assert said.code == 1
    assert said.error["error"] == "MarkLayoutUnknown"
