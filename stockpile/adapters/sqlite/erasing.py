"""Erasing a person: what stood beside the chain is deleted, the chain stays whole.

A person's own words are a detached body: the chain holds their digest alone. Whoever learns of the
erasing, here or from another node, deletes the body, derives the reference anew without it, and
lets the person's photo go. Deleted bytes are overwritten (``secure_delete``), and the log file is
emptied afterwards, so that the words stand nowhere in the file. Copies made before still hold them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from stockpile.adapters.sqlite import folding
from stockpile.adapters.sqlite.chains import Chains
from stockpile.adapters.sqlite.store import Connection
from stockpile.domain import codec
from stockpile.domain.facts import Fact, PersonErased, PersonRecorded, Withheld

ForgetPhoto = Callable[[str], None]

_DETACHED: Final = "SELECT payload FROM held_fact WHERE subj = ?"
_CONTENT: Final = "SELECT content FROM body WHERE hash = ?"
_DELETE: Final = "DELETE FROM body WHERE hash = ?"
_SHOWN_ELSEWHERE: Final = (
    "SELECT 1 FROM reference WHERE kind = ? AND subject <> ? AND instr(state, ?) LIMIT 1"
)
_PERSON: Final = codec.kind_of(PersonRecorded(""))


def erase(
    connection: Connection, chains: Chains, known: Iterable[Fact], forget_photo: ForgetPhoto
) -> None:
    """Delete what is recorded of whom these facts erase.

    Inside the transaction that wrote the facts. Photos go at once: better a photo gone of somebody
    whose erasing came to nothing than one left of somebody erased.
    """
    subjects = {fact.subject for fact in known if isinstance(fact.body, PersonErased)}
    for subject in sorted(subjects):
        for photo in _forget_bodies(connection, subject):
            if not connection.execute(
                _SHOWN_ELSEWHERE, (_PERSON, subject, photo.encode())
            ).fetchone():
                forget_photo(photo)
        about = [
            one for one in chains.facts_of(subject) if type(one.body) in folding.REFERENCE_BODIES
        ]
        folding.keep_reference(connection, folding.folded_reference(subject, about))


def _forget_bodies(connection: Connection, subject: str) -> set[str]:
    """Delete the detached bodies about a subject, and return the photos that they spoke of."""
    photos = set()
    for (raw,) in connection.execute(_DETACHED, (subject,)).fetchall():
        body = codec.decode(raw).body
        if not isinstance(body, Withheld):
            continue
        key = (bytes.fromhex(body.digest),)
        for (content,) in connection.execute(_CONTENT, key).fetchall():
            said = codec.decode(raw, content).body
            if isinstance(said, PersonRecorded) and said.photo:
                photos.add(said.photo)
        connection.execute(_DELETE, key)
    return photos
