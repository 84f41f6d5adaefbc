"""Lost, stolen and recovered: what a report says, and when a weapon was last seen for certain.

Suspected loss or theft is reported at once and investigated (IDDRS 4.10, clause 7.3), so the report
and the opening of its investigation are one act. A report is amended by a report that replaces it
under the same number; one made by mistake is answered by a recovery that says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from stockpile.domain import codec, facts
from stockpile.domain.dates import is_date
from stockpile.domain.errors import (
    AlreadyLost,
    FieldMissing,
    FieldUnreadable,
    NotLost,
    WeaponGone,
    WeaponUnknown,
)
from stockpile.domain.facts import Draft, Fact, InvestigationOpened, WeaponLost, WeaponRecovered
from stockpile.domain.ledger import Entry
from stockpile.domain.values import Instant, PlaceId, tidied
from stockpile.domain.weapons import GONE, Custody, Weapon

How = Literal["lost", "stolen", "unknown"]
HOWS: Final[tuple[How, ...]] = get_args(How)
SEEN: Final = (
    facts.WeaponRegistered, facts.WeaponCollected, facts.WeaponFound, facts.WeaponSeized,
    facts.WeaponIssued, facts.WeaponReturned, facts.WeaponDispatched, facts.WeaponReceived,
    facts.WeaponRecovered, facts.WeaponCounted, facts.WeaponInspected, facts.WeaponRepaired,
    facts.MarkVerified, facts.MarkReadBack, facts.WeaponRelocated,
)  # fmt: skip
"""What nobody can do without the weapon in their hands."""


@dataclass(frozen=True, slots=True)
class Loss:
    """What people say of a loss; ``discovered`` is a date, ``verified`` when it was last seen.

    ``authorities`` are who was told and when, ``incident`` is their own number for it.
    """

    how: How
    discovered: str
    circumstances: str = ""
    verified: str = ""
    discoverer: str = ""
    actions: str = ""
    authorities: str = ""
    incident: str = ""


def read_how(text: str) -> How:
    """Return how it went, as written; raise FieldUnreadable for anything else."""
    wanted = tidied(text).lower()
    for one in HOWS:
        if one == wanted:
            return one
    raise FieldUnreadable("how", text)


def demand_told(loss: Loss) -> None:
    """Raise FieldMissing or FieldUnreadable unless the report says what it must."""
    if not tidied(loss.circumstances):
        raise FieldMissing("circumstances")
    for field, text in (("discovered", loss.discovered), ("verified", loss.verified)):
        if text and not is_date(text[:10]):
            raise FieldUnreadable(field, text)
    if not loss.discovered:
        raise FieldMissing("discovered")


def report(weapon: Weapon, loss: Loss, number: str) -> Draft:
    """Report a weapon lost or stolen, whatever account of it stood before: two may, or a holder's.

    Raises WeaponUnknown, WeaponGone, AlreadyLost.
    """
    if not weapon.registered:
        raise WeaponUnknown(weapon.id)
    if weapon.status in GONE:
        raise WeaponGone(weapon.id, weapon.status)
    if weapon.status == "lost":
        raise AlreadyLost(weapon.id, weapon.custody[0].paper)
    return Draft(weapon.id, _lost(loss, number), weapon.heads.custody)


def amend(weapon: Weapon, loss: Loss) -> Draft:
    """Say the report on a lost weapon anew, under its number; raises NotLost."""
    account = lost_account(weapon)
    if account is None:
        raise NotLost(weapon.id)
    return Draft(weapon.id, _lost(loss, account.paper), weapon.heads.custody)


def recover(weapon: Weapon, place: PlaceId, where: str, on: str, circumstances: str) -> Draft:
    """Take a lost weapon back into account at a place; raises NotLost, FieldMissing.

    ``where`` and ``on`` tell where and when it came to light.
    """
    if not is_lost(weapon):
        raise NotLost(weapon.id)
    if not tidied(circumstances):
        raise FieldMissing("circumstances")
    body = WeaponRecovered(place, tidied(where), tidied(on), tidied(circumstances))
    return Draft(weapon.id, body, weapon.heads.custody)


def investigation(subject: str, weapon: Weapon, loss: Loss, number: str) -> Draft:
    """Open the investigation that every report of a loss begins, under the report's number."""
    last = before_loss(weapon)
    place = last.place if last else None
    body = InvestigationOpened(
        "loss", number, weapon=weapon.id, place=place, said=tidied(loss.circumstances)
    )
    return Draft(subject, body)


def is_lost(weapon: Weapon) -> bool:
    """Say whether one of the accounts of where the weapon is says that it is lost."""
    return lost_account(weapon) is not None


def lost_account(weapon: Weapon) -> Custody | None:
    """Return the account that says the weapon is lost, where one does."""
    return next((one for one in weapon.custody if one.state == "lost"), None)


def told_in(weapon: Weapon, known: Sequence[Fact]) -> Fact | None:
    """Return the report by which a weapon is lost; where a dispute was settled so, the one upheld.

    None where it is not lost, or where nobody ever reported it. ``known`` are in causal order.
    """
    account = lost_account(weapon)
    if account is None:
        return None
    reports = [one for one in known if isinstance(one.body, WeaponLost)]
    own = [one for one in reports if one.hash == account.fact]
    upheld = [
        one
        for one in reports
        if isinstance(one.body, WeaponLost) and one.body.report == account.paper
    ]
    return next((found[-1] for found in (own, upheld, reports) if found), None)


def before_loss(weapon: Weapon) -> Custody | None:
    """Return the account of where the weapon is that a report would replace: the last known one."""
    return max(weapon.custody, key=lambda one: (one.since, one.fact), default=None)


def last_seen(known: Iterable[Fact]) -> Fact | None:
    """Return the last fact that somebody who had the weapon in their hands wrote, of its life."""
    held = [one for one in known if isinstance(one.body, SEEN)]
    return max(held, key=seen_at, default=None)


def seen_at(fact: Fact) -> Instant:
    """Return the instant at which a weapon was seen, not that at which it was typed in."""
    body = fact.body
    return (body.seen or fact.at) if isinstance(body, facts.WeaponCounted) else fact.at


def reports_loss(entry: Entry) -> bool:
    """Say whether an entry reports a loss: looked for in its bytes, decoded only then."""
    return any(
        b"weapon.lost" in raw and isinstance(codec.decode(raw).body, WeaponLost)
        for raw in entry.facts
    )


def _lost(loss: Loss, number: str) -> WeaponLost:
    return WeaponLost(
        loss.how,
        tidied(loss.circumstances),
        tidied(loss.discovered),
        number,
        tidied(loss.verified),
        tidied(loss.discoverer),
        tidied(loss.actions),
        tidied(loss.authorities),
        tidied(loss.incident),
    )
