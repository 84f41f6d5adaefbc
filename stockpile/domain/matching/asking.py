"""What a line of a trace request asks for: the serial, and the words said beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, Protocol

from stockpile.domain.matching.patterns import is_partial
from stockpile.domain.matching.symbols import symbols
from stockpile.domain.values import search_key

Said = Literal["make", "calibre", "model", "type"]
KINDS: Final[tuple[Said, ...]] = ("make", "calibre", "model", "type")
SURE: Final = 0.85
"""So sure must an understanding be before a word of a line is taken for what it says."""
_CERTAIN: Final = 0.97
"""A calibre has a shape; without it, only a name known as it stands is one."""
_BORES: Final = frozenset({
    "9", "12", "16", "20", "22", "24", "25", "28", "32", "36", "38", "40", "44", "45", "223", "243",
    "270", "308", "357", "380", "556", "762",
})  # fmt: skip
"""Numbers by which a bore alone is called, where they stand beside a serial."""
_FEWEST: Final = 4
_LEAST_STROKES: Final = 2
_LONG_WORD: Final = 5
"""A word of so many letters without a digit is no part of a serial."""
_SIGNS: Final = frozenset({"n", "no", "nr", "nº", "n°", "num", "s/n", "№"})
_PREFIX: Final = 3
_LONGEST: Final = 6
_BREAKS: Final = re.compile(
    r"\s*[;\t]\s*|\s+[/\u2013\u2014]\s+|\s+-\s+|,\s+|,(?!\d)|(?<!\d),"
    r"|\s\|\s?|\|\s|\|(?=[.,]\d|[^\W\d]{4})|(?<=[^\W\d]{4})\|"
)
"""Where a line breaks into parts. A stroke between symbols of a serial is one of them: an I."""
_LABEL: Final = re.compile(
    r"(?<![^\W_])(serial|s[eé]rie|number|n[uú]mero|make|marca|maker|brand|model|modelo|calibre"
    r"|caliber|cal|type|tipo)(?:\s*(?:n[º°o.]|number)(?![^\W\d_]))?\s*(?:[:=]|\.(?=\s|\d))\s*",
    re.IGNORECASE,
)
"""What a part of a line says of itself before it says it."""
_LABELS: Final[dict[str, str]] = {
    "marca": "make", "maker": "make", "brand": "make", "modelo": "model", "caliber": "calibre",
    "cal": "calibre", "tipo": "type", "serie": "serial", "série": "serial", "number": "serial",
    "numero": "serial", "número": "serial",
}  # fmt: skip
_CARTRIDGE: Final = (
    r"(?:\s*(?:mm|spl|special|esp|s\s?&\s?w|acp|auto|luger|parabellum|para|nato|win(?:chester)?"
    r"|rem(?:ington)?|long|short|lr|magnum|mag|browning|kurz|curto|colt|gap|soviet|russian"
    r"|[^\W\d_]{3,}(?=\s*\(\d)|kalashnikov|tokarev|makarov|\+p\+?"
    r"|[x\u00d7]\s*\d{2}(?:[.,]\d+)?(?:\s*mm|r)?|\([^)]*\))\.?)"
)
_CALIBRE: Final = re.compile(
    rf"(?:cal(?:ibre|iber)?[.:]?\s*)?(?:p?[.,]\d{{2,3}}{_CARTRIDGE}*|\d{{1,2}}[.,]\d{{1,2}}{_CARTRIDGE}*"
    rf"|\d{{1,2}}\s*(?:mm|ga|gauge|[x\u00d7]\s*\d{{2}}(?:[.,]\d+)?r?){_CARTRIDGE}*"
    rf"|\d{{2,3}}{_CARTRIDGE}+)|cal(?:ibre|iber)?[.:]?\s*\d{{2,3}}",
    re.IGNORECASE,
)
"""A calibre by its shape: a number of few digits and the words of cartridges, nothing else."""


class Normal(Protocol):
    """What was understood of a word: a code, empty where nothing was, and how surely."""

    @property
    def code(self) -> str:
        """The catalogue's code."""
        ...

    @property
    def confidence(self) -> float:
        """How surely, from 0 to 1."""
        ...


class Words(Protocol):
    """What understands the words people write."""

    def of(self, kind: Said, text: str) -> Normal:
        """Return what the text means as a make, a calibre, a model or a type."""
        ...


@dataclass(frozen=True, slots=True)
class Understood:
    """A word taken as it is written."""

    code: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class AsWritten:
    """Words understood as they are written: where no catalogue is at hand."""

    known: frozenset[tuple[Said, str]] = frozenset()

    def of(self, kind: Said, text: str) -> Understood:
        """Return the text's own key as its code; sure only of words that are known."""
        key = search_key(text)
        sure = (kind, key) in self.known or (kind == "calibre" and is_calibre(text))
        return Understood(key, 1.0 if sure else 0.5)


@dataclass(frozen=True, slots=True)
class Question:
    """What a line asks for, each as written; empty where it says nothing of it."""

    serial: str = ""
    make: str = ""
    calibre: str = ""
    model: str = ""
    type: str = ""

    def said(self, kind: Said) -> str:
        """Return what was said of one kind."""
        said: str = getattr(self, kind)
        return said

    @property
    def has_words(self) -> bool:
        """Say whether anything stands beside the serial."""
        return any(self.said(kind) for kind in KINDS)


def is_calibre(text: str) -> bool:
    """Say whether a text has the shape of a calibre and of nothing else."""
    return _CALIBRE.fullmatch(text.strip()) is not None


def asked(line: str, words: Words) -> Question:
    """Read a line: a serial alone, words beside it in any order, or a JSON object."""
    read = _from_json(line)
    if read is not None:
        return read
    question, rest = _labelled(line, words)
    parts = _parts(rest, words)
    for part in _least_sure_first(parts, words):
        question = _with_part(question, part, words, alone=len(parts) == 1)
    return question


def _parts(line: str, words: Words) -> list[str]:
    """Break a line; at strokes without spaces too, where one of the parts is a word."""
    stroked = [part.strip() for part in line.split("|")]
    if len(stroked) > _LEAST_STROKES and all(stroked) and any(_kind(one, words) for one in stroked):
        return stroked
    return [part for part in _BREAKS.split(line) if part and part.strip()]


def _from_json(line: str) -> Question | None:
    if not line.lstrip().startswith("{"):
        return None
    try:
        said = json.loads(line)
    except ValueError:
        return None
    named = {_named(name): str(value) for name, value in said.items() if value is not None}
    return Question(**{name: named[name] for name in ("serial", *KINDS) if name in named})


def _named(label: str) -> str:
    return _LABELS.get(label.strip().lower(), label.strip().lower())


def _labelled(line: str, words: Words) -> tuple[Question, str]:
    """Take out what a line says under a label, as `marca: Taurus cal. 38`; the rest is returned."""
    labels = list(_LABEL.finditer(line))
    ends = [*(label.start() for label in labels[1:]), len(line)]
    question, rest = Question(), [line[: labels[0].start()] if labels else line]
    for label, end in zip(labels, ends, strict=True) if labels else ():
        name = _named(label[1])
        value, more = _value(name, line[label.end() : end], words)
        rest.append(more)
        if not getattr(question, name):
            question = replace(question, **{name: value})
    return question, "; ".join(part for part in map(_trimmed, rest) if part)


def _value(name: str, text: str, words: Words) -> tuple[str, str]:
    """Return what belongs to a label, and what comes after it: up to a break, or the word's end."""
    part = next((one for one in _BREAKS.split(text, maxsplit=1) if one), "")
    after = text[text.find(part) + len(part) :]
    if name == "serial":
        read = _from_tokens(Question(), part.split(), words)
        at = part.find(read.serial)
        return (
            read.serial,
            f"{part[:at]} {part[at + len(read.serial) :]} {after}" if at >= 0 else after,
        )
    tokens = part.split()
    for count in range(len(tokens), 0, -1):
        if _says(name, " ".join(tokens[:count]), words):
            return " ".join(tokens[:count]), f"{' '.join(tokens[count:])} {after}"
    return part.strip(), after


def _says(name: str, text: str, words: Words) -> bool:
    if name == "calibre":
        return text in _BORES or is_calibre(text)
    return _kind(text, words) == name


def _trimmed(text: str) -> str:
    return text.strip(" ,;\t")


def _least_sure_first(parts: Sequence[str], words: Words) -> list[str]:
    """Put the part that is most of a serial first: what nothing else explains, with digits."""
    return sorted(parts, key=lambda part: (_is_word(part, words), part in _BORES, -_digits(part)))


def _is_word(part: str, words: Words) -> bool:
    return not _digits(part) or _kind(part, words) is not None


def _with_part(question: Question, part: str, words: Words, *, alone: bool) -> Question:
    plain = part.strip()
    if alone or (not question.serial and _digits(plain) and not _whole(plain, words)):
        return _from_tokens(question, plain.split(), words)
    if not question.serial and _digits(plain):
        return replace(question, serial=" ".join(_unsigned(plain.split())))
    kind = _kind(plain, words) or ("calibre" if plain in _BORES else None)
    if kind is None:
        return _from_tokens(question, plain.split(), words) if " " in plain else question
    return replace(question, **{kind: plain}) if not question.said(kind) else question


def _whole(part: str, words: Words) -> bool:
    """Say whether no word of the part means anything by itself."""
    return " " not in part or not any(_spans(part.split(), words))


def _kind(text: str, words: Words) -> Said | None:
    """Return what a text is understood as, if surely."""
    if is_calibre(text):
        return "calibre"
    for kind in KINDS:
        known = words.of(kind, text)
        sure = _CERTAIN if kind == "calibre" else SURE
        if known.code and known.confidence >= sure:
            return kind
    return None


def _from_tokens(question: Question, tokens: Sequence[str], words: Words) -> Question:
    """Take words of known meaning out of a row of words; the rest is the serial."""
    taken: set[int] = set()
    for start, end, kind in _spans(tokens, words, has_serial=bool(question.serial)):
        others = [at for at in range(len(tokens)) if at not in taken and not start <= at < end]
        numbers_left = question.serial or any(_digits(tokens[at]) for at in others)
        if question.said(kind) or not numbers_left:
            continue
        taken.update(range(start, end))
        question = replace(question, **{kind: " ".join(tokens[start:end])})
        if kind in ("type", "model") and not question.make:
            question = replace(question, make=_make_among(tokens[start:end], words))
    rest = [token for at, token in enumerate(tokens) if at not in taken]
    if not question.calibre and len(rest) > 1 and (question.make or rest[-1] in _BORES):
        question, rest = _with_bore(question, rest)
    return question if question.serial else replace(question, serial=_serial(rest))


def _unsigned(tokens: Sequence[str]) -> Sequence[str]:
    """Return a serial's words without the sign for "number" that stands before it."""
    signed = len(tokens) > 1 and tokens[0].lower().rstrip(".:") in _SIGNS and _digits(tokens[1])
    return tokens[1:] if signed else tokens


def _make_among(tokens: Sequence[str], words: Words) -> str:
    """Return the make that a row of words begins or ends with, though it was taken for a model."""
    known = [(words.of("make", token), token) for token in tokens if len(tokens) > 1]
    sure = [(one.confidence, token) for one, token in known if one.code and one.confidence >= SURE]
    return max(sure, default=(0.0, ""))[1]


def _with_bore(question: Question, rest: list[str]) -> tuple[Question, list[str]]:
    """Take a bore's bare number out of what is left, where enough of a serial stays."""
    for at, token in reversed(list(enumerate(rest))):
        others = rest[:at] + rest[at + 1 :]
        if token in _BORES and any(_digits(one) and len(one) >= _FEWEST for one in others):
            return replace(question, calibre=token), others
    return question, rest


def _serial(rest: Sequence[str]) -> str:
    """Return the serial among words that mean nothing: from the first digit's word on back."""
    if not any(map(_digits, rest)) and not any(map(is_partial, rest)):
        return ""
    rest = [
        one for one in _unsigned(rest) if _digits(one) or is_partial(one) or len(one) < _LONG_WORD
    ]
    if any(is_partial(one) for one in rest) or sum(map(len, rest)) <= _LONGEST + _LONGEST:
        return " ".join(rest)
    numbered = [at for at, one in enumerate(rest) if _digits(one)]
    if not numbered:
        return ""
    best = max(numbered, key=lambda at: (_digits(rest[at]), -at))
    first, last = best, best + 1
    while last < len(rest) and _digits(rest[last]):
        last += 1
    while first and (_digits(rest[first - 1]) or len(symbols(rest[first - 1])) <= _PREFIX):
        first -= 1
    return " ".join(rest[first:last])


def _spans(
    tokens: Sequence[str], words: Words, *, has_serial: bool = False
) -> Iterator[tuple[int, int, Said]]:
    """Walk the words that mean something, calibres and longest rows first; none overlaps."""
    free = [True] * len(tokens)
    for kinds, start, end in _rows(len(tokens)):
        row = tokens[start:end]
        others = (*tokens[:start], *tokens[end:])
        if not all(free[start:end]) or (kinds and _is_number(row)):
            continue
        if not has_serial and not any(map(_digits, others)):
            continue
        kind = _kind(" ".join(row), words) if kinds else _shaped(row)
        if kind is not None:
            free[start:end] = [False] * len(row)
            yield start, end, kind


def _rows(count: int) -> Iterator[tuple[bool, int, int]]:
    """Walk the rows of words twice: for shapes alone, then for all meanings; longest first."""
    for meanings in (False, True):
        for length in range(min(_LONGEST, count), 0, -1):
            for start in range(count - length + 1):
                yield meanings, start, start + length


def _shaped(row: Sequence[str]) -> Said | None:
    return "calibre" if is_calibre(" ".join(row)) else None


def _is_number(tokens: Sequence[str]) -> bool:
    """Say whether words are a serial by their look: five digits or more in one."""
    return any(_digits(token) >= _LONGEST - 1 and not token.startswith("(") for token in tokens)


def _digits(text: str) -> int:
    return sum(symbol.isdigit() for symbol in symbols(text.replace("&", "")))
