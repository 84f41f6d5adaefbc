"""One cell's value as text: as the sheet shows it, but never rounded.

A number is written in powers of ten only where the sheet says so and nothing is lost by it: typed
12E5 it shows 1.20E+06, and a reader must see that it may have been a serial number.

A formula is kept as written. It is read only when it is nothing but quoted text, which is how some
registries protect serial numbers from Excel: ``=CONCATENATE("0058887")``. No formula is worked out.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Final

_QUOTED: Final = r'"[^"]*(?:""[^"]*)*"'
_JOINERS: Final = "CONCATENATE|CONCAT|CONCATENAR|CONCATENER|СЦЕПИТЬ|T"
_CONSTANT: Final = re.compile(
    rf"=\s*(?:(?:{_JOINERS})\(\s*{_QUOTED}(?:\s*[,;]\s*{_QUOTED})*\s*\)|{_QUOTED}(?:\s*&\s*{_QUOTED})*)\s*",
    re.IGNORECASE,
)
_ONE_QUOTED: Final = re.compile(_QUOTED)
_ZEROS: Final = re.compile(r"0{2,}")
_POWERS_OF_TEN: Final = re.compile(r"0(?:\.0+)?E\+0+", re.IGNORECASE)
_SHORT: Final = 4
_FORMULA: Final = re.compile(r"=\s*[\w(\"$+-]")
_GUARDED: Final = re.compile(r"'[=+\-@\t\r]")
_DIGITS_THAT_EXCEL_KEEPS: Final = 15


def is_formula(text: str) -> bool:
    """Say whether a spreadsheet program would take the text for a formula."""
    return text.startswith("=") and _FORMULA.match(text) is not None


def unguarded(text: str) -> str:
    """Return a text without the apostrophe that keeps a spreadsheet from working it out."""
    return text[1:] if _GUARDED.match(text) else text


def constant(formula: str) -> str | None:
    """Return the text that a formula of nothing but quoted text stands for, else None."""
    if _CONSTANT.fullmatch(formula) is None:
        return None
    return "".join(one[1:-1].replace('""', '"') for one in _ONE_QUOTED.findall(formula))


def shown(value: object, number_format: str = "") -> str:
    """Return a cell's value as text; dates in ISO order, whole numbers without a point."""
    match value:
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return _number(value, number_format)
        case dt.datetime():
            return _moment(value)
        case dt.date() | dt.time():
            return value.isoformat()
        case _:
            return "" if value is None else str(value)


def _number(value: float, number_format: str) -> str:
    if _ZEROS.fullmatch(number_format) and value >= 0 and value == int(value):
        return str(int(value)).zfill(len(number_format))
    if _POWERS_OF_TEN.fullmatch(number_format) and (power := _power_of_ten(value)):
        return power
    if isinstance(value, int):
        return str(value)
    if value == int(value) and abs(value) < 10**_DIGITS_THAT_EXCEL_KEEPS:
        return str(int(value))
    return format(Decimal(f"{value:.{_DIGITS_THAT_EXCEL_KEEPS}g}"), "f")


def _power_of_ten(value: float) -> str:
    """Return a whole number of few digits as 1.2E+06; empty for any other."""
    digits = str(int(value)) if value > 0 and value == int(value) else ""
    said = digits.rstrip("0")
    if not 0 < len(said) <= _SHORT or len(said) == len(digits):
        return ""
    mantissa = f"{said[0]}.{said[1:]}" if said[1:] else said
    return f"{mantissa}E+{len(digits) - 1:02}"


def _moment(value: dt.datetime) -> str:
    if value.microsecond:
        value = (value + dt.timedelta(milliseconds=500)).replace(microsecond=0)
    if value.time() == dt.time():
        return value.date().isoformat()
    return value.isoformat(" ")
