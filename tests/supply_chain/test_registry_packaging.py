"""What is shipped to run a registry: a tight unit that starts what the program knows; a drill."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from stockpile.cli.commands import command_line
from stockpile.registry import __main__ as program
from tests.helpers.nightly import nightly

ROOT = Path(__file__).resolve().parents[2]
ROOM = ROOT / "packaging" / "registry"
UNIT = ROOM / "stockpile-registry.service"
MOST_EXPOSED = 20
"""Tenths: what systemd itself calls OK begins far above."""


def test_the_unit_starts_what_the_program_knows():
    (started,) = re.findall(r"^ExecStart=(.*)$", UNIT.read_text("utf-8"), re.MULTILINE)
    words = shlex.split(started)
    assert words[1:3] == ["-m", "stockpile.registry"]
    assert words.pop() == "$MORE"  # nothing, or what an operator adds
    values = {
        "${DATABASE}": "postgresql://x/y", "${LISTEN}": "127.0.0.1:1", "${WORKERS}": "2",
        "${PROXY}": "127.0.0.1",
    }  # fmt: skip
    told = program._told([values.get(word, word) for word in words[3:]])
    assert (told.workers, told.forwarded_by) == (2, "127.0.0.1")


def test_the_unit_can_do_little_else():
    program_of_systemd = shutil.which("systemd-analyze")
    if program_of_systemd is None:
        pytest.skip("no systemd here")
    asked = ["security", "--offline=true", f"--threshold={MOST_EXPOSED}", str(UNIT)]
    done = subprocess.run([program_of_systemd, *asked], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-500:] + done.stderr


def test_the_unit_is_one_that_systemd_reads(tmp_path):
    program_of_systemd = shutil.which("systemd-analyze")
    if program_of_systemd is None:
        pytest.skip("no systemd here")
    here = tmp_path / UNIT.name
    shown = UNIT.read_text("utf-8").replace("/opt/stockpile/.venv/bin/python", sys.executable)
    here.write_text(shown, "utf-8")
    asked = ["verify", "--man=no", str(here)]
    done = subprocess.run([program_of_systemd, *asked], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_password_is_in_a_file_that_libpq_takes():
    said = UNIT.read_text("utf-8")
    assert "PGPASSFILE=%t/stockpile-registry/pgpass" in said
    (copied,) = re.findall(r"^ExecStartPre=(.*)$", said, re.MULTILINE)
    assert shlex.split(copied) == [
        "/usr/bin/install", "-m", "0600",
        "${CREDENTIALS_DIRECTORY}/pgpass", "${RUNTIME_DIRECTORY}/pgpass",
    ]  # fmt: skip


def test_every_option_that_the_manual_names_is_there():
    shown = (ROOM / "RUNNING.md").read_text("utf-8") + (ROOM / "compose.yaml").read_text("utf-8")
    served = (ROOT / "stockpile" / "registry" / "__main__.py").read_text("utf-8")
    other = {
        "--owner",
        "--encoding",
        "--pwprompt",
        "--now",
        "--stop",
        "--start",
        "--data-checksums",
    }
    other |= {"--stanza", "--type", "--target", "--target-action"}  # pgBackRest's
    other |= {"--rm", "--entrypoint", "--deploy-hook"}  # docker's and certbot's
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", shown)) - other
    known = set(re.findall(r"--[a-z][a-z-]+", served)) | set(
        options(typer.main.get_command(command_line()))
    )
    assert named <= known


def options(one):
    """Give every option of a command and of all that stand under it."""
    for parameter in one.params:
        yield from (word for word in parameter.opts if word.startswith("--"))
    for under in getattr(one, "commands", {}).values():
        yield from options(under)


def test_every_figure_that_the_manual_wakes_somebody_for_is_shown():
    said = set(re.findall(r"stockpile_registry_(\w+)", (ROOM / "RUNNING.md").read_text("utf-8")))
    source = (ROOT / "stockpile" / "registry" / "metrics.py").read_text("utf-8")
    for name in said:
        assert name.removesuffix("_total") in source, name


def copied():
    """Give what the image is made of: where each thing lies here, and where it lies there."""
    for line in (ROOM / "Containerfile").read_text("utf-8").splitlines():
        if line.startswith("COPY "):
            *sources, there = line.split()[1:]
            yield from ((ROOT / one, Path(there), one) for one in sources)


def test_the_image_holds_what_is_named_and_no_secret_or_history():
    for here, _there, name in copied():
        assert here.exists(), name
        assert here not in (ROOM, *ROOM.parents), name  # where the passwords lie


def test_what_the_image_holds_is_enough_and_its_health_is_asked_as_compose_asks(tmp_path):
    image = tmp_path / "image"
    for here, there, name in copied():
        at = image / there / ("" if here.is_dir() else Path(name).name)
        at.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if here.is_dir() else shutil.copy)(here, at)
    started = [sys.executable, "-m", "stockpile.registry", "--found", "--listen", "127.0.0.1:0"]
    with subprocess.Popen(
        [*started, "--database", str(tmp_path / "registry.db")], cwd=image,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as running:  # fmt: skip
        try:
            url = json.loads(running.stdout.readline())["url"]
            (asked,) = re.findall(r'"(import .*)"', (ROOM / "compose.yaml").read_text("utf-8"))
            for answers, here in ((0, url), (1, "http://127.0.0.1:1")):
                told = asked.replace("http://127.0.0.1:8750", here)
                done = subprocess.run(
                    [sys.executable, "-c", told], check=False, stderr=subprocess.DEVNULL
                )
                assert done.returncode == answers
        finally:
            running.terminate()


def test_compose_believes_the_host_about_who_asks_and_its_passwords_are_readable_there():
    said = (ROOM / "compose.yaml").read_text("utf-8")
    (gateway,) = re.findall(r"gateway: ([\d.]+)", said)
    (believed,) = re.findall(r"- --forwarded-by\n +- ([\d.]+)", said)
    assert believed == gateway
    (user,) = re.findall(r"--uid (\d+)", (ROOM / "Containerfile").read_text("utf-8"))
    assert f"chown {user} pgpass" in said


def test_the_drill_is_a_script_that_bash_reads():
    done = subprocess.run(
        ["bash", "-n", str(ROOM / "restore_drill.sh")], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


@nightly
@pytest.mark.parametrize("by", ["files", "pgbackrest"])
def test_the_drill_brings_everything_back(by):
    if by == "pgbackrest" and shutil.which(by) is None:
        pytest.skip("no pgBackRest here")
    done = subprocess.run(
        ["bash", str(ROOM / "restore_drill.sh"), "20", by],
        capture_output=True, text=True, check=False, cwd=ROOT,
        env={**os.environ, "PYTHON": sys.executable},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "nothing is lost" in done.stdout
