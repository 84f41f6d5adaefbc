"""Where the environment lies, what its stamp is worth, and that one start prepares at a time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from stockpile._bootstrap.place import Place, one_at_a_time, place_for, took, wanted

ROOT = Path(__file__).resolve().parents[3]
HOLD = """
import subprocess
import sys
from pathlib import Path
from stockpile._bootstrap.place import one_at_a_time
with one_at_a_time(Path(sys.argv[1])):
    subprocess.run([sys.executable, "-c", "print('held', flush=True); input()"], close_fds=False)
"""


def test_the_environment_lies_in_a_checkout_that_can_be_written(bare: Place):
    assert place_for(bare.checkout, {}) == Place(bare.checkout, bare.checkout / ".venv")


def test_the_caller_may_name_another_folder(bare: Place, tmp_path: Path):
    place = place_for(bare.checkout, {"STOCKPILE_VENV": str(tmp_path / "mine")})
    assert place.venv == tmp_path / "mine"


def test_a_checkout_that_cannot_be_written_uses_the_users_cache(tmp_path: Path):
    one, two = (
        place_for(tmp_path / "gone" / name, {"XDG_CACHE_HOME": str(tmp_path / "cache")})
        for name in ("one", "two")
    )
    assert one.venv.parent == two.venv.parent == tmp_path / "cache/stockpile"
    assert one.venv != two.venv


def test_what_is_wanted_changes_with_each_lock(bare: Place):
    before = wanted(bare.checkout, tools=True)
    assert wanted(bare.checkout, tools=False) == {"run": before["run"]}
    lock = bare.checkout / "packaging/requirements-dev.txt"
    lock.write_text(lock.read_text("utf-8") + "# one more line\n", "utf-8")
    after = wanted(bare.checkout, tools=True)
    assert (after["run"], after["dev"] == before["dev"]) == (before["run"], False)


def test_a_stamp_keeps_what_it_knew(prepared: Place):
    prepared.remember(window="works")
    prepared.remember(libraries="/a:/b")
    assert prepared.known() == {
        **wanted(prepared.checkout, tools=False),
        "window": "works",
        "libraries": "/a:/b",
    }


def test_a_torn_stamp_or_a_lost_interpreter_is_not_trusted(prepared: Place):
    whole = prepared.stamp.read_bytes()
    prepared.stamp.write_bytes(whole[: len(whole) // 2])
    assert prepared.known() == {}
    prepared.stamp.write_bytes(whole)
    assert prepared.is_ready(wanted(prepared.checkout, tools=False))
    prepared.python.unlink()
    assert prepared.known() == {}


@pytest.mark.skipif(os.name == "nt", reason="Windows gives no lock to a child")
def test_a_tool_that_outlives_its_start_still_holds_the_lock(tmp_path: Path):
    venv = tmp_path / "venv"
    start = subprocess.Popen(
        [sys.executable, "-c", HOLD, venv], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with start:
        assert start.stdin
        assert start.stdout
        assert start.stdout.readline().strip() == b"held"
        start.kill()
        start.wait()
        with (tmp_path / "venv.lock").open("a+b") as file:
            assert not took(file.fileno())
        start.stdin.close()
        with one_at_a_time(venv), (tmp_path / "venv.lock").open("a+b") as file:
            assert not took(file.fileno())
    with one_at_a_time(venv):
        pass
