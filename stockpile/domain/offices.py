"""An office through its life: roles, badge and key change, it is suspended, given back, or ends.

1. Every change is one more fact that replaces the one before; what was signed before stays valid.
2. Nobody changes what they may do themselves, suspends themselves or lets themselves go.
3. A site always keeps an officer who may appoint others: without one nobody could come back.
4. A suspension and an end need a reason, and so does every change of what stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from stockpile.domain.errors import (
    FieldMissing,
    InOfficeAlready,
    NobodyAppoints,
    NotInOffice,
    OwnOffice,
    ReasonMissing,
)
from stockpile.domain.facts import (
    Body,
    Draft,
    OfficerAppointed,
    OfficerRetired,
    OfficerSuspended,
    Role,
)
from stockpile.domain.people import ROLES, Act, Officer, appointed
from stockpile.domain.references import Reference
from stockpile.domain.values import Digest, Instant, OfficerId, tidied

State = Literal["in_office", "suspended", "left"]


@dataclass(frozen=True, slots=True)
class Office:
    """An office as it stands: who was appointed to it last, and whether it is in force.

    ``since`` is when it became so, by the clock of the computer that wrote it.
    """

    body: OfficerAppointed
    id: OfficerId
    state: State
    heads: tuple[Digest, ...]
    reason: str = ""
    since: Instant = 0

    @property
    def officer(self) -> Officer:
        """The officer as last appointed, also while the office is not in force."""
        return appointed(self.id, self.body)

    @property
    def in_office(self) -> bool:
        """Say whether the officer may act."""
        return self.state == "in_office"


def office_of(reference: Reference, last: OfficerAppointed, since: Instant = 0) -> Office:
    """Return an office as its reference stands; ``last`` is the appointment made last."""
    now = reference.now
    id_, heads = OfficerId(reference.subject), reference.heads
    match now:
        case OfficerSuspended():
            return Office(last, id_, "suspended", heads, now.reason, since)
        case OfficerRetired():
            return Office(last, id_, "left", heads, now.reason, since)
        case _:
            return Office(last, id_, "in_office", heads, last.reason, since)


def set_roles(
    office: Office, roles: Sequence[Role], reason: str, by: Officer, all_: Iterable[Office]
) -> Draft:
    """Give an officer other roles; raises OwnOffice, NotInOffice, FieldMissing, NobodyAppoints."""
    _demand_another(office, by, "appoint")
    if not roles:
        raise FieldMissing("roles")
    ordered = tuple(one for one in ROLES if one in roles)
    if not replace(office.officer, roles=ordered).may("appoint"):
        _demand_appointer_beside(office, all_)
    return _changed(office, replace(office.body, roles=ordered), reason, "appoint")


def renew_key(office: Office, public_key: bytes, reason: str, by: Officer) -> Draft:
    """Let another key sign for an officer, whose PIN was forgotten."""
    _demand_another(office, by, "appoint")
    return _changed(office, replace(office.body, public_key=public_key.hex()), reason, "appoint")


def give_badge(office: Office, digest: str, reason: str) -> Draft:
    """Give an officer a badge; one that replaces another needs a reason: the old one opens no more.

    Raises NotInOffice, ReasonMissing.
    """
    _demand_in_office(office)
    why = _reason(reason, "appoint") if office.body.badge else tidied(reason)
    return Draft(office.id, replace(office.body, badge=digest, reason=why), office.heads)


def suspend(office: Office, reason: str, by: Officer, all_: Iterable[Office]) -> Draft:
    """Suspend an officer: until they are put back they may not act."""
    _demand_in_office(office)
    return _ended(office, OfficerSuspended(_reason(reason, "suspend")), by, all_)


def retire(office: Office, reason: str, by: Officer, all_: Iterable[Office]) -> Draft:
    """End an office, also one that is suspended."""
    if office.state == "left":
        raise NotInOffice(office.body.name)
    return _ended(office, OfficerRetired(_reason(reason, "suspend")), by, all_)


def reinstate(office: Office, reason: str) -> Draft:
    """Put an officer back into office who was suspended or left, with the roles of before."""
    if office.in_office:
        raise InOfficeAlready(office.body.name)
    body = replace(office.body, reason=_reason(reason, "appoint"))
    return Draft(office.id, body, office.heads)


def _changed(office: Office, body: OfficerAppointed, reason: str, act: Act) -> Draft:
    _demand_in_office(office)
    return Draft(office.id, replace(body, reason=_reason(reason, act)), office.heads)


def _ended(office: Office, body: Body, by: Officer, all_: Iterable[Office]) -> Draft:
    _demand_another(office, by, "suspend")
    _demand_appointer_beside(office, all_)
    return Draft(office.id, body, office.heads)


def _demand_another(office: Office, by: Officer, act: Act) -> None:
    if office.id == by.id:
        raise OwnOffice(act)


def _demand_in_office(office: Office) -> None:
    if not office.in_office:
        raise NotInOffice(office.body.name)


def _demand_appointer_beside(office: Office, all_: Iterable[Office]) -> None:
    others = (one for one in all_ if one.in_office and one.id != office.id)
    if not any(one.officer.may("appoint") for one in others):
        raise NobodyAppoints(office.body.name)


def _reason(text: str, act: Act) -> str:
    if not tidied(text):
        raise ReasonMissing(act)
    return tidied(text)
