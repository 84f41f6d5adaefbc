"""The layouts of marks: the one on the drawing board stays in sight, its figures stand below."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from stockpile.domain.facts import MarkLayoutSet
from stockpile.domain.mark_layouts import in_mm
from stockpile.language import _, isolated, ngettext
from stockpile.services.mark_layout_words import font_name
from stockpile.terms import term
from ui.pages.settings_layout_form import LayoutForm
from ui.pages.standing import joined
from ui.theme import Ink, Space, Text
from ui.view_models.mark_layouts import Board, LayoutsModel, Shown, new_layout
from ui.widgets.arrange import STRETCH, Share, boxed, clear, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.field import Choice, ChoiceField
from ui.widgets.mark_preview import MarkPreview
from ui.widgets.picture import Picture
from ui.widgets.text import Label, secondary

_PREVIEW: Final = 150
_SIGN: Final = 14
_MOST_SAID: Final = 2
_BOTTOM = Qt.AlignmentFlag.AlignBottom
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class LayoutBoard(Card):
    """Which layout is on the board, the mark as it will be cut, and what is wrong with it."""

    def __init__(self) -> None:
        self.layout_ = ChoiceField(_("Marking layout"))
        self.new = Button(_("New layout"), icon="plus")
        self._about = secondary("", wrap=True)
        self.preview = MarkPreview()
        self.preview.setFixedHeight(_PREVIEW)
        self._problems: QVBoxLayout = column(gap=Space.XS)
        self.print = Button(_("Print…"), icon="printer")
        self.keep = Button(_("Save"), Kind.PRIMARY, "save")
        self._right = secondary(
            _("Your role does not include setting marking layouts. An armourer does it."), wrap=True
        )
        self._said = Label("", Text.SECONDARY, wrap=True)
        self._said.hide()
        top = row(Share(self.layout_), Share(self.new, 0, _BOTTOM), gap=Space.M)
        foot = row(Share(boxed(self._problems), 1, _MIDDLE), self.print, self.keep)
        super().__init__(
            column(top, self._about, self.preview, foot, self._said, self._right, gap=Space.S)
        )

    @property
    def problems(self) -> tuple[str, ...]:
        """Return what is said of the mark: its problems, or that it has none."""
        said = (self._problems.itemAt(at).widget() for at in range(self._problems.count()))
        return tuple(one.said for one in said if isinstance(one, _Line))

    @property
    def said(self) -> str:
        """Return what came of the last act."""
        return self._said.text()

    def show_right(self, *, may_keep: bool) -> None:
        """Say before one tries that another role sets layouts."""
        self._right.setVisible(not may_keep)
        self.keep.setEnabled(may_keep)

    def say(self, said: str, ink: Ink = Ink.OK) -> None:
        """Say what came of an act; nothing takes it away."""
        self._said.set_ink(ink)
        self._said.setText(said)
        self._said.setVisible(bool(said))

    def show_layouts(self, layouts: tuple[MarkLayoutSet, ...], current: str) -> None:
        """Offer the layouts on record; no name stands for one that is not kept yet."""
        names = [Choice(one.name, isolated(one.name)) for one in layouts]
        self.layout_.set_choices([Choice("", _("New layout")), *names])
        self.layout_.set_value(current)

    def show_mark(self, shown: Shown) -> None:
        """Show the mark, and how it stands with the limits."""
        layout, laid = shown.layout, shown.laid
        size = f"{in_mm(layout.width).removesuffix(' mm')} x {in_mm(layout.height)}"
        self._about.setText(
            joined(isolated(size), term("component", layout.component), font_name(layout.font))
        )
        self.preview.show_mark(laid, layout)
        clear(self._problems)
        said = tuple(dict.fromkeys(one.said for one in laid.problems))
        for problem in said[:_MOST_SAID]:
            self._add("flag", Ink.BAD, problem)
        if len(said) > _MOST_SAID:
            more = len(said) - _MOST_SAID
            words = ngettext("and {count} more", "and {count} more", more)
            self._add("flag", Ink.BAD, words.format(count=more))
        if not said:
            self._add("circle-check", Ink.OK, _("No limit is broken."))
        if laid.approximate:
            self._add("info", Ink.WARN, _("Approximate: the letters are the machine's own."))

    def show_nothing(self) -> None:
        """Show no mark: what was typed makes none."""
        self.preview.clear()
        clear(self._problems)
        self._about.setText("")
        self._add("triangle-alert", Ink.WARN, _("A figure below cannot be read."))

    def _add(self, icon: str, ink: Ink, said: str) -> None:
        self._problems.addWidget(_Line(icon, ink, said))


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
        """Ask before what was typed is lost."""
        if not self.form.is_changed:
            return True
        ask = ConfirmDialog(
            _("Leave this layout?"),
            _("What was changed in it is not kept."),
            _("Leave it"),
            parent=self.window(),
        )
        return bool(ask.exec())


class _Line(QWidget):
    """A sign and a sentence."""

    def __init__(self, icon: str, ink: Ink, said: str) -> None:
        super().__init__()
        self.said = said
        sign = Share(Picture(icon, ink, _SIGN), 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(row(sign, Share(Label(said, Text.BODY, ink, wrap=True)), gap=6))
