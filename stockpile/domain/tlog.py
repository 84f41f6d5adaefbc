"""A log's head on paper that any witness in the world can read: C2SP notes and checkpoints.

A *note* is a text and signatures under it (c2sp.org/signed-note). A *checkpoint* is a note whose
text is the log's name, its size and its root (c2sp.org/tlog-checkpoint). A *cosignature* is a
witness's word that, at a second it names, this was the longest head it had seen of the log, and
that it grew out of every head before (c2sp.org/tlog-cosignature, version 1, Ed25519). What key ids
are made of, what each signature covers and what must be ignored stands in those three texts.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from stockpile.domain.errors import NoteUnreadable
from stockpile.domain.ledger import Sign, signed_by
from stockpile.domain.values import Digest, NodeId

MOST_NOTE: Final = 64 << 10
"""Bytes of a note that is read at all: sixteen signatures of the longest kind are fewer."""
MOST_SIGNATURES: Final = 64
LARGEST_SIZE: Final = 2**53 - 1
"""Leaves of the largest log that is believed; no JSON carries more."""
LATEST_SECOND: Final = 2**53 - 1
LOG: Final = 0x01
WITNESS: Final = 0x04

Kind = Literal[1, 4]

_DASH: Final = "\u2014 "
_KEY_LENGTH: Final = 32
_ID_LENGTH: Final = 4
_TIME_LENGTH: Final = 8
_ROOT_LENGTH: Final = 32
_LEAST_LINES: Final = 3
_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,15}")
_NAME: Final = re.compile(r"[^\s+]{1,200}")


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """A line under a note: whose it claims to be, the id of the key, the signature's bytes."""

    name: str
    key_id: bytes
    raw: bytes

    @property
    def line(self) -> str:
        """The line as it stands in a note, with its line feed."""
        return f"{_DASH}{self.name} {_base64(self.key_id + self.raw)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text and the signatures under it; true only for keys that ``demand_signed`` was asked."""

    text: str
    signatures: tuple[NoteSignature, ...]

    def to_bytes(self) -> bytes:
        """Return the note as it is sent and kept."""
        return "".join((self.text, "\n", *(one.line for one in self.signatures))).encode()

    def with_signatures(self, more: Iterable[NoteSignature]) -> Note:
        """Return the note with signatures added; one that is there already is not added again."""
        return Note(self.text, tuple(dict.fromkeys((*self.signatures, *more))))


@dataclass(frozen=True, slots=True)
class NoteKey:
    """Who may sign a note: a name, whether a log or a witness, the Ed25519 key."""

    name: str
    kind: Kind
    key: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature names its key."""
        named = self.name.encode() + b"\n" + bytes([self.kind]) + self.key
        return hashlib.sha256(named).digest()[:_ID_LENGTH]

    @property
    def text(self) -> str:
        """The key as it is written down and handed round (c2sp.org/signed-note, verifier keys)."""
        return f"{self.name}+{self.id.hex()}+{_base64(bytes([self.kind]) + self.key)}"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A head of a log: whose log, how many leaves, their root; extensions are kept unread."""

    origin: str
    size: int
    root: Digest
    extensions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text that is signed."""
        lines = (self.origin, str(self.size), _base64(bytes.fromhex(self.root)), *self.extensions)
        return "".join(f"{line}\n" for line in lines)

    @property
    def head(self) -> tuple[int, Digest]:
        """Size and root."""
        return self.size, self.root


def origin_of(registry: NodeId) -> str:
    """Return the name of a registry's log."""
    return f"stockpile.registry/{registry}"


def log_key(origin: str, public_key: bytes) -> NoteKey:
    """Return the key under which a log's own signature is looked for."""
    return NoteKey(origin, LOG, public_key)


def witness_key(name: str, public_key: bytes) -> NoteKey:
    """Return the key under which a witness's cosignature is looked for."""
    return NoteKey(name, WITNESS, public_key)


def is_name(name: str) -> bool:
    """Say whether a witness or log may be called so in a note."""
    return _NAME.fullmatch(name) is not None


def read_key(text: str) -> NoteKey:
    """Return the key that somebody wrote down; raise NoteUnreadable where it is none of ours."""
    name, _, rest = text.strip().partition("+")
    claimed, _, coded = rest.partition("+")
    raw = _unbase64(coded)
    if not is_name(name) or len(raw) != 1 + _KEY_LENGTH or raw[0] not in (LOG, WITNESS):
        raise NoteUnreadable("key")
    key = NoteKey(name, LOG if raw[0] == LOG else WITNESS, raw[1:])
    if key.id.hex() != claimed:
        raise NoteUnreadable("key")
    return key


def read_note(raw: bytes) -> Note:
    """Return the note in these bytes; raise NoteUnreadable where there is none, or a huge one."""
    if len(raw) > MOST_NOTE:
        raise NoteUnreadable("length")
    try:
        whole = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NoteUnreadable("text") from error
    if any(one < " " and one != "\n" for one in whole):
        raise NoteUnreadable("text")
    text, between, below = whole.rpartition("\n\n")
    if not between or not below.endswith("\n"):
        raise NoteUnreadable("form")
    return Note(text + "\n", read_signatures(below))


def read_signatures(below: str) -> tuple[NoteSignature, ...]:
    """Return the signatures in lines of a note; raise NoteUnreadable."""
    lines = below.split("\n")[:-1]
    if not 0 < len(lines) <= MOST_SIGNATURES:
        raise NoteUnreadable("signatures")
    return tuple(map(_signature, lines))


def read_checkpoint(text: str) -> Checkpoint:
    """Return the head that a note's text states; raise NoteUnreadable where it states none."""
    lines = text.split("\n")[:-1]
    if len(lines) < _LEAST_LINES or not all(lines) or not text.endswith("\n"):
        raise NoteUnreadable("checkpoint")
    origin, size, root, *extensions = lines
    raw = _unbase64(root)
    if not _NUMBER.fullmatch(size) or int(size) > LARGEST_SIZE or len(raw) != _ROOT_LENGTH:
        raise NoteUnreadable("checkpoint")
    return Checkpoint(origin, int(size), Digest(raw.hex()), tuple(extensions))


def signed(text: str, key: NoteKey, sign: Sign) -> NoteSignature:
    """Return a log's own signature under a text."""
    return NoteSignature(key.name, key.id, sign(text.encode()))


def signed_head(registry: NodeId, public_key: bytes, head: tuple[int, Digest], sign: Sign) -> Note:
    """Return a registry's head as a note with its own signature."""
    origin = origin_of(registry)
    text = Checkpoint(origin, *head).text
    return Note(text, (signed(text, log_key(origin, public_key), sign),))


def cosigned(text: str, key: NoteKey, second: int, sign: Sign) -> NoteSignature:
    """Return a witness's cosignature under a checkpoint's text; the second counts from 1970."""
    said = second.to_bytes(_TIME_LENGTH)
    return NoteSignature(key.name, key.id, said + sign(_cosigned_message(text, second)))


def demand_signed(note: Note, key: NoteKey) -> None:
    """Raise NoteUnreadable unless the key signed the note; one wrong signature of it spoils all."""
    made = _by(note.signatures, key)
    good = [signed_by(key.key, note.text.encode(), one.raw) for one in made]
    if not good or not all(good):
        raise NoteUnreadable("signature")


def cosigned_at(note: Note, key: NoteKey) -> int | None:
    """Return the newest second at which a witness cosigned the note, None where it did not.

    Raises NoteUnreadable where a cosignature in its name is not by its key.
    """
    seconds = [_second(note.text, one, key) for one in _by(note.signatures, key)]
    return max(seconds, default=None)


def cosignatures(note: Note, key: NoteKey) -> tuple[NoteSignature, ...]:
    """Return a witness's lines under the note, proved; raises NoteUnreadable for a wrong one."""
    made = tuple(_by(note.signatures, key))
    for one in made:
        _second(note.text, one, key)
    return made


def _second(text: str, made: NoteSignature, key: NoteKey) -> int:
    second = int.from_bytes(made.raw[:_TIME_LENGTH])
    message = _cosigned_message(text, second)
    if second > LATEST_SECOND or not signed_by(key.key, message, made.raw[_TIME_LENGTH:]):
        raise NoteUnreadable("cosignature")
    return second


def _by(made: Sequence[NoteSignature], key: NoteKey) -> list[NoteSignature]:
    """Return what claims to be of this key; what is of unknown keys is ignored, whatever it is."""
    return [one for one in made if (one.name, one.key_id) == (key.name, key.id)]


def _cosigned_message(text: str, second: int) -> bytes:
    return f"cosignature/v1\ntime {second}\n{text}".encode()


def _signature(line: str) -> NoteSignature:
    name, _, coded = line.removeprefix(_DASH).partition(" ")
    raw = _unbase64(coded)
    if not line.startswith(_DASH) or not is_name(name) or len(raw) <= _ID_LENGTH:
        raise NoteUnreadable("signatures")
    return NoteSignature(name, raw[:_ID_LENGTH], raw[_ID_LENGTH:])


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _unbase64(text: str) -> bytes:
    """Return what the letters stand for, nothing for any that are not the only way to write it."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return raw if _base64(raw) == text else b""
