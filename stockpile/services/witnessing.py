"""A witness outside the ministry: sees the registry's log grow, and vouches that it only grows.

1. Which log is witnessed is said once, by its key as somebody read it out; from then on the witness
   is held to what it saw.
2. What was seen is kept before a cosignature leaves: who is stopped in between has said nothing.
3. A head that does not go on from the one before is never cosigned. Both heads are kept, each with
   the log's own signature: together they prove what was done, to anybody.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from stockpile.domain import tlog, witnessing
from stockpile.domain.errors import FieldUnreadable, LogNotExtended, LogUnknown, NoteUnreadable
from stockpile.domain.tlog import Checkpoint, Note, NoteKey
from stockpile.domain.values import Instant
from stockpile.domain.witnessing import FollowedLog, Offer
from stockpile.services.ports import AuthorityKey, Clock, PublicLogs, WitnessFiles

_SECOND: Final[Instant] = 1000


@dataclass(frozen=True, slots=True)
class Cosigned:
    """A head that was cosigned: whose log, its size, the size seen before, the note."""

    origin: str
    size: int
    before: int
    note: Note


@dataclass(frozen=True, slots=True)
class WitnessDesk:
    """The desk of one witness: its key, the logs it follows, and what it saw of each."""

    key: AuthorityKey
    files: WitnessFiles
    logs: PublicLogs
    clock: Clock

    @property
    def note_key(self) -> NoteKey:
        """The key that cosignatures are made with, as others write it down."""
        return tlog.witness_key(witnessing.own_name(self.key.public_key), self.key.public_key)

    def followed(self) -> tuple[FollowedLog, ...]:
        """Return every log that is witnessed, with what was seen of it."""
        return self.files.logs()

    def follow(self, written: str) -> FollowedLog:
        """Witness a log from now on, by its key as it was read out; again changes nothing.

        Raises NoteUnreadable for a key that is none, FieldUnreadable where another key was followed
        under that log's name.
        """
        key = tlog.read_key(written)
        if key.kind != tlog.LOG:
            raise NoteUnreadable("key")
        for one in self.followed():
            if one.origin == key.name:
                if one.key != key.text:
                    raise FieldUnreadable("key", written)
                return one
        fresh = FollowedLog(key.name, key.text)
        self.files.keep(fresh)
        return fresh

    def cosign_by_net(self, url: str) -> Cosigned:
        """Fetch the newest head of the log at an address, cosign it and hand it in.

        A log that shrank is asked for no proof: there is none. Raises LogUnknown, LogNotExtended
        after the evidence is kept, NoteUnreadable, OfferElsewhere,
        RegistryUnreachable, RegistryNonsense, RegistryRefused, DiskFull, DiskTrouble.
        """
        shown = witnessing.read_offer(self.logs.offer(url, 0))
        seen = self._followed(witnessing.origin_in(shown))
        newest = tlog.read_checkpoint(shown.note.text).size
        if 0 < seen.size <= newest:
            shown = witnessing.read_offer(self.logs.offer(url, seen.size))
        cosigned = self.cosign(shown)
        self.logs.hand_in(url, cosigned.note.to_bytes())
        return cosigned

    def cosign_file(self, offered: Path, answer: Path) -> Cosigned:
        """Cosign an offer that came on a stick, and write the answer for the way back.

        Raises what ``cosign`` raises, FileUnreadable, NoteUnreadable, DiskFull, DiskTrouble.
        """
        cosigned = self.cosign(witnessing.read_offer(self.files.read(offered)))
        self.files.write(answer, cosigned.note.to_bytes())
        return cosigned

    def cosign(self, offer: Offer) -> Cosigned:
        """Hold an offer against what was seen, remember it, and cosign it.

        Raises LogUnknown, NoteUnreadable, OfferElsewhere, and LogNotExtended once both heads are
        kept as evidence.
        """
        seen = self._followed(witnessing.origin_in(offer))
        try:
            head = witnessing.judged(offer, tlog.read_key(seen.key), seen.head)
        except LogNotExtended:
            self.files.keep_evidence(seen, offer.to_bytes(), self.clock.now())
            raise
        self._remember(seen, offer, head)
        second = self.clock.now() // _SECOND
        note = witnessing.cosigned(offer, self.note_key, second, self.key.sign)
        return Cosigned(head.origin, head.size, seen.size, note)

    def _remember(self, seen: FollowedLog, offer: Offer, head: Checkpoint) -> None:
        note = offer.note.to_bytes().decode()
        self.files.keep(
            replace(seen, note=note, size=head.size, root=head.root, at=self.clock.now())
        )

    def _followed(self, origin: str) -> FollowedLog:
        for one in self.followed():
            if one.origin == origin:
                return one
        raise LogUnknown(origin)
