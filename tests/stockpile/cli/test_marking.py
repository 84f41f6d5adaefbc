"""machine, scheme, numbers, mark: against the simulator of the product, over a real port."""

from __future__ import annotations

import pytest

from tests.helpers.builders import mark_text
from tests.helpers.commands import INIT, Shell
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
        assert shell.ok("machine", "probe", "bench")["state"] == "ready"
        jobs = shell.ok("mark", *numbers, "--machine", "bench")
        again = shell.ok("mark", numbers[0], "--machine", "bench")
    assert [one["text"] for one in jobs] == [mark_text(1), mark_text(2)]
    assert {one["state"] for one in jobs} == {"done"}
    assert again[0]["job"] == jobs[0]["job"]
    assert shell.ok("mark", "verify", jobs[0]["job"], "--scan", mark_text(1))["state"] == "verified"
    assert shell.ok("numbers", "show") == {
        "scheme": "MOSAIC_IMPORT_FULL", "left": 9998, "next": mark_text(3),
    }  # fmt: skip
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
    settled = shell.ok("mark", "resolve", job["job"], "--as-partial", "--reason", "half is there")
    assert settled["state"] == "resolved_partial"


def test_what_is_not_there_is_said(shell):
    number = shell.ok("register", "--serial", "KB 1")["number"]
    assert shell.run("mark", number, "--machine", "bench").error["error"] == "MachineUnknown"
    shell.ok("machine", "add", "bench", "--driver", "tl07", "--url", "/dev/nobody")
    probed = shell.run("machine", "probe", "bench")
    assert (probed.code, probed.error["error"]) == (3, "PortMissing")
    said = shell.run("mark", number, "--machine", "bench")
    assert (said.code, said.json[0]["state"]) == (1, "not_started")
    assert shell.ok("machine", "list")[0]["name"] == "bench"
    assert "MOSAIC_IMPORT_FULL" in {one["id"] for one in shell.ok("scheme", "list")}
    assert shell.ok("scheme", "show")["pattern"] == "{iso2} {yy} {seq}"
    assert shell.run("scheme", "show", "gold").error["error"] == "SchemeUnknown"
