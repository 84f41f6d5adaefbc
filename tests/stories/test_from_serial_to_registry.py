"""The manual in one script: a real list, a typed weapon, a mark, labels, a registry, the proof."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stockpile.app import training_list
from stockpile.domain.serials import read_serial
from tests.helpers.builders import mark_text
from tests.helpers.commands import INIT, Shell
from tests.helpers.lists import real
from tests.helpers.nightly import nightly
from tests.helpers.wires import wire_words

SHEETS = 1_000
"""From so many weapons on only some get a label here: the bench of labels draws thousands."""
FIRST = {"training-list.csv": ("NXB181", 60, 6), "rj_2021_apreensao.xlsx": (None, 10_790, 1_835)}


LISTS = ["training-list.csv", pytest.param("rio/rj_2021_apreensao.xlsx", marks=nightly)]


@pytest.fixture(params=LISTS)
def listed(request):
    """A list to import: the invented one that ships, and a real one of 12,625 rows."""
    return training_list() if request.param in FIRST else real(request.param)


def test_the_whole_job_runs_from_one_script_and_says_the_same_numbers(tmp_path, listed):
    serial, weapons, lots = FIRST[listed.name]
    shell, database = Shell(tmp_path / "home"), tmp_path / "registry.db"
    shell.ok(*INIT)

    imported = shell.ok("import", listed)
    assert (imported["weapons"], imported["lots"]) == (weapons, lots)
    assert imported["rows"] == imported["accepted"] + imported["refused"]
    again = shell.ok("import", listed)
    assert (again["accepted"], again["already_held"]) == (0, imported["accepted"])

    serial = serial or _some_serial(shell)
    found = shell.ok("find", serial)
    assert serial in {hit["serial"] for hit in found}

    typed = shell.ok("register", "--type", "ASR", "--model", "AKM", "--serial", "KB 4471902-Z")
    with shell.serving("simulate", "tl07", *wire_words(tmp_path / "m"), "--speed", "20") as ready:
        shell.ok("machine", "add", "bench", "--driver", "tl07", "--url", ready["url"])
        (job,) = shell.ok("mark", typed["number"], "--machine", "bench")
    assert (job["text"], job["state"]) == (mark_text(1), "done")
    assert shell.ok("find", mark_text(1))[0]["number"] == typed["number"]

    labelled = ["--all"] if weapons < SHEETS else [hit["number"] for hit in found[:200]]
    labels = shell.ok("label", *labelled, "--out", tmp_path / "labels.pdf")
    assert labels["labels"] == (weapons + 1 if weapons < SHEETS else len(labelled))

    shell.ok("registry", "found", "--database", database)
    code = shell.ok("registry", "enrol", "--database", database, "--name", "Kampala")["code"]
    serving = ("registry", "serve", "--database", database, "--listen", "127.0.0.1:0")
    with shell.serving(*serving) as listening:
        shell.ok("registry", "enrol", "--registry", listening["url"], "--code", code)
        sent = shell.ok("sync")
        assert shell.ok("sync")["sent"] == 0
    checked = shell.ok("check", "--deep")
    nodes = shell.ok("registry", "nodes", "--database", database)
    known = next(one for one in nodes if one["name"] == "Kampala")
    assert checked["weapons"] == weapons + 1
    assert checked["facts"] >= sent["sent"] > weapons
    assert known["entries"] == sent["receipt"]["number"]


def _some_serial(shell):
    """Return the serial of a weapon that the real list brought, whatever it is."""
    hits = shell.ok("find", "TAURUS", "--limit", "500")
    return next(hit["serial"] for hit in hits if read_serial(hit["serial"]).status == "read")


def test_the_same_journey_is_one_command(tmp_path):
    shell = Shell(tmp_path / "unused")
    told = shell.ok("journey", "--folder", tmp_path / "journey")
    assert told["imported"] == 66
    assert "(verified)" in told["weapon"]
    assert (tmp_path / "journey" / "labels.pdf").is_file()
    metal = [json.loads(line) for line in Path(told["metal"]).read_text("utf-8").splitlines()]
    assert [event["event"] for event in metal].count("done") == 1
