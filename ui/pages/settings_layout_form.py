"""The figures of one layout, in millimetres: each change is drawn at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stockpile import wording
from stockpile.domain.errors import FieldMissing, FieldUnreadable, StockpileError
from stockpile.domain.facts import MarkLayoutSet
from stockpile.domain.mark_layouts import LIMITS, in_mm
from stockpile.domain.marking import MOSAIC_IMPORT
from stockpile.domain.values import SchemeId
from stockpile.domain.vocabulary import COMPONENTS
from stockpile.language import _, isolated
from stockpile.services.mark_layout_words import Limit, font_name, limits_of
from stockpile.terms import term
from ui.pages.settings_layout_areas import AreasEditor
from ui.theme import Space, Text
from ui.view_models.mark_layouts import FONTS, Board, LayoutsModel, Shown, Told, told_of
from ui.widgets.arrange import STRETCH, Share, boxed, column, row
from ui.widgets.card import Card
from ui.widgets.field import Choice, ChoiceField, Field, State
from ui.widgets.field_grid import FieldGrid
from ui.widgets.segments import Segment, Segments
from ui.widgets.text import Label, secondary

_TOP = Qt.AlignmentFlag.AlignTop
_EDGES: Final = 44
"""What the card takes of the width: fields have the rest."""


class LayoutForm(Card):
    """What the mark is made of, and what it is tried with.

    Signals:
        edited: something else stands in the fields.
    """

    edited = Signal()

    def __init__(self, model: LayoutsModel) -> None:
        self._model = model
        self._before: Told | None = None
        self._is_offered = self._is_filling = False
        self._limits = secondary("", wrap=True)
        self.text = Field(_("Text to try"), identifier=True)
        self.scheme = ChoiceField(_("Marking scheme"))
        self.name = Field(_("Name"), hint=_("as people call it"))
        self.component = ChoiceField(
            _("Component"), [Choice(one, term("component", one)) for one in COMPONENTS]
        )
        self.letters = Segments([Segment(one, font_name(one)) for one in FONTS])
        self.figures = _figure_fields()
        self.areas = AreasEditor()
        self.remarks = Field(_("Remarks"))
        self._grids: list[FieldGrid] = []
        super().__init__(self._whole())
        self.setFocusProxy(self.name)
        self._listen()

    @property
    def is_filled(self) -> bool:
        """Say whether a layout stands in the form."""
        return self._before is not None

    @property
    def is_changed(self) -> bool:
        """Say whether anything of the layout differs from what was shown."""
        now, before = self.told(), self._before
        return before is not None and _without_trial(now) != _without_trial(before)

    def show_layout(self, layout: MarkLayoutSet) -> None:
        """Put a layout on the board; a new one has no name yet."""
        told = told_of(layout, self.text.text(), self._scheme())
        self._is_filling = True
        self.name.set_text(layout.name)
        self.component.set_value(layout.component)
        self.letters.choose(layout.font)
        for name, field in self.figures.items():
            field.set_text(told.figures[name])
        self.areas.show_areas(told.areas)
        self.remarks.set_text(layout.remarks)
        self._is_filling = False
        self._before = self.told()
        self._draw()

    def told(self) -> Told:
        """Return what stands in the fields."""
        return Told(
            self.name.text().strip(),
            self.component.value() or "receiver",
            self.letters.current,
            {name: field.text().strip() for name, field in self.figures.items()},
            self.areas.areas(),
            self.remarks.text().strip(),
            self.text.text(),
            self._scheme(),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's name
        """Stand the fields in as many columns as there is room for."""
        super().resizeEvent(event)
        for grid in self._grids:
            grid.fit(self.width() - _EDGES)

    # --- how it is put together -------------------------------------------------------------

    def _whole(self) -> QVBoxLayout:
        of = self.figures
        groups = (
            (_("Zone, in mm"), [of["width"], of["height"], of["radius"]]),
            (
                _("Letters, in mm"),
                [of["text_height"], of["line_width"], of["lines"], of["text_x"], of["text_y"]],
            ),
            (_("Data Matrix, in mm"), [of["module"], of["matrix_x"], of["matrix_y"]]),
        )
        fields: list[QWidget] = []
        for title, among in groups:
            grid = FieldGrid(among)
            self._grids.append(grid)
            if of["text_height"] in among:
                fields += [_section(title), boxed(row(self.letters, STRETCH)), grid]
            else:
                fields += [_section(title), grid]
        trial = row(Share(self.text, 1, _TOP), Share(self.scheme, 1, _TOP), gap=Space.M)
        named = row(Share(self.name, 3, _TOP), Share(self.component, 2, _TOP), gap=Space.M)
        return column(
            boxed(named), boxed(trial), *fields,
            _section(_("Forbidden areas, in mm")), self.areas, self.remarks, self._limits,
            gap=Space.M,
        )  # fmt: skip

    def _listen(self) -> None:
        for field in (self.text, self.name, self.remarks, *self.figures.values()):
            field.edited.connect(lambda _text: self._draw())
        self.component.chosen.connect(lambda _value: self._draw())
        self.scheme.chosen.connect(lambda _value: self._try_scheme())
        self.letters.chosen.connect(lambda _key: self._draw())
        self.areas.edited.connect(self._draw)
        model = self._model
        model.came.connect(self._show_board)
        model.shown.connect(self._show)
        model.unread.connect(self._show_unread)
        model.kept.connect(self._kept)
        model.refused.connect(self._at_field)

    # --- what came ----------------------------------------------------------------------------

    def _show_board(self, board: Board) -> None:
        known = {id_ for id_, _body, _text in board.schemes}
        usual = MOSAIC_IMPORT if MOSAIC_IMPORT in known else ""
        before = self.scheme.value() if self._is_offered else usual
        self._is_offered = True
        none = Choice("", _("None: the limits of the law"))
        choices = [Choice(id_, isolated(body.name)) for id_, body, _text in board.schemes]
        self.scheme.set_choices([none, *choices])
        self.scheme.set_value(before)
        if not self.text.text():
            self.text.set_text(board.text(self._scheme()))
            if self.is_filled:
                self._draw()

    def _try_scheme(self) -> None:
        """Try an example of the scheme that was chosen."""
        self.text.set_text(self._model.board.text(self._scheme()))
        self._draw()

    def _scheme(self) -> SchemeId | None:
        value = self.scheme.value()
        return SchemeId(value) if value else None

    def _show(self, shown: Shown) -> None:
        self._clear_states()
        limits = limits_of(shown.layout, shown.laid, shown.scheme)
        self._limits.setText("\n".join(_by_source(limits)))

    def _show_unread(self, error: StockpileError) -> None:
        """Say at its field what cannot be read; the drawing waits."""
        self._clear_states()
        self._limits.setText("")
        self._at_field(error)

    def _at_field(self, error: StockpileError) -> None:
        if isinstance(error, FieldMissing):
            self.name.show_state(State.BAD, _("This is needed."))
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(error, FieldUnreadable) and error.field in self.figures:
            self.figures[error.field].show_state(State.BAD, _between(error.field))
        elif isinstance(error, FieldUnreadable) and error.field == "forbidden":
            self.areas.show_wrong(_("Place and size in millimetres, such as 2.5."))
        else:
            self.name.show_state(State.BAD, wording.error_sentence(error))

    def _clear_states(self) -> None:
        for field in (self.name, *self.figures.values()):
            field.show_state(State.PLAIN)
        self.areas.show_wrong("")

    def _draw(self) -> None:
        if self._is_filling:
            return
        self.edited.emit()
        self._model.draw(self.told())

    def _kept(self, _layout: MarkLayoutSet) -> None:
        self._before = self.told()
        self._clear_states()


def _figure_fields() -> dict[str, Field]:
    said = {
        "width": (_("Width"), ""),
        "height": (_("Height"), ""),
        "radius": (_("Radius of the cylinder"), _("0: flat")),
        "text_height": (_("Height of the letters"), ""),
        "line_width": (_("Dot or line"), ""),
        "lines": (_("Lines at most"), ""),
        "text_x": (_("Text from the left"), ""),
        "text_y": (_("Text from below"), ""),
        "module": (_("Module"), _("0: none")),
        "matrix_x": (_("From the left"), ""),
        "matrix_y": (_("From below"), ""),
    }
    return {name: Field(title, hint=hint, identifier=True) for name, (title, hint) in said.items()}


def _by_source(limits: Sequence[Limit]) -> list[str]:
    """Return a line for each source, with the limits that it sets."""
    sources = dict.fromkeys(one.source for one in limits)
    return [
        f"{'; '.join(f'{one.name}: {one.asked}' for one in limits if one.source == source)}"
        f" ({source})"
        for source in sources
    ]


def _section(title: str) -> Label:
    return Label(title, Text.HEADING)


def _between(field: str) -> str:
    least, most = LIMITS[field]
    shown = (str(least), str(most)) if field == "lines" else (in_mm(least), in_mm(most))
    return _("A figure from {least} to {most}.").format(
        least=isolated(shown[0]), most=isolated(shown[1])
    )


def _without_trial(told: Told) -> tuple[object, ...]:
    """Return what is kept of a layout: without the text and scheme it is tried with."""
    return told.name, told.component, told.font, dict(told.figures), told.areas, told.remarks
