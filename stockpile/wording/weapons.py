"""In words: what stands against putting a weapon on record, finding it or changing its record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from stockpile.domain import errors
from stockpile.domain.errors import StockpileError
from stockpile.language import _

SENTENCES: Mapping[type[StockpileError], Callable[[], str]] = MappingProxyType(
    {
        errors.ConflictUnknown: lambda: _(
            "No open contradiction is called {text}. It may be settled already: look in the list"
            " again."
        ),
        errors.ConflictChanged: lambda: _(
            "Something new was written about this since you saw it. Nothing was settled: look at it"
            " again, then choose."
        ),
        errors.WeaponUnknown: lambda: _("No weapon on record answers to {text}."),
        errors.WeaponAmbiguous: lambda: _(
            "Several weapons answer to {text}: {numbers}. Name one by its registry number."
        ),
        errors.FieldUnreadable: lambda: _("{text} means nothing as {field}. Correct it."),
        errors.FieldMissing: lambda: _("{field} is needed and was not given."),
        errors.ReasonMissing: lambda: _("Say why ({act}): a reason in words is needed."),
        errors.CustodyDisputed: lambda: _(
            "Two acts put weapon {weapon} in two places. It cannot be moved, issued or marked until"
            " that is settled; counting goes on."
        ),
        errors.WeaponGone: lambda: _("Weapon {weapon} is out of account ({state})."),
        errors.WeaponElsewhere: lambda: _(
            "Weapon {weapon} does not lie in a place here ({state}), so it cannot leave from here. Take"
            " it back, receive it or report it found first."
        ),
        errors.WeaponsSame: lambda: _("Both are the same record ({weapon}). Choose the other one."),
        errors.RecordJoined: lambda: _(
            "Record {weapon} is joined to another one. Take the merger back: then both stand by"
            " themselves again. Nothing was written."
        ),
        errors.RecordNotJoined: lambda: _(
            "Record {weapon} was not joined or withdrawn: there is nothing to take back."
        ),
        errors.RangeUnclear: lambda: _(
            "From {first} to {last} is no run of numbers: only one group of digits may count up. Write"
            " the first and the last serial whole."
        ),
        errors.RangeTooLong: lambda: _(
            "{count} weapons at once are more than a run may have ({most}). Take it in parts, or import"
            " a list."
        ),
        errors.ReaderSame: lambda: _(
            "{officer} put this weapon on record. Let another officer read its serial back."
        ),
    }
)
REASONS_FOUND: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "swapped": lambda: _("Neighbours swapped"),
        "missing": lambda: _("Characters missing"),
        "extra": lambda: _("A character too many"),
        "differs": lambda: _("A character differs"),
        "zeros": lambda: _("Zeros at the beginning"),
        "prefix_lost": lambda: _("Beginning left out"),
        "other_script": lambda: _("Letters of another script"),
    }
)
CONDITIONS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "unknown": lambda: _("Not examined"),
        "serviceable": lambda: _("Serviceable"),
        "repairable": lambda: _("Repairable"),
        "unserviceable": lambda: _("Unserviceable"),
        "incomplete": lambda: _("Incomplete"),
    }
)
STATUSES: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "in_store": lambda: _("In store"),
        "collected": lambda: _("Collected"),
        "found": lambda: _("Found"),
        "seized": lambda: _("Seized"),
        "issued": lambda: _("Issued"),
        "in_transit": lambda: _("In transit"),
        "lost": lambda: _("Lost"),
        "recovered": lambda: _("Recovered"),
        "destroyed": lambda: _("Destroyed"),
        "withdrawn": lambda: _("Withdrawn"),
        "merged": lambda: _("Joined to another record"),
        "disputed": lambda: _("Disputed"),
        "unregistered": lambda: _("Not on record yet"),
    }
)
TYPES: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "REV": lambda: _("Revolver"),
        "PST": lambda: _("Self-loading pistol"),
        "PSS": lambda: _("Other pistol"),
        "RIF": lambda: _("Rifle or carbine"),
        "SNP": lambda: _("Precision rifle"),
        "SMG": lambda: _("Sub-machine gun"),
        "ASR": lambda: _("Assault rifle"),
        "LMG": lambda: _("Light machine gun"),
        "GPM": lambda: _("General-purpose machine gun"),
        "SHG": lambda: _("Shotgun"),
        "CMB": lambda: _("Combination gun"),
        "HMG": lambda: _("Heavy machine gun"),
        "GRL": lambda: _("Grenade launcher"),
        "PAA": lambda: _("Portable anti-aircraft gun"),
        "PAT": lambda: _("Portable anti-tank gun"),
        "RCL": lambda: _("Recoilless rifle"),
        "ATL": lambda: _("Anti-tank missile or rocket launcher"),
        "MAN": lambda: _("Portable anti-aircraft missile system"),
        "MO1": lambda: _("Mortar below 75 mm"),
        "MO2": lambda: _("Mortar of 75 to 99 mm"),
        "MO3": lambda: _("Mortar of 100 mm or more"),
        "CRF": lambda: _("Craft-made weapon"),
        "PRT": lambda: _("Part or component"),
        "REP": lambda: _("Replica or blank-firer"),
    }
)
WHYS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "number": lambda: _("Registry number"),
        "tag": lambda: _("Tag"),
        "old_tag": lambda: _("A replaced label"),
        "forged_label": lambda: _("A label not ours"),
        "applied_mark": lambda: _("Our mark"),
        "serial": lambda: _("Serial number"),
        "serial_looks_alike": lambda: _("Serial looks alike"),
        "mark": lambda: _("Another mark"),
        "part": lambda: _("Part of a mark"),
        "similar": lambda: _("Similar"),
        "words": lambda: _("Make, model or place"),
        "paper": lambda: _("Number of a paper"),
    }
)
CONFLICTS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "custody_fork": lambda: _("In two places at once"),
        "marking_fork": lambda: _("Two accounts of its marks"),
        "identity_fork": lambda: _("Described in two ways"),
        "condition_fork": lambda: _("Two accounts of its condition"),
        "count_mismatch": lambda: _("Seen where it should not be"),
        "act_after_end": lambda: _("Acted on after its end"),
        "marked_twice": lambda: _("Marked twice"),
        "possible_duplicate": lambda: _("Perhaps one weapon, recorded twice"),
        "authority": lambda: _("Written without the right to it"),
        "mark_doubled": lambda: _("One mark on several weapons"),
        "lot_overdrawn": lambda: _("More rounds out than the lot held"),
        "mark_outside": lambda: _("A number outside its block"),
        "node_fork": lambda: _("Two histories of one computer"),
        "count_missing": lambda: _("On record here, missing in a count"),
    }
)
