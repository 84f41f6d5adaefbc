"""How a weapon's standing looks: the tones of its chips, the icons of its life, its conflicts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from stockpile import wording
from stockpile.domain import facts
from stockpile.domain.conflicts import Conflict
from stockpile.domain.facts import Body
from stockpile.domain.weapons import Applied
from stockpile.language import _
from stockpile.services.ports import RegisterRow
from ui.theme import Tone

_CONDITIONS = MappingProxyType(
    {
        "serviceable": Tone.OK,
        "repairable": Tone.WARN,
        "unserviceable": Tone.BAD,
        "incomplete": Tone.WARN,
    }
)
_STATUSES = MappingProxyType(
    {
        "issued": Tone.VIOLET,
        "in_transit": Tone.INFO,
        "collected": Tone.WARN,
        "found": Tone.WARN,
        "seized": Tone.WARN,
        "lost": Tone.BAD,
        "disputed": Tone.BAD,
        "recovered": Tone.OK,
    }
)
_EVENTS: Mapping[type, tuple[str, Tone]] = MappingProxyType(
    {
        facts.WeaponRegistered: ("package-plus", Tone.INFO),
        facts.WeaponCorrected: ("pencil", Tone.GREY),
        facts.WeaponCollected: ("hand", Tone.INFO),
        facts.WeaponFound: ("search", Tone.WARN),
        facts.WeaponSeized: ("shield-alert", Tone.WARN),
        facts.WeaponRelocated: ("map-pin", Tone.GREY),
        facts.WeaponIssued: ("log-out", Tone.VIOLET),
        facts.WeaponReturned: ("log-in", Tone.OK),
        facts.WeaponDispatched: ("truck", Tone.INFO),
        facts.WeaponReceived: ("warehouse", Tone.INFO),
        facts.DispatchReversed: ("undo-2", Tone.WARN),
        facts.WeaponLost: ("circle-alert", Tone.BAD),
        facts.WeaponRecovered: ("circle-check", Tone.OK),
        facts.CustodySettled: ("scale", Tone.INFO),
        facts.WeaponCounted: ("clipboard-check", Tone.GREY),
        facts.WeaponInspected: ("eye", Tone.GREY),
        facts.WeaponRepaired: ("wrench", Tone.GREY),
        facts.ComponentSwapped: ("arrow-left-right", Tone.GREY),
        facts.WeaponDeactivated: ("ban", Tone.WARN),
        facts.WeaponDestroyed: ("flame", Tone.BAD),
        facts.WeaponMerged: ("merge", Tone.INFO),
        facts.WeaponsDistinct: ("git-compare", Tone.INFO),
        facts.WeaponAbsorbed: ("merge", Tone.INFO),
        facts.WeaponWithdrawn: ("archive", Tone.WARN),
        facts.MarkReadBack: ("users", Tone.OK),
        facts.PhotoAdded: ("camera", Tone.GREY),
        facts.PhotoRemoved: ("image", Tone.WARN),
        facts.MarkingBegun: ("stamp", Tone.GREY),
        facts.MarkingEnded: ("stamp", Tone.INFO),
        facts.MarkVerified: ("circle-check", Tone.OK),
        facts.MarkingResolved: ("scale", Tone.INFO),
        facts.MarkVoided: ("circle-x", Tone.BAD),
        facts.MarksSettled: ("scale", Tone.INFO),
        facts.TagBound: ("tag", Tone.GREY),
        facts.LabelPrinted: ("printer", Tone.GREY),
    }
)
_USUAL_EVENT = ("history", Tone.GREY)
_CONFLICTS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "custody_fork": lambda: _("Two acts put it in two places."),
        "marking_fork": lambda: _("Two acts say different things of its marks."),
        "identity_fork": lambda: _("Two acts describe it differently."),
        "condition_fork": lambda: _("Two acts say different things of its condition."),
        "count_mismatch": lambda: _("A count saw it where it should not be."),
        "act_after_end": lambda: _("Something was done with it after it had been destroyed."),
        "marked_twice": lambda: _("It bears two marks of one scheme."),
        "possible_duplicate": lambda: _("Another record looks like the same weapon."),
        "mark_doubled": lambda: _("Another weapon bears the same mark."),
        "authority": lambda: _("Something was written about it without the right to it."),
        "lot_overdrawn": lambda: _("More rounds of the lot went out than were in it."),
        "count_missing": lambda: _("A count did not find it."),
        "node_fork": lambda: _("A computer wrote two histories under one key."),
        "mark_outside": lambda: _("It bears a number from no block of who marked it."),
    }
)
_MARKS: Mapping[str, tuple[Callable[[], str], Tone]] = MappingProxyType(
    {
        "begun": (lambda: _("Marking begun"), Tone.WARN),
        "marked": (lambda: _("Marked, not read back yet"), Tone.INFO),
        "verified": (lambda: _("Marked and verified"), Tone.OK),
        "partial": (lambda: _("Partly marked"), Tone.WARN),
        "unknown": (lambda: _("Unknown: look at the metal"), Tone.BAD),
        "not_started": (lambda: _("Not started"), Tone.GREY),
        "voided": (lambda: _("Voided"), Tone.GREY),
    }
)


def condition_tone(condition: str) -> Tone:
    """Return the tone of a serviceability."""
    return _CONDITIONS.get(condition, Tone.GREY)


def status_tone(status: str) -> Tone:
    """Return the tone of where a weapon stands."""
    return _STATUSES.get(status, Tone.GREY)


def event_look(body: Body) -> tuple[str, Tone]:
    """Return the icon and the tone of something that happened."""
    return _EVENTS.get(type(body), _USUAL_EVENT)


def conflict_sentence(conflict: Conflict) -> str:
    """Return what contradicts itself, as a sentence."""
    return _CONFLICTS[conflict.kind]()


def mark_standing(applied: Applied) -> tuple[str, Tone]:
    """Return how a mark of ours stands, in words, and the tone."""
    words, tone = _MARKS[applied.state]
    return words(), tone


def model_or_type(row: RegisterRow) -> str:
    """Return the model, or what sort of weapon it is where no model is known."""
    return row.model or wording.weapon_type(row.type) or _("Model unknown")


def joined(*parts: str) -> str:
    """Return what is known of several things, with a dot between them."""
    return " · ".join(part for part in parts if part)
