"""Run a command as a script does, and read what it said."""

from __future__ import annotations

import io
import json
import os
import sys
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from unittest.mock import patch

from stockpile import app
from stockpile.adapters.keys.strength import LIGHT
from stockpile.cli.commands import main
from stockpile.language import current_language, use_language
from tests.helpers import readied
from tests.helpers.house import PASSPHRASE, PIN

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": str(ROOT),
    "PYTHONUTF8": "1",
    "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    "STOCKPILE_PASSPHRASE": PASSPHRASE,
    "STOCKPILE_PIN": PIN,
    "LANGUAGE": "en",
    "LC_ALL": "C.UTF-8",
}


_LIGHT_HOMES = patch.object(app, "found_home", partial(app.found_home, strength=LIGHT))
"""What a test founds is quick to open: what a guess costs is tested where the keys are."""


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        """Return its answer as JSON."""
        return json.loads(self.out)

    @property
    def error(self):
        """Return its error as JSON."""
        return json.loads(self.err.splitlines()[-1])


@dataclass(frozen=True)
class Shell:
    """Commands about one home."""

    home: Path

    def run(self, *words, **environment):
        """Run a command with JSON answers in this process and return what it said."""
        out, err = io.StringIO(), io.StringIO()
        before, language_before = dict(os.environ), current_language()
        os.environ.update({**ENVIRONMENT, **environment})
        code = 0
        try:
            with redirect_stdout(out), redirect_stderr(err), _LIGHT_HOMES:
                main(["--json", "--home", str(self.home), *map(str, words)])
        except SystemExit as ended:
            code = ended.code
        finally:
            os.environ.clear()
            os.environ.update(before)
            use_language(language_before)
        return Said(code, out.getvalue(), err.getvalue())

    def ok(self, *words, **environment):
        """Run a command that must succeed and return its JSON."""
        said = self.run(*words, **environment)
        assert said.code == 0, said.err
        return said.json

    @contextmanager
    def serving(self, *words):
        """Run a command that goes on until the block ends; gives its first JSON line."""
        told = self._told("--json", *words)
        process = readied.begin("stockpile.cli", told, environment=ENVIRONMENT)
        with process.stdout as said:
            try:
                yield json.loads(said.readline())
            finally:
                process.terminate()
                process.wait()

    def aside(self, *words, given=""):
        """Run a command to its end in a process of its own, for a person to read."""
        return readied.run("stockpile.cli", self._told(*words), ENVIRONMENT, given)

    def command(self, *words):
        """Return the command line."""
        return [sys.executable, "-m", "stockpile.cli", *self._told(*words)]

    def _told(self, *words):
        return ["--home", str(self.home), *map(str, words)]


INIT = (
    "init", "--country", "UG", "--site", "KLA", "--name", "Kampala Central",
    "--officer", "A. Mbuyi",
)  # fmt: skip
