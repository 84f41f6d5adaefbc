"""What a photo looks like that came from another computer: a small JPEG, and nothing beside it.

A node keeps photos drawn anew from their pixels (``adapters/photos``). So whatever holds a remark,
a place, a second picture or bytes after its end was not made by one, and is refused by the file's
structure alone (ITU-T T.81, annex B), before anybody draws it.
"""

from __future__ import annotations

import hashlib
from typing import Final

from stockpile.domain.errors import PhotoRefused

LONGEST_EDGE: Final = 1600
"""Pixels of the longer side of a kept photo."""
MOST_BYTES: Final = 4 << 20
"""Bytes of a kept photo: 1600 by 1600 pixels of noise take less."""
_START, _END = b"\xff\xd8", b"\xff\xd9"
_APP0, _SCAN, _FRAME = 0xE0, 0xDA, 0xC0
_TABLES: Final = frozenset({0xDB, 0xC4, 0xDD})
"""Quantisation, Huffman codes, restart interval."""
_JFIF: Final = b"JFIF\x00"
_LEAST_FRAME: Final = 8
_RESTARTS: Final = frozenset({0x00, *range(0xD0, 0xD8)})
"""What may follow 0xFF within the pixels."""


def demand_photo(content: bytes, digest: str) -> tuple[int, int]:
    """Return width and height, in pixels, of the photo that a digest names, as a node keeps it.

    Raises PhotoRefused with what is wrong with it.
    """
    if hashlib.sha256(content).hexdigest() != digest:
        raise PhotoRefused(digest, "other_digest")
    if len(content) > MOST_BYTES:
        raise PhotoRefused(digest, "too_large")
    if not content.startswith(_START) or not content.endswith(_END):
        raise PhotoRefused(digest, "no_jpeg")
    width, height = _Reading(content, digest).size()
    if not 0 < max(width, height) <= LONGEST_EDGE or not width or not height:
        raise PhotoRefused(digest, "other_size")
    return width, height


class _Reading:
    """Walks through the segments of a JPEG once, from its start to its end."""

    def __init__(self, content: bytes, digest: str) -> None:
        self._content, self._digest = content, digest
        self._at = len(_START)

    def size(self) -> tuple[int, int]:
        """Return what the one frame says, once all the rest is of a kind that belongs there."""
        found: tuple[int, int] | None = None
        while True:
            kind, body = self._segment()
            if kind == _FRAME and found is None and len(body) >= _LEAST_FRAME:
                found = int.from_bytes(body[3:5]), int.from_bytes(body[1:3])
            elif kind == _SCAN and found is not None:
                self._demand_last_scan()
                return found
            elif kind not in _TABLES and not (kind == _APP0 and body.startswith(_JFIF)):
                raise PhotoRefused(self._digest, "not_plain")

    def _segment(self) -> tuple[int, bytes]:
        head = self._content[self._at : self._at + 4]
        length = int.from_bytes(head[2:])
        end = self._at + 2 + length
        if len(head) < 4 or head[0] != 0xFF or length < 2 or end > len(self._content):  # noqa: PLR2004 - marker, kind, length
            raise PhotoRefused(self._digest, "broken")
        body = self._content[self._at + 4 : end]
        self._at = end
        return head[1], body

    def _demand_last_scan(self) -> None:
        """Raise PhotoRefused unless the pixels go on to the very end of the file."""
        at = self._at
        while True:
            at = self._content.find(b"\xff", at)
            if at == len(self._content) - len(_END):
                return
            if at < 0 or self._content[at + 1] not in _RESTARTS:
                raise PhotoRefused(self._digest, "not_plain")
            at += 2
