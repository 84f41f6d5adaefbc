"""What the hand-in table says: its banner across the room, and a line for each thing brought."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from stockpile import wording
from stockpile.domain.facts import RoundsHanded
from stockpile.domain.serials import read_serial
from stockpile.language import _, isolated, ngettext
from ui.pages.figures import figure
from ui.pages.issuing_lines import joined_words
from ui.pages.standing import joined
from ui.theme import Ink
from ui.view_models.collecting import Came, DayLine, Piece, Table
from ui.widgets.line_list import LiveLine
from ui.widgets.scan_result import Answer, Outcome, Result


def waiting(step: int) -> Result:
    """Return what is wished for in a step, counted from 0."""
    title, sentence = _WISHES[step]
    return Result(Outcome.WAITING, title(), sentence=sentence())


def result_of(came: Came, table: Table) -> Result:
    """Return the banner of what happened."""
    return _RESULTS[came.kind](came, table)


def serial_of(piece: Piece) -> str:
    """Return what a weapon on the table is called by."""
    if piece.row is not None:
        return piece.row.serial or piece.row.number
    serial = read_serial(piece.said.serial)
    return serial.text if serial.status != "none" else _("no serial")


def model_of(piece: Piece) -> str:
    """Return make and model of a weapon on the table, or its type in words."""
    one = piece.row or piece.said
    return joined_words(one.make, one.model) or wording.weapon_type(one.type)


def brought_lines(table: Table) -> tuple[LiveLine, ...]:
    """Return what lies on the table, the newest first."""
    pieces = [_piece(at, one) for at, one in enumerate(table.pieces)]
    rounds = [_rounds(at, one) for at, one in enumerate(table.rounds)]
    return tuple(reversed((*pieces, *rounds)))


def day_line(line: DayLine) -> LiveLine:
    """Return a hand-in of today as a line."""
    body = line.collected.body
    icon, ink = ("circle-check", Ink.OK) if body.eligible else ("circle-alert", Ink.WARN)
    if line.collected.is_withdrawn:
        icon, ink = "undo-2", Ink.MUTED
    said = [isolated(line.name) or _("a person on no list here"), *_counted(line)]
    return LiveLine(line.collected.id, body.number, joined(*said), "", icon, ink)


def _counted(line: DayLine) -> tuple[str, ...]:
    if line.collected.is_withdrawn:
        return (_("taken back"),)
    weapons, rounds = len(line.collected.body.weapons), line.collected.rounds
    said = [weapons_words(weapons)] if weapons else []
    return (*said, rounds_words(rounds)) if rounds else tuple(said)


def weapons_words(count: int) -> str:
    """Return so many weapons in words."""
    return ngettext("{count} weapon", "{count} weapons", count).format(count=figure(count))


def rounds_words(count: int) -> str:
    """Return so many rounds in words."""
    return ngettext("{count} round", "{count} rounds", count).format(count=figure(count))


def _piece(at: int, piece: Piece) -> LiveLine:
    condition = wording.condition(piece.said.condition or "unknown") if piece.row is None else ""
    known = _("on record") if piece.row is not None else condition
    icon, ink = ("circle-check", Ink.OK)
    if piece.alarm:
        icon, ink = "shield-alert", Ink.BAD
    elif piece.is_stored or piece.alike:
        icon, ink = "triangle-alert", Ink.WARN
    return LiveLine(f"w{at}", serial_of(piece), model_of(piece), known, icon, ink)


def _rounds(at: int, rounds: RoundsHanded) -> LiveLine:
    condition = wording.condition("serviceable" if rounds.serviceable else "unserviceable")
    return LiveLine(
        f"r{at}", rounds.calibre, joined(rounds_words(rounds.quantity), condition), "", "package",
        Ink.OK if rounds.serviceable else Ink.WARN,
    )  # fmt: skip


def _person(came: Came, table: Table) -> Result:
    before = ""
    if table.earlier:
        words = ngettext(
            "Handed something in {count} time before", "Handed something in {count} times before",
            table.earlier,
        )  # fmt: skip
        before = words.format(count=figure(table.earlier))
    outcome = Outcome.DOUBT if table.earlier else Outcome.FOUND
    unit = table.person.unit if table.person else ""
    return Result(outcome, isolated(came.text), sentence=joined(isolated(unit), before))


def _put(came: Came, _table: Table) -> Result:
    piece = came.piece
    assert piece is not None
    if piece.row is not None:
        return _on_record(piece)
    if piece.alike:
        words = ngettext("Looks like one on record", "Looks like {count} on record", piece.alike)
        said = words.format(count=figure(piece.alike))
        return Result(Outcome.DOUBT, model_of(piece), serial_of(piece), said)
    return Result(Outcome.FOUND, model_of(piece), serial_of(piece), _("Next weapon, or F5."))


def _on_record(piece: Piece) -> Result:
    assert piece.row is not None
    said = _("On record already: {status}").format(status=wording.status(piece.row.status))
    if piece.is_stored and piece.row.place:
        said = _("On record already. By the record it lies in {place}.").format(
            place=isolated(piece.row.place)
        )
    return Result(
        Outcome.DOUBT if piece.is_stored else Outcome.FOUND, model_of(piece), serial_of(piece),
        said, (Answer("other", _("It is another one"), "plus", "F8"),),
    )  # fmt: skip


def _alarm(came: Came, _table: Table) -> Result:
    piece = came.piece
    assert piece is not None
    answers = (Answer("other", _("It is another one"), "plus", "F8"),) if piece.row else ()
    return Result(
        Outcome.ALARM, _("Reported lost or stolen"), serial_of(piece),
        _("It is taken in all the same. Tell the commander."), answers,
    )  # fmt: skip


def _twice(came: Came, _table: Table) -> Result:
    assert came.piece is not None
    return Result(Outcome.TWICE, _("On the table already"), serial_of(came.piece))


def _counted_rounds(came: Came, table: Table) -> Result:
    count = sum(one.quantity for one in table.rounds)
    return Result(
        Outcome.FOUND, rounds_words(count), came.text, _("Next calibre, or F5.")
    )  # fmt: skip


def _received(came: Came, _table: Table) -> Result:
    assert came.collected is not None
    body = came.collected.body
    said = [weapons_words(len(body.weapons))] if body.weapons else []
    said += [rounds_words(came.collected.rounds)] if body.rounds else []
    return Result(
        Outcome.GOOD, _("On record"), body.number,
        joined(*said, _("The next person may come.")),
    )  # fmt: skip


def _undone(came: Came, _table: Table) -> Result:
    assert came.collected is not None
    return Result(
        Outcome.GOOD, _("Taken back"), came.collected.body.number,
        _("Its records are withdrawn and stay to be read."),
    )  # fmt: skip


_Words = Callable[[], str]
_WISHES: tuple[tuple[_Words, _Words], ...] = (
    (
        lambda: _("Scan a card, or type the name"),
        lambda: _("One person after the other. What is typed here can be erased again."),
    ),
    (
        lambda: _("Scan a weapon, or type its serial"),
        lambda: _("Magazine out, chamber empty. Enter in the empty field goes on."),
    ),
    (
        lambda: _("Type the calibre and how many"),
        lambda: _("Enter in the empty field goes on."),
    ),
    (
        lambda: _("Eligible or not?"),
        lambda: _("Who is not gets a receipt too, and can appeal with it."),
    ),
)
_RESULTS: Mapping[str, Callable[[Came, Table], Result]] = MappingProxyType(
    {
        "person": _person, "put": _put, "alarm": _alarm, "twice": _twice,
        "rounds": _counted_rounds, "received": _received, "undone": _undone,
    }
)  # fmt: skip
