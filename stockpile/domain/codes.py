"""What other people's codes say: makers', national and IUID symbols, read as aliases of a weapon.

A code is read, never believed: it gives names under which a weapon may be on record, and the
register decides. Whatever cannot be read as one of these is plain text. Read are

1. the identifier of the symbol that a scanner may put in front (AIM);
2. ISO/IEC 15434 envelopes: format 05 with application identifiers, 06 with data identifiers, 12
   with text element identifiers, which a UII is put together from as MIL-STD-130N says in its table
   A-II and its list of data qualifiers (both known to us from excerpts only);
3. GS1 element strings: 01 and 21, 8002, 8003, 8004;
4. HIBC primary data, with a serial in the secondary (known to us from an encoder's manual only).

Scanners that type as a keyboard cannot type the separators: what they usually show in their stead
is understood. Where the separators are gone altogether nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from stockpile.domain.values import tidied

CodeScheme = Literal["plain", "iuid", "gs1", "hibc"]

LONGEST: Final = 4096
"""More characters than any symbol holds; what is longer is no code."""

_AIM: Final = re.compile(r"\s*(\][A-Za-z][0-9A-Za-z])")
_RS, _GS, _EOT = "\x1e", "\x1d", "\x04"
_SHOWN: Final = re.compile(
    r"(?P<RS><RS>|\{RS\}|\^\^|\u241e)|(?P<GS><GS>|\{GS\}|\^\]|\u241d)|(?P<EOT><EOT>|\{EOT\}|\^D|\u2404)"
)
_CONTROLS: Final = MappingProxyType({"RS": _RS, "GS": _GS, "EOT": _EOT})
_ENVELOPE: Final = re.compile(rf"\[\)>{_RS}(05|06|12){_GS}([^{_RS}{_EOT}]*)(?:{_RS}{_EOT}?)?\Z")
_GS1_SYMBOLS: Final = frozenset({"]C1", "]d2", "]Q3"})
_DI: Final = re.compile(r"(\d{0,3}[A-Za-z])(.+)", re.DOTALL)
_TEI: Final = re.compile(r"([A-Z]{3}) +(.+)", re.DOTALL)

_ENTERPRISES: Final[Mapping[str, str]] = MappingProxyType(
    {"17V": "D", "12V": "UN", "7L": "LD", "3V": "", "18V": ""}
)
"""Data identifiers of an enterprise, and the agency's code that its UII begins with."""
_AGENCIES: Final[Mapping[str, int]] = MappingProxyType({"D": 5, "UN": 9, "LD": 6})
"""Agencies' codes, and how long the enterprise's own code is after them (CAGE, DUNS, DoDAAC)."""
_CAGE: Final = _AGENCIES["D"]
_TEI_ENTERPRISES: Final[Mapping[str, str]] = MappingProxyType(
    {"CAG": "D", "MFR": "D", "SPL": "D", "DUN": "UN", "EUC": ""}
)

_AI_BRACKETED: Final = re.compile(r"\((\d{2,4})\)([^(]+)")
_AI_FIXED: Final[Mapping[str, int]] = MappingProxyType(
    {"00": 18, "01": 14, "02": 14, "11": 6, "12": 6, "13": 6, "15": 6, "16": 6, "17": 6, "20": 2}
)
_AI_OPEN: Final = ("8002", "8003", "8004", "10", "21")
_GRAI: Final = 14

_HIBC: Final = re.compile(r"([A-Z][0-9A-Z]{3})([0-9A-Z]{1,18})[0-9]")
_HIBC_SERIAL: Final = re.compile(r"(?:\$\+|\$\$\+7)([0-9A-Z \-.]{1,18})")
_MOD_43: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"


@dataclass(frozen=True, slots=True)
class Code:
    """What was read: ``whole`` is the identifier that is unique by itself, where there is one.

    ``enterprise`` is who gave it (a CAGE, DUNS or other code), ``part`` the maker's number of the
    model, ``serial`` the number within one or the other. ``symbol`` is the AIM identifier in front.
    """

    scheme: CodeScheme
    text: str
    whole: str = ""
    enterprise: str = ""
    part: str = ""
    serial: str = ""
    symbol: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Under what the weapon may be on record, the surest first."""
        found = (self.text,) if self.scheme == "plain" else (self.whole, self.serial)
        return tuple(dict.fromkeys(filter(None, map(tidied, found))))


def serial_in(text: str) -> str:
    """Return the serial that a maker's or a national code holds; of other text, the text itself."""
    return read_code(text).serial or text


def read_code(text: str) -> Code:
    """Return what a scanned or typed text says; what is no known code is plain text."""
    said = _AIM.match(text[:8])
    symbol, body = (said[1], text[said.end() :]) if said else ("", text)
    if not body.strip():
        symbol, body = "", text
    if len(body) <= LONGEST:
        for read in (_envelope, _gs1, _hibc):
            code = read(symbol, body.strip(" \t\r\n"))
            if code is not None and code.names:
                return code
    return Code("plain", tidied(body), symbol=symbol)


def _with_controls(body: str) -> str:
    return _SHOWN.sub(lambda shown: _CONTROLS[shown.lastgroup or ""], body)


# --- ISO/IEC 15434 ------------------------------------------------------------------------------


def _envelope(symbol: str, body: str) -> Code | None:
    if not body.startswith("[)>"):
        return None
    found = _ENVELOPE.match(_with_controls(body))
    if found is None:
        return None
    form, elements = found[1], found[2].split(_GS)
    if form == "05":
        return _of_identifiers(symbol, body, dict(_elements(_GS.join(elements))))
    if form == "06":
        return _of_data(symbol, body, _qualified(_DI, elements))
    return _of_texts(symbol, body, _qualified(_TEI, elements))


def _qualified(shape: re.Pattern[str], elements: list[str]) -> dict[str, str]:
    """Return the elements by what qualifies them; of two alike the first."""
    found: dict[str, str] = {}
    for element in elements:
        read = shape.fullmatch(element)
        if read is not None:
            found.setdefault(read[1].upper(), read[2].strip())
    return found


def _of_data(symbol: str, body: str, said: dict[str, str]) -> Code:
    """Return what data identifiers say: a whole UII, or the parts that it is made of."""
    if "25S" in said:
        return _of_whole(symbol, body, said["25S"])
    if "18S" in said:
        enterprise, serial = said["18S"][:_CAGE], said["18S"][_CAGE:]
        return Code("iuid", body, f"D{said['18S']}", enterprise, "", serial, symbol)
    if "22S" in said:
        return Code("iuid", body, said["22S"], symbol=symbol)
    qualifier = next((one for one in _ENTERPRISES if one in said), "")
    part, serial = said.get("1P", ""), said.get("S", "")
    agency = _ENTERPRISES.get(qualifier, "")
    return _of_parts(symbol, body, agency, (said.get(qualifier, ""), part, serial))


def _of_texts(symbol: str, body: str, said: dict[str, str]) -> Code:
    """Return what text element identifiers say."""
    if "UID" in said:
        return _of_whole(symbol, body, said["UID"])
    qualifier = next((one for one in _TEI_ENTERPRISES if one in said), "")
    enterprise, agency = said.get(qualifier, ""), _TEI_ENTERPRISES.get(qualifier, "")
    serial = said.get("SER") or said.get("UCN", "")
    if serial:
        whole = f"{agency}{enterprise}{serial}" if enterprise else ""
        return Code("iuid", body, whole, enterprise, said.get("PNO", ""), serial, symbol)
    made_of = (enterprise, said.get("PNO", ""), said.get("SEQ", ""))
    return _of_parts(symbol, body, agency, made_of)


def _of_parts(symbol: str, body: str, agency: str, made_of: tuple[str, str, str]) -> Code:
    """Return a code whose serial counts within a part number (construct 2)."""
    whole = agency + "".join(made_of) if all(made_of) else ""
    return Code("iuid", body, whole, *made_of, symbol)


def _of_whole(symbol: str, body: str, whole: str) -> Code:
    """Return a UII with its enterprise and serial, where its agency's codes have a known length.

    A part number may stand before the serial; nothing in it says where it ends.
    """
    agency = next((one for one in ("UN", "LD", "D") if whole.startswith(one)), "")
    if not agency:
        return Code("iuid", body, whole, symbol=symbol)
    until = len(agency) + _AGENCIES[agency]
    return Code("iuid", body, whole, whole[len(agency) : until], "", whole[until:], symbol)


# --- GS1 ----------------------------------------------------------------------------------------


def _gs1(symbol: str, body: str) -> Code | None:
    """Read an element string, of which the symbol, an FNC1 in front or the brackets must tell."""
    bracketed = _AI_BRACKETED.findall(body) if body.startswith("(") else []
    if bracketed and "".join(f"({ai}){value}" for ai, value in bracketed) == body:
        return _of_identifiers(symbol, body, dict(reversed(bracketed)))
    plain = _with_controls(body) if symbol or not body[:1].isalnum() else body
    if symbol not in _GS1_SYMBOLS and not plain.startswith(_GS):
        return None
    return _of_identifiers(symbol, body, dict(_elements(plain.lstrip(_GS))))


def _elements(text: str) -> Iterator[tuple[str, str]]:
    """Give the elements up to the first identifier whose length is not known here."""
    while text:
        fixed = _AI_FIXED.get(text[:2])
        if fixed is not None:
            yield text[:2], text[2 : 2 + fixed]
            text = text[2 + fixed :].removeprefix(_GS)
            continue
        ai = next((one for one in _AI_OPEN if text.startswith(one)), "")
        if not ai:
            return
        value, _sep, text = text.removeprefix(ai).partition(_GS)
        yield ai, value


def _of_identifiers(symbol: str, body: str, said: dict[str, str]) -> Code | None:
    if "8003" in said:
        part, serial = said["8003"][:_GRAI], said["8003"][_GRAI:]
        return Code("gs1", body, said["8003"], "", part, serial, symbol)
    whole = said.get("8004") or said.get("8002", "")
    if whole:
        return Code("gs1", body, whole, symbol=symbol)
    item, serial = said.get("01", ""), said.get("21", "")
    if not serial:
        return None
    return Code("gs1", body, f"(01){item}(21){serial}" if item else "", "", item, serial, symbol)


# --- HIBC ---------------------------------------------------------------------------------------


def _hibc(symbol: str, body: str) -> Code | None:
    text = body.upper()
    if not text.startswith("+") or not set(text) <= set(_MOD_43):
        return None
    data, check = text[:-1], text[-1]
    if _MOD_43[sum(map(_MOD_43.index, data)) % len(_MOD_43)] != check:
        return None
    primary, _slash, secondary = data[1:].partition("/")
    named, counted = _HIBC.fullmatch(primary), _HIBC_SERIAL.fullmatch(secondary)
    if named is None or counted is None:
        return None
    return Code("hibc", body, data, named[1], named[2], counted[1], symbol)
