"""What is still open about a weapon, and the one act that closes each of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from stockpile.domain.conflicts import Conflict, ConflictClass
from stockpile.domain.facts import Fact, InvestigationOpened
from stockpile.domain.lives import last_inspection_due
from stockpile.domain.weapons import NO_WEAPON, Weapon

MatterKind = Literal[
    "remnant", "conflict", "lost", "mark_unknown", "mark_missing", "mark_unread",
    "readings_differ", "not_read_back", "inspection_due", "photos_missing", "not_normalised",
    "unfit", "under_investigation", "joined", "withdrawn",
]  # fmt: skip
Closing = Literal[
    "settle_custody", "settle_marks", "compare", "correct", "inspect", "move", "mark",
    "verify_mark", "read_back", "photograph", "safety", "open_other", "reinstate", "recover",
    "investigate", "judge", "open_card",
]  # fmt: skip
"""What closes a matter. Each is one question on the weapon's page, or the page that asks it."""

_SETTLED_BY: Final = MappingProxyType[ConflictClass, Closing](
    {
        "custody_fork": "settle_custody",
        "count_mismatch": "settle_custody",
        "count_missing": "open_card",
        "act_after_end": "settle_custody",
        "marking_fork": "settle_marks",
        "marked_twice": "settle_marks",
        "mark_outside": "open_card",
        "node_fork": "open_card",
        "mark_doubled": "compare",
        "possible_duplicate": "compare",
        "identity_fork": "correct",
        "condition_fork": "inspect",
        "authority": "judge",
        "lot_overdrawn": "correct",
    }
)
_NORMALISED: Final = (
    ("make", "make_code"), ("model", "model_code"), ("calibre", "calibre_codes"),
    ("country", "country_code"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Matter:
    """Something open: what it is, the act that closes it, and what it is about.

    ``about`` is by the kind the names of fields with commas between, a date as written, a job, or
    what was read.
    """

    kind: MatterKind
    closing: Closing
    about: str = ""
    conflict: Conflict | None = None


def open_matters(
    weapon: Weapon,
    known: Iterable[Fact],
    conflicts: Sequence[Conflict],
    today: str,
    investigated: Sequence[InvestigationOpened] = (),
) -> tuple[Matter, ...]:
    """Return what is open, the gravest first; ``today`` is an ISO date.

    ``investigated`` are the open investigations of this weapon.

    Of a record behind which no weapon stands, only how to get it back is open.
    """
    if weapon.status == "merged":
        return (Matter("joined", "open_other", weapon.absorbed_into or ""),)
    if weapon.status in NO_WEAPON:
        return (Matter("withdrawn", "reinstate"),)
    return (
        *_dangers(weapon),
        *(
            Matter("conflict", _SETTLED_BY[one.kind], one.kind, one)
            for one in conflicts
            if one.kind != "count_missing"  # it is under investigation
        ),
        *_lost(weapon),
        *(Matter("under_investigation", "investigate", one.due) for one in investigated),
        *([Matter("unfit", "inspect")] if weapon.unfit else []),
        *_marking(weapon),
        *_reading(weapon),
        *_inspection(weapon, known, today),
        *([] if weapon.photos else [Matter("photos_missing", "photograph")]),
        *_normalising(weapon),
    )


def _dangers(weapon: Weapon) -> list[Matter]:
    safe = weapon.safe
    return [Matter("remnant", "safety")] if safe is not None and safe.remnant else []


def _lost(weapon: Weapon) -> list[Matter]:
    return [Matter("lost", "recover")] if weapon.status == "lost" else []


def _marking(weapon: Weapon) -> list[Matter]:
    """Return what is open about our marks; a weapon that is gone needs none any more."""
    if weapon.status == "destroyed":
        return []
    standing = weapon.standing_marks
    if not standing:
        return [Matter("mark_missing", "mark")]
    doubtful = [one for one in standing if one.state in ("unknown", "begun", "partial")]
    unread = [one for one in standing if one.state == "marked"]
    return [
        *(Matter("mark_unknown", "mark", one.text) for one in doubtful),
        *(Matter("mark_unread", "verify_mark", one.text) for one in unread),
    ]


def _reading(weapon: Weapon) -> list[Matter]:
    """Return whether a second person has still to read the serial, or read something else."""
    now = weapon.serial.text
    if not now:
        return []
    readings = [one for one in weapon.read_backs if one.text == now]
    if not readings:
        return [Matter("not_read_back", "read_back")]
    last = readings[-1]
    return [] if last.agrees else [Matter("readings_differ", "correct", last.read)]


def _inspection(weapon: Weapon, known: Iterable[Fact], today: str) -> list[Matter]:
    due = last_inspection_due(weapon, known)
    return [Matter("inspection_due", "inspect", due)] if due and due <= today else []


def _normalising(weapon: Weapon) -> list[Matter]:
    """Return in one matter the fields whose words the catalogue did not understand."""
    unknown = [
        field for field, code in _NORMALISED if getattr(weapon, field) and not getattr(weapon, code)
    ]
    return [Matter("not_normalised", "correct", ",".join(unknown))] if unknown else []
