"""The frames that Telesis and InfoSight share, as pure bytes: no port, no clock.

``SOH TYPE [##] STX [DATA] ETX BCC CR``, with everything before SOH ignored, is from the vendors'
manuals (machine protocol notes §1.2, §1.6). That BCC is the sum of TYPE and DATA is from public
driver source; that an answer bears ACK or NAK after its type is inferred from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from stockpile.domain.errors import MarkNotPossible

Flaw = Literal["", "shape", "checksum"]

_SOH, _CR = b"\x01", b"\r"
_ACK = b"\x06"
_FRAME = re.compile(
    rb"\x01(?P<kind>[!-~])(?:\d\d)?(?P<yes>[\x06\x15])?\x02(?P<data>[ -~]*)\x03(?P<bcc>\d{3})?\r"
)
_SENDABLE = re.compile(r"[ -~]*")
_LONGEST_ANSWER = 4096


@dataclass(frozen=True, slots=True)
class Reply:
    """One complete frame of the machine: the type that it answers, its data, its yes or no.

    ``yes`` is None when it bears neither ACK nor NAK; a frame with a ``flaw`` means nothing.
    """

    kind: str
    data: str = ""
    yes: bool | None = None
    flaw: Flaw = ""


BROKEN = Reply("", flaw="shape")
"""A frame that cannot be one of the machine's own."""


def checksum(kind: str, data: str) -> bytes:
    """Return the BCC: the sum of type and data, modulo 256, as three decimal digits."""
    return b"%03d" % (sum(f"{kind}{data}".encode("ascii")) % 256)


def encode(kind: str, data: str = "", *, sealed: bool = True) -> bytes:
    """Return the frame's bytes, ``sealed`` by a BCC.

    Raises MarkNotPossible when the data would end the frame early, or is not plain ASCII.
    """
    if _SENDABLE.fullmatch(data) is None:
        raise MarkNotPossible(data, "character")
    seal = checksum(kind, data) if sealed else b""
    return b"\x01%b\x02%b\x03%b\r" % (kind.encode("ascii"), data.encode("ascii"), seal)


def decode(frame: bytes, *, sealed: bool = True) -> Reply:
    """Return what the bytes from SOH to CR say.

    A ``sealed`` frame needs its BCC and a yes or no, else our own echo would be an answer. One that
    is not may have a BCC, but nobody has told by which rule.
    """
    found = _FRAME.fullmatch(frame)
    if found is None:
        return BROKEN
    kind, data = found["kind"].decode(), found["data"].decode()
    yes = None if found["yes"] is None else found["yes"] == _ACK
    if sealed and (yes is None or found["bcc"] is None):
        return BROKEN
    if sealed and found["bcc"] != checksum(kind, data):
        return Reply(kind, flaw="checksum")
    return Reply(kind, data, yes)


class Framer:
    """Cuts complete frames out of bytes that arrive in any pieces; a partial one stays inside."""

    def __init__(self, *, sealed: bool = True) -> None:
        self._sealed = sealed
        self._kept = b""

    @property
    def kept(self) -> int:
        """How many bytes wait for the end of their frame."""
        return len(self._kept)

    def feed(self, arrived: bytes) -> tuple[Reply, ...]:
        """Return the frames that are complete now, in order."""
        *ended, self._kept = (self._kept + arrived).split(_CR)
        replies = [reply for piece in ended for reply in self._cut(piece + _CR)]
        self._kept = self._kept[max(0, self._kept.find(_SOH)) :]
        if not self._kept.startswith(_SOH):
            self._kept = b""
        if len(self._kept) > _LONGEST_ANSWER:
            # A frame without an end must not fill the memory, nor be glued to an answer.
            replies.append(BROKEN)
            self._kept = b""
        return tuple(replies)

    def _cut(self, piece: bytes) -> list[Reply]:
        """Return the frame that ends here, and a broken one for each that was cut short before."""
        _noise, *begun = piece.split(_SOH)
        if not begun:
            return []
        return [BROKEN] * (len(begun) - 1) + [decode(_SOH + begun[-1], sealed=self._sealed)]
