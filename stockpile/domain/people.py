"""Officers, what their roles let them do, and which acts need a second officer.

1. An officer acts by a role; every act is checked here, called by the services, never by a screen.
2. Some acts need two officers, and the second is another person than the first.
3. An officer who left office or is suspended can no longer act; what they did before stays.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, get_args

from stockpile.domain.errors import (
    FieldMissing,
    FieldUnreadable,
    OfficerNotAuthorised,
    PinTooShort,
    SecondOfficerMissing,
)
from stockpile.domain.facts import Draft, OfficerAppointed, Role
from stockpile.domain.references import Reference
from stockpile.domain.values import OfficerId, PlaceId, tidied

Act = Literal[
    "register", "correct", "move", "import", "label", "mark", "verify_mark", "resolve_mark", "sync",
    "open_place", "set_machine", "appoint", "enrol", "withdraw", "merge", "photograph", "read_back",
    "inspect", "repair", "catalogue", "issue", "override", "hold", "erase_person", "dispatch",
    "receive", "count", "close_count", "investigate", "set_rule", "hand_over", "report_loss",
    "recover", "close_day", "back_up", "set_scheme", "set_mark_layout", "order_marking",
    "grant_numbers", "void_mark", "destroy", "order_destruction", "deactivate", "collect",
    "pass_gate", "request_trace", "set_label_layout", "suspend", "set_guard", "confirm",
    "judge_entry", "disclose_person", "rotate_keys", "restore", "sign_inspection",
    "issue_crew_served",
]  # fmt: skip
LEAST_PIN: Final = 4
ROLES: Final[tuple[Role, ...]] = get_args(Role)

_ENTER: Final = frozenset[Act]({
    "register", "correct", "import", "label", "sync", "photograph", "read_back", "withdraw",
})  # fmt: skip
_KNOW: Final = frozenset[Act]({"merge", "catalogue"})
_MARK: Final = frozenset[Act]({"mark", "verify_mark", "order_marking"})
_REGISTRAR: Final = frozenset[Act]({
    "open_place", "appoint", "enrol", "resolve_mark", "set_machine", "set_scheme",
    "set_mark_layout", "order_marking", "grant_numbers", "void_mark", "order_destruction",
    "deactivate", "request_trace", "set_label_layout", "suspend", "set_guard", "confirm",
    "judge_entry", "disclose_person", "rotate_keys", "restore", "sign_inspection",
})  # fmt: skip
_LOOK: Final = frozenset[Act]({
    "verify_mark", "resolve_mark", "sync", "inspect", "read_back", "photograph", "count",
    "close_count", "investigate", "report_loss", "destroy", "request_trace", "confirm",
    "sign_inspection",
})  # fmt: skip
_KEEP: Final = frozenset[Act]({
    "move", "issue", "hold", "dispatch", "receive", "count", "close_count", "hand_over",
    "report_loss", "recover", "close_day", "back_up", "destroy", "pass_gate", "collect",
    "confirm", "restore", "issue_crew_served",
})  # fmt: skip
"""What who keeps an armoury does all day; whoever finds a weapon gone may report it."""
_MAY: Final = MappingProxyType[Role, frozenset[Act]](
    {
        "clerk": _ENTER | {"move", "verify_mark", "count", "hold", "report_loss"},
        "armourer": _ENTER | _MARK | _KNOW | _KEEP | {
            "set_machine", "inspect", "repair", "override", "open_place", "set_mark_layout",
            "deactivate", "set_label_layout",
        },
        "storekeeper": _ENTER | _KEEP | {"open_place", "verify_mark"},
        "marking_operator": _MARK | {"label", "sync", "photograph", "report_loss"},
        "inspector": _LOOK,
        "commander": frozenset(get_args(Act)),
        "registrar": _ENTER | _KNOW | _REGISTRAR | {
            "set_rule", "erase_person", "investigate", "report_loss", "recover", "close_count",
        },
        "field_team": _ENTER | _MARK | _KEEP,
        "auditor": frozenset[Act]({"sync"}),
    }
)  # fmt: skip
NEEDS_TWO: Final = frozenset[Act]({
    "dispatch", "close_count", "hand_over", "report_loss", "void_mark", "destroy", "judge_entry",
    "disclose_person", "rotate_keys", "restore",
})  # fmt: skip
"""Acts that need two: nobody sends away, counts off, takes over, loses, voids or destroys alone.

Nor does anyone decide alone about entries without right, hand out a person's details, change the
keys or restore a backup.
"""
MAY_NEED_TWO: Final = frozenset[Act]({
    "correct", "resolve_mark", "issue_crew_served", "appoint", "set_guard", "merge",
    "set_scheme",
})  # fmt: skip
"""Acts for which a site may ask for two as well, as its commander decides."""


@dataclass(frozen=True, slots=True)
class Officer:
    """An officer in office: who they are, what they may do, and the key that signs for them.

    ``badge`` is the SHA-256 of what their badge says to a scanner; empty where they have none.
    """

    id: OfficerId
    name: str
    roles: tuple[Role, ...]
    public_key: bytes
    badge: str = ""

    def may(self, act: Act) -> bool:
        """Say whether any of the officer's roles includes the act."""
        return any(act in _MAY[role] for role in self.roles)


def officer_of(reference: Reference) -> Officer | None:
    """Return the officer that a reference stands for, or None if they left office."""
    if not isinstance(reference.now, OfficerAppointed):
        return None
    return appointed(OfficerId(reference.subject), reference.now)


def appointed(officer: OfficerId, body: OfficerAppointed) -> Officer:
    """Return the officer as an appointment says them."""
    return Officer(officer, body.name, body.roles, bytes.fromhex(body.public_key), body.badge)


def acts_of(role: Role) -> tuple[Act, ...]:
    """Return what a role may do, in the order of all acts."""
    return tuple(act for act in get_args(Act) if act in _MAY[role])


def authorise(
    officer: Officer,
    act: Act,
    witness: Officer | None = None,
    *,
    by_rule: Collection[str] = (),
) -> None:
    """Raise OfficerNotAuthorised or SecondOfficerMissing unless the officer may act so.

    ``by_rule`` are acts for which the site asks for two beside those that always need them. A
    second officer is another person, and one whose role lets them confirm.
    """
    if not officer.may(act):
        raise OfficerNotAuthorised(officer.name, act)
    if act not in NEEDS_TWO and act not in by_rule:
        return
    if witness is None or witness.id == officer.id:
        raise SecondOfficerMissing(act)
    if not witness.may("confirm"):
        raise OfficerNotAuthorised(witness.name, "confirm")


def appoint(
    officer: OfficerId, name: str, roles: tuple[Role, ...], public_key: bytes, site: PlaceId | None
) -> Draft:
    """Appoint an officer; a name and at least one role are needed.

    Raises FieldMissing, FieldUnreadable for a role that there is not: no record must hold one that
    could not be read again.
    """
    if not tidied(name):
        raise FieldMissing("name")
    if not roles:
        raise FieldMissing("roles")
    for one in roles:
        if one not in ROLES:
            raise FieldUnreadable("role", one)
    return Draft(officer, OfficerAppointed(tidied(name), roles, public_key.hex(), site))


def read_role(text: str) -> Role:
    """Return the role written in the text; raise FieldUnreadable for none of ours."""
    wanted = text.strip().lower().replace(" ", "_").replace("-", "_")
    for role in ROLES:
        if role == wanted:
            return role
    raise FieldUnreadable("role", text)


def demand_pin(pin: str) -> None:
    """Raise PinTooShort for a PIN that is no protection at all."""
    if len(pin) < LEAST_PIN:
        raise PinTooShort(LEAST_PIN)
