"""In words: what can be wrong with a registry's log and with what its witnesses sign."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from stockpile.domain import errors
from stockpile.domain.errors import StockpileError
from stockpile.language import _

SENTENCES: Mapping[type[StockpileError], Callable[[], str]] = MappingProxyType(
    {
        errors.LogSplit: lambda: _(
            "ALARM: the registry {url} showed node {node} a log of {size} entries that does not"
            " belong to the history it shows here. It was rolled back, or somebody shows two"
            " histories. Your record goes on and is kept. Tell the authority, not only the"
            " registry."
        ),
        errors.NoteUnreadable: lambda: _(
            "A checkpoint, cosignature or key is not what it should be ({why}). Nothing of it was"
            " used. Fetch it again; if it comes the same way again, tell the registrar."
        ),
        errors.LogNotExtended: lambda: _(
            "ALARM: the log {origin} shows {shown} entries that do not go on from the {had} it"
            " showed before. Nothing was cosigned; both heads are kept as evidence. Tell the"
            " authority, not only the registry."
        ),
        errors.LogUnknown: lambda: _(
            "This witness does not follow the log {origin}. Let the registry read out its log's"
            " key, then: stockpile witness follow KEY"
        ),
        errors.WitnessUnknown: lambda: _(
            "Nobody named a witness {name} with this key. Its word is not taken: name it first."
        ),
        errors.TileUnknown: lambda: _("The log has no tile {path}, or not yet."),
        errors.HeadNeverWas: lambda: _(
            "The log never had this head of {size} entries. It is of another registry, or somebody"
            " shows two histories. Nothing was taken in."
        ),
    }
)
WITNESS_TROUBLES: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "unreachable": lambda: _("Nobody answers at this address"),
        "slow": lambda: _("Did not answer in time"),
        "long": lambda: _("Answered too much"),
        "nonsense": lambda: _("Answered what is no cosignature"),
        "unknown_log": lambda: _("Does not follow this log: let its keeper follow the log's key"),
        "refused": lambda: _("Refused this log: does it follow the log's key as it is now?"),
        "unsigned": lambda: _("Answered with another key than its own"),
        "later": lambda: _("Holds a head that is not signed here yet; it is asked again"),
        "ahead": lambda: _(
            "ALARM: it saw a longer log than this one. This registry was restored to an earlier"
            " moment, or somebody shows two histories. Tell the authority."
        ),
        "split": lambda: _(
            "ALARM: it saw another log than this one. Somebody shows two histories. Tell the"
            " authority."
        ),
    }
)
