"""A handheld scanner on a pseudo-terminal: it sends what it reads, and its cable can be pulled."""

from __future__ import annotations

import os
import sys

import pytest

if sys.platform != "win32":
    import tty


class Gun:
    """The scanner's end of the cable, and the name of ours."""

    def __init__(self):
        self._ours, self._theirs = os.openpty()
        tty.setraw(self._theirs)
        self.url = os.ttyname(self._theirs)
        self._plugged = True

    def read(self, text, suffix="\r\n"):
        """Pull the trigger over a text."""
        os.write(self._ours, f"{text}{suffix}".encode())

    def pull(self):
        """Pull the cable. Twice is the same as once."""
        if self._plugged:
            self._plugged = False
            os.close(self._ours)
            os.close(self._theirs)


@pytest.fixture
def gun():
    gun = Gun()
    yield gun
    gun.pull()
