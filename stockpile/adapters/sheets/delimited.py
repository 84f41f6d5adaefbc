"""CSV as offices write it: any delimiter, any encoding that is likely, quotes half closed."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from typing import Final

from charset_normalizer import from_bytes

from stockpile.adapters.sheets import limits
from stockpile.adapters.sheets.cells import constant, is_formula, unguarded
from stockpile.adapters.sheets.grid import EMPTY, Grid, Row, bounded
from stockpile.domain.errors import FileHostile, FileUnreadable
from stockpile.services.ports import Cell, Progress

_DELIMITERS: Final = ",;\t|"
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LIKELY: Final = (
    "cp1252", "latin_1", "cp1251", "cp1256", "gb18030", "cp866", "koi8_r", "cp850", "cp1250",
)  # fmt: skip
"""Encodings by the order in which one is preferred when several read equally well."""
_SAMPLE: Final = 60_000
_SAMPLE_ROWS: Final = 100
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f]")
_MARKUP: Final = re.compile(
    r"\s*(?:<!doctype\s+html|<html|<table|<\?xml|%PDF-|\{\\rtf)", re.IGNORECASE
)
_HINT: Final = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def read_delimited(raw: bytes, path: str, progress: Progress) -> Grid:
    """Read delimited text; raises FileUnreadable for what is no text, FileHostile past bounds."""
    text = decoded(raw, path)
    hint = _HINT.match(text)
    delimiter = hint[1] if hint else likely_delimiter(text[:_SAMPLE])
    total = text.count("\n") + 1
    rows = bounded(
        _rows(text, delimiter, path), path, lambda done: progress(done, max(done, total))
    )
    if not rows:
        raise FileUnreadable(path, "empty")
    return Grid((), "", ((), *rows[1:]) if hint else rows)


def decoded(raw: bytes, path: str) -> str:
    """Return the bytes as text: by its mark, as UTF-8, else in the likeliest old encoding."""
    text = _decoded(raw, path)
    start = text[:_SAMPLE]
    if "\0" in text or len(_CONTROL.findall(start)) * 100 > len(start):
        raise FileUnreadable(path, "binary")
    if _MARKUP.match(start):
        raise FileUnreadable(path, "markup")
    return text


def likely_delimiter(sample: str) -> str:
    """Return the delimiter that cuts most rows of the sample into equally many cells."""
    return max(_DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _evenness(sample: str, delimiter: str) -> tuple[bool, float, int]:
    try:
        rows = list(islice(csv.reader(StringIO(sample, ""), delimiter=delimiter), _SAMPLE_ROWS))
    except csv.Error:
        return False, 0.0, 0
    widths = Counter(len(row) for row in rows if row)
    if not widths:
        return False, 0.0, 0
    width, count = max(widths.items(), key=lambda one: (one[1], one[0]))
    return width > 1, round(count / sum(widths.values()), 1), width


def _decoded(raw: bytes, path: str) -> str:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _strictly(raw, encoding, path)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        if b"\0" in raw:
            raise FileUnreadable(path, "binary") from None
        return _strictly(raw, _likely_encoding(raw), path)


def _strictly(raw: bytes, encoding: str, path: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileUnreadable(path, "encoding") from error


def _likely_encoding(raw: bytes) -> str:
    foreign = dict.fromkeys(line for line in raw.splitlines() if not line.isascii())
    sample = b"\n".join(foreign)[:_SAMPLE]
    ranks = [
        (one.chaos, -one.coherence, _LIKELY.index(encoding))
        for one in from_bytes(sample, cp_isolation=list(_LIKELY))
        for encoding in one.could_be_from_charset
        if encoding in _LIKELY
    ]
    encoding = _LIKELY[min(ranks)[-1]] if ranks else "latin_1"
    return "latin_1" if encoding == "cp1252" and not _is_cp1252(raw) else encoding


def _is_cp1252(raw: bytes) -> bool:
    """Say whether the bytes have a meaning in code page 1252, which leaves five undefined."""
    return not any(one in raw for one in (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d"))


def _rows(text: str, delimiter: str, path: str) -> Iterator[Row]:
    known: dict[str, Cell] = {"": EMPTY}
    reader = _reader(text, delimiter)
    try:
        for said in reader:
            if len(said) > limits.MOST_COLUMNS and any(said[limits.MOST_COLUMNS :]):
                raise FileHostile(path, "columns")
            yield tuple([known.get(one) or _kept(one, known, path) for one in said])
    except csv.Error as error:
        raise FileHostile(path, "cell") from error


def _kept(text: str, known: dict[str, Cell], path: str) -> Cell:
    if len(text) > limits.LONGEST_CELL:
        raise FileHostile(path, "cell")
    cell = Cell(text, (constant(text) or "") if is_formula(text) else unguarded(text))
    known[text] = cell
    return cell


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    """Return the rows; where a quote is never closed, quotes are letters and lines are rows."""
    if _is_unclosed(text, delimiter):
        return csv.reader(StringIO(text, ""), delimiter=delimiter, quoting=csv.QUOTE_NONE)
    return csv.reader(StringIO(text, ""), delimiter=delimiter)


def _is_unclosed(text: str, delimiter: str) -> bool:
    if not text.count('"') % 2:
        return False
    try:
        for _row in csv.reader(StringIO(text, ""), delimiter=delimiter, strict=True):
            continue
    except csv.Error as error:
        return "end of data" in str(error)
    return False
