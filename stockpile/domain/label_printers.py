"""The label printers of this computer: what each speaks, where it is, what is loaded in it.

They belong to the computer, not to the record: another desk has others.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from stockpile.domain.errors import FieldMissing, FieldUnreadable, PrinterUnknown
from stockpile.domain.values import tidied

PrinterKind = Literal["zpl", "tspl", "escpos"]
PRINTER_KINDS: Final[tuple[PrinterKind, ...]] = ("zpl", "tspl", "escpos")
DOTS: Final = (203, 300, 600)
"""The dots an inch that label printers have."""


@dataclass(frozen=True, slots=True)
class LabelPrinter:
    """A label printer as this computer knows it.

    ``url`` is a serial port, ``socket://host:9100`` or ``device:///dev/usb/lp0``; ``stock`` is what
    is loaded and ``layout`` the site's own layout for it, empty for the usual one. A ``mute`` one
    never answers: a print server between, or a cable that leads one way.
    """

    name: str
    kind: PrinterKind
    url: str
    stock: str
    dots_per_inch: int = 203
    layout: str = ""
    mute: bool = False


def demand_printer(printer: LabelPrinter) -> LabelPrinter:
    """Return the printer with its texts tidied; raises FieldMissing, FieldUnreadable."""
    for field in ("name", "url", "stock"):
        if not tidied(getattr(printer, field)):
            raise FieldMissing(field)
    if printer.kind not in PRINTER_KINDS:
        raise FieldUnreadable("kind", printer.kind)
    if printer.dots_per_inch not in DOTS:
        raise FieldUnreadable("dots_per_inch", str(printer.dots_per_inch))
    return LabelPrinter(
        tidied(printer.name),
        printer.kind,
        printer.url.strip(),
        printer.stock,
        printer.dots_per_inch,
        printer.layout,
        printer.mute,
    )


def printer_named(name: str, printers: Iterable[LabelPrinter]) -> LabelPrinter:
    """Return a printer by its name, however it is capitalised; raises PrinterUnknown."""
    wanted = tidied(name).casefold()
    for one in printers:
        if one.name.casefold() == wanted:
            return one
    raise PrinterUnknown(name)


def with_printer(
    printers: Iterable[LabelPrinter], printer: LabelPrinter
) -> tuple[LabelPrinter, ...]:
    """Return the printers with this one, in the place of the one of its name."""
    return (*without_printer(printers, printer.name), printer)


def without_printer(printers: Iterable[LabelPrinter], name: str) -> tuple[LabelPrinter, ...]:
    """Return the printers without the one of this name."""
    gone = tidied(name).casefold()
    return tuple(one for one in printers if one.name.casefold() != gone)


# --- what this computer remembers ----------------------------------------------------------------


def kept_printers(kept: str) -> tuple[LabelPrinter, ...]:
    """Return the printers by name; what cannot be read is forgotten."""
    try:
        said = json.loads(kept or "[]")
    except ValueError:
        return ()
    found = [_printer(one) for one in said] if isinstance(said, list) else []
    return tuple(sorted((one for one in found if one), key=lambda one: one.name.casefold()))


def keep_printers(printers: Iterable[LabelPrinter]) -> str:
    """Return the printers as they are kept."""
    told = [asdict(one) for one in sorted(printers, key=lambda one: one.name.casefold())]
    return json.dumps(told, ensure_ascii=False) if told else ""


def _printer(said: Any) -> LabelPrinter | None:  # noqa: ANN401 - whatever stood in a file
    if not isinstance(said, dict):
        return None
    try:
        printer = LabelPrinter(**said)
    except TypeError:  # parts that are missing, or that another version knows
        return None
    texts = (printer.name, printer.kind, printer.url, printer.stock, printer.layout)
    if not all(isinstance(one, str) for one in texts) or not isinstance(printer.mute, bool):
        return None
    if type(printer.dots_per_inch) is not int:
        return None
    try:
        return demand_printer(printer)
    except (FieldMissing, FieldUnreadable):
        return None
