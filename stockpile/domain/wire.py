"""How entries and messages travel: lines of canonical JSON, squeezed by zstd.

A batch is a sequence of whole entries, each its header, its signatures and its facts, one a line
and verbatim; a line feed cannot stand inside canonical JSON. Unfolding is bounded before it begins:
nobody's few bytes may become anybody's gigabytes.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, TypeVar

import msgspec
import zstandard

from stockpile.domain import ledger
from stockpile.domain.errors import BatchTooLarge, FactUnreadable, MessageUnreadable
from stockpile.domain.ledger import Entry, OfficerSignature
from stockpile.domain.values import OfficerId

LEVEL: Final = 3
MOST_UNFOLDED: Final = 32 << 20
"""Bytes: what a batch or a page may unfold into; a thousand facts of the longest kind fit."""
_LARGEST_WINDOW: Final = 1 << 23

Message = TypeVar("Message")


class _Signatures(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    s: bytes
    o: tuple[tuple[str, bytes], ...] = ()


_encode = msgspec.json.Encoder(order="sorted").encode
_decode_signatures = msgspec.json.Decoder(_Signatures).decode


def encode(message: object) -> bytes:
    """Return a message's canonical bytes; binary values are base64."""
    return _encode(message)


def decode(raw: bytes, shape: type[Message]) -> Message:
    """Return the message in the bytes; raise MessageUnreadable if they are none of this shape."""
    try:
        return msgspec.json.decode(raw, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise MessageUnreadable(str(error)) from error


def squeeze(raw: bytes) -> bytes:
    """Return the bytes compressed for a slow line."""
    return zstandard.ZstdCompressor(level=LEVEL).compress(raw)


def unfold(squeezed: bytes, most: int = MOST_UNFOLDED) -> bytes:
    """Return what was squeezed; raise BatchTooLarge before it passes ``most`` bytes.

    Raises MessageUnreadable for bytes that are not one whole zstd frame.
    """
    unfolding = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW)
    try:
        with unfolding.stream_reader(io.BytesIO(squeezed), read_across_frames=False) as stream:
            raw = stream.read(most + 1)
    except zstandard.ZstdError as error:
        raise MessageUnreadable(str(error)) from error
    if len(raw) > most:
        raise BatchTooLarge(most)
    return raw


def pack(entries: Iterable[Entry]) -> bytes:
    """Return whole entries as lines."""
    return b"".join(line + b"\n" for entry in entries for line in _lines(entry))


def unpack(raw: bytes, most_facts: int) -> tuple[Entry, ...]:
    """Return the entries that the lines hold, verbatim and not yet verified.

    Raises MessageUnreadable where the lines are not whole entries, BatchTooLarge for too many.
    """
    lines = Lines(raw)
    entries = []
    count = 0
    while not lines.at_end:
        entry = read_entry(lines.next)
        count += len(entry.facts)
        if count > most_facts:
            raise BatchTooLarge(most_facts)
        entries.append(entry)
    return tuple(entries)


def read_entry(line: Callable[[], bytes]) -> Entry:
    """Return the entry that the next lines hold; raise MessageUnreadable if they hold none."""
    header = line()
    try:
        count = ledger.read_header(header).k
    except FactUnreadable as error:
        raise MessageUnreadable(error.why) from error
    if not 0 < count <= ledger.MOST_FACTS:
        raise MessageUnreadable("count of facts")
    signature, officers = read_signatures(line())
    return Entry(header, signature, tuple(line() for _ in range(count)), officers)


def signatures(entry: Entry) -> bytes:
    """Return an entry's signatures, the node's and the officers', as one line."""
    officers = tuple((one.officer, one.signature) for one in entry.officer_signatures)
    return encode({"s": entry.signature, **({"o": officers} if officers else {})})


def read_signatures(raw: bytes) -> tuple[bytes, tuple[OfficerSignature, ...]]:
    """Return the node's signature and the officers' from their line."""
    try:
        said = _decode_signatures(raw)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise MessageUnreadable(str(error)) from error
    return said.s, tuple(OfficerSignature(OfficerId(who), sig) for who, sig in said.o)


class Lines:
    """Bytes read line by line; every line is ended, and none may be missing."""

    def __init__(self, raw: bytes) -> None:
        self._lines: Sequence[bytes] = raw.split(b"\n")
        self._next = 0
        if self._lines[-1]:
            raise MessageUnreadable("last line is not ended")

    @property
    def at_end(self) -> bool:
        """Say whether every line was read."""
        return self._next == len(self._lines) - 1

    def next(self) -> bytes:
        """Return the next line; raise MessageUnreadable past the end."""
        if self.at_end:
            raise MessageUnreadable("stops inside an entry")
        self._next += 1
        return self._lines[self._next - 1]


def _lines(entry: Entry) -> Iterator[bytes]:
    yield entry.header
    yield signatures(entry)
    yield from entry.facts
