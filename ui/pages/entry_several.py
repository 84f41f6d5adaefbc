"""Several weapons in one act: a run of numbers or a pasted column, judged before it is saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stockpile import wording
from stockpile.domain.errors import StockpileError
from stockpile.domain.ranges import SerialRange, counted_range, range_between
from stockpile.language import _
from stockpile.services.judging import Judged
from ui.pages.entry_lines import Shown, columns, summary
from ui.pages.figures import figure
from ui.theme import Ink, Space, Text
from ui.view_models.entry_several import SeveralModel
from ui.widgets.arrange import STRETCH, Share, boxed, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.field import Field, State
from ui.widgets.field_grid import FieldGrid
from ui.widgets.hotkeys import on_key
from ui.widgets.keycap import Shortcut
from ui.widgets.paged_model import ListPages
from ui.widgets.paged_table import PagedTable
from ui.widgets.text import Label
from ui.widgets.tick import Tick

_PAUSE: Final = 120  # milliseconds after the last key before a run is looked up
_WORTH_A_LOOK: Final = frozenset({"look_alike", "on_record", "twice"})


class SeveralPane(QWidget):
    """First and last serial, or a pasted column; every line with its verdict.

    Signals:
        save_wanted: put these lines on record in one act: the lines.
        paste_wanted: the person wants the list that lies on the clipboard.
        fields_wanted: what is said of all of them is to be changed.
        finished: back to one weapon after the other.
    """

    save_wanted = Signal(object)
    paste_wanted = Signal()
    fields_wanted = Signal()
    finished = Signal()

    def __init__(self, model: SeveralModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._eager, self._edited = False, -1
        self._outcome: Mapping[int, str] = {}
        self.first = Field(_("First serial"), identifier=True)
        self.last = Field(_("Last serial"), identifier=True)
        self.count = Field(_("How many"), identifier=True)
        self._grid = FieldGrid([self.first, self.last, self.count])
        self._about = Label("", Text.STRONG)
        self._change = Button(_("Change"), Kind.GHOST, "pencil")
        self._paste = Button(_("Paste list"), Kind.SECONDARY, "clipboard-list", hint="F8")
        self._said = Label("", Text.BODY, Ink.SECONDARY, wrap=True)
        self._only = Tick(_("Only lines that need a look"))
        self._table: PagedTable[Shown] = PagedTable(_("Serials"), columns(), compact=True)
        self._line = Field(_("Serial of this line"), identifier=True)
        self._line.hide()
        self._save = Button("", Kind.PRIMARY, "check")
        self._all = Button("", Kind.SECONDARY)
        self._back = Button(_("Back"), Kind.GHOST, hint="Esc")
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE)
        self.setLayout(self._lay_out())
        self._listen()
        self._show()
        self.setFocusProxy(self.first)

    def begin(self, run: SerialRange | None, about: str) -> None:
        """Begin anew, with a run of numbers where one was typed already."""
        self._forget(about)
        self.first.set_text(run.lowest if run else "")
        self.last.set_text(run.highest if run else "")
        self.count.set_text(str(run.count) if run else "")
        self._model.take(run.serials() if run else ())
        (self.last if run else self.first).setFocus()

    def take(self, serials: Sequence[str], about: str) -> None:
        """Begin anew with a list."""
        self._forget(about)
        for field in (self.first, self.last, self.count):
            field.set_text("")
        self._model.take(serials)
        self._table.setFocus()

    def show_saved(self, saved: Sequence[Judged]) -> None:
        """Say of every line what became of it: the list stays until it is left."""
        kept = {id(line) for line in saved}
        lines = enumerate(self._model.lines)
        self._outcome = {at: "saved" if id(line) in kept else "left_out" for at, line in lines}
        self._show()

    def show_error(self, error: StockpileError) -> None:
        """Say why nothing was saved; the list stays as it is."""
        self._said.set_ink(Ink.BAD)
        self._said.setText(wording.error_sentence(error))

    def fit(self, width: int) -> None:
        """Give the fields as many columns as have room."""
        self._grid.fit(width)

    # --- how it stands ----------------------------------------------------------------------

    def _lay_out(self) -> QVBoxLayout:
        about = row(self._about, self._change, STRETCH, self._paste, gap=Space.S)
        said = row(Share(self._said), self._only, gap=Space.M)
        keys = row(
            Shortcut("Enter", _("save")), Shortcut("Del", _("leave out")),
            Shortcut("Esc", _("back")), STRETCH, gap=Space.L,
        )  # fmt: skip
        foot = row(self._save, self._all, self._back, STRETCH, gap=Space.S)
        return column(
            about, self._grid, said, Share(self._table), self._line, foot, boxed(keys), gap=Space.M
        )

    def _listen(self) -> None:
        self._model.changed.connect(self._changed)
        self._soon.timeout.connect(self._compute)
        self.first.edited.connect(lambda _text: self._retyped())
        self.last.edited.connect(lambda _text: self._retyped(self.count))
        self.count.edited.connect(lambda _text: self._retyped(self.last))
        for field in (self.first, self.last, self.count):
            field.submitted.connect(self._enter)
        self._save.clicked.connect(self._enter)
        self._all.clicked.connect(lambda: self._wanted(with_doubles=True))
        self._back.clicked.connect(self.finished)
        self._paste.clicked.connect(self.paste_wanted)
        self._change.clicked.connect(self.fields_wanted)
        self._only.toggled.connect(lambda _on: self._show())
        self._table.opened.connect(self._edit)
        self._line.submitted.connect(self._take_line)
        for key, does in {"Ctrl+Return": self._save_all, "Ctrl+Enter": self._save_all}.items():
            on_key(self, key, does)
        drop = QShortcut(QKeySequence("Del"), self._table)
        drop.setContext(Qt.ShortcutContext.WidgetShortcut)
        drop.activated.connect(self._drop)

    def _forget(self, about: str) -> None:
        self._eager, self._outcome = False, {}
        self._about.setText(about)
        self._line.hide()
        self._clear_messages()

    def _clear_messages(self) -> None:
        self._said.set_ink(Ink.SECONDARY)
        for field in (self.first, self.last, self.count):
            field.show_state(State.PLAIN)

    # --- the run ----------------------------------------------------------------------------

    def _retyped(self, other: Field | None = None) -> None:
        self._eager, self._outcome = False, {}
        if other is not None:
            other.set_text("")
        self._soon.start()

    def _compute(self) -> None:
        """Write the run out and have it looked up; a run that is none is said at its field."""
        self._soon.stop()
        self._clear_messages()
        first, last, count = (one.text().strip() for one in (self.first, self.last, self.count))
        if not first or not (last or count):
            return
        try:
            run = _run(first, last, count)
        except StockpileError as error:
            (self.last if last else self.count).show_state(State.BAD, wording.error_sentence(error))
            self._model.take(())
            return
        (self.count if last else self.last).set_text(str(run.count) if last else run.highest)
        self._model.take(run.serials())

    # --- the lines --------------------------------------------------------------------------

    def _changed(self) -> None:
        self._show()
        if self._eager and self._model.is_judged:
            self._eager = False
            if not self._model.doubles:
                self._wanted(with_doubles=False)

    def _enter(self) -> None:
        """Save what is new; what is on record already is never saved by Enter alone."""
        if self._outcome:
            self.finished.emit()
            return
        if self._soon.isActive():
            self._compute()
        if not self._model.lines:
            self.first.show_state(
                State.BAD, _("Say the first and the last serial, or paste a list.")
            )
        elif self._model.is_judged:
            self._wanted(with_doubles=False)
        else:
            self._eager = True

    def _save_all(self) -> None:
        if self._model.lines and self._model.is_judged and not self._outcome:
            self._wanted(with_doubles=True)

    def _wanted(self, *, with_doubles: bool) -> None:
        lines = self._model.chosen(with_doubles=with_doubles)
        if lines:
            self.save_wanted.emit(lines)

    def _edit(self, at: int) -> None:
        shown = self._table.rows.row_at(at)
        if shown is None or self._outcome:
            return
        self._edited = shown.number
        self._line.name(_("Serial of line {number}").format(number=shown.number + 1))
        self._line.set_text(shown.line.text)
        self._line.show()
        self._line.setFocus()
        self._line.edit.selectAll()

    def _take_line(self) -> None:
        self._line.hide()
        if self._line.text().strip():
            self._model.edit(self._edited, self._line.text())
        else:
            self._model.drop(self._edited)
        self._table.setFocus()

    def _drop(self) -> None:
        shown = self._table.current_row()
        if shown is not None and not self._outcome:
            self._model.drop(shown.number)

    def _show(self) -> None:
        lines = self._model.lines
        shown = [Shown(at, line, self._outcome.get(at, "")) for at, line in enumerate(lines)]
        if self._only.isChecked():
            shown = [one for one in shown if one.line.standing in _WORTH_A_LOOK]
        self._table.use(ListPages(shown))
        self._table.setVisible(bool(lines))
        self._only.setVisible(self._model.warned + self._model.doubles > 0)
        self._show_words(len(lines))
        self._show_buttons(len(lines))

    def _show_words(self, count: int) -> None:
        if self._said.property("ink") == Ink.BAD.value and not self._outcome:
            self._said.set_ink(Ink.SECONDARY)
        self._said.setText(summary(self._model, count, self._outcome))

    def _show_buttons(self, count: int) -> None:
        new = count - self._model.doubles
        ready = bool(count) and self._model.is_judged
        if self._outcome:
            self._save.setText(_("Next"))
        elif new == count:
            self._save.setText(_("Save all {count}").format(count=figure(count)))
        else:
            self._save.setText(_("Save the {count} new ones").format(count=figure(new)))
        self._save.setEnabled(bool(self._outcome) or (ready and new > 0))
        self._all.setText(_("Save all {count}").format(count=figure(count)))
        self._all.setVisible(ready and new < count and not self._outcome)


def _run(first: str, last: str, count: str) -> SerialRange:
    if last:
        return range_between(first, last)
    return counted_range(first, int(count) if count.isdecimal() else 0)
