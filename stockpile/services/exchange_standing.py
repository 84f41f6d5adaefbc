"""How the exchange stands, in one sentence that a clerk can read, and why it does not go on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from stockpile import wording
from stockpile.domain import codec
from stockpile.domain.errors import (
    BooksRolledBack,
    ChainForked,
    LogSplit,
    NodeOvertaken,
    NodeQuarantined,
    ProtocolTooOld,
    RegistryContradicts,
    RegistryRewritten,
    RegistryRolledBack,
    RegistryWithholds,
    StockpileError,
)
from stockpile.domain.facts import PhotoAdded, WeaponRegistered
from stockpile.domain.ledger import Entry
from stockpile.domain.values import Instant
from stockpile.language import _, isolated, ngettext
from stockpile.services.ports import Books, Keys, Photos

ALARMS: Final = (
    NodeOvertaken, BooksRolledBack, ChainForked, NodeQuarantined, RegistryRewritten,
    RegistryRolledBack, RegistryWithholds, RegistryContradicts, LogSplit, ProtocolTooOld,
)  # fmt: skip
"""What does not pass by itself: a person has to do something, and the sentence says what."""
_MOST_LOOKED_AT: Final = 200


@dataclass(frozen=True, slots=True)
class ExchangeStanding:
    """How far the centre has heard, what waits, and what is wrong if anything is.

    ``has_line`` is False where a registry is known by a file alone; ``is_enrolled`` where none is.
    ``at`` is when the registry signed that it has entry ``number``, on its own clock; ``is_signed``
    is False where no receipt of it is at hand: then it is what this computer's clock showed.
    """

    is_enrolled: bool = False
    has_line: bool = False
    number: int = 0
    at: Instant = 0
    is_signed: bool = False
    acts: int = 0
    photos: int = 0
    trouble: StockpileError | None = None

    @property
    def is_alarm(self) -> bool:
        """Say whether somebody has to look into it."""
        return isinstance(self.trouble, ALARMS)

    def with_trouble(self, trouble: StockpileError | None) -> ExchangeStanding:
        """Return it with what the last exchange came to, unless worse is known."""
        return self if self.is_alarm else replace(self, trouble=trouble)


def exchange_standing(books: Books, keys: Keys, photos: Photos) -> ExchangeStanding:
    """Return how the exchange stands; on the books lane."""
    peer = next(iter(sorted(books.peers(), key=lambda one: not one.url)), None)
    overtaken = books.overtaken(keys.node)
    trouble = NodeOvertaken(overtaken.number) if overtaken else None
    if peer is None:
        return ExchangeStanding(trouble=trouble)
    unsent = books.entries(keys.node, peer.acknowledged, _MOST_LOOKED_AT)
    signed_at = books.signed_at(keys.node, peer.acknowledged) if peer.acknowledged else 0
    return ExchangeStanding(
        is_enrolled=True,
        has_line=bool(peer.url),
        number=peer.acknowledged,
        at=signed_at or peer.heard_at,
        is_signed=bool(signed_at),
        acts=books.tip().number - peer.acknowledged,
        photos=photos.waiting(peer.registry) + sum(map(photos_named, unsent)),
        trouble=trouble,
    )


def photos_named(entry: Entry) -> int:
    """Return how many photos an entry puts on record."""
    found = 0
    for raw in entry.facts:
        if b'"photo' in raw:
            body = codec.decode(raw).body
            found += isinstance(body, PhotoAdded)
            found += len(body.photos) if isinstance(body, WeaponRegistered) else 0
    return found


def standing_sentence(standing: ExchangeStanding) -> str:
    """Return it in one sentence, or two where something waits; what is wrong comes before all."""
    if standing.is_alarm and standing.trouble is not None:
        return wording.error_sentence(standing.trouble)
    if not standing.is_enrolled:
        return _("Everything is on this computer only.")
    if not standing.number:
        heard = _("The centre has heard nothing yet.")
    else:
        words = (
            _("The centre has heard up to no. {number}, on {at} by its own clock.")
            if standing.is_signed
            else _("The centre has heard up to no. {number}, on {at} by this computer's clock.")
        )
        heard = words.format(
            number=isolated(f"{standing.number:,}"), at=isolated(wording.instant(standing.at))
        )
    waits = waiting_sentence(standing)
    return _("{heard} {waits}").format(heard=heard, waits=waits) if waits else heard


def waiting_sentence(standing: ExchangeStanding) -> str:
    """Return what waits to be sent; nothing where nothing does."""
    acts = ngettext("{count} act", "{count} acts", standing.acts)
    photos = ngettext("{count} photo", "{count} photos", standing.photos)
    acts, photos = (
        words.format(count=isolated(f"{count:,}"))
        for words, count in ((acts, standing.acts), (photos, standing.photos))
    )
    if standing.acts and standing.photos:
        return _("Waiting: {acts} and {photos}.").format(acts=acts, photos=photos)
    if standing.acts or standing.photos:
        return _("Waiting: {what}.").format(what=acts if standing.acts else photos)
    return ""


def why_waiting(standing: ExchangeStanding) -> str:
    """Return what keeps what waits here, where that passes by itself; nothing else."""
    if standing.trouble is None or standing.is_alarm:
        return ""
    return wording.error_sentence(standing.trouble)
