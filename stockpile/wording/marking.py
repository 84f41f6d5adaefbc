"""In words: why a weapon is not marked, and what is not settled about a mark."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from stockpile.domain import errors
from stockpile.domain.errors import StockpileError
from stockpile.language import _

SENTENCES: Mapping[type[StockpileError], Callable[[], str]] = MappingProxyType(
    {
        errors.AlreadyMarked: lambda: _("The weapon bears {text} already. It is not marked again."),
        errors.MarkingStillOpen: lambda: _(
            "A marking is not settled yet (job {job}). Look at the metal and say what is there first."
        ),
        errors.MarkNotPossible: lambda: _(
            "{text} cannot be sent to this machine ({why}). Nothing was sent."
        ),
        errors.SchemeUnknown: lambda: _("There is no marking scheme called {name}."),
        errors.SchemePatternWrong: lambda: _("No mark can be made by {pattern}: {flaw}."),
        errors.SchemeInUse: lambda: _(
            "Marks were made by version {version} of {name}. It is not edited any more: save the"
            " change as the next version."
        ),
        errors.SchemeRetired: lambda: _("{name} is retired. Choose another marking scheme."),
        errors.ReasonNotInScheme: lambda: _("{name} is not for this reason of marking."),
        errors.ComponentNotInScheme: lambda: _("{name} is not put on this part of a weapon."),
        errors.PositionNotInScheme: lambda: _("{name} is not put there ({position})."),
        errors.PolymerUnmarkable: lambda: _(
            "{name} is not put on plastic. Fit a metal plate into the frame and say so on the"
            " record, then mark the plate."
        ),
        errors.OrderUnknown: lambda: _("There is no marking order {text}."),
        errors.OrderIsClosed: lambda: _(
            "Marking order {name} is closed. Open a new one for what is still to be marked."
        ),
        errors.OrderLacks: lambda: _("This weapon is not in marking order {name}."),
        errors.NothingToMark: lambda: _(
            "None of these weapons is to be marked: {bear} bear the mark, {in_question} are in doubt."
        ),
        errors.NumbersUsedUp: lambda: _(
            "No marking numbers are left for {scheme}. Ask the registry for a new block."
        ),
        errors.JobUnknown: lambda: _("There is no marking job {job}."),
        errors.SightMissing: lambda: _(
            "Words alone settle no mark (job {job}): scan it, or take a photo of the metal."
        ),
        errors.ReadsOtherwise: lambda: _(
            "What was read ({read}) is not the mark {text}. It cannot be settled as marked."
        ),
        errors.SameSpot: lambda: _(
            "A spoiled mark stands at this spot ({component}, {position}). Choose another position:"
            " nothing is ever marked over it."
        ),
        errors.NotTheMark: lambda: _(
            "{read} is the label or the number of a weapon, not the mark on the metal. Scan the mark."
        ),
        errors.JobNotOpen: lambda: _(
            "Marking job {job} is {state}; this cannot be done with it now."
        ),
        errors.PermitExpired: lambda: _(
            "The permission to start marking was not used in time. Nothing was marked; begin again"
            " with the weapon in hand."
        ),
        errors.MarkLayoutUnknown: lambda: _(
            "No marking layout is called {name}. Choose one in the settings, or make it there."
        ),
    }
)
JOB_STATES: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "intent": lambda: _("About to begin"),
        "prepared": lambda: _("Prepared"),
        "armed": lambda: _("Start was sent"),
        "started": lambda: _("The machine is marking"),
        "done_reported": lambda: _("Done, not read back yet"),
        "verified": lambda: _("Read back"),
        "unknown": lambda: _("Unknown: look at the metal"),
        "not_started": lambda: _("Not started"),
        "resolved_marked": lambda: _("Settled: marked"),
        "resolved_partial": lambda: _("Settled: partly marked"),
        "resolved_not_marked": lambda: _("Settled: not marked"),
        "voided": lambda: _("Voided"),
    }
)
SCHEME_PARTS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "iso2": lambda: _("Country, two letters"),
        "iso3": lambda: _("Country, three letters"),
        "yy": lambda: _("Year, two digits"),
        "yyyy": lambda: _("Year, four digits"),
        "date": lambda: _("Date of marking"),
        "made_in": lambda: _("Country of manufacture"),
        "made_yy": lambda: _("Year of manufacture, two digits"),
        "seq": lambda: _("Number"),
        "newserial": lambda: _("New serial number"),
        "maker": lambda: _("Manufacturer"),
        "cal": lambda: _("Calibre"),
        "force": lambda: _("Force code"),
        "agency": lambda: _("Agency code"),
        "city": lambda: _("City"),
        "lic8": lambda: _("Licence, eight digits"),
        "star": lambda: _("Star"),
        "logo": lambda: _("Logo"),
        "check": lambda: _("Check character"),
    }
)
FLAWS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "brace": lambda: _("a brace has no partner"),
        "part": lambda: _("a part in braces is none of ours"),
        "fixed": lambda: _("it has no part in braces"),
        "character": lambda: _("a character in it cannot be cut"),
        "spaces": lambda: _("there are spaces too many"),
        "twice": lambda: _("the number or the check character stands in it twice"),
        "check": lambda: _("check character and check system do not go together"),
        "digits": lambda: _("the number has 1 to 12 digits"),
        "limits": lambda: _("height and depth must be more than nothing"),
        "unique": lambda: _("a mark for this reason needs a number or a serial of its own"),
        "word": lambda: _("a word or code does not fit its part"),
        "glyph": lambda: _("a sign is not drawn as rows of equal length"),
    }
)
MARKING_REASONS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "manufacture": lambda: _("Manufacture"),
        "import": lambda: _("Import"),
        "state_stock": lambda: _("State stock"),
        "transfer_to_civilian": lambda: _("Transfer to civilian use"),
        "confiscation": lambda: _("Confiscation"),
        "deactivation": lambda: _("Deactivation"),
        "replacement": lambda: _("Replacement of an altered mark"),
    }
)
APPLIED: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "begun": lambda: _("About to begin"),
        "marked": lambda: _("Done, not read back yet"),
        "partial": lambda: _("Settled: partly marked"),
        "voided": lambda: _("Voided"),
    }
)
