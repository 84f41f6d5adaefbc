"""The layouts of labels: the one being made stays in sight as it prints, its figures below."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from stockpile import wording
from stockpile.domain.errors import PhotoUnreadable, StockpileError
from stockpile.domain.facts import LabelLayoutSet
from stockpile.language import _, isolated
from stockpile.services.label_words import problem_words
from ui.pages.settings_drawing_board import DrawingBoard, may_leave_layout
from ui.pages.settings_label_layout_form import LabelLayoutForm
from ui.theme import Ink, Space
from ui.view_models.label_layouts import Board, LabelLayoutsModel, Shown
from ui.widgets.arrange import STRETCH, column
from ui.widgets.button import Button
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.field import Choice
from ui.widgets.label_preview import LabelPreview

_PREVIEW: Final = 210
_USUAL: Final = "l7160"


class LabelBoard(DrawingBoard):
    """The label as it prints."""

    def __init__(self) -> None:
        self.preview = LabelPreview()
        self.preview.setFixedHeight(_PREVIEW)
        self.retire = Button(_("Retire"), icon="archive")
        super().__init__(
            _("Label layout"),
            Button(_("New from this"), icon="copy"),
            (self.preview,),
            self.retire,
            _("Your role does not include setting label layouts."),
        )

    def show_own(self, *, is_own: bool, may_retire: bool) -> None:
        """Offer to retire a layout of one's own; what ships is not retired."""
        self.retire.setVisible(is_own)
        self.retire.setEnabled(may_retire)

    def show_layouts(self, board: Board, current: str) -> None:
        """Offer the layouts on record."""
        named = zip(board.layouts, board.titles, strict=True)
        self.offer([Choice(one.name, isolated(title)) for one, title in named], current)

    def show_print(self, shown: Shown) -> None:
        """Show the label as it prints, and what cannot be printed of it."""
        bad = [at for one in shown.problems for at in (one.element, one.other)]
        self.preview.show_print(shown.picture, bad, shown.free)
        said = [problem_words(one) for one in shown.problems]
        if shown.error is not None:
            said.append(wording.error_sentence(shown.error))
        self.show_problems(said, _("Everything has room and can be read."))


class LabelLayoutsSection(QWidget):
    """The figures of the layout; ``board`` is its head, which does not scroll away."""

    def __init__(self, model: LabelLayoutsModel) -> None:
        super().__init__()
        self._model = model
        self._on_board = ""
        self.board, self.form = LabelBoard(), LabelLayoutForm(model)
        self.setLayout(column(self.form, STRETCH, gap=Space.M))
        self.board.layout_.chosen.connect(self._choose)
        self.board.new.clicked.connect(self._begin)
        self.board.keep.clicked.connect(lambda: model.keep(self.form.drawn))
        self.board.retire.clicked.connect(self._retire)
        preview = self.board.preview
        preview.picked.connect(self.form.choose)
        preview.moved.connect(self.form.move_element)
        preview.resized.connect(self.form.resize_element)
        self.form.edited.connect(self._edited)
        self.form.picked.connect(lambda at: preview.show_layout(self.form.drawn, at))
        model.came.connect(self._show)
        model.shown.connect(self.board.show_print)
        model.kept.connect(self._kept)
        model.retired.connect(self._retired)
        model.refused.connect(self._refused)

    def _show(self, board: Board) -> None:
        """Offer what is on record; what is being edited stays as it is."""
        if not self.form.is_filled and board.layouts:
            usual = next((one for one in board.layouts if one.name == _USUAL), board.layouts[0])
            self._put(usual)
        self._offer()

    def _offer(self) -> None:
        board = self._model.board
        is_own = self._on_board in board.own
        may_keep = self._model.may_keep
        self.board.show_right(may_keep=may_keep)
        self.board.show_own(is_own=is_own, may_retire=may_keep)
        self.board.show_layouts(board, self._on_board)

    def _edited(self, layout: LabelLayoutSet, at: int) -> None:
        self.board.say("")
        self.board.preview.show_layout(layout, at)
        self._model.draw(layout)

    def _choose(self, name: str) -> None:
        """Put another layout on the board; a word that is no layout's name changes nothing."""
        if name == self._on_board:
            return
        known = next((one for one in self._model.board.layouts if one.name == name), None)
        if known is not None and self._may_leave():
            self._put(known)
        self._offer()

    def _begin(self) -> None:
        """Begin a layout of one's own as a copy of the one in sight, without its name."""
        self._put(replace(self.form.drawn, name=""))
        self._offer()
        self.form.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put(self, layout: LabelLayoutSet) -> None:
        self._on_board = layout.name
        self.form.show_layout(layout)

    def _kept(self, layout: LabelLayoutSet) -> None:
        self._on_board = layout.name
        self.form.take_kept(layout)
        self._offer()
        self.board.say(_("{name} is kept.").format(name=isolated(layout.name)))

    def _retire(self) -> None:
        ask = ConfirmDialog(
            _("Retire this layout?"),
            _("It is offered no more for printing. Labels that bear it stay good."),
            _("Retire it"),
            parent=self.window(),
        )
        if ask.exec():
            self._model.retire(self._on_board)

    def _retired(self, name: str) -> None:
        self._put(replace(self.form.drawn, name=""))
        self._offer()
        self.board.say(_("{name} is offered no more.").format(name=isolated(name)))

    def _refused(self, error: StockpileError) -> None:
        if not isinstance(error, PhotoUnreadable):  # said beside the logo
            said = _("It was not kept.") + " " + wording.error_sentence(error)
            self.board.say(said, Ink.BAD)

    def _may_leave(self) -> bool:
        return may_leave_layout(self, is_changed=self.form.is_changed)
