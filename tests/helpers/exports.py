"""Exports of the ledger, taken apart and put together again as a cheat would."""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

from stockpile import paths

LABEL = b"stockpile-export-v1\x00"
VERIFIER = paths.resource("verifier", "verify_stockpile.py")
INSPECTOR = paths.resource("verifier", "inspect_stockpile.py")


@cache
def program(file: Path = VERIFIER) -> ModuleType:
    """Load one of the inspector's programs, which import nothing of ours."""
    spec = importlib.util.spec_from_file_location(file.stem, file)
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault(file.stem, module)
    spec.loader.exec_module(module)
    return module


def verdict(file: Path, *codes: str) -> dict:
    """Prove an export in this process and return the result."""
    export = program().Export(file)
    export.prove()
    return export.result(codes)


def alone(*words: object, file: Path = VERIFIER, **env: str) -> subprocess.CompletedProcess:
    """Run a program as an inspector does: by itself, with nothing of ours to import."""
    line = [sys.executable, "-I", str(file), *map(str, words)]
    return subprocess.run(
        line, capture_output=True, text=True, env=env, cwd="/", check=False, timeout=60
    )


def records(file: Path) -> list[tuple[str, bytes]]:
    """Return the records of an export: each its letter and its bytes."""
    lines = gzip.decompress(file.read_bytes()).split(b"\n")[1:-1]
    return [(line[:1].decode(), line[2:]) for line in lines]


def put(file: Path, kept: list[tuple[str, bytes]], keys=None) -> Path:
    """Write records as an export; with the node's keys its seal is made anew, as a thief would."""
    lines = [b"STOCKPILE-CHAINS-1", *(letter.encode() + b" " + raw for letter, raw in kept)]
    if keys is not None:
        body = b"\n".join(lines[:-1]) + b"\n"
        signature = keys.sign(LABEL + hashlib.sha256(body).digest())
        said = {"key": keys.public_key.hex(), "signature": signature.hex()}
        lines[-1] = b"Z " + json.dumps(said, separators=(",", ":"), sort_keys=True).encode()
    file.write_bytes(b"\n".join(lines) + b"\n")
    return file
