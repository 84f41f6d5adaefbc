"""May this weapon be handed to this person, and what its coming back says.

1. A weapon that does not lie in our store, or of which two accounts stand, is handed to nobody.
2. What else stands against it may be overridden, with a reason that stays on record: a holder who
   is not cleared or has something overdue, a weapon that is unfit or waits to be inspected.
3. A weapon comes back from whoever it was handed to, whoever brings it, and to where it belongs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from stockpile.domain.errors import FieldUnreadable, NotToBeIssued, OverrideMissing, WeaponNotOut
from stockpile.domain.facts import Draft, KitItem, Serviceability, WeaponIssued, WeaponReturned
from stockpile.domain.holders import Clearance
from stockpile.domain.values import Digest, Instant, PersonId, PlaceId, WeaponId, tidied
from stockpile.domain.weapon_types import is_crew_served
from stockpile.domain.weapons import STORED, Custody, Weapon

ObjectionKind = Literal[
    "not_cleared", "clearance_expired", "unfit", "inspection_overdue", "holder_overdue", "hot",
    "elsewhere", "out_already", "lost", "disputed",
]  # fmt: skip
Use = Literal["checkout", "assignment"]
OVERRIDABLE: Final = frozenset[ObjectionKind]({
    "not_cleared", "clearance_expired", "unfit", "inspection_overdue", "holder_overdue", "hot",
})  # fmt: skip
"""What an officer may hand a weapon out against; the rest is no matter of judgement."""
DATE_LENGTH: Final = len("2026-11-28")
_HOUR: Final = re.compile(r"\d{1,2}:\d{2}")


@dataclass(frozen=True, slots=True)
class Objection:
    """Something that stands against handing a weapon out, and what it is about.

    ``about`` is the day a clearance or inspection was due, the place or state of a weapon that is
    elsewhere, or the id of the person who has it.
    """

    kind: ObjectionKind
    about: str = ""

    @property
    def may_be_overridden(self) -> bool:
        """Say whether a reason is enough."""
        return self.kind in OVERRIDABLE


@dataclass(frozen=True, slots=True)
class Terms:
    """What is agreed for all that is handed over at once.

    ``due`` is an ISO date, or a date and time as ``YYYY-MM-DD HH:MM``; empty where none is agreed.
    """

    due: str = ""
    purpose: str = ""
    use: Use = "checkout"


@dataclass(frozen=True, slots=True)
class Line:
    """A weapon on the counter: for whom, with what, and why in spite of what stands against it."""

    weapon: WeaponId
    holder: PersonId
    kit: tuple[KitItem, ...] = ()
    override: str = ""


@dataclass(frozen=True, slots=True)
class Back:
    """A weapon that is brought back: where to, in which condition, and what did not come along."""

    weapon: WeaponId
    place: PlaceId | None = None
    condition: Serviceability | None = None
    short: tuple[KitItem, ...] = ()
    remarks: str = ""


def objections(
    weapon: Weapon,
    clearance: Clearance | None,
    today: str,
    here: AbstractSet[PlaceId],
    *,
    holder_overdue: bool = False,
    hot: bool = False,
) -> tuple[Objection, ...]:
    """Return all that stands against handing the weapon out on a day (ISO date), worst first.

    ``clearance`` is none where it is not known yet to whom; ``here`` are the places of this site.
    """
    found = [one for one in (_place_objection(weapon, here),) if one]
    if hot:
        found.append(Objection("hot"))
    if weapon.unfit:
        found.append(Objection("unfit"))
    if weapon.inspect_by and weapon.inspect_by < today:
        found.append(Objection("inspection_overdue", weapon.inspect_by))
    if clearance is not None and clearance.kind == "none":
        found.append(Objection("not_cleared"))
    if clearance is not None and clearance.kind == "expired":
        found.append(Objection("clearance_expired", clearance.until))
    if holder_overdue:
        found.append(Objection("holder_overdue"))
    return tuple(found)


def demand_issuable(weapon: Weapon, against: Iterable[Objection], override: str) -> None:
    """Raise NotToBeIssued; or OverrideMissing, where a reason would be enough and none is given."""
    standing = tuple(against)
    for one in standing:
        if not one.may_be_overridden:
            raise NotToBeIssued(_name(weapon), one.kind)
    if standing and not override.strip():
        raise OverrideMissing(_name(weapon), tuple(one.kind for one in standing))


def issued(weapon: Weapon, line: Line, terms: Terms, receipt: str, *, overrides: bool) -> Draft:
    """Hand the weapon to the line's holder, under a hand receipt."""
    body = WeaponIssued(
        line.holder,
        due=read_due(terms.due),
        purpose=tidied(terms.purpose),
        use=terms.use,
        receipt=receipt,
        kit=line.kit,
        override=tidied(line.override) if overrides else "",
        crew_served=is_crew_served(weapon.type),
    )
    return Draft(weapon.id, body, weapon.heads.custody)


def returned(weapon: Weapon, back: Back, receipt: str, fallback: PlaceId) -> Draft:
    """Take the weapon back to the place said, to where it belongs, or to the fallback.

    Raises WeaponNotOut for a weapon that nobody was handed.
    """
    if whose(weapon) is None:
        raise WeaponNotOut(_name(weapon))
    body = WeaponReturned(
        back.place or weapon.home or fallback,
        condition=back.condition,
        receipt=receipt,
        short=back.short,
        remarks=tidied(back.remarks),
    )
    heads = weapon.heads
    also = heads.condition if back.condition is not None else ()
    return Draft(weapon.id, body, tuple(dict.fromkeys((*heads.custody, *also))))


def whose(weapon: Weapon) -> Custody | None:
    """Return by which account the weapon is out with somebody; None where it is not."""
    if len(weapon.custody) == 1 and weapon.custody[0].state == "issued":
        return weapon.custody[0]
    return None


def lacking(given: Sequence[KitItem], came: Sequence[KitItem]) -> tuple[KitItem, ...]:
    """Return what was handed over and has not come back, item by item."""
    left = Counter[tuple[str, str]]()
    for item in came:
        left[item.kind, item.mark] += item.count
    short = []
    for item in given:
        key = (item.kind, item.mark)
        missing = item.count - min(item.count, left[key])
        left[key] -= item.count - missing
        if missing:
            short.append(KitItem(item.kind, missing, item.mark))
    return tuple(short)


def issue_of(custody: Custody, history: Iterable[tuple[Digest, object]]) -> WeaponIssued | None:
    """Return the hand-over that an account of a weapon that is out comes from.

    Where a dispute was settled so, it is the one of the same holder under the same receipt.
    """
    found = [(digest, body) for digest, body in history if isinstance(body, WeaponIssued)]
    own = [body for digest, body in found if digest == custody.fact]
    upheld = [
        body
        for _digest, body in found
        if custody.paper and (body.receipt, body.holder) == (custody.paper, custody.holder)
    ]
    return next(iter([*own, *reversed(upheld)]), None)


def local_minute(at: Instant, zone: int) -> str:
    """Return an instant as people there write it: ``YYYY-MM-DD HH:MM``; ``zone`` in minutes."""
    moment = datetime.fromtimestamp(at / 1000, UTC) + timedelta(minutes=zone)
    return moment.strftime("%Y-%m-%d %H:%M")


def is_overdue(due: str, now: str) -> bool:
    """Say whether what was due back is late at ``YYYY-MM-DD HH:MM``; a whole day counts as good."""
    if not due:
        return False
    return due < (now[:DATE_LENGTH] if len(due) == DATE_LENGTH else now)


def read_due(text: str, now: str = "") -> str:
    """Return when something is due, as it is compared; raises FieldUnreadable for no such time.

    A time alone is the next one after ``now`` (``YYYY-MM-DD HH:MM``): 06:00 said at night is
    tomorrow's.
    """
    said = tidied(text).replace("T", " ")
    if not said:
        return ""
    if now and _HOUR.fullmatch(said):
        today = f"{now[:DATE_LENGTH]} {said.zfill(5)}"
        said = today if today > now else _next_day(today)
    for form in ("%Y-%m-%d", "%Y-%m-%d %H:%M"):
        try:
            return datetime.strptime(said, form).replace(tzinfo=UTC).strftime(form)
        except ValueError:
            continue
    raise FieldUnreadable("due", text)


def _next_day(moment: str) -> str:
    """Return the same time a day later; what is no time is given back for whoever refuses it."""
    try:
        later = datetime.strptime(moment, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
    except ValueError:
        return moment
    return (later + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")


def _place_objection(weapon: Weapon, here: AbstractSet[PlaceId]) -> Objection | None:
    """Return why the weapon is not at hand, whatever people may think."""
    if any(one.state == "lost" for one in weapon.custody):
        return Objection("lost")
    if weapon.status == "disputed":
        return Objection("disputed")
    if weapon.status == "issued":
        return Objection("out_already", weapon.custody[0].holder or "")
    if weapon.status not in STORED:
        return Objection("elsewhere", weapon.status)
    if weapon.place is None or weapon.place not in here:
        return Objection("elsewhere", weapon.place or "")
    return None


def _name(weapon: Weapon) -> str:
    return weapon.serial.text or weapon.tag or weapon.id
