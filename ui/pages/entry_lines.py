"""Lines of serials as a table shows them: each with its verdict, and what it looks like."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from stockpile.language import _, isolated, ngettext
from stockpile.services.judging import Judged
from stockpile.services.ports import Hit
from ui.pages.figures import figure
from ui.pages.standing import joined, model_or_type
from ui.theme import Tone
from ui.view_models.entry import LOST
from ui.view_models.entry_several import SeveralModel
from ui.widgets.columns import Column
from ui.widgets.columns import Kind as Cell

_STANDINGS: Final[Mapping[str, tuple[Callable[[], str], Tone]]] = MappingProxyType(
    {
        "new": (lambda: _("New"), Tone.OK),
        "look_alike": (lambda: _("Looks alike"), Tone.WARN),
        "on_record": (lambda: _("On record"), Tone.BAD),
        "twice": (lambda: _("Twice in the list"), Tone.WARN),
        "removed": (lambda: _("Number removed"), Tone.VIOLET),
        "none": (lambda: _("No number"), Tone.GREY),
        "illegible": (lambda: _("Cannot be read"), Tone.WARN),
        "lost": (lambda: _("Reported lost"), Tone.BAD),
        "saved": (lambda: _("Saved"), Tone.OK),
        "left_out": (lambda: _("Left out"), Tone.GREY),
    }
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A line as the table shows it: its place in the list, its verdict, and what became of it."""

    number: int
    line: Judged
    outcome: str = ""


def summary(model: SeveralModel, count: int, outcome: Mapping[int, str]) -> str:
    """Return in one line how the list stands, before it is saved and after."""
    if not count:
        return _("Type the first serial and the last, or how many; or paste a column of serials.")
    if outcome:
        saved = sum(one == "saved" for one in outcome.values())
        said = ngettext("{count} weapon is on record.", "{count} weapons are on record.", saved)
        return said.format(count=figure(saved))
    if not model.is_judged:
        return _("Looking each of them up…")
    parts = [ngettext("{count} serial", "{count} serials", count).format(count=figure(count))]
    if model.doubles:
        words = ngettext("{count} is there already", "{count} are there already", model.doubles)
        parts.append(words.format(count=figure(model.doubles)))
    alike = sum(line.standing == "look_alike" for line in model.lines)
    if alike:
        words = ngettext("{count} looks like another", "{count} look like others", alike)
        parts.append(words.format(count=figure(alike)))
    return joined(*parts)


def _standing(shown: Shown) -> str:
    if shown.outcome:
        return shown.outcome
    return LOST if any(hit.is_lost for hit in shown.line.hits) else shown.line.standing


def columns() -> list[Column[Shown]]:
    """Return the columns of the table of lines."""
    return [
        Column(_("No."), 52, lambda one: str(one.number + 1), Cell.NUMBER, quiet=True),
        Column(_("Serial number"), 190, lambda one: one.line.text, Cell.MONO),
        Column(_("Verdict"), 158, lambda one: _STANDINGS[_standing(one)][0](), Cell.CHIP,
               tone=lambda one: _STANDINGS[_standing(one)][1]),
        Column(_("Compare with"), 300, _compare, spare=True),
    ]  # fmt: skip


def _compare(shown: Shown) -> str:
    line = shown.line
    if line.standing == "twice":
        return _("Line {number}").format(number=isolated(str(line.same_as + 1)))
    return _hit_words(line.hits[0]) if line.hits else ""


def _hit_words(hit: Hit) -> str:
    parts = (hit.row.serial, model_or_type(hit.row), hit.row.place)
    return joined(*(isolated(part) for part in parts if part))
