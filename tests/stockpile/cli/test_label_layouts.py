"""label layout: list, show, set and retire, as a script uses them."""

from __future__ import annotations

import pytest
from PIL import Image

from tests.helpers.commands import INIT, Shell


@pytest.fixture
def shell(tmp_path):
    shell = Shell(tmp_path / "home")
    shell.ok(*INIT)
    return shell


def test_a_layout_is_copied_from_a_stock_changed_kept_and_retired(shell, tmp_path):
    before = shell.ok("label", "layout", "list")
    assert all(one["stock"] for one in before)
    text = shell.ok("label", "layout", "show", "l7160")["text"]
    file, logo = tmp_path / "rifles.toml", tmp_path / "logo.png"
    Image.new("L", (20, 20), 0).save(logo)
    spot = '\n[[element]]\nwhat = "logo"\nleft = 55\ntop = 16.5\nwidth = 6\nheight = 6\n'
    file.write_text(text + spot, "utf-8")
    set_ = ("label", "layout", "set", str(file), "--name", "Rifles", "--logo", str(logo))
    assert shell.ok(*set_)["changed"]
    assert not shell.ok(*set_)["changed"]
    shown = shell.ok("label", "layout", "show", "rifles")
    assert (shown["problems"], shown["elements"][-1]["what"]) == ([], "logo")
    assert shell.ok("label", "layout", "retire", "Rifles")["retired"]
    names = [one["name"] for one in shell.ok("label", "layout", "list")]
    assert "Rifles" not in names
    assert "Rifles" in [one["name"] for one in shell.ok("label", "layout", "list", "--all")]


def test_what_cannot_be_read_or_printed_is_refused(shell, tmp_path):
    file = tmp_path / "bad.toml"
    said = shell.run("label", "layout", "set", str(file))
    assert (said.code, said.error["error"]) == (2, "FileUnreadable")
    file.write_text('name = "x"\nwidth = 30\nheight = 20\n[[element]]\nwhat = "matrix"', "utf-8")
    assert shell.run("label", "layout", "set", str(file)).error["error"] == "LabelElementMisfit"
