"""Peers of the exchange: PouchDB's replication and Anki's sync, on the same documents.

They are installed nowhere in the house: a bench is told where they are.

    npm install pouchdb-node@9 express-pouchdb@4 express@4    in a folder: STOCKPILE_BENCH_POUCH
    pip install anki                       in an interpreter of its own: STOCKPILE_BENCH_ANKI
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
BATCH = "1000"


@dataclass(frozen=True)
class Pushed:
    """What one push took: seconds, and bytes that went up, where they were counted."""

    seconds: float
    up: int = 0


@contextmanager
def counted(port: int) -> Iterator[tuple[int, Counter[str]]]:
    """Stand between a client and the server on a port; count the bytes of both ways."""
    bytes_of: Counter[str] = Counter()
    begun = threading.Event()
    loop = asyncio.new_event_loop()
    opened: list[int] = []
    ended = asyncio.Event()

    async def carry(reader, writer, way: str) -> None:
        while some := await reader.read(1 << 16):
            bytes_of[way] += len(some)
            writer.write(some)
            await writer.drain()
        writer.close()

    async def met(reader, writer) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", port)
        ways = carry(reader, back, "up"), carry(there, writer, "down")
        await asyncio.gather(*ways, return_exceptions=True)

    async def stand() -> None:
        server = await asyncio.start_server(met, "127.0.0.1", 0)
        opened.append(server.sockets[0].getsockname()[1])
        begun.set()
        await ended.wait()

    def run() -> None:
        loop.run_until_complete(stand())
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    begun.wait()
    yield opened[0], bytes_of
    loop.call_soon_threadsafe(ended.set)
    thread.join()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def pouch(documents: Sequence[bytes], *, count: bool = False) -> Pushed | None:
    """Replicate the documents by PouchDB; None where it is not installed."""
    home = os.environ.get("STOCKPILE_BENCH_POUCH", "")
    if not home:
        return None
    asked = {**os.environ, "NODE_PATH": f"{home}/node_modules"}
    with TemporaryDirectory() as folder:
        port = free_port()
        serve = ["node", str(HERE / "pouch_server.js")]
        (Path(folder) / "server").mkdir()
        told = {**asked, "PORT": str(port), "DIR": f"{folder}/server"}
        with _running(serve, told, folder):
            return _pushed(
                ["node", str(HERE / "pouch_push.js")], "/peer", documents, port, folder, asked,
                [BATCH], count=count,
            )  # fmt: skip


def anki(documents: Sequence[bytes], *, count: bool = False) -> Pushed | None:
    """Push the documents as notes by Anki; None where it is not installed."""
    python = os.environ.get("STOCKPILE_BENCH_ANKI", "")
    if not python:
        return None
    with TemporaryDirectory() as folder:
        port = free_port()
        told = {
            **os.environ, "SYNC_USER1": "u:p", "SYNC_BASE": f"{folder}/server",
            "SYNC_HOST": "127.0.0.1", "SYNC_PORT": str(port), "RUST_LOG": "error",
        }  # fmt: skip
        with _running([python, "-m", "anki.syncserver"], told, folder, port):
            return _pushed(
                [python, str(HERE / "anki_push.py")], "/", documents, port, folder,
                dict(os.environ), [], count=count,
            )  # fmt: skip


@contextmanager
def _running(command: Sequence[str], told: dict[str, str], folder: str, port: int = 0) -> Iterator:
    """Run a server until it listens: it says so, or its port answers."""
    server = subprocess.Popen(
        command, env=told, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        if port:
            _await(port)
        else:
            server.stdout.readline()
        yield server
    finally:
        server.kill()
        server.wait()
        server.stdout.close()


def _await(port: int) -> None:
    for _ in range(300):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(port)


def _pushed(
    client: Sequence[str], path: str, documents: Sequence[bytes], port: int, folder: str,
    told: dict[str, str], more: Sequence[str], *, count: bool,
) -> Pushed:  # fmt: skip
    """Let a client push the documents, through the counter if asked; all of them must arrive."""
    lines = Path(folder) / "documents.jsonl"
    lines.write_bytes(b"".join(one + b"\n" for one in documents))

    def push(at: int) -> float:
        said = subprocess.run(
            [*client, str(lines), f"http://127.0.0.1:{at}{path}", folder, *more],
            env=told, cwd=folder, stdout=subprocess.PIPE, check=True,
        ).stdout  # fmt: skip
        done = json.loads(said.splitlines()[-1])
        assert done["held"] == len(documents), done
        return done["seconds"]

    if not count:
        return Pushed(push(port))
    with counted(port) as (at, bytes_of):
        return Pushed(push(at), bytes_of["up"])
