"""A witness of another make: c2sp.org/tlog-witness by its text alone, in a process of its own.

Nothing of it is ours: the note, the key ids, the proof of RFC 6962 2.1.2 and the cosignature are
written here a second time, from the standards, so that the registry meets somebody who knows only
those. Run as ``python -m tests.helpers.tlog_witness STATE SEED LOGKEY...``; it says in one line of
JSON where it answers and what its key is.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

ROOT = Path(__file__).resolve().parents[2]
NAME = "witness.example/w1"
SECOND = 1_790_000_500
ED25519, COSIGNATURE = 1, 4


class Refused(Exception):
    """The status, body and type that the text wants for what is wrong."""

    def __init__(self, status: int, body: bytes = b"", kind: str = "text/plain") -> None:
        super().__init__(status)
        self.answer = status, body, kind


def key_id(name: str, kind: int, key: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + key).digest()[:4]


def vkey(name: str, kind: int, key: bytes) -> str:
    coded = base64.b64encode(bytes([kind]) + key).decode()
    return f"{name}+{key_id(name, kind, key).hex()}+{coded}"


def read_vkey(text: str) -> tuple[str, bytes, bytes]:
    name, id_, coded = text.split("+", 2)
    return name, bytes.fromhex(id_), base64.b64decode(coded)[1:]


def is_consistent(old: int, new: int, proof: list[bytes], before: bytes, after: bytes) -> bool:
    """RFC 9162 2.1.4.2, which RFC 6962's proofs fit."""
    if old in (0, new):
        return not proof and (old == 0 or before == after)
    path = list(proof)
    if old & (old - 1) == 0:
        path.insert(0, before)
    if not path:
        return False
    fn, sn = old - 1, new - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    return walked(fn, sn, path) == (before, after, 0)


def walked(fn: int, sn: int, path: list[bytes]) -> tuple[bytes, bytes, int]:
    """Steps 4 and 5 of it: both roots, and what is left of the new tree's last index."""
    fr = sr = path[0]
    for step in path[1:]:
        if sn == 0:
            return b"", b"", -1
        if fn & 1 or fn == sn:
            fr, sr = (hashlib.sha256(b"\x01" + step + one).digest() for one in (fr, sr))
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = hashlib.sha256(b"\x01" + sr + step).digest()
        fn, sn = fn >> 1, sn >> 1
    return fr, sr, sn


@dataclass
class Witness:
    """What it holds of each log, in a file, and the key that it signs with."""

    state: Path
    key: SigningKey
    logs: dict[str, tuple[bytes, bytes]]

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._public = bytes(self.key.verify_key)

    @property
    def vkey(self) -> str:
        return vkey(NAME, COSIGNATURE, self._public)

    def answer(self, path: str, body: bytes) -> bytes:
        if path != "/add-checkpoint":
            raise Refused(404)
        head, _, note = body.partition(b"\n\n")
        first, *lines = head.decode("ascii").split("\n")
        word, _, size_text = first.partition(" ")
        if word != "old" or size_text != str(int(size_text)) or len(lines) > 63:
            raise Refused(400)
        old, proof = int(size_text), [base64.b64decode(line, validate=True) for line in lines]
        text, _, signatures = note.decode().rpartition("\n\n")
        text += "\n"
        origin, size, root, *_rest = text.split("\n")
        if origin not in self.logs:
            raise Refused(404)
        self._demand_signed(text, signatures, origin)
        if old > int(size):
            raise Refused(400)
        with self._lock:
            return self._cosigned(text, origin, old, (int(size), base64.b64decode(root)), proof)

    def _demand_signed(self, text: str, signatures: str, origin: str) -> None:
        id_, key = self.logs[origin]
        good = False
        for line in signatures.splitlines():
            dash, name, coded = line.split(" ")
            raw = base64.b64decode(coded)
            if (dash, name, raw[:4]) != ("\u2014", origin, id_):
                continue
            try:
                VerifyKey(key).verify(text.encode(), raw[4:])
            except BadSignatureError as error:
                raise Refused(403) from error
            good = True
        if not good:
            raise Refused(403)

    def _cosigned(
        self, text: str, origin: str, old: int, new: tuple[int, bytes], proof: list[bytes]
    ) -> bytes:
        held = json.loads(self.state.read_text()) if self.state.exists() else {}
        had, had_root = held.get(origin, (0, ""))
        if old != had:
            raise Refused(409, f"{had}\n".encode(), "text/x.tlog.size")
        if old == new[0] and had_root != new[1].hex():
            raise Refused(409)
        if not is_consistent(old, new[0], proof, bytes.fromhex(had_root), new[1]):
            raise Refused(422)
        held[origin] = (new[0], new[1].hex())
        draft = self.state.with_suffix(".part")
        draft.write_text(json.dumps(held))
        draft.replace(self.state)
        message = f"cosignature/v1\ntime {SECOND}\n{text}".encode()
        raw = key_id(NAME, COSIGNATURE, self._public) + SECOND.to_bytes(8, "big")
        coded = base64.b64encode(raw + self.key.sign(message).signature).decode()
        unknown = base64.b64encode(b"\x01\x02\x03\x04" + bytes(100)).decode()
        return f"\u2014 someone.else {unknown}\n\u2014 {NAME} {coded}\n".encode()


def handler(witness: Witness) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            try:
                status, said, kind = 200, witness.answer(self.path, body), "text/plain"
            except Refused as error:
                status, said, kind = error.answer
            self.send_response(status)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_said: object) -> None:
            """Say nothing."""

    return Handler


def main() -> None:
    state, seed, *logs = sys.argv[1:]
    known = {name: (id_, key) for name, id_, key in map(read_vkey, logs)}
    witness = Witness(Path(state), SigningKey(bytes.fromhex(seed)), known)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(witness))
    url = f"http://127.0.0.1:{server.server_port}"
    sys.stdout.write(json.dumps({"url": url, "vkey": witness.vkey}) + "\n")
    sys.stdout.flush()
    server.serve_forever()


@dataclass(frozen=True)
class Running:
    """Where a witness answers and what its key is, as it said itself."""

    url: str
    vkey: str


@contextmanager
def running(state: Path, *logs: str, seed: bytes = bytes([9]) * 32) -> Iterator[Running]:
    """Run a witness of these logs in a process of its own."""
    command = [sys.executable, "-m", "tests.helpers.tlog_witness", str(state), seed.hex(), *logs]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, env=dict(os.environ))
    try:
        told = json.loads(process.stdout.readline())
        yield Running(told["url"], told["vkey"])
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


if __name__ == "__main__":
    main()
