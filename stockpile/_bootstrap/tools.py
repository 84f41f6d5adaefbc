"""Run the system's tools, say what is going on, and turn their failures into advice."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence

# The first pattern found in what a tool printed decides what the person is told to do.
REMEDIES = {
    r"No space left|not enough space|Errno 28": (
        "The disk is full: the environment needs about 1 GB. Free some space and repeat."
    ),
    r"do not match the hashes": (
        "A package is not the one that was reviewed, so it was not installed. Repeat; if it "
        "happens again, something between here and the package server changes files."
    ),
    r"CERTIFICATE_VERIFY_FAILED|SSLError|SSLCertVerification": (
        "The package server's certificate is not trusted here. Set PIP_CERT to the file with "
        "your network's own certificate authority and repeat."
    ),
    r"connection|resol(ve|ution)|getaddrinfo|timed? ?out|proxy|no matching distribution": (
        "The packages cannot be reached. Check the network (PIP_INDEX_URL, PIP_CERT and "
        "HTTPS_PROXY are respected), or bring their wheels in the folder packaging/wheelhouse."
    ),
    r"Permission denied|Access is denied|Errno 13|WinError (5|32)\b": (
        "The environment's folder cannot be written. Close the program's other windows, or name "
        "a folder of your own in STOCKPILE_VENV."
    ),
}


class CannotPrepare(Exception):
    """The environment cannot be made; its one argument is the sentence for the person."""


def say(message: str) -> None:
    """Tell the person at the terminal what is going on."""
    print(f"stockpile: {message}", file=sys.stderr, flush=True)  # noqa: T201 - no log exists yet


def run(command: Sequence[object], *, shown: bool = False) -> subprocess.CompletedProcess[str]:
    """Run a tool without input and away from the caller's own Python settings; keep its words.

    With `shown`, its standard output is the person's to see. Descriptors stay open on purpose: a
    tool that outlives us then still holds the environment's lock.
    """
    env = {k: v for k, v in os.environ.items() if k not in {"PYTHONHOME", "PYTHONPATH"}}
    return subprocess.run(  # noqa: S603 - fixed commands, never a shell
        [str(part) for part in command],
        env={**env, "PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0", "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr if shown else subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        close_fds=False,
        check=False,
    )


def demand(done: subprocess.CompletedProcess[str]) -> None:
    """Let a tool's success pass; of a failure show the last words and raise CannotPrepare."""
    if done.returncode:
        words = f"{done.stdout or ''}\n{done.stderr}".strip()
        say("\n".join(words.splitlines()[-4:]))
        raise CannotPrepare(remedy(words))


def remedy(said: str) -> str:
    """Turn a tool's last words into the sentence that tells a person what to do."""
    for pattern, sentence in REMEDIES.items():
        if re.search(pattern, said, re.IGNORECASE):
            return sentence
    return "Preparing the environment failed; the reason stands above."
