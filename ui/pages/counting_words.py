"""What a count says: the result of a scan in large letters, and its lines in the lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QDateTime, QLocale

from stockpile import wording
from stockpile.domain.counting import Tally
from stockpile.language import _, isolated, ngettext
from ui.pages.scan_labels import paper_result, with_label
from ui.pages.standing import joined
from ui.theme import Ink
from ui.view_models.counting_shown import Item, Read
from ui.widgets.line_list import LiveLine
from ui.widgets.scan_result import Answer, Outcome, Result

PUT_RIGHT, NOTE = "put_right", "note"
ACT_KEY: Final = "F8"

_SIGNS: Final[Mapping[str, tuple[str, Ink]]] = MappingProxyType(
    {
        "found": ("circle-check", Ink.OK),
        "extra": ("circle-check", Ink.MUTED),
        "explained": ("route", Ink.ACCENT),
        "missing": ("package-search", Ink.WARN),
        "misplaced": ("arrow-left-right", Ink.WARN),
        "unexpected": ("triangle-alert", Ink.BAD),
        "stranger": ("triangle-alert", Ink.BAD),
        "twice": ("info", Ink.ACCENT),
        "several": ("circle-question-mark", Ink.WARN),
        "place": ("map-pin", Ink.ACCENT),
    }
)
_REFUSED: Final = ("circle-x", Ink.BAD)


def figure(number: int) -> str:
    """Return a number as the language in use writes it."""
    return QLocale().toString(number)


def day(at: int) -> str:
    """Return the day of an instant: ISO, on this computer's clock."""
    return isolated(QDateTime.fromMSecsSinceEpoch(at).toString("yyyy-MM-dd")) if at else ""


def clock(at: int) -> str:
    """Return the time of an instant, on this computer's clock."""
    return isolated(QDateTime.fromMSecsSinceEpoch(at).toString("HH:mm:ss")) if at else ""


def on_record(item: Item) -> str:
    """Return where the record has a weapon, or who has it, and since when."""
    since = day(item.since)
    if item.state == "issued" and item.holder:
        return _("Issued to {holder} since {day}").format(holder=isolated(item.holder), day=since)
    if item.place and item.state not in ("issued", "in_transit", "lost", "destroyed"):
        return _("On record in {place} since {day}").format(place=isolated(item.place), day=since)
    return joined(wording.status(item.state) if item.state else "", since)


def found_words(tally: Tally) -> str:
    """Return of how many so many were found, and how many moved meanwhile."""
    of = isolated(figure(tally.expected))
    if not tally.explained:
        return _("of {count} found").format(count=of)
    moved = isolated(figure(tally.explained))
    return _("of {count}, {moved} explained").format(count=of, moved=moved)


def item_line(item: Item) -> LiveLine:
    """Return a line of one of the four lists."""
    icon, ink = _SIGNS.get(item.kind, _REFUSED)
    return LiveLine(item.key, item.identifier, _beneath(item), isolated(item.model), icon, ink)


def blind_line(item: Item) -> LiveLine:
    """Return a line that does not tell whether it was expected."""
    said = joined(isolated(item.seen), clock(item.seen_at))
    icon, ink = _SIGNS["stranger" if item.kind == "stranger" else "found"]
    return LiveLine(item.key, item.identifier, said, isolated(item.model), icon, ink)


def read_line(read: Read, number: int, *, blind: bool) -> LiveLine:
    """Return a line of the last scans."""
    came = "found" if blind and read.item is not None and read.came != "twice" else read.came
    icon, ink = _SIGNS.get(came, _REFUSED)
    named = read.item.identifier if read.item else read.text
    said = joined(_SHORT[came](), clock(read.at))
    return LiveLine(str(number), named, "", said, icon, ink)


def result(read: Read, left_here: int | None, *, blind: bool) -> Result:
    """Return what a reading came to, in large letters.

    ``left_here`` is how many are still to be found where the count stands; None where that is not
    to be known.
    """
    if read.scanned is not None and read.scanned.document is not None:
        return paper_result(read.scanned)
    return with_label(_result(read, left_here, blind=blind), read.scanned)


def _result(read: Read, left_here: int | None, *, blind: bool) -> Result:
    if read.alarm and read.item is not None:
        return Result(
            Outcome.ALARM, _("Reported lost or stolen"), read.item.identifier,
            _("Put it aside, let nobody take it, and call the officer in charge."),
        )  # fmt: skip
    if blind and read.came in _HIDDEN and read.item is not None:
        return Result(Outcome.FOUND, _("Counted"), read.item.identifier, isolated(read.item.model))
    if read.came == "place":
        return _rack(read, left_here)
    made = _RESULTS.get(read.came)
    return made(read) if made else _refused(read)


_HIDDEN: Final = frozenset({"found", "extra", "explained", "misplaced", "unexpected", "missing"})
"""What a blind count does not tell apart until it is closed."""


def _beneath(item: Item) -> str:
    match item.kind:
        case "missing":
            return on_record(item)
        case "misplaced":
            said = _("Seen in {place}, on record in {other}")
            return said.format(place=isolated(item.seen), other=isolated(item.place))
        case "unexpected":
            seen = _("Seen in {place}").format(place=isolated(item.seen))
            return joined(seen, on_record(item))
        case "stranger":
            return _("Seen in {place}, on no record").format(place=isolated(item.seen))
        case "explained":
            return _WHY[item.why]() if item.why in _WHY else ""
        case _:
            twice = _("counted twice") if item.twice else ""
            return joined(isolated(item.seen), clock(item.seen_at), twice)


_WHY: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "left": lambda: _("Left while the count went on"),
        "arrived": lambda: _("Came while the count went on"),
        "moved": lambda: _("Was moved while the count went on"),
        "corrected": lambda: _("The record was put right during the count"),
    }
)
_SHORT: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "found": lambda: _("found"),
        "extra": lambda: _("not of this count"),
        "explained": lambda: _("moved meanwhile"),
        "twice": lambda: _("counted before"),
        "misplaced": lambda: _("in another place"),
        "unexpected": lambda: _("not expected"),
        "missing": lambda: _("not expected"),
        "stranger": lambda: _("on no record"),
        "several": lambda: _("more than one"),
        "place": lambda: _("counting here"),
        "no_place": lambda: _("no rack scanned yet"),
        "outside": lambda: _("not counted"),
        "person": lambda: _("a person's card"),
        "document": lambda: _("a paper"),
        "command": lambda: _("a command"),
        "unknown": lambda: _("not written down"),
        "refused": lambda: _("refused"),
    }
)


def _rack(read: Read, left_here: int | None) -> Result:
    assert read.rack is not None
    if left_here is None:
        said = ""
    elif not left_here:
        said = _("Nothing more is expected here.")
    else:
        words = ngettext("{count} still to find here", "{count} still to find here", left_here)
        said = words.format(count=isolated(figure(left_here)))
    return Result(Outcome.PLACE, _("Counting here"), read.rack.path, said)


def _found(read: Read) -> Result:
    assert read.item is not None
    return Result(
        Outcome.FOUND, _("Found"), read.item.identifier,
        joined(isolated(read.item.model), isolated(read.item.seen)),
    )  # fmt: skip


def _extra(read: Read) -> Result:
    assert read.item is not None
    said = _("It stands where it belongs and is not of this count: nothing to do.")
    return Result(Outcome.FOUND, _("Not of this count"), read.item.identifier, said)


def _explained(read: Read) -> Result:
    assert read.item is not None
    title = _WHY[read.item.why]() if read.item.why in _WHY else _("Explained")
    return Result(Outcome.FOUND, title, read.item.identifier, _("Explained: nothing to do."))


def _twice(read: Read) -> Result:
    assert read.item is not None
    return Result(
        Outcome.TWICE, _("Counted before"), read.item.identifier,
        joined(_("It counts once: nothing to do."), clock(read.item.seen_at)),
    )  # fmt: skip


def _misplaced(read: Read) -> Result:
    assert read.item is not None
    here = read.rack.place.name if read.rack else ""
    put = _("Move the record to {place}").format(place=isolated(here))
    return Result(
        Outcome.MISPLACED, _("Belongs in another place"), read.item.identifier,
        _("{record}. Carry it back, or move its record here.").format(record=on_record(read.item)),
        (Answer(PUT_RIGHT, put, "map-pin", ACT_KEY),),
    )  # fmt: skip


def _unexpected(read: Read) -> Result:
    assert read.item is not None
    said = _("{record}. It is written down as seen here; an investigation will answer.")
    return Result(
        Outcome.UNEXPECTED, _("Not expected here"), read.item.identifier,
        said.format(record=on_record(read.item)),
    )  # fmt: skip


def _stranger(read: Read) -> Result:
    if read.again:
        said = _("It counts once: nothing to do.")
        return Result(Outcome.TWICE, _("Read before, on no record"), read.text, said)
    said = _("Written down as seen here. Put it aside and enter it when the count is over.")
    return Result(Outcome.UNEXPECTED, _("On no record"), read.text, said)


def _unknown(read: Read) -> Result:
    note = Answer(NOTE, _("It stands here: write it down"), "pencil", ACT_KEY)
    said = _("Nothing was written. Compare what you typed with the metal.")
    return Result(Outcome.REFUSED, _("On no record"), read.text, said, (note,))


def _sheet(read: Read) -> Result:
    number = int(read.text)
    words = ngettext(
        "{count} row is written down as seen", "{count} rows are written down as seen", number
    )
    said = words.format(count=isolated(figure(number)))
    return Result(Outcome.GOOD, _("The sheet is taken in"), "", said)


def _refused(read: Read) -> Result:
    title, said = _NOT_TAKEN[read.came]()
    if read.error is not None and read.came == "refused":
        said = wording.error_sentence(read.error)
    return Result(Outcome.REFUSED, title, read.text, said)


_RESULTS: Final[Mapping[str, Callable[[Read], Result]]] = MappingProxyType(
    {
        "found": _found,
        "extra": _extra,
        "explained": _explained,
        "twice": _twice,
        "misplaced": _misplaced,
        "unexpected": _unexpected,
        "missing": _unexpected,
        "stranger": _stranger,
        "unknown": _unknown,
        "sheet": _sheet,
    }
)
_NOT_TAKEN: Final[Mapping[str, Callable[[], tuple[str, str]]]] = MappingProxyType(
    {
        "several": lambda: (
            _("More than one weapon has this serial"),
            _("Scan its tag or its mark."),
        ),
        "no_place": lambda: (
            _("Scan the card of a rack first"),
            _("Then the weapons in it, in any order."),
        ),
        "outside": lambda: (_("Not part of this count"), _("This place is not counted now.")),
        "person": lambda: (_("A person's card"), _("Scan racks and weapons here.")),
        "document": lambda: (_("A paper"), _("Scan racks and weapons here.")),
        "command": lambda: (_("A command"), _("It means nothing here.")),
        "refused": lambda: (_("Not taken"), ""),
    }
)
