"""In words: what stands against destroying a weapon or making it useless."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from stockpile.domain import errors
from stockpile.domain.errors import StockpileError
from stockpile.language import _

SENTENCES: Mapping[type[StockpileError], Callable[[], str]] = MappingProxyType(
    {
        errors.DestructionUnknown: lambda: _(
            "There is no order to destroy, and no certificate, {number} on record here."
        ),
        errors.DestructionClosed: lambda: _(
            "Order {number} is closed: it was certified or withdrawn. Make out a new one."
        ),
        errors.DestructionBegun: lambda: _(
            "A weapon of order {number} was read at the site, so its list stands. Keep back what is"
            " not to be destroyed, and order anew what is missing."
        ),
        errors.DestructionLarge: lambda: _(
            "{count} weapons are more than one order may list ({most}). Make out several."
        ),
        errors.DestructionOrderedAlready: lambda: _(
            "Weapon {weapon} stands on order {number} already. Take it off there first."
        ),
        errors.DestructionIncomplete: lambda: _(
            "{count} on the list of {number} were neither read at the site nor kept for a reason. Read"
            " them, or keep them back."
        ),
        errors.NothingDestroyed: lambda: _(
            "Every weapon of order {number} is kept back. Withdraw the order instead."
        ),
        errors.NotOnDestructionList: lambda: _(
            "Weapon {weapon} is not on the list of order {number}. Put it aside: it is not to be"
            " destroyed."
        ),
        errors.ReadingStale: lambda: _(
            "Weapon {weapon} moved after it was read at the site. Read it again."
        ),
        errors.MethodSymbolic: lambda: _(
            "{method} destroys for the eye only. Say which method follows it."
        ),
        errors.CommitteeIncomplete: lambda: _(
            "A destruction is certified before a committee and somebody independent of it. Name at"
            " least one more person: {attendant}."
        ),
        errors.EvidenceHeld: lambda: _(
            "Weapon {weapon} is held as evidence. Say in the reason what allows it to be destroyed."
        ),
        errors.DeactivatedAlready: lambda: _(
            "Weapon {weapon} was deactivated before. Say that the new certificate takes the place of"
            " the old one."
        ),
        errors.NotDeactivated: lambda: _("Weapon {weapon} was not deactivated."),
    }
)
METHODS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "burning": lambda: _("Burning"),
        "crushing_by_vehicle": lambda: _("Crushing by vehicle"),
    }
)
ATTENDANTS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "member": lambda: _("a member of the committee"),
        "witness": lambda: _("an independent witness or monitor"),
    }
)
