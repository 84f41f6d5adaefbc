"""The layouts of marks: the one on the drawing board stays in sight, its figures stand below."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from stockpile.domain.facts import MarkLayoutSet
from stockpile.domain.mark_layouts import in_mm
from stockpile.language import _, isolated
from stockpile.services.mark_layout_words import font_name
from stockpile.terms import term
from ui.pages.settings_drawing_board import DrawingBoard, may_leave_layout
from ui.pages.settings_layout_form import LayoutForm
from ui.pages.standing import joined
from ui.theme import Ink, Space
from ui.view_models.mark_layouts import Board, LayoutsModel, Shown, new_layout
from ui.widgets.arrange import STRETCH, column
from ui.widgets.button import Button
from ui.widgets.field import Choice
from ui.widgets.mark_preview import MarkPreview
from ui.widgets.text import secondary

_PREVIEW: Final = 150


class LayoutBoard(DrawingBoard):
    """The mark as it will be cut."""

    def __init__(self) -> None:
        self._about = secondary("", wrap=True)
        self.preview = MarkPreview()
        self.preview.setFixedHeight(_PREVIEW)
        self.print = Button(_("Print…"), icon="printer")
        super().__init__(
            _("Marking layout"),
            Button(_("New layout"), icon="plus"),
            (self._about, self.preview),
            self.print,
            _("Your role does not include setting marking layouts. An armourer does it."),
        )

    def show_layouts(self, layouts: tuple[MarkLayoutSet, ...], current: str) -> None:
        """Offer the layouts on record."""
        self.offer([Choice(one.name, isolated(one.name)) for one in layouts], current)

    def show_mark(self, shown: Shown) -> None:
        """Show the mark, and how it stands with the limits."""
        layout, laid = shown.layout, shown.laid
        size = f"{in_mm(layout.width).removesuffix(' mm')} x {in_mm(layout.height)}"
        self._about.setText(
            joined(isolated(size), term("component", layout.component), font_name(layout.font))
        )
        self.preview.show_mark(laid, layout)
        said = tuple(dict.fromkeys(one.said for one in laid.problems))
        self.show_problems(said, _("No limit is broken."))
        if laid.approximate:
            self.add_line("info", Ink.WARN, _("Approximate: the letters are the machine's own."))

    def show_nothing(self) -> None:
        """Show no mark: what was typed makes none."""
        self.preview.clear()
        self._about.setText("")
        self.show_unread(_("A figure below cannot be read."))


class LayoutsSection(QWidget):
    """The figures of the layout; ``board`` is its head, which does not scroll away."""

    def __init__(self, model: LayoutsModel) -> None:
        super().__init__()
        self._model = model
        self._on_board = ""
        self.board, self.form = LayoutBoard(), LayoutForm(model)
        self.setLayout(column(self.form, STRETCH, gap=Space.M))
        self.board.layout_.chosen.connect(self._choose)
        self.board.new.clicked.connect(self._begin)
        self.board.keep.clicked.connect(lambda: model.keep(self.form.told()))
        self.board.print.clicked.connect(self._print)
        self.form.edited.connect(lambda: self.board.say(""))
        model.came.connect(self._show)
        model.shown.connect(self.board.show_mark)
        model.unread.connect(lambda _error: self.board.show_nothing())
        model.kept.connect(self._kept)
        model.refused.connect(lambda _error: self.board.say(_("It was not kept."), Ink.BAD))
        model.printed.connect(self._printed)

    def _show(self, board: Board) -> None:
        """Offer what is on record; what is being edited stays as it is."""
        if not self.form.is_filled and board.layouts:
            self._put(board.layouts[-1])
        self.board.show_right(may_keep=self._model.may_keep)
        self.board.show_layouts(board.layouts, self._on_board)

    def _choose(self, name: str) -> None:
        """Put another layout on the board; a word that is no layout's name changes nothing."""
        if name == self._on_board:
            return
        known = next((one for one in self._model.board.layouts if one.name == name), None)
        if known is not None and self._may_leave():
            self._put(known)
        self.board.layout_.set_value(self._on_board)

    def _begin(self) -> None:
        if self._may_leave():
            self._put(new_layout())
            self.board.layout_.set_value("")
            self.form.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put(self, layout: MarkLayoutSet) -> None:
        self._on_board = layout.name
        self.form.show_layout(layout)

    def _kept(self, layout: MarkLayoutSet) -> None:
        self._on_board = layout.name
        said = _("{name} is kept, version {number}.")
        number = isolated(str(layout.version))
        self.board.say(said.format(name=isolated(layout.name), number=number))

    def _print(self) -> None:
        told = self.form.told()
        name = (told.name or _("marking layout")) + ".pdf"
        chosen = QFileDialog.getSaveFileName(self, _("Print the layout"), name, "PDF (*.pdf)")[0]
        if chosen:
            self._model.print(told, Path(chosen))

    def _printed(self, file: Path) -> None:
        self.board.say(_("The layout is in {file}.").format(file=isolated(file.name)))
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

    def _may_leave(self) -> bool:
        return may_leave_layout(self, is_changed=self.form.is_changed)
