"""What a practice depot has beside its weapons: a simulated machine, and a registry of its own.

Both speak over real ports of this computer and end with the program.
"""

from __future__ import annotations

import json
import os
import subprocess  # our own program only
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from stockpile.adapters.marking.simulators.lines import has_ptys
from stockpile.adapters.marking.simulators.machines import FACES
from stockpile.adapters.marking.simulators.simulator import Simulator
from stockpile.domain.errors import MachineUnknown, RegistryUnreachable
from stockpile.services.people import Founding

PRACTICE_PASSPHRASE: Final = "practice"  # noqa: S105 - known to everybody, as it should be
PRACTICE_PIN: Final = "1234"
PRACTICE: Final = Founding("XA", "TRAIN", "Practice depot", "Practice officer", PRACTICE_PIN)
SPEED: Final = 4.0
"""The simulated machine marks four times faster than a real one: nobody practises waiting."""

_NAME: Final = "Practice depot"
_CHECKOUT: Final = Path(__file__).resolve().parents[2]


class LocalPracticeRoom:
    """Machine and registry of one practice home, started when first wanted."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._open = ExitStack()
        self._machine: Simulator | None = None
        self._driver = ""
        self._machine_open = ExitStack()
        self._registry = ""

    def drivers(self) -> tuple[str, ...]:
        """Return which machines can be practised on, by the names of their drivers."""
        return tuple(sorted(FACES))

    def machine(self, driver: str = "tl07") -> str:
        """Start a simulated machine and return its address; another one than before replaces it.

        Raises PortMissing, MachineUnknown.
        """
        if self._machine is None or driver != self._driver:
            link = self._home / "practice-machine" if has_ptys() else None
            port = None if link else 0
            machine = Simulator(driver, pty_link=link, tcp_port=port, speed=SPEED)
            self._machine_open.close()  # only now: one that nobody knows takes nobody's place
            self._machine = None
            self._machine = self._machine_open.enter_context(machine)
            self._driver = driver
        return self._machine.url

    def order(self, order: str, spec: str = "") -> None:
        """Have the machine carry out an order.

        Raises FieldUnreadable for one it does not know, MachineUnknown where no machine stands.
        """
        if self._machine is None:
            raise MachineUnknown(order)
        self._machine.order(order, spec)

    def picture(self) -> bytes:
        """Return a photo (PNG) of the metal as it is cut until now; nothing without a machine."""
        return b"" if self._machine is None else self._machine.picture()

    def registry(self, url: str = "") -> str:
        """Start the registry, where it answered before if told; raises RegistryUnreachable."""
        if not self._registry:
            place = urlsplit(url).netloc or "127.0.0.1:0"
            self._registry = self._serve(place)
        return self._registry

    def code(self) -> str:
        """Return a one-time enrolment code of the registry; raises RegistryUnreachable."""
        words = ["registry", "enrol", "--database", self._database, "--name", _NAME]
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "stockpile.cli", "--json", *words],
            env=_environment(), capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise RegistryUnreachable(self._registry, done.stderr.strip())
        return str(json.loads(done.stdout)["code"])

    def close(self) -> None:
        """End both."""
        self._machine_open.close()
        self._machine = None
        self._open.close()

    @property
    def _database(self) -> str:
        return str(self._home / "practice-registry.db")

    def _serve(self, place: str) -> str:
        words = ["--found", "--database", self._database, "--listen", place]
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "stockpile.registry", *words],
            env=_environment(), stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._open.callback(_end, process)
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise RegistryUnreachable(place, "it did not start")
        return str(json.loads(line)["url"])


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    with process:
        process.wait()


def _environment() -> dict[str, str]:
    found: Sequence[str] = (str(_CHECKOUT), os.environ.get("PYTHONPATH", ""))
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, found))}
