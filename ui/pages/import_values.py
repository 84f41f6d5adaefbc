"""The values of a list that the catalogue was asked about: what each means, and how surely."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from stockpile.domain.meanings import Standing, ValueMeaning
from stockpile.language import _, isolated
from stockpile.services.import_words import field_name, meaning_words, meant_name, standing_words
from ui.pages.figures import figure
from ui.pages.standing import joined
from ui.theme import Space, Tone
from ui.widgets.arrange import Share, column
from ui.widgets.columns import Column
from ui.widgets.columns import Kind as Cell
from ui.widgets.paged_model import ListPages
from ui.widgets.paged_table import PagedTable
from ui.widgets.progress import percent
from ui.widgets.text import secondary

_TONES: dict[Standing, Tone] = {
    "written": Tone.OK, "proposed": Tone.WARN, "open": Tone.BAD, "nothing": Tone.GREY,
}  # fmt: skip


class ImportValues(QWidget):
    """A table of values: where they stand, what they mean, and by what that is known."""

    def __init__(self) -> None:
        super().__init__()
        self.table = PagedTable(_("Values of the list"), _columns())
        said = secondary(
            _("What is not understood surely comes in as it is written, without a code."), wrap=True
        )
        self.setLayout(column(said, Share(self.table), gap=Space.S))

    def show_values(self, values: Sequence[ValueMeaning]) -> None:
        """Show these values, in their order."""
        self.table.use(ListPages(tuple(values)))


def _columns() -> tuple[Column[ValueMeaning], ...]:
    return (
        Column(_("Verdict"), 150, _standing, Cell.CHIP, tone=lambda one: _TONES[one.standing]),
        Column(_("As written"), 200, lambda one: isolated(one.value), Cell.TWO_LINE, _where),
        Column(_("Means"), 220, _meaning, Cell.TWO_LINE, _why, empty=_("Stays as written")),
        Column(_("Rows"), 80, lambda one: figure(one.rows), Cell.NUMBER),
    )


def _standing(one: ValueMeaning) -> str:
    return standing_words(one.standing)


def _where(one: ValueMeaning) -> str:
    return field_name(one.field)


def _meaning(one: ValueMeaning) -> str:
    name = meant_name(one)
    return isolated(name) if name else ""


def _why(one: ValueMeaning) -> str:
    sure = isolated(percent(one.normal.confidence)) if one.normal.code else ""
    return joined(meaning_words(one.normal.why), sure)
