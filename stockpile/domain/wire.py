"""How entries and messages travel: lines of canonical JSON, squeezed by zstd.

A batch is a sequence of whole entries, each its header, its signatures and its facts, one a line
and verbatim; a line feed cannot stand inside canonical JSON. An excerpt has one line more, before
the others: which facts of the entry it holds, and the paths that prove them. Unfolding is bounded
before it begins: nobody's few bytes may become anybody's gigabytes.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

import msgspec
import zstandard

from stockpile.domain import ledger
from stockpile.domain.errors import BatchTooLarge, FactUnreadable, MessageUnreadable
from stockpile.domain.excerpts import MOST_OFFICERS, Excerpt, Part
from stockpile.domain.ledger import Entry, OfficerSignature
from stockpile.domain.values import OfficerId

_SQUEEZING: Final = 1
"""The quickest level: digests are half of what travels, and nothing in them repeats but by chance.
Level 3 needs half as much time again and a tenth more bytes; a search that finds matches of seven
bytes and more needs five times the time and spares a fiftieth."""
MOST_UNFOLDED: Final = 32 << 20
"""Bytes: what a batch or a page may unfold into; a thousand facts of the longest kind fit."""
_LARGEST_WINDOW: Final = 1 << 23

Message = TypeVar("Message")


class _Signatures(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    s: bytes
    o: tuple[tuple[str, bytes], ...] = ()


class _Places(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which facts of an entry an excerpt holds, and the path of each: the line before the others.

    ``p`` lists each hash as text of its own: neighbours share most of theirs, and what repeats
    costs nothing once it is squeezed.
    """

    p: tuple[tuple[bytes, ...], ...]
    x: tuple[int, ...]


_encode = msgspec.json.Encoder(order="sorted").encode
_decode_signatures = msgspec.json.Decoder(_Signatures).decode
_decode_places = msgspec.json.Decoder(_Places).decode
_EXCERPT_BEGINS: Final = b'{"p":'
_HASH_LENGTH: Final = 32
_LONGEST_PATH: Final = (ledger.MOST_FACTS - 1).bit_length()
_LONGEST_PLACES: Final = ledger.MOST_FACTS * (_LONGEST_PATH * 48 + 16)
"""Bytes: a hash is 47 in its line, with its comma. What lists are read into takes ten times the
memory of a list's shortest items, so that a line is measured before it is read."""
_LONGEST_SIGNATURES: Final = 1 << 14
"""Bytes: an officer's signature is less than 200 in its line, and there are ``MOST_OFFICERS``."""


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
    return zstandard.ZstdCompressor(level=_SQUEEZING).compress(raw)


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
    return tuple(read_entries(Lines(raw), most_facts))


def read_entries(lines: Lines, most_facts: int) -> Iterator[Entry]:
    """Give the entries that the rest of the lines hold; raises as ``unpack`` does."""
    count = 0
    while not lines.at_end:
        entry = read_entry(lines.next)
        count += len(entry.facts)
        if count > most_facts:
            raise BatchTooLarge(most_facts)
        yield entry


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


def pack_excerpt(excerpt: Excerpt) -> bytes:
    """Return an excerpt as lines."""
    places = _Places(
        tuple(part.path for part in excerpt.parts), tuple(part.index for part in excerpt.parts)
    )
    lines = (encode(places), excerpt.header, signatures(excerpt))
    return b"".join(line + b"\n" for line in (*lines, *(part.raw for part in excerpt.parts)))


def is_excerpt(line: bytes) -> bool:
    """Say whether a first line is an excerpt's and not a whole entry's."""
    return line.startswith(_EXCERPT_BEGINS)


def read_excerpt(line: Callable[[], bytes]) -> Excerpt:
    """Return the excerpt that the next lines hold, not yet proved.

    Raises MessageUnreadable if they hold none.
    """
    places = line()
    if len(places) > _LONGEST_PLACES:
        raise MessageUnreadable("length")
    try:
        said = _decode_places(places)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise MessageUnreadable(str(error)) from error
    if not 0 < len(said.x) <= ledger.MOST_FACTS or len(said.x) != len(said.p):
        raise MessageUnreadable("count of facts")
    if any(not 0 <= at < ledger.MOST_FACTS for at in said.x):
        raise MessageUnreadable("index")
    if any(len(path) > _LONGEST_PATH or _has_odd_step(path) for path in said.p):
        raise MessageUnreadable("path")
    header = line()
    signature, officers = read_signatures(line())
    parts = tuple(Part(at, line(), path) for at, path in zip(said.x, said.p, strict=True))
    return Excerpt(header, signature, parts, officers)


def read_any(lines: Lines) -> Entry | Excerpt:
    """Return what comes next, an entry or an excerpt; raise MessageUnreadable for neither."""
    if is_excerpt(lines.peek()):
        return read_excerpt(lines.next)
    return read_entry(lines.next)


def _has_odd_step(path: tuple[bytes, ...]) -> bool:
    return any(len(step) != _HASH_LENGTH for step in path)


def signatures(entry: Entry | Excerpt) -> bytes:
    """Return the signatures, the node's and the officers', as one line."""
    officers = tuple((one.officer, one.signature) for one in entry.officer_signatures)
    return encode({"s": entry.signature, **({"o": officers} if officers else {})})


def read_signatures(raw: bytes) -> tuple[bytes, tuple[OfficerSignature, ...]]:
    """Return the node's signature and the officers' from their line; raises MessageUnreadable."""
    if len(raw) > _LONGEST_SIGNATURES:
        raise MessageUnreadable("length")
    try:
        said = _decode_signatures(raw)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise MessageUnreadable(str(error)) from error
    if len(said.o) > MOST_OFFICERS:
        raise MessageUnreadable("officer signatures")
    return said.s, tuple(OfficerSignature(OfficerId(who), sig) for who, sig in said.o)


class Lines:
    """Bytes read line by line; every line is ended, and none may be missing."""

    def __init__(self, raw: bytes) -> None:
        # cut as it is read: millions of empty lines would be ten times their size in memory
        self._raw = raw
        self._at = 0
        if raw and not raw.endswith(b"\n"):
            raise MessageUnreadable("last line is not ended")

    @property
    def at_end(self) -> bool:
        """Say whether every line was read."""
        return self._at == len(self._raw)

    def peek(self) -> bytes:
        """Return the next line without going on; raise MessageUnreadable past the end."""
        if self.at_end:
            raise MessageUnreadable("stops inside an entry")
        return self._raw[self._at : self._raw.index(b"\n", self._at)]

    def next(self) -> bytes:
        """Return the next line; raise MessageUnreadable past the end."""
        begun = self._at
        end = self._raw.find(b"\n", begun)
        if end < 0:
            raise MessageUnreadable("stops inside an entry")
        self._at = end + 1
        return self._raw[begun:end]


def _lines(entry: Entry) -> Iterator[bytes]:
    yield entry.header
    yield signatures(entry)
    yield from entry.facts
