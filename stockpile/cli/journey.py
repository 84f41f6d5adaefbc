"""The whole job in one command: what the program does where no screen shows it.

Each step is a command that anybody could type, and is shown as it runs. The marking machine is
simulated and the registry is on this computer: processes of their own, over real ports.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess  # our own commands only
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import platformdirs
import typer

from stockpile import app
from stockpile.cli.opening import asked
from stockpile.cli.output import Output
from stockpile.language import _

_HERE: Final = Path(__file__).resolve().parents[2]
_SERIAL: Final = "KB 4471902"
Answer = Mapping[str, Any]


def journey(
    ctx: typer.Context,
    folder: Path | None = typer.Option(None, help="Where everything goes; made anew."),
    list_: Path | None = typer.Option(
        None, "--list", help="The list to import; else a training list."
    ),
) -> None:
    """Do the whole job on a practice depot, and say where everything is.

    Imports a list, types in a weapon, marks it through a simulated machine over a real port, prints
    its label, sends it to a registry on this computer, and checks every seal. Nothing leaves it.
    """
    output = asked(ctx).output
    usual = Path(platformdirs.user_data_dir("stockpile", appauthor=False)).with_name(
        "stockpile-journey"
    )
    place = (folder or usual).resolve()
    if folder is None:
        shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True, exist_ok=True)
    told = _travel(
        _Traveller(place, output, ctx.find_root().command.main), list_ or app.training_list()
    )
    shown = [f"{name:<9} {value}" for name, value in told.items()]
    output.result(told, "\n".join([_("Done. Everything is here:"), *shown]))


@dataclass(frozen=True, slots=True)
class _Traveller:
    """Runs our own commands in one folder and shows each."""

    folder: Path
    output: Output
    program: Callable[..., Any]

    @property
    def home(self) -> Path:
        return self.folder / "home"

    def run(self, *words: str) -> Any:  # noqa: ANN401 - each command answers its own JSON
        """Run one command and return its JSON; a failure ends the journey."""
        self.output.say("$ stockpile " + " ".join(words))
        answer = io.StringIO()
        with redirect_stdout(answer):
            code = self.program(self._words(*words), "stockpile", standalone_mode=False)
        if code:
            raise typer.Exit(code)
        return json.loads(answer.getvalue())

    @contextmanager
    def serving(self, *words: str) -> Iterator[Answer]:
        """Run a command that goes on, until the block ends; yields its first line."""
        self.output.say("$ stockpile " + " ".join(words) + " &")
        with subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "stockpile.cli", *self._words(*words)],
            stdout=subprocess.PIPE,
            text=True,
            env=_environment(),
        ) as process:
            assert process.stdout is not None
            try:
                yield json.loads(process.stdout.readline() or "{}")
            finally:
                process.terminate()

    def _words(self, *words: str) -> list[str]:
        return ["--json", "--home", str(self.home), *words]


def _travel(we: _Traveller, listed: Path) -> dict[str, Any]:
    we.run("demo", "--weapons", "200")
    imported = we.run("import", str(listed))
    weapon = we.run(
        "register", "--type", "ASR", "--make", "Izhmash", "--model", "AKM",
        "--calibre", "7.62x39 mm", "--serial", _SERIAL,
    )  # fmt: skip
    number = weapon["number"]
    job = _mark(we, number)
    labels = we.run("label", "--all", "--out", str(we.folder / "labels.pdf"))
    sent = _send(we)
    checked = we.run("check", "--deep")
    return {
        "weapon": f"{number}  {_SERIAL}  {job['text']} ({job['state']})",
        "imported": imported["accepted"],
        "labels": labels["file"],
        "sent": sent["sent"],
        "entries": checked["entries"],
        "head": checked["head"],
        "home": str(we.home),
        "metal": str(we.folder / "metal.jsonl"),
        "registry": str(we.folder / "registry.db"),
    }


def _mark(we: _Traveller, number: str) -> Answer:
    """Mark the weapon through a simulated machine, and read the mark back from its metal."""
    log = we.folder / "metal.jsonl"
    port = ("--pty", str(we.folder / "machine")) if app.has_ptys() else ("--tcp", "0")
    with we.serving("simulate", "tl07", *port, "--speed", "20", "--log", str(log)) as ready:
        we.run("machine", "add", "bench", "--driver", "tl07", "--url", ready["url"])
        (job,) = we.run("mark", number, "--machine", "bench")
    metal = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    read = next(event["text"] for event in reversed(metal) if event["event"] == "done")
    verified: Answer = we.run("mark", "verify", job["job"], "--scan", read)
    return {**job, "state": verified["state"]}


def _send(we: _Traveller) -> Answer:
    """Send everything to a registry on this computer."""
    database = str(we.folder / "registry.db")
    served = ("registry", "serve", "--database", database, "--listen", "127.0.0.1:0")
    we.run("registry", "found", "--database", database)
    with we.serving(*served) as listening:
        code = we.run("registry", "enrol", "--database", database, "--name", "Practice depot")
        url = listening["url"]
        we.run("registry", "enrol", "--registry", url, "--code", code["code"])
        sent: Answer = we.run("sync", "--registry", url)
        return sent


def _environment() -> dict[str, str]:
    found = [str(_HERE), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, found))}
