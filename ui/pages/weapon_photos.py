"""What new photos of a weapon show, asked before they are put on its record."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stockpile.domain.facts import Mark, View
from stockpile.domain.vocabulary import VIEWS, picked
from stockpile.language import _, ngettext
from stockpile.record_words import mark_place, mark_text
from stockpile.terms import term
from ui.pages.standing import joined
from ui.theme import Space
from ui.widgets.arrange import boxed, column
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.field import Choice, ChoiceField, Field


class PhotoDialog(ConfirmDialog):
    """Which side the photos show, or which mark, and a caption.

    Signals:
        decided: the view, the caption, and the place of the mark among the weapon's marks or None.
    """

    decided = Signal(str, str, object)

    def __init__(self, count: int, marks: Sequence[Mark], view: View, parent: QWidget) -> None:
        self._view = ChoiceField(_("View"), [Choice(one, term("view", one)) for one in VIEWS])
        offered = [Choice(str(number), _named(mark)) for number, mark in enumerate(marks)]
        self._mark = ChoiceField(_("Mark"), offered)
        self._caption = Field(_("Caption"), hint=_("may stay empty"))
        extra = boxed(column(self._view, self._mark, self._caption, gap=Space.M))
        super().__init__(
            ngettext("Add {count} photo", "Add {count} photos", count).format(count=count),
            _("Say what is to be seen, so that it is found again."),
            _("Add"),
            danger=False,
            extra=extra,
            parent=parent,
        )
        self.confirm.setDefault(True)
        self._has_marks = bool(offered)
        self._view.chosen.connect(self._judge_view)
        self._caption.submitted.connect(self.accept)
        self._view.set_value(view)
        self._judge_view()
        self._view.setFocus()

    def accept(self) -> None:
        """Tell what they show."""
        if not self.confirm.isEnabled():
            return
        shown = self._mark.value() if self._of_a_mark() else ""
        mark = int(shown) if shown else None
        self.decided.emit(self._view.value(), self._caption.text().strip(), mark)
        super().accept()

    def _of_a_mark(self) -> bool:
        return self._has_marks and self._view.value() == "mark"

    def _judge_view(self) -> None:
        self._mark.setVisible(self._of_a_mark())
        self.confirm.setEnabled(bool(self._view.value()))


def view_of(text: str) -> View:
    """Return a view that was chosen; raise FieldUnreadable for none of the list."""
    return picked("view", text, VIEWS)


def _named(mark: Mark) -> str:
    return joined(mark_text(mark), term("mark_kind", mark.kind), mark_place(mark))
