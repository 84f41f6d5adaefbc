"""Why labels and papers are not printed, or do not count."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain.errors.families import Damaged, Refused, Unavailable


@dataclass(eq=False)
class LabelNeverPrinted(Refused):
    """No label of this weapon was ever printed, so that none can come after it."""

    number: str


@dataclass(eq=False)
class LabelRunUnknown(Refused):
    """No run of labels of this name is on record, or none at all where no name was given."""

    run: str


@dataclass(eq=False)
class SheetFinished(Refused):
    """This label is the last of its sheet: none is left to print after it."""

    number: str


@dataclass(eq=False)
class StockUnknown(Refused):
    """No label stock of this name."""

    name: str


@dataclass(eq=False)
class LabelUnprintable(Refused):
    """A text holds characters that no shipped font can draw."""

    text: str
    missing: str


@dataclass(eq=False)
class LabelLayoutUnknown(Refused):
    """No label layout of this name is on record."""

    name: str


@dataclass(eq=False)
class LabelElementMisfit(Refused):
    """An element of a label layout cannot be printed where it stands, and by how much.

    ``misfit`` is one of `label_layouts.ProblemKind`, ``by`` a length in millimetres in words.
    """

    element: str
    misfit: str
    by: str


@dataclass(eq=False)
class PrintScaled(Refused):
    """A page was not printed at its true size: the printer was told to fit it to the paper."""

    size: str


@dataclass(eq=False)
class PrinterUnknown(Refused):
    """No label printer of this name is set up on this computer."""

    name: str


@dataclass(eq=False)
class PrinterStopped(Unavailable):
    """The label printer answers and says why it stands; nothing was sent to it."""

    printer: str
    trouble: str


@dataclass(eq=False)
class PrinterSilent(Unavailable):
    """The label printer does not answer, as many do not when they are out of labels."""

    printer: str


@dataclass(eq=False)
class LabelRunGone(Refused):
    """No run of labels of this name was begun on this computer, or it has come to its end."""

    run: str


@dataclass(eq=False)
class LabelInDoubt(Refused):
    """A label was sent and nobody knows whether it came out; the run waits to be told."""

    place: int


@dataclass(eq=False)
class LabelMisread(Damaged):
    """A drawn label does not read back as the record; the sheet is withheld."""

    expected: str
    read: str


@dataclass(eq=False)
class PaperMisread(Damaged):
    """The code of a drawn paper does not scan as its number; the paper is withheld."""

    expected: str
    read: str


@dataclass(eq=False)
class TagMistyped(Refused):
    """The check character of a tag does not fit."""

    text: str
