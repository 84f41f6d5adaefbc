"""What is said at the site of a destruction, and before one is ordered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from stockpile import wording
from stockpile.domain.destruction import Caution, CautionKind, Destruction
from stockpile.language import _, isolated, ngettext
from stockpile.services.destructions import Outcome, Reading

_Words = Callable[[], str]


def reading_words(reading: Reading, stands: Destruction) -> tuple[str, str]:
    """Return what a reading came to: a title that is read from afar, and what to do."""
    title, sentence = _READ[reading.outcome]
    weapon = reading.scanned.weapon
    said = sentence().format(
        number=isolated(stands.ordered.number),
        state=wording.status(weapon.status) if weapon else "",
        reason=isolated(reading.check.reason) if reading.check else "",
    )
    return title(), said


_READ: Final[Mapping[Outcome, tuple[_Words, _Words]]] = MappingProxyType(
    {
        "verified": (lambda: _("Read, on the list"), lambda: _("It may be destroyed now.")),
        "twice": (lambda: _("Read already"), lambda: _("Nothing was written again.")),
        "kept": (
            lambda: _("Kept, not to be destroyed"),
            lambda: _("Put it aside: {reason}"),
        ),
        "not_listed": (
            lambda: _("Not on the list"),
            lambda: _("Put it aside. It is not to be destroyed under order {number}."),
        ),
        "elsewhere": (
            lambda: _("Not in store on record"),
            lambda: _(
                "Its record says: {state}. Take it back or receive it first, or keep it back."
            ),
        ),
        "disputed": (
            lambda: _("Its record is disputed"),
            lambda: _("Two accounts tell of two places. Settle that first, or keep it back."),
        ),
        "gone": (
            lambda: _("Out of account"),
            lambda: _("Its record says: {state}. Put it aside and look at its record."),
        ),
        "lost": (
            lambda: _("Reported lost or stolen"),
            lambda: _("Do not destroy it: it is evidence. Take it back into account first."),
        ),
        "hot": (
            lambda: _("On the list of lost weapons"),
            lambda: _("Do not destroy it: it is evidence. Tell the registrar."),
        ),
        "unknown": (
            lambda: _("On no record"),
            lambda: _("Put it aside, and put it on record first."),
        ),
        "several": (
            lambda: _("Several weapons answer to this"),
            lambda: _("Scan its label, or type its registry number."),
        ),
        "other": (
            lambda: _("Not a weapon"),
            lambda: _("Scan the weapon's label, or type its serial."),
        ),
    }
)


def caution_words(cautions: Sequence[Caution]) -> list[str]:
    """Return what an officer should know before ordering, a sentence a kind."""
    counted = Counter(one.kind for one in cautions)
    return [_CAUTIONS[kind](count).format(count=count) for kind, count in counted.items()]


_CAUTIONS: Final[Mapping[CautionKind, Callable[[int], str]]] = MappingProxyType(
    {
        "no_monitor": lambda _n: _(
            "Nobody independent is named yet: a witness or monitor has to be there."
        ),
        "no_method": lambda _n: _("No method is named yet."),
        "issued": lambda n: ngettext(
            "{count} weapon is issued: it has to be back before the day.",
            "{count} weapons are issued: they have to be back before the day.",
            n,
        ),
        "in_transit": lambda n: ngettext(
            "{count} weapon is on the road: it has to be received before the day.",
            "{count} weapons are on the road: they have to be received before the day.",
            n,
        ),
        "lost": lambda n: ngettext(
            "{count} weapon is reported lost: it has to be found before the day.",
            "{count} weapons are reported lost: they have to be found before the day.",
            n,
        ),
        "disputed": lambda n: ngettext(
            "{count} weapon has two accounts of where it is: that has to be settled.",
            "{count} weapons have two accounts of where they are: that has to be settled.",
            n,
        ),
        "investigated": lambda n: ngettext(
            "{count} weapon is under investigation.",
            "{count} weapons are under investigation.",
            n,
        ),
        "evidence": lambda n: ngettext(
            "{count} weapon is held as evidence.", "{count} weapons are held as evidence.", n
        ),
    }
)
