"""mark, scheme, numbers: against the simulator of the product, over a real port."""

from __future__ import annotations

import pytest
from PIL import Image

from stockpile.adapters.reading.matrices import ZxingMatrices
from tests.helpers.builders import mark_text
from tests.helpers.commands import INIT, Shell
from tests.helpers.mark_pictures import drawn
from tests.helpers.wires import wire_words


@pytest.fixture
def shell(tmp_path):
    shell = Shell(tmp_path / "home")
    shell.ok(*INIT)
    return shell


def test_two_weapons_are_marked_and_a_repeat_marks_nothing(shell, tmp_path):
    numbers = [shell.ok("register", "--serial", f"KB {n}")["number"] for n in (1, 2)]
    with shell.serving("simulate", "tl07", *wire_words(tmp_path / "m"), "--speed", "20") as ready:
        shell.ok("machine", "add", "bench", "--driver", "tl07", "--url", ready["url"])
        jobs = shell.ok("mark", *numbers, "--machine", "bench")
        again = shell.ok("mark", numbers[0], "--machine", "bench")
    assert [one["text"] for one in jobs] == [mark_text(1), mark_text(2)]
    assert {one["state"] for one in jobs} == {"done"}
    assert again[0]["job"] == jobs[0]["job"]
    assert shell.ok("mark", "verify", jobs[0]["job"], "--scan", mark_text(1))["state"] == "verified"
    numbers = shell.ok("numbers", "show")
    assert (numbers["left"], numbers["next"]) == (9998, mark_text(3))
    assert len(shell.ok("mark", "jobs")) == 2
    assert shell.ok("mark", "jobs", "--open") == []


def test_a_doubtful_mark_exits_with_one_and_is_settled_by_a_person(shell, tmp_path):
    number = shell.ok("register", "--serial", "KB 1")["number"]
    simulate = ("simulate", "tl07", *wire_words(tmp_path / "m"), "--fault", "estop-mid")
    with shell.serving(*simulate) as ready:
        shell.ok("machine", "add", "bench", "--driver", "tl07", "--url", ready["url"])
        said = shell.run("mark", number, "--machine", "bench")
    (job,) = said.json
    assert (said.code, job["state"]) == (1, "unknown")
    assert shell.run("mark", "resolve", job["job"], "--reason", "x").code == 2
    resolve = ("mark", "resolve", job["job"], "--as-partial", "--reason", "half is there")
    assert shell.run(*resolve).error["error"] == "SightMissing"
    assert shell.run(*resolve, "--typed", "UG 2").error["error"] == "SecondOfficerMissing"
    picture = tmp_path / "metal.png"
    Image.new("L", (40, 30), 200).save(picture)
    assert shell.ok(*resolve, "--photo", str(picture))["state"] == "resolved_partial"


def test_a_mark_that_cannot_be_read_is_lit_otherwise_then_read_by_eye(shell, tmp_path):
    number = shell.ok("register", "--serial", "KB 1")["number"]
    with shell.serving("simulate", "tl07", *wire_words(tmp_path / "m"), "--speed", "20") as ready:
        shell.ok("machine", "add", "bench", "--driver", "tl07", "--url", ready["url"])
        (job,) = shell.ok("mark", number, "--machine", "bench")
    dark = tmp_path / "dark.png"
    Image.new("L", (40, 30), 20).save(dark)
    first = shell.run("mark", "verify", job["job"], "--photo", str(dark)).json
    second = shell.run("mark", "unreadable", job["job"]).json
    assert [(one["verdict"], one["tries"]) for one in (first, second)] == [
        ("unreadable", 1), ("unreadable", 2),
    ]  # fmt: skip
    picture = tmp_path / "mark.png"
    drawn(ZxingMatrices().modules(mark_text(1)), share=0.7).save(picture)
    seen = shell.ok("mark", "verify", job["job"], "--photo", str(picture))
    assert (seen["verdict"], seen["read"], seen["state"]) == ("equal", mark_text(1), "verified")
    wire = shell.ok("mark", "wire", job["job"])
    assert {one["direction"] for one in wire} == {"in", "out"}
    assert b"GO".hex() in "".join(one["bytes"] for one in wire)
    (pace,) = shell.ok("machine", "pace", "bench")
    assert (pace["machine"], pace["marked"], pace["failed"]) == ("bench", 1, 0)
    void = ("mark", "void", job["job"], "--reason", "filed off")
    assert shell.run(*void).error["error"] == "SecondOfficerMissing"
    assert shell.ok("--later", "alone at night", *void)["act"] == "void_mark"
    assert shell.ok("guard", "proposals")[0]["act"] == "void_mark"


def test_what_is_not_there_is_said(shell):
    number = shell.ok("register", "--serial", "KB 1")["number"]
    assert shell.run("mark", number, "--machine", "bench").error["error"] == "MachineUnknown"
    shell.ok("machine", "add", "bench", "--driver", "tl07", "--url", "/dev/nobody")
    said = shell.run("mark", number, "--machine", "bench")
    assert (said.code, said.json[0]["state"]) == (1, "not_started")
    assert "MOSAIC_IMPORT_FULL" in {one["id"] for one in shell.ok("scheme", "list")}
    assert shell.ok("scheme", "show")["pattern"] == "{iso2} {yy} {seq}"
    assert shell.run("scheme", "show", "gold").error["error"] == "SchemeUnknown"
