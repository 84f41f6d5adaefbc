"""Programs of ours as processes of their own that need not read all their modules first.

One process a run of tests reads what our programs are made of, and is copied for each program that
a test starts: reading takes two seconds of a processor, copying a hundredth. What a copy then does
is what it would do as ``python -m``: it has its own memory, files and signals, and dies alone. That
the programs start from nothing is seen where their starting is tested.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import runpy
import selectors
import signal
import socket
import subprocess
import sys
import threading
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
MODULES = (
    "stockpile.registry.service", "stockpile.registry.serving", "stockpile.registry.workers",
    "stockpile.registry.app", "stockpile.cli.commands", "uvicorn.protocols.http.h11_impl",
    "uvicorn.lifespan.on", "sqlalchemy.dialects.postgresql.psycopg", "sqlalchemy.dialects.sqlite",
)  # fmt: skip
_LONGEST = 1 << 20


class Program:
    """A program that runs, as ``subprocess.Popen`` shows it."""

    def __init__(self, line: socket.socket, stdout: IO[str]) -> None:
        self._line = line
        self.stdout = stdout
        self.pid = int(line.recv(_LONGEST))
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return how it ended, or nothing while it runs."""
        return self._ended(socket.MSG_DONTWAIT)

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it ended; raises TimeoutExpired."""
        if self.returncode is None:
            self._line.settimeout(timeout)
        code = self._ended()
        if code is None:
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
        return code

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it ended: it may have, and nobody has told so yet."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it where it stands."""
        self.send_signal(signal.SIGKILL)

    def _ended(self, how: int = 0) -> int | None:
        if self.returncode is None:
            with suppress(TimeoutError, BlockingIOError):
                heard = self._line.recv(_LONGEST, how)
                assert heard, "what is copied has ended itself"
                self.returncode = int(heard)
                self._line.close()
        return self.returncode


def begin(
    module: str,
    words: Sequence[str],
    stderr: IO[str] | None = None,
    environment: Mapping[str, str] | None = None,
    stdin: IO[str] | None = None,
) -> Program:
    """Start ``python -m module`` with these words, here; what it prints is read from ``stdout``.

    Without a file to read from it finds nothing there.
    """
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    heard, said = os.pipe()
    told = {
        "module": module, "words": list(words),
        "environment": dict(os.environ if environment is None else environment),
    }  # fmt: skip
    with its, Path(os.devnull).open() as nothing:
        handed = [
            its.fileno(),
            (stdin or nothing).fileno(),
            said,
            2 if stderr is None else stderr.fileno(),
        ]
        socket.send_fds(_copied(), [json.dumps(told).encode()], handed)
    os.close(said)
    return Program(ours, os.fdopen(heard, encoding="utf-8"))


def run(
    module: str, words: Sequence[str], environment: Mapping[str, str], given: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run such a program to its end, with what it is given to read."""
    with TemporaryFile("w+") as read, TemporaryFile("w+") as wrong:
        read.write(given)
        read.seek(0)
        running = begin(module, words, wrong, environment, read)
        with running.stdout as said:
            out = said.read()
        code = running.wait()
        wrong.seek(0)
        return subprocess.CompletedProcess(list(words), code, out, wrong.read())


def begin_anew(module: str, words: Sequence[str], stderr: IO[str]) -> subprocess.Popen[str]:
    """Start the same from nothing, as a user does."""
    return subprocess.Popen(
        [sys.executable, "-m", module, *words], cwd=ROOT, env=dict(os.environ),
        stdout=subprocess.PIPE, stderr=stderr, text=True,
    )  # fmt: skip


@cache
def _copied() -> socket.socket:
    """The line to the process that is copied; it ends where this line ends."""
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with its:
        running = subprocess.Popen(
            [sys.executable, "-m", __name__, str(its.fileno())],
            cwd=ROOT, pass_fds=[its.fileno()], stdin=subprocess.DEVNULL,
        )  # fmt: skip
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _LONGEST)
    atexit.register(running.wait)
    atexit.register(ours.close)
    return ours


class _Copies:
    """What runs of the copies, each by the pipe that it alone holds open: its end is the copy's."""

    def __init__(self, asked: socket.socket) -> None:
        self._asked = asked
        self._running: dict[int, tuple[int, socket.socket]] = {}
        self._waiting = selectors.DefaultSelector()
        self._waiting.register(asked, selectors.EVENT_READ)

    def serve(self) -> Mapping[str, Any] | None:
        """Copy this process for each that is asked for, and tell how each copy ends.

        Returns what to run in a copy, and nothing where no more are asked for.
        """
        while True:
            for key, _events in self._waiting.select():
                if key.fd in self._running:
                    self._tell(key.fd)
                    continue
                raw, handed, _flags, _address = socket.recv_fds(self._asked, _LONGEST, 4)
                if not raw:
                    self._end()
                    return None
                if not self._copy(*handed):
                    return json.loads(raw)

    def _copy(self, line: int, *three: int) -> int:
        alive, held = os.pipe()
        pid = os.fork()
        if not pid:
            self._let_go(alive, line)
            for to, of in enumerate(three):
                os.dup2(of, to)
                os.close(of)
            return 0
        for one in (held, *three):
            os.close(one)
        teller = socket.socket(fileno=line)
        teller.send(str(pid).encode())
        self._running[alive] = pid, teller
        self._waiting.register(alive, selectors.EVENT_READ)
        return pid

    def _let_go(self, *more: int) -> None:
        """Close in a copy what is the copied one's."""
        self._waiting.close()
        self._asked.close()
        for _pid, teller in self._running.values():
            teller.close()
        for one in (*self._running, *more):
            os.close(one)

    def _tell(self, alive: int) -> None:
        pid, teller = self._running.pop(alive)
        self._waiting.unregister(alive)
        os.close(alive)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        with teller, suppress(BrokenPipeError):  # nobody may wait for it any more
            teller.send(str(code).encode())

    def _end(self) -> None:
        for pid, _teller in self._running.values():
            os.kill(pid, signal.SIGKILL)


def _main() -> None:
    for one in MODULES:
        importlib.import_module(one)
    gc.collect()
    gc.freeze()
    told = _Copies(socket.socket(fileno=int(sys.argv[1]))).serve()
    if told is not None:
        os.environ.clear()
        os.environ.update(told["environment"])
        sys.argv[1:] = told["words"]
        _end(_ran(told["module"]))


def _ran(module: str) -> int:
    """Run a module as the program, and return the code with which it ends."""
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except Exception:  # noqa: BLE001 - as Python does at its end
        traceback.print_exc()
        return 1
    return 0


def _end(code: int) -> None:
    """End as Python does, but take nothing down of what was read: that takes a second."""
    threading._shutdown()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    _main()
