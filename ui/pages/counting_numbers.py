"""A count without serials: a rack's card, then how many of each type stand there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stockpile import wording
from stockpile.language import _, isolated
from ui.pages.counting_words import clock, figure, result
from ui.pages.standing import joined
from ui.theme import Ink, Space, Text, Tone
from ui.view_models.counting import CountingModel
from ui.view_models.counting_shown import Number, Read
from ui.widgets.arrange import STRETCH, Share, boxed, clear, column, row, scrolled
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.field import Field
from ui.widgets.hotkeys import on_key
from ui.widgets.keycap import Shortcut
from ui.widgets.line_list import LineList, LiveLine
from ui.widgets.scan_result import Outcome, Result, ScanResult
from ui.widgets.text import Label, ShortLabel, card_title, secondary

_DIGITS = 5
"""A number of weapons has no more digits than that: what is longer was scanned."""


class CountingNumbers(QWidget):
    """The face of a count by numbers. Keys: a rack's card or code, digits, Enter, digits, Enter.

    Signals:
        pause_wanted: put the count down.
        close_wanted: look at the differences and sign.
    """

    pause_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, model: CountingModel) -> None:
        super().__init__()
        self._model = model
        self.fields: dict[str, Field] = {}
        self._title = Label("", Text.PAGE_TITLE)
        self._about = ShortLabel("", Text.SECONDARY, Ink.MUTED)
        self.close_button = Button(_("Close the count"), icon="check", hint="F5")
        self._pause = Button(_("Pause"), hint="Esc")
        self.banner = ScanResult()
        self.scan_field = Field(_("Scan a rack, or type its code"), identifier=True)
        self._numbers: QVBoxLayout = column(gap=Space.S)
        self._list_count = Chip("", Tone.GREY, dot=False)
        self._none = secondary(_("Nothing has been counted yet."), wrap=True)
        self.list = LineList(_("Counted"))
        self._lay_out()
        self._listen()

    def begin(self) -> None:
        """Show a count that was just taken in hand."""
        count = self._model.count
        assert count is not None
        self._make_fields(count.types)
        number, counters = isolated(count.stocktake.number), joined(*map(isolated, count.counters))
        since = _("begun {time}").format(time=clock(count.at))
        self._about.setText(joined(number, since, counters))
        self.banner.show_result(self._wish(), silent=True)
        self._show()
        self.focus()

    def focus(self) -> None:
        """Put the cursor where the next rack or number belongs."""
        first = next(iter(self.fields.values()), self.scan_field)
        target = first if self._model.rack is not None else self.scan_field
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- how it is laid out -------------------------------------------------------------------

    def _lay_out(self) -> None:
        head = row(Share(column(self._title, self._about, gap=2)), self._pause, self.close_button)
        margins = (Space.L, Space.M, Space.L, Space.M)
        fields = scrolled(boxed(column(self._numbers, STRETCH)))
        entry = Card(column(self.scan_field, Share(fields), gap=Space.M), margins=margins)
        title = row(card_title(_("Counted")), self._list_count, STRETCH)
        told = Card(column(title, self._none, Share(self.list), gap=Space.S), margins=margins)
        hints = boxed(
            row(Shortcut("↵", _("next")), Shortcut("F5", _("close")), STRETCH, gap=Space.L)
        )
        lists = row(Share(entry), Share(told), gap=Space.M)
        self.setLayout(column(head, self.banner, Share(lists), hints, gap=Space.M))

    def _listen(self) -> None:
        self._model.read.connect(self._show_read)
        self._model.changed.connect(self._show)
        self.scan_field.submitted.connect(self._scan)
        self._pause.clicked.connect(self.pause_wanted)
        self.close_button.clicked.connect(self.close_wanted)
        keys: Sequence[tuple[str, Callable[[], object]]] = (
            ("F5", self.close_button.click), ("Esc", self._pause.click),
        )  # fmt: skip
        for key, does in keys:
            on_key(self, key, does)

    def _make_fields(self, types: Sequence[str]) -> None:
        clear(self._numbers)
        self.fields = {one: Field(_field_words(one)) for one in types}
        for type_, field in self.fields.items():
            field.submitted.connect(partial(self._tell, type_))
            self._numbers.addWidget(field)

    # --- what the person does ---------------------------------------------------------------

    def _scan(self) -> None:
        text = self.scan_field.text().strip()
        self.scan_field.set_text("")
        self._model.scan(text, "typed")

    def _tell(self, type_: str) -> None:
        """Take a number, or a rack's code that was scanned into the field of a number."""
        field = self.fields[type_]
        text = field.text().strip()
        if not text.isdecimal() or len(text) > _DIGITS:
            field.set_text("")
            self._model.scan(text, "typed")
        elif self._model.rack is not None:
            self._model.tell(type_, int(text))
            self._next(type_)

    def _next(self, type_: str) -> None:
        types = list(self.fields)
        at = types.index(type_) + 1
        target = self.fields[types[at]] if at < len(types) else self.scan_field
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what is shown ----------------------------------------------------------------------

    def _show_read(self, read: Read) -> None:
        if not self._model.is_by_number or not read.text:
            return
        if read.came == "place":
            for field in self.fields.values():
                field.setEnabled(True)
                field.set_text("")
            self.focus()
        self.banner.show_result(_said(read))

    def _show(self) -> None:
        count = self._model.count
        if count is None:
            return
        rack = self._model.rack
        where = rack.path if rack else count.where
        self._title.setText(_("Stocktake: {place}").format(place=isolated(where)))
        blind = count.stocktake.opened.blind
        numbers = [one for one in self._model.numbers if one.counted is not None]
        self._none.setVisible(not numbers)
        self._list_count.show_status(isolated(figure(len(numbers))), Tone.GREY)
        self.list.show_lines([number_line(one, blind=blind) for one in numbers])
        for field in self.fields.values():
            field.setEnabled(rack is not None)

    def _wish(self) -> Result:
        if self._model.rack is not None:
            said = _("Count them and type how many there are.")
            return Result(Outcome.WAITING, _("How many stand here?"), self._model.rack.path, said)
        said = _("Then type how many stand there, and go on to the next one.")
        return Result(Outcome.WAITING, _("Scan the card of a rack"), "", said)


def number_line(number: Number, *, blind: bool) -> LiveLine:
    """Return a number as the list shows it; a blind count does not say whether it agrees."""
    counted = _("{count} counted").format(count=isolated(figure(number.counted or 0)))
    expected = _("{count} on record").format(count=isolated(figure(number.expected)))
    agrees = number.agrees or blind
    icon, ink = ("circle-check", Ink.OK) if agrees else ("scale", Ink.BAD)
    said = joined(wording.weapon_type(number.type), "" if blind else expected)
    key = f"{number.place}:{number.type}"
    return LiveLine(key, number.path, said, counted, icon, ink, plain=True)


def _said(read: Read) -> Result:
    if read.came == "place" and read.rack is not None:
        said = _("Count them and type how many there are.")
        return Result(Outcome.PLACE, _("How many stand here?"), read.rack.path, said)
    return result(read, None, blind=True)


def _field_words(type_: str) -> str:
    return wording.weapon_type(type_) if type_ else _("How many weapons")
