"""In words: why labels and papers are not printed, or do not count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from stockpile.domain import errors
from stockpile.domain.errors import StockpileError
from stockpile.language import _

SENTENCES: Mapping[type[StockpileError], Callable[[], str]] = MappingProxyType(
    {
        errors.LabelNeverPrinted: lambda: _(
            "No label of {number} was printed yet. Scan the last good label of the batch."
        ),
        errors.LabelRunUnknown: lambda: _(
            "No run of labels {run} is on record. Look at the list of runs for its name."
        ),
        errors.SheetFinished: lambda: _(
            "The label of {number} is the last of its sheet. Nothing is left to print."
        ),
        errors.StockUnknown: lambda: _("There is no label stock called {name}."),
        errors.LabelUnprintable: lambda: _(
            "{text} cannot be drawn or has no room ({missing}). No label was printed; nothing was left out silently."
        ),
        errors.LabelLayoutUnknown: lambda: _(
            "No label layout is called {name}. Choose one in the settings, or make it there."
        ),
        errors.LabelElementMisfit: lambda: _(
            "The label cannot be printed so: {element}, {misfit} ({by}). Move it or change its size."
        ),
        errors.PrintScaled: lambda: _(
            "The page was printed at {size} of its size. Choose actual size (100 %) in the"
            " printer's dialog, and print the ruler page again."
        ),
        errors.PrinterUnknown: lambda: _(
            "No label printer of this computer is called {name}. Set it up in the settings."
        ),
        errors.PrinterStopped: lambda: _(
            "{printer} stands: {trouble}. Nothing was sent to it. Mend it and go on."
        ),
        errors.PrinterSilent: lambda: _(
            "{printer} does not answer: out of labels, head open or cable? Nothing was sent to it."
        ),
        errors.LabelRunGone: lambda: _("No run of labels is open under {run}."),
        errors.LabelInDoubt: lambda: _(
            "Label {place} was sent and may have come out or not. Look at the printer and say so"
            " first."
        ),
        errors.LabelMisread: lambda: _(
            "A label reads back {read} where {expected} stands on record. The sheet was withheld."
        ),
        errors.PaperMisread: lambda: _(
            "The code of a paper reads back {read} where {expected} should stand. The paper was"
            " withheld."
        ),
        errors.TagMistyped: lambda: _("{text} is not a tag: its check character does not fit."),
    }
)
LABEL_ELEMENTS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "headline": lambda: _("Headline"),
        "serial": lambda: _("Serial"),
        "mark": lambda: _("Mark"),
        "number": lambda: _("Registry number"),
        "model": lambda: _("Make and model"),
        "type": lambda: _("Type"),
        "calibre": lambda: _("Calibre"),
        "place": lambda: _("Place"),
        "site": lambda: _("Site"),
        "text": lambda: _("Text of your own"),
        "tag": lambda: _("Tag in letters"),
        "matrix": lambda: _("Data Matrix"),
        "code128": lambda: _("Code 128"),
        "code39": lambda: _("Code 39"),
        "qr": lambda: _("QR code"),
        "logo": lambda: _("Logo"),
    }
)
MISFITS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "outside": lambda: _("reaches over the edge of the label"),
        "free": lambda: _("lies where nothing may be printed"),
        "small": lambda: _("its box is too small to be read"),
        "low": lambda: _("its bars are too low to be read"),
        "covered": lambda: _("lies over something else"),
        "no_picture": lambda: _("has no picture yet"),
    }
)
PRINTER_TROUBLES: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "paper_out": lambda: _("out of labels"),
        "ribbon_out": lambda: _("out of ribbon"),
        "head_open": lambda: _("its head or cover is open"),
        "jam": lambda: _("a label is jammed"),
        "paused": lambda: _("it is paused"),
        "hot": lambda: _("too hot"),
        "cutter": lambda: _("its cutter is stuck"),
        "full": lambda: _("it can take no more"),
        "fault": lambda: _("a fault of its own"),
    }
)
PRINTER_STANDINGS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "ready": lambda: _("ready"),
        "busy": lambda: _("printing"),
        "stopped": lambda: _("stands"),
        "silent": lambda: _("does not answer: out of labels, head open or cable?"),
        "mute": lambda: _("tells nothing of itself"),
    }
)
